"""Measures what blocks the window's thread in a project of two hours, and for how many milliseconds.

``python -m benchmarks.stalls --tracks 50 --records 100000``
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import av
import numpy as np
from PySide6.QtCore import qInstallMessageHandler

from app.application import Application, make_qt_application
from app.demo.offscreen import pass_on, wait_for
from app.document.commands import ImportTracks, RemoveTracks
from app.model.box_record import BoxRecord, Source
from app.model.project import LABEL_COLOURS, Label, VideoReference
from app.model.track import Track
from app.store.project_store import ProjectStore
from benchmarks.window import watched
from tracker_core.geometry import Box

WIDTH, HEIGHT, RATE = 64, 48, 30


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tracks", type=int, default=50)
    parser.add_argument("--records", type=int, default=100_000, help="of each track")
    parser.add_argument("--imported", type=int, default=10, help="tracks to import and undo")
    asked = parser.parse_args()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    qInstallMessageHandler(pass_on)
    qt = make_qt_application()
    with TemporaryDirectory(prefix="siamark-bench-") as folder:
        clip = Path(folder, "long.mp4")
        _write_clip(clip, asked.records)
        application = Application(qt, home=Path(folder, "home"))
        application.window.resize(1280, 720)
        application.window.show()
        try:
            _measure(application, clip, asked.tracks, asked.records, asked.imported)
        finally:
            application.window.close()


def _measure(application: Application, clip: Path, tracks: int, records: int, imported: int) -> None:
    project, document, playback = application.project, application.document, application.playback

    def do(what: str, action: Callable[[], object]) -> None:
        row = watched(what, 1, action)
        gap, work = row.gap_longest, row.work_longest
        print(f"{what}: {row.seconds:.2f} s; longest gap {gap:.0f} ms, most work in one {work:.0f} ms", flush=True)

    do("open a video for the first time", lambda: wait_for(playback.frame_shown, partial(project.open, clip), "video"))
    while document.sure_frames != records:
        wait_for(document.sure_frames_changed, lambda: None, "counting the frames")
    video = document.opened_project.video
    path = clip.with_name("two hours.siamark")
    _make_project(path, video, tracks=tracks, records=records)
    do("open the project", lambda: wait_for(playback.frame_shown, partial(project.open, path), "project"))
    added = _tracks(range(1001, 1001 + imported), records)
    ahead = document.tracks_ahead(added)
    ahead.write((), added, lambda _: None)
    stack = document.undo_stack
    do("show an import", lambda: stack.push(ImportTracks(document, added, (), ahead)))
    do("take the import back", application.history.undo)
    do("do it again", application.history.redo)
    do("delete its tracks", lambda: stack.push(RemoveTracks(document, [track.id for track in added])))
    do("take the deletion back", application.history.undo)
    do("step to the next frame", lambda: wait_for(playback.frame_shown, partial(playback.step, 1), "step"))
    do("save as", partial(project.save_as, clip.with_name("copy.siamark")))
    do("close", project.close)


def _tracks(ids: range, records: int) -> list[Track]:
    pattern = Track(0, "car", LABEL_COLOURS[0])  # packed once: making millions of records would take longest
    boxes = (Box(place % 50 + 1 / 3, place % 30 / 7, 10.5, 8.25) for place in range(records))
    pattern.put({place: BoxRecord(box, Source.TRACKER, 0.93) for place, box in enumerate(boxes)})
    return [replace(pattern.copy(), id=number, colour=LABEL_COLOURS[number % len(LABEL_COLOURS)]) for number in ids]


def _make_project(path: Path, video: VideoReference, *, tracks: int, records: int) -> None:
    store = ProjectStore.create(path, video)
    with store.transaction():
        store.put_label(Label("car", LABEL_COLOURS[0]))
        for track in _tracks(range(1, tracks + 1), records):
            store.insert_track(track)
    store.close()


def _write_clip(path: Path, frames: int) -> None:
    """Write a clip of small pictures, because a picture for every record takes time."""
    picture = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=Fraction(RATE))
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        for number in range(frames):
            picture[:] = number % 251
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode(None))


if __name__ == "__main__":
    main()
