"""Measures whether the window ever hangs: does what a person does in an offscreen window, and times its event loop.

Everything is real: video, decoding, tracker, live score maps, project file. Only the screen is missing.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import numpy as np
from PySide6.QtCore import QTimer, qInstallMessageHandler

from app.application import Application, make_qt_application
from app.demo.offscreen import pass_on, wait_for, wait_until
from app.settings.schema import TRACKER
from app.workers.tracker_pool import TrackerPool, load_from
from benchmarks.memory import forget_peak, memory_in_use, peak_memory
from benchmarks.moving_clip import true_boxes, write_moving_clip
from tracker_core.geometry import Box
from tracker_core.weights.catalog import models_folder

PULSE = 4  # ms between two turns of an idle event loop
VISITS = 40  # random frames to go to
ANSWERS, ANSWER_PACE = 30, 100  # doubts to answer at most, and ms from one to the next
DOINGS = 8  # rows
FULL_HD, FULL_HD_GROUP = 1.5, 250  # scale of the clip, and frames from one where decoding can start to the next
DRAG_STEP, DRAG_PACE = 7, 16  # frames and ms between two positions of the mouse


@dataclass(frozen=True, slots=True)
class WindowRow:
    """One action of a person. Gaps are the milliseconds between two turns of the event loop, in which the window does
    not react to mouse and keys.
    """

    doing: str
    seconds: float
    frames_per_second: float
    gap_median: float
    gap_p99: float
    gap_longest: float
    work_longest: float  # processor time of it, which a busy machine does not change
    memory: float  # MB in use afterwards
    memory_peak: float  # peak MB in use meanwhile
    picture_p95: float | None = (
        None  # ms until a picture was shown: this frame's or, with a notice, one's on the way to it
    )
    frame_p95: float | None = None  # ms until the frame itself was shown


def measure_window(
    *, tracker: str, frames: int, runs: int = 0, targets: int = 8, full_hd: bool = False
) -> Iterator[WindowRow]:
    """A row for each action in a new window, on a generated 720p video of ``frames`` frames.

    ``full_hd``: 1080p in groups of 250 frames, where a jump takes longest. ``targets``: how many are tracked at once at
    the end. ``runs``: how many more times the video is tracked after that, to see whether memory grows.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    qInstallMessageHandler(pass_on)
    qt = make_qt_application()
    with TemporaryDirectory(prefix="siamark-bench-") as folder:
        clip = Path(folder, "moving.mp4")
        scale = FULL_HD if full_hd else 1
        if full_hd:
            write_moving_clip(clip, frames=frames, scale=scale, group=FULL_HD_GROUP)
        else:
            write_moving_clip(clip, frames=frames)
        application = Application(qt, home=Path(folder, "home"), pool=TrackerPool(load_from(models_folder())))
        try:
            yield from measure_in(
                application, clip, tracker=tracker, frames=frames, runs=runs, targets=targets, scale=scale
            )
        finally:
            application.window.close()


def measure_in(
    application: Application,
    clip: Path,
    *,
    tracker: str,
    frames: int,
    runs: int = 0,
    targets: int = 8,
    scale: float = 1,
) -> Iterator[WindowRow]:
    """Like ``measure_window``, in an existing window, on a clip from ``write_moving_clip`` of that scale."""
    playback, tracking = application.playback, application.tracking
    waits = _Waits(application)
    application.settings.set(TRACKER, tracker)
    application.window.resize(1280, 720)

    def visit(visited: list[int]) -> None:
        for frame in visited:
            if frame != application.session.current_frame:
                waits.go_to(frame)

    def track() -> None:
        wait_for(tracking.run_finished, tracking.track_forward, "tracking")

    def open_clip() -> None:
        wait_for(playback.frame_shown, partial(application.start, clip), "opening the video")

    yield watched("opening the video", 1, open_clip)
    here_and_there = Random(0).sample(range(1, frames), min(VISITS, frames - 1))  # these are not in the cache yet
    yield waits.told(watched("going here and there", len(here_and_there), partial(visit, here_and_there)))
    places = list(range(0, frames, DRAG_STEP))
    yield watched("dragging through it", frames, partial(_drag, application, [*places, *reversed(places)]))
    visit([0])
    yield watched("stepping through it", frames, partial(visit, list(range(frames))))
    for doing, count in (
        ("tracking, the tracker being loaded", 1),
        ("tracking", 1),
        (f"tracking {targets} targets", targets),
    ):
        visit([0])
        _draw_up_to(count, application, scale)
        yield watched(doing, frames - 1, track)
    for number in range(1, runs + 1):
        visit([0])
        yield watched(f"tracking {targets} targets again, {number}", frames - 1, track)
    wait_until(lambda: application.review.is_settled, "finding the doubts")
    answers = min(ANSWERS, max(len(application.review.doubts), 1))
    yield watched("answering doubts", answers, partial(_answer, answers, application))


class _Waits:
    """Goes to frames, and records for how many milliseconds a person waits for a picture and for the frame itself."""

    def __init__(self, application: Application) -> None:
        self._playback = application.playback
        self._came: list[float] = []
        self._pictures: list[float] = []
        self._frames: list[float] = []
        for shown in (self._playback.frame_shown, self._playback.stand_in_shown):
            shown.connect(lambda *_: self._came.append(time.perf_counter()))

    def go_to(self, frame: int) -> None:
        self._came.clear()
        began = time.perf_counter()
        wait_for(self._playback.frame_shown, partial(self._playback.go_to, frame), f"going to frame {frame}")
        self._pictures.append(1000 * (self._came[0] - began))
        self._frames.append(1000 * (self._came[-1] - began))

    def told(self, row: WindowRow) -> WindowRow:
        return replace(
            row,
            picture_p95=float(np.quantile(self._pictures, 0.95)),
            frame_p95=float(np.quantile(self._frames, 0.95)),
        )


def _drag(application: Application, places: list[int]) -> None:
    """Drag as along the timeline: go to the next place even if the last one is not shown yet."""
    places = places.copy()
    application.playback.go_to(places.pop(0))
    timer = QTimer(interval=DRAG_PACE)
    timer.timeout.connect(lambda: application.playback.go_to(places.pop(0)) if places else None)
    timer.start()
    wait_until(
        lambda: not places and application.canvas.frame_index == application.session.current_frame,
        "dragging through the video",
    )
    timer.stop()


def _answer(doubts: int, application: Application) -> None:
    """Answer this many doubts with Enter, each after its frame is shown."""
    answered = 0

    def answer() -> None:
        nonlocal answered
        if answered < doubts and application.canvas.frame_index == application.session.current_frame:
            application.review.accept()
            answered += 1

    application.review.go_to_next()
    timer = QTimer(interval=ANSWER_PACE)
    timer.timeout.connect(answer)
    timer.start()
    wait_until(lambda: answered == doubts, "answering doubts")
    timer.stop()


def _draw_up_to(count: int, application: Application, scale: float) -> None:
    """Draw boxes in frame 0 until there are ``count`` tracks, and select all."""
    document, session = application.document, application.session
    for box in true_boxes(0, count)[len(document.opened_project.tracks) :]:
        session.select()
        application.editing.draw_box(0, Box(*(scale * side for side in (box.x, box.y, box.width, box.height))))
    session.select(*sorted(document.opened_project.tracks))


def watched(doing: str, frames: int, action: Callable[[], object]) -> WindowRow:
    """Do something, and measure how long the event loop stood still meanwhile."""
    turns: list[tuple[float, float]] = []

    def note() -> None:
        turns.append((time.perf_counter(), time.thread_time()))

    pulse = QTimer()
    pulse.setInterval(PULSE)
    pulse.timeout.connect(note)
    pulse.start()
    forget_peak()
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
        memory_peak=peak_memory(),
    )
