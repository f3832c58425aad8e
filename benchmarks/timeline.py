"""Measures whether the track list and the timeline ever hang with many tracks on a long video, without decoding it.

Widgets, document, project file and commands are the real ones. Nothing is decoded, so all gaps come from list and
timeline.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from PySide6.QtCore import QCoreApplication, QEventLoop, qInstallMessageHandler

from app.application import make_qt_application
from app.controllers.shown_tracks import ShownTracks, TrackFilter
from app.demo.offscreen import pass_on
from app.document.commands import ExtendTracks
from app.document.document import Document
from app.document.session import Session
from app.model.box_record import BoxRecord, Source, keyframe
from app.model.project import LABEL_COLOURS, Project, Run, VideoReference
from app.model.track import Track
from app.store.project_store import ProjectStore
from app.views.timeline.timeline_view import TimelineView
from app.views.track_list.track_list_view import TrackListView
from app.views.tracks.panel import TracksPanel
from benchmarks.window import WindowRow, watched
from tracker_core.geometry import Box

FULL = 4  # this many tracks cover the whole video, the others a fiftieth of it
SIZE = (1280, 240)
STEPS = 200
CROWD = 8


def measure_timeline(*, tracks: int, frames: int) -> Iterator[WindowRow]:
    """A row for each action with this many tracks over this many frames."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    qInstallMessageHandler(pass_on)
    make_qt_application()
    with TemporaryDirectory(prefix="siamark-bench-") as folder:
        video = VideoReference(Path(folder, "long.mp4"), frames, 1920, 1080, Fraction(25))
        store = ProjectStore.create(Path(folder, "long.siamark"), video)
        project = _crowd(video, tracks=tracks)
        for track in project.tracks.values():
            store.put_track(track)
        document = Document()
        session = Session(document)
        shown = ShownTracks(document, session)
        timeline, table = TimelineView(document, session, shown), TrackListView(document, session, shown)
        panel = TracksPanel(document, session, shown, table=table, timeline=timeline)
        panel.resize(*SIZE)
        panel.show()

        def open_project() -> None:
            document.open(store, project)
            _turn(30)

        yield watched("opening the project", 1, open_project)
        session.select(1)
        for doing, step in _doings(document, session, shown, timeline, frames=frames):
            yield watched(doing, STEPS, partial(_repeat, step))
        panel.close()
        document.close()


def _doings(
    document: Document, session: Session, shown: ShownTracks, timeline: TimelineView, *, frames: int
) -> Iterator[tuple[str, Callable[[int], object]]]:
    bar, random = timeline.verticalScrollBar(), Random(0)
    document.add_run(Run(1, "tracker", "2026-01-01T00:00:00+00:00", 0, frames - 1, "cpu"))
    crowd = sorted(document.opened_project.tracks)[FULL : FULL + CROWD]

    def batch(step: int) -> None:
        first = frames // 2 + 4 * step
        records = {key: {first + i: _tracked(first + i, run_id=1) for i in range(4)} for key in crowd}
        document.undo_stack.push(ExtendTracks(document, 1, records))

    def filtered(step: int) -> None:
        shown.set_filter(TrackFilter(words=("", "car", "person", "#1")[step % 4], on_screen=step % 8 > 3))

    yield "playing", lambda step: session.set_frame(step)
    yield "scrubbing", lambda step: session.set_frame(random.randrange(frames))
    yield "scrolling rows", lambda step: bar.setValue(bar.maximum() * step // STEPS)
    yield "zooming in", lambda step: timeline.zoom(1.05, around_frame=frames // 2)
    yield "panning", lambda step: timeline.horizontalScrollBar().setValue(40 * step)
    yield "zooming out", lambda step: timeline.zoom(1 / 1.05, around_frame=frames // 2)
    yield "choosing a span", lambda step: session.set_span((frames // 4, frames // 4 + 100 * step))
    yield f"a run of {CROWD} tracks", batch
    yield "filtering", filtered


def _repeat(step: Callable[[int], object]) -> None:
    for number in range(STEPS):
        step(number)
        _turn(2)


def _turn(times: int) -> None:
    """Let the window process events."""
    for _ in range(times):
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)


def _crowd(video: VideoReference, *, tracks: int) -> Project:
    random, frames = Random(0), video.frame_count
    project = Project(video)
    for track_id in range(1, tracks + 1):
        track = Track(track_id, ("car", "person", "dog")[track_id % 3], LABEL_COLOURS[track_id % len(LABEL_COLOURS)])
        length = frames if track_id <= FULL else max(frames // 50, 1)
        first = random.randrange(max(frames - length, 0) + 1)
        track.put({frame: _tracked(frame) for frame in range(first, min(first + length, frames))})
        track.put({frame: keyframe(_box(frame)) for frame in range(0, frames, max(frames // 20, 1))})
        project.tracks[track_id] = track
    return project


def _tracked(frame: int, run_id: int | None = None) -> BoxRecord:
    return BoxRecord(_box(frame), Source.TRACKER, 0.5 + frame % 50 / 100, run_id=run_id)


def _box(frame: int) -> Box:
    return Box(frame % 1800, 500, 60, 40)
