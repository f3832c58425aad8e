"""Measures how long a project of two hours takes to open, edit and export, and how much memory it needs.

``python -m benchmarks.scale --tracks 50 --records 100000``
"""

from __future__ import annotations

import argparse
import resource
import tempfile
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from time import perf_counter, process_time
from typing import TypeVar

from app.exchange.export import export
from app.model.box_record import BoxRecord, Source, keyframe
from app.model.project import LABEL_COLOURS, Label, Project, VideoReference
from app.model.record_block import BLOCK_FRAMES
from app.model.track import Track
from app.store.project_store import ProjectStore
from tracker_core.geometry import Box

Result = TypeVar("Result")

FRAMES = 2 * 3600 * 30
EDITS = 50


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tracks", type=int, default=50)
    parser.add_argument("--records", type=int, default=100_000, help="of each track")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "two hours.siamark")
        _make(path, tracks=asked.tracks, records=asked.records)
        print(f"{asked.tracks} tracks of {asked.records:,} records, {path.stat().st_size / 1e6:.0f} MB on disk")
        before = _peak()
        store = ProjectStore.open(path)
        project = _told("open", store.load)
        print(f"memory of it at most: {_peak() - before:.0f} MB")
        track = project.tracks[1]
        took = []
        for number in range(EDITS):
            began = perf_counter()
            edit = {1000 + 7 * number: keyframe(Box(5, 5, 50, 50))}
            track.put(edit)
            store.put_records(1, edit)
            took.append(perf_counter() - began)
        print(f"edit: {1000 * sorted(took)[EDITS // 2]:.2f} ms in the median, {1000 * max(took):.2f} at most")
        store.close()
        _told("export as coco", lambda: export(project, "coco", Path(folder, "tracks.json")))
        print(f"memory at most: {_peak():.0f} MB")


def _make(path: Path, *, tracks: int, records: int) -> None:
    video = VideoReference(path.with_name("video.mp4"), FRAMES, 1920, 1080, Fraction(30))
    store = ProjectStore.create(path, video)
    project = Project(video, {"car": Label("car", LABEL_COLOURS[0])})
    pattern = Track(0, "car", LABEL_COLOURS[0])  # packed once: making millions of records would take longest
    boxes = (Box(place % 1800 + 1 / 3, place % 1000 / 7, 40.5, 30.25) for place in range(records))
    pattern.put({place: BoxRecord(box, Source.TRACKER, 0.93) for place, box in enumerate(boxes)})
    with store.transaction():
        store.put_project(project)
        for number in range(1, tracks + 1):
            track = Track(number, "car", LABEL_COLOURS[number % len(LABEL_COLOURS)])
            first = (number * 997) % max(FRAMES - records, 1) // BLOCK_FRAMES
            track.put_blocks({first + place: block for place, block in pattern.blocks().items()})
            store.insert_track(track)
    store.close()


def _told(what: str, do: Callable[[], Result]) -> Result:
    began, worked = perf_counter(), process_time()
    result = do()
    print(
        f"{what}: {perf_counter() - began:.1f} s, {process_time() - worked:.1f} s of them on the processor", flush=True
    )
    return result


def _peak() -> float:
    """Peak memory of the process in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


if __name__ == "__main__":
    main()
