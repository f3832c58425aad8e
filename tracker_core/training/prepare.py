"""From annotated videos and still images to prepared pictures (``pictures.py``).

Two layouts are read: a video folder (``video.mp4``, ``groundtruth.txt``, ``absence.label``) and a folder of still
images with COCO ``annotations.json``. A source that is there already is skipped, so a stopped run goes on where it was.
A broken image or box is counted and passed over.
"""

from __future__ import annotations

import json
import signal
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from types import FrameType

import av
import cv2
import numpy as np

from tracker_core.crops import exemplar_side
from tracker_core.geometry import Box
from tracker_core.images import Image
from tracker_core.training.pictures import LONGEST_SIDE, Instance, SourceWriter

CONTEXT_SIDES = 4.0  # 511 / 127, as the published crops
SMALLEST_SIDE = 6.0  # of a box, in pixels of the source; below it there is nothing to see


@dataclass(slots=True)
class SourceReport:
    """What became of one source."""

    name: str
    pictures: int = 0
    boxes: int = 0
    skipped: bool = False
    problems: Counter[str] = field(default_factory=Counter)


def find_sources(folder: Path) -> list[Path]:
    """The folders under ``folder`` that hold a video or still images with truth.

    Raises:
        FileNotFoundError: if there is none.
    """
    found = sorted(
        {path.parent for path in folder.rglob("groundtruth.txt")}
        | {path.parent for path in folder.rglob("annotations.json")}
    )
    if not found:
        raise FileNotFoundError(
            f"{folder} has no folder with video.mp4 and groundtruth.txt, and none with images and annotations.json"
        )
    return found


def prepare(
    folders: list[Path], out: Path, *, workers: int = 1, on_done: Callable[[SourceReport], None] = lambda report: None
) -> list[SourceReport]:
    """Prepare every source under the folders into ``out``; ``on_done`` hears of each. One worker is this process."""
    sources = [source for folder in folders for source in find_sources(folder)]
    reports = []
    with _mapping(workers) as mapped:
        for report in mapped(prepare_source, sources, [out] * len(sources)):
            reports.append(report)
            on_done(report)
    return reports


@contextmanager
def _mapping(workers: int) -> Iterator[Callable[..., Iterator[SourceReport]]]:
    """``map``, by so many processes."""
    if workers == 1:
        yield map
        return
    # Spawned: decoders and OpenCV start threads, and a process forked beside them may wait for ever.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_leave_quietly) as pool:
        yield pool.map


def _leave_quietly() -> None:
    """Ctrl+C reaches every process of the terminal; the first one speaks for all."""

    def leave(number: int, frame: FrameType | None) -> None:
        raise SystemExit

    signal.signal(signal.SIGINT, leave)


def prepare_source(source: Path, out: Path) -> SourceReport:
    """Prepare one source folder unless it is there already."""
    is_video = (source / "groundtruth.txt").is_file()
    name = f"{source.parent.name}.{source.name}"
    report = SourceReport(name)
    if (out / f"{name}.json").is_file():
        report.skipped = True
        return report
    cv2.setNumThreads(1)
    writer = SourceWriter(out, name, "video" if is_video else "stills")
    try:
        pictures = _video_pictures(source, report) if is_video else _still_pictures(source, report)
        for image, instances in pictures:
            kept = [instance for instance in instances if _is_usable(instance.box, image, report)]
            if kept or not instances:
                writer.add(*within_reach(image, kept))
                report.pictures += 1
                report.boxes += len(kept)
    except (av.FFmpegError, OSError, ValueError, KeyError) as error:  # one damaged source does not end the others
        writer.abandon()
        report.pictures = report.boxes = 0
        report.problems[f"left out, it cannot be read: {error}"] += 1
        return report
    except BaseException:
        writer.abandon()
        raise
    writer.close()
    return report


def _is_usable(box: Box, image: Image, report: SourceReport) -> bool:
    height, width = image.shape[:2]
    inside = box.clipped(width=width, height=height)
    if min(box.width, box.height) < SMALLEST_SIDE:
        report.problems["box under 6 pixels"] += 1
    elif inside.area < 0.5 * box.area:
        report.problems["box mostly outside the picture"] += 1
    else:
        return True
    return False


def within_reach(
    image: Image,
    instances: list[Instance],
    *,
    around: Sequence[Instance] = (),
    sides: float = CONTEXT_SIDES,
    longest: int | None = None,
) -> tuple[Image, list[Instance]]:
    """The part of the picture that a search region of any target could show, and the instances in its pixels.

    Args:
        around: the targets that the part has to reach; all by default.
        sides: how wide it is around a target, in sides of the exemplar.
        longest: side of the part, in pixels, ``LONGEST_SIDE`` by default; a larger one is scaled down.
    """
    height, width = image.shape[:2]
    left, top, right, bottom = 0.0, 0.0, float(width), float(height)
    if instances:
        reach = [(i.box, exemplar_side(i.box) * sides / 2) for i in around or instances]
        left = max(0.0, min(box.cx - r for box, r in reach))
        top = max(0.0, min(box.cy - r for box, r in reach))
        right = min(float(width), max(box.cx + r for box, r in reach))
        bottom = min(float(height), max(box.cy + r for box, r in reach))
    x, y = int(left), int(top)
    part = image[y : max(y + 1, round(bottom)), x : max(x + 1, round(right))]
    scale = min(1.0, (longest or LONGEST_SIDE) / max(part.shape[:2]))
    if scale < 1.0:
        part = np.asarray(cv2.resize(part, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    return part, [_moved(instance, x=x, y=y, scale=scale) for instance in instances]


def _moved(instance: Instance, *, x: float, y: float, scale: float) -> Instance:
    box = instance.box
    outline = tuple(
        tuple(round((value - (x, y)[position % 2]) * scale, 1) for position, value in enumerate(polygon))
        for polygon in instance.outline
    )
    moved = Box((box.x - x) * scale, (box.y - y) * scale, box.width * scale, box.height * scale)
    return Instance(instance.track, instance.category, moved, outline)


def _video_pictures(source: Path, report: SourceReport) -> Iterator[tuple[Image, list[Instance]]]:
    truth = np.loadtxt(source / "groundtruth.txt", delimiter=",", ndmin=2)
    absence = source / "absence.label"
    absent = np.loadtxt(absence, ndmin=1) if absence.is_file() else np.zeros(len(truth))
    if len(absent) < len(truth):
        raise ValueError(f"absence.label has {len(absent)} rows and groundtruth.txt {len(truth)}")
    with av.open(str(source / "video.mp4")) as container:
        for index, frame in enumerate(container.decode(video=0)):
            if index >= len(truth):
                report.problems["frame without truth"] += 1
                continue
            if absent[index] or not np.isfinite(truth[index]).all() or min(truth[index][2:]) <= 0:
                report.problems["target absent"] += 1
                continue
            image = np.asarray(frame.to_ndarray(format="rgb24"), np.uint8)
            yield image, [Instance(0, source.name, Box(*map(float, truth[index])))]


def _still_pictures(source: Path, report: SourceReport) -> Iterator[tuple[Image, list[Instance]]]:
    index = json.loads((source / "annotations.json").read_text())
    names = {category["id"]: category["name"] for category in index.get("categories", [])}
    boxes: dict[int, list[dict[str, object]]] = {}
    for annotation in index.get("annotations", []):
        boxes.setdefault(annotation["image_id"], []).append(annotation)
    for entry in index["images"]:
        path = source / "images" / Path(entry["file_name"]).name
        image = cv2.imread(str(path), cv2.IMREAD_COLOR_RGB)
        if image is None:
            report.problems["unreadable image"] += 1
            continue
        instances = []
        for number, annotation in enumerate(boxes.get(entry["id"], [])):
            instance = _still_instance(number, annotation, names)
            if instance is None:
                report.problems["broken box"] += 1
            else:
                instances.append(instance)
        yield np.asarray(image, np.uint8), instances


def _still_instance(number: int, annotation: dict[str, object], names: dict[int, str]) -> Instance | None:
    bbox, outline = annotation.get("bbox"), annotation.get("segmentation")
    if not isinstance(bbox, list) or len(bbox) != 4:
        return None
    try:
        box = Box(*map(float, bbox))
    except (TypeError, ValueError):  # not numbers, not finite, or a negative side
        return None
    if box.area <= 0:
        return None
    polygons = tuple(tuple(p) for p in outline if len(p) >= 6) if isinstance(outline, list) else ()
    category = names.get(int(str(annotation.get("category_id"))), "")
    return Instance(number, category, box, polygons)
