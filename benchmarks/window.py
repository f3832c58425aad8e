"""Whether the window ever hangs: do what a person does in an invisible window, and measure its event loop.

Everything is the real program: video, decoding, tracker, live score maps, project file. Only the screen is missing.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import numpy as np
from PySide6.QtCore import QTimer, qInstallMessageHandler

from app.application import Application, make_qt_application
from app.demo.offscreen import pass_on, wait_for
from app.settings.schema import TRACKER
from app.workers.tracker_pool import TrackerPool, load_from
from benchmarks.memory import memory_in_use
from benchmarks.moving_clip import true_boxes, write_moving_clip
from tracker_core.weights.catalog import models_folder

PULSE = 4  # ms between two turns of an idle event loop
VISITS = 40  # random frames to go to
DOINGS = 6  # rows


@dataclass(frozen=True, slots=True)
class WindowRow:
    """One thing that a person does. Gaps are the times between two turns of the event loop, in milliseconds; meanwhile
    the window does not react to mouse and keys.
    """

    doing: str
    seconds: float
    frames_per_second: float
    gap_median: float
    gap_p99: float
    gap_longest: float
    work_longest: float  # of it on the processor: what a busy machine does not change
    memory: float  # MB that the program has in use afterwards


def measure_window(*, tracker: str, frames: int, runs: int = 0, targets: int = 8) -> Iterator[WindowRow]:
    """A row for each thing that is done in a new window, on a 720p video of ``frames`` frames that is made for it.

    ``targets``: how many are tracked at once in the end. ``runs``: how often the whole video is tracked once more after
    that, to see whether memory grows.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    qInstallMessageHandler(pass_on)
    qt = make_qt_application()
    with TemporaryDirectory(prefix="siamark-bench-") as folder:
        clip = Path(folder, "moving.mp4")
        write_moving_clip(clip, frames=frames)
        application = Application(qt, home=Path(folder, "home"), pool=TrackerPool(load_from(models_folder())))
        try:
            yield from measure_in(application, clip, tracker=tracker, frames=frames, runs=runs, targets=targets)
        finally:
            application.window.close()


def measure_in(
    application: Application, clip: Path, *, tracker: str, frames: int, runs: int = 0, targets: int = 8
) -> Iterator[WindowRow]:
    """The same in an existing window, on a clip of ``write_moving_clip``."""
    playback, tracking = application.playback, application.tracking
    application.settings.set(TRACKER, tracker)
    application.window.resize(1280, 720)

    def visit(visited: list[int]) -> None:
        for frame in visited:
            if frame != application.session.current_frame:
                wait_for(playback.frame_shown, partial(playback.go_to, frame), f"going to frame {frame}")

    def track() -> None:
        wait_for(tracking.run_finished, tracking.track_forward, "tracking")

    def open_clip() -> None:
        wait_for(playback.frame_shown, partial(application.start, clip), "opening the video")

    yield watched("opening the video", 1, open_clip)
    here_and_there = Random(0).sample(range(1, frames), min(VISITS, frames - 1))  # which are not in the cache yet
    yield watched("going here and there", len(here_and_there), partial(visit, here_and_there))
    yield watched("stepping through it", frames, partial(visit, list(range(frames))))
    for doing, count in (
        ("tracking, the tracker being loaded", 1),
        ("tracking", 1),
        (f"tracking {targets} targets", targets),
    ):
        visit([0])
        _draw_up_to(count, application)
        yield watched(doing, frames - 1, track)
    for number in range(1, runs + 1):
        visit([0])
        yield watched(f"tracking {targets} targets again, {number}", frames - 1, track)


def _draw_up_to(count: int, application: Application) -> None:
    """Draw boxes in frame 0 until there are ``count`` tracks, and select all."""
    document, session = application.document, application.session
    for box in true_boxes(0, count)[len(document.opened_project.tracks) :]:
        session.select()
        application.editing.draw_box(0, box)
    session.select(*sorted(document.opened_project.tracks))


def watched(doing: str, frames: int, action: Callable[[], object]) -> WindowRow:
    """Do something, and measure how long the event loop did not turn meanwhile."""
    turns: list[tuple[float, float]] = []

    def note() -> None:
        turns.append((time.perf_counter(), time.thread_time()))

    pulse = QTimer()
    pulse.setInterval(PULSE)
    pulse.timeout.connect(note)
    pulse.start()
    note()
    action()
    note()
    pulse.stop()
    began, ended = turns[0][0], turns[-1][0]
    gaps, work = 1000 * np.diff(turns, axis=0).T
    return WindowRow(
        doing=doing,
        seconds=ended - began,
        frames_per_second=frames / (ended - began),
        gap_median=float(np.median(gaps)),
        gap_p99=float(np.quantile(gaps, 0.99)),
        gap_longest=float(gaps.max()),
        work_longest=float(work.max()),
        memory=memory_in_use(),
    )
