"""COCO for training detectors: pictures, categories and boxes, without videos or tracks.

When read, every box is a detection, even if it names a track. Boxes with a score are a detector's, others a person's.
"""

from __future__ import annotations

from pathlib import Path

from app.exchange.annotations import Annotations, ExportOptions, ImportOptions, Row
from app.exchange.bounds import box_within_reach, score_or_none
from app.exchange.coco_document import BEGIN, END, CocoDocument, picture_path, write_list
from app.exchange.format import Holds, Written
from app.exchange.gathering import Gathering
from app.exchange.json_file import Entry
from app.exchange.picture_lists import listed_frames
from app.exchange.picture_names import PictureNames
from app.model.box_record import BoxRecord, Source, keyframe
from app.model.project import VideoReference

HOLDS = frozenset({Holds.LABELS})
TOLERANCE = 0.0  # JSON keeps every digit of a float


def write(path: Path, annotations: Annotations, options: ExportOptions) -> Written:
    video, frames = annotations.video, listed_frames(annotations, options)
    names = PictureNames.of_video(video, options.pictures)
    category_of = annotations.class_of_track(first=1)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(BEGIN)
        write_list(file, "categories", ({"id": n, "name": label} for n, label in annotations.classes(first=1)))
        write_list(file, "images", (_image(video, names, frame) for frame in frames))
        rows = enumerate(annotations.rows, start=1)
        write_list(file, "annotations", (_annotation(n, row, category_of[row.track_id]) for n, row in rows))
        file.write(END)
    if options.pictures:
        return Written(pictures={frame: [path.parent / picture_path(video, names, frame)] for frame in frames})
    first = picture_path(video, names, frames[0])
    return Written((f"Pictures are not written; the file names them {first} and on.",))


def _image(video: VideoReference, names: PictureNames, frame: int) -> Entry:
    return {
        "id": frame + 1, "file_name": picture_path(video, names, frame), "width": video.width, "height": video.height,
        "frame_index": frame,
    }  # fmt: skip


def _annotation(number: int, row: Row, category: int) -> Entry:
    assert row.record.box is not None
    box = [float(value) for value in row.record.box.as_tuple()]
    return {
        "id": number, "image_id": row.frame + 1, "category_id": category, "bbox": box, "area": box[2] * box[3],
        "iscrowd": 0, "segmentation": [],
    }  # fmt: skip


def read(path: Path, video: VideoReference, options: ImportOptions) -> Annotations:
    """The boxes of the pictures that are frames of ``video``.

    Raises:
        ExchangeError: naming the first invalid entry.
    """
    document, gathering = CocoDocument(path, video), Gathering(video)
    matching, notes = document.match_pictures(options.match)
    for entry in document.entries("annotations", "image_id", "category_id", "bbox"):
        with document.at("annotation", entry):
            frame = document.frame_of(entry, matching, gathering)
            if frame is None:
                continue
            if entry.get("iscrowd"):
                gathering.leave_out("around a crowd (iscrowd): left out")
                continue
            gathering.leave_out("with a track, which is not read: read it as coco for tracks", "track_id" in entry)
            box = box_within_reach(*_four(entry["bbox"]), video=video)
            said = entry.get("score")
            score = score_or_none(said)
            is_of_another_scale = said is not None and score is None
            gathering.leave_out("with a score outside 0 to 1: its score is left out", is_of_another_scale)
            record = keyframe(box) if said is None else BoxRecord(box, Source.TRACKER, score)
            gathering.detect(frame, document.labels[entry["category_id"]], record)
    return gathering.annotations(
        labels=document.labels.values(),
        notes=(*matching.notes, *notes),
        matched=matching.sentence,
        listed=matching.frames.values(),
    )


def _four(box: object) -> tuple[object, object, object, object]:
    if not isinstance(box, list) or len(box) != 4:
        raise ValueError("bbox is [left, top, width, height]")
    return box[0], box[1], box[2], box[3]
