"""Little data sets whose truth is known: one bright rectangle of one colour a picture, on a ground of dull noise."""

from __future__ import annotations

import json
import pickle
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import av
import cv2
import numpy as np
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from tracker_core.geometry import Box
from tracker_core.images import Image
from tracker_core.training.pictures.prepared import Instance, Kind, Source, SourceWriter
from tracker_core.training.sources.reader import SourceReader

WIDTH, HEIGHT = 320, 240
RED, GREEN, BLUE = (250, 20, 20), (20, 250, 20), (20, 20, 250)
Colour = tuple[int, int, int]


def picture_with(box: Box | None, colour: Colour = RED, *, seed: int = 0) -> Image:
    """320 x 240; the box must be of whole pixels."""
    image = np.random.default_rng(seed).integers(90, 130, (HEIGHT, WIDTH, 3), np.uint8)
    if box is not None:
        left, top = max(0, int(box.x)), max(0, int(box.y))
        image[top : int(box.bottom), left : int(box.right)] = colour
    return image


def seen(image: Image, colour: Colour = RED) -> Box | None:
    """The box around the pixels that are rather this colour than any other."""
    strong = int(np.argmax(colour))
    levels = image.astype(int)
    weak = np.delete(levels, strong, axis=2).max(axis=2)
    rows, columns = np.nonzero(levels[:, :, strong] - weak > 115)
    if len(rows) == 0:
        return None
    return Box.from_corners(columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)


def outline_of(box: Box) -> tuple[tuple[float, ...], ...]:
    return ((box.x, box.y, box.right, box.y, box.right, box.bottom, box.x, box.bottom),)


def passing_boxes(count: int) -> list[Box]:
    return [Box(40 + 10 * number, 60 + 6 * number, 60, 40) for number in range(count)]


def write_video(path: Path, boxes: Sequence[Box | None]) -> Path:
    """A frame for each box; without one there is nothing to see."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with av.open(str(path), "w") as container:
        stream = cast(VideoStream, container.add_stream(cast(Any, "libx264"), rate=25, options={"crf": "10"}))
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv444p"
        for box in boxes:
            container.mux(stream.encode(VideoFrame.from_ndarray(picture_with(box), format="rgb24")))
        container.mux(stream.encode(None))
    return path


def write_pictures(folder: Path, pictures: Mapping[str, Mapping[Colour, Box]]) -> Path:
    """A PNG under each name, with boxes of these colours."""
    folder.mkdir(parents=True, exist_ok=True)
    for seed, (name, boxes) in enumerate(pictures.items()):
        image = picture_with(None, seed=seed)
        for colour, box in boxes.items():
            image[int(box.y) : int(box.bottom), int(box.x) : int(box.right)] = colour
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        cv2.imwrite(str(folder / f"{name}.png"), image[:, :, ::-1])
    return folder


class Notes(Counter[str]):
    """What a reader has left out: how often each, and where in the order of its going."""

    def __init__(self) -> None:
        super().__init__()
        self.places: list[str] = []

    def __call__(self, problem: str, where: object = "") -> None:
        self[problem] += 1
        self.places.append(str(where))


def read_all(reader: SourceReader) -> tuple[list[tuple[Image, list[Instance]]], Notes]:
    """All pictures of a source, and what was left out. The reader has been to another process before."""
    notes = Notes()
    travelled: SourceReader = pickle.loads(pickle.dumps(reader))
    return list(travelled.pictures(notes)), notes


def write_video_folder(
    folder: Path, boxes: Sequence[Box], *, absent: Sequence[int] = (), truth_rows: int | None = None
) -> Path:
    """``video.mp4``, ``groundtruth.txt`` and ``absence.label``; in absent frames there is nothing to see."""
    write_video(folder / "video.mp4", [None if number in absent else box for number, box in enumerate(boxes)])
    rows = [",".join(map(str, box.as_tuple())) for box in boxes][:truth_rows]
    (folder / "groundtruth.txt").write_text("\n".join(rows) + "\n")
    (folder / "absence.label").write_text("".join(f"{int(i in absent)}\n" for i in range(len(rows))))
    return folder


def write_still_folder(
    folder: Path, pictures: Sequence[Sequence[Box]], *, more: Sequence[dict[str, object]] = ()
) -> Path:
    """``images/0.png ...`` and COCO ``annotations.json``; ``more`` annotations are taken as they are."""
    (folder / "images").mkdir(parents=True)
    annotations: list[dict[str, object]] = []
    for number, boxes in enumerate(pictures):
        image = picture_with(None, seed=number)
        for box in boxes:
            image[int(box.y) : int(box.bottom), int(box.x) : int(box.right)] = RED
            outline = [list(outline_of(box)[0])]
            annotations.append(
                {"image_id": number, "category_id": 3, "bbox": list(box.as_tuple()), "segmentation": outline}
            )
        cv2.imwrite(str(folder / "images" / f"{number}.png"), image[:, :, ::-1])
    entries = [{"id": number, "file_name": f"{number}.png"} for number in range(len(pictures))]
    content = {
        "images": entries, "annotations": [*annotations, *more], "categories": [{"id": 3, "name": "brick"}],
    }  # fmt: skip
    (folder / "annotations.json").write_text(json.dumps(content))
    return folder


def write_source(
    folder: Path, name: str, kind: Kind, boxes: Sequence[Box | None], *, colour: Colour = RED, outlined: bool = True
) -> Source:
    """A prepared source, one picture a box; without a box it is a mere background."""
    writer = SourceWriter(folder, name, kind)
    for number, box in enumerate(boxes):
        instances = []
        if box is not None:
            instances = [Instance(0, "brick", box, outline_of(box) if outlined else ())]
        writer.add(picture_with(box, colour, seed=number), instances)
    writer.close()
    return Source.open(folder / f"{name}.json")


def write_things(
    folder: Path, name: str, kind: Kind, pictures: Sequence[Sequence[tuple[Box, Colour, str]]], *, outlined: bool = True
) -> Source:
    """A prepared source of pictures with any number of things: box of whole pixels, colour and category."""
    writer = SourceWriter(folder, name, kind)
    for number, things in enumerate(pictures):
        image = picture_with(None, seed=number)
        instances = []
        for track, (box, colour, category) in enumerate(things):
            image[int(box.y) : int(box.bottom), int(box.x) : int(box.right)] = colour
            instances.append(Instance(track, category, box, outline_of(box) if outlined else ()))
        writer.add(image, instances)
    writer.close()
    return Source.open(folder / f"{name}.json")
