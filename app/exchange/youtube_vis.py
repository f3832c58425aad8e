"""YouTube-VIS: one annotation a track, with a list of boxes over the frames, null where the target is absent. Readers
evaluate masks, so ``segmentations`` holds each box as a mask of whole pixels, run-length encoded by columns; it is null
for a box outside the picture, since no tracker can match an empty mask. The boxes themselves are in ``bboxes``.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from app.exchange.annotations import Annotations, ExportOptions, ImportOptions, TrackHead
from app.exchange.bounds import LARGEST_ID, box_within_reach, whole
from app.exchange.coco_document import BEGIN, END, CocoDocument, write_list
from app.exchange.errors import ExchangeError, quoted
from app.exchange.findings import Findings
from app.exchange.format import Holds, Written
from app.exchange.gathering import Gathering
from app.exchange.json_file import Entry, load_object
from app.exchange.matching import match_pictures
from app.exchange.picture_names import PictureNames
from app.model.box_record import keyframe
from app.model.project import VideoReference
from tracker_core.geometry import Box

HOLDS = frozenset({Holds.TRACKS, Holds.LABELS})
TOLERANCE = 0.0  # JSON keeps every digit of a float
VIDEO_ID = 1


def write(path: Path, annotations: Annotations, options: ExportOptions) -> Written:
    video, frames = annotations.video, annotations.frames
    names = PictureNames.of_video(video, options.pictures)
    boxes: dict[int, dict[int, Box]] = defaultdict(dict)
    for row in annotations.rows:
        assert row.record.box is not None
        boxes[row.track_id][row.frame] = row.record.box
    category_of = annotations.class_of_track(first=1)
    paths = [f"{video.name}/{names.of_frame(frame)}" for frame in frames]  # readers recognise the video by its name
    about = {
        "id": VIDEO_ID, "width": video.width, "height": video.height, "length": len(frames), "file_names": paths,
        "frame_index": list(frames),
    }  # fmt: skip
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(BEGIN)
        write_list(file, "videos", [about])
        write_list(file, "categories", ({"id": n, "name": label} for n, label in annotations.classes(first=1)))
        tracks = (_track(head, category_of[head.id], boxes[head.id], annotations) for head in annotations.tracks)
        write_list(file, "annotations", tracks)
        file.write(END)
    if options.pictures:
        places = zip(frames, paths, strict=True)
        return Written(pictures={frame: [path.parent / picture] for frame, picture in places})
    return Written((f"Pictures are not written; the file names them {video.name}/{names.of_frame(0)} and on.",))


def _track(head: TrackHead, category: int, boxes: dict[int, Box], annotations: Annotations) -> Entry:
    video = annotations.video
    shown = [boxes.get(frame) for frame in annotations.frames]
    return {
        "id": head.id, "video_id": VIDEO_ID, "category_id": category, "iscrowd": 0,
        "width": video.width, "height": video.height, "length": len(shown),
        "bboxes": [None if box is None else [float(value) for value in box.as_tuple()] for box in shown],
        "areas": [None if box is None else float(box.area) for box in shown],
        "segmentations": [None if box is None else _mask(box, video) for box in shown],
    }  # fmt: skip


def _mask(box: Box, video: VideoReference) -> Entry | None:
    """The pixels of a box as run lengths, column by column: how many outside, how many inside. At least one pixel is
    inside; None if the box lies outside the picture.
    """
    left, right = _pixels(box.x, box.right, video.width)
    top, bottom = _pixels(box.y, box.bottom, video.height)
    height = bottom - top
    if right <= left or bottom <= top:
        return None
    before, between = left * video.height + top, video.height - height
    after = video.height * video.width - before - (right - left - 1) * video.height - height
    return {
        "size": [video.height, video.width],
        "counts": [before, height, *((between, height) * (right - left - 1)), after],
    }


def _pixels(begin: float, end: float, limit: int) -> tuple[int, int]:
    """The first pixel and the one after the last; equal if nothing is in the picture."""
    if end <= 0 or begin >= limit:
        return 0, 0
    first = min(max(round(begin), 0), limit - 1)
    return first, max(min(round(end), limit), first + 1)


def read(path: Path, video: VideoReference, options: ImportOptions) -> Annotations:
    """The tracks of one video in the file: its only video, or the one whose folder holds the pictures of ``video``.

    Raises:
        ExchangeError: naming the first invalid entry.
    """
    document, gathering = CocoDocument(path, video, file_names=True), Gathering(video)
    names = document.file_names
    matching = match_pictures(document.listed_pictures(), video, chosen=options.match, file=path)
    for entry in document.entries("annotations", "id", "video_id", "category_id", "bboxes"):
        if not document.is_ours(entry):
            continue
        with document.at("annotation", entry):
            boxes = entry["bboxes"]
            if not isinstance(boxes, list) or len(boxes) > len(names):
                raise ValueError(f"bboxes is {quoted(boxes)}, and there are {len(names)} pictures")
            track_id = whole(entry["id"], "the id", low=-LARGEST_ID, high=LARGEST_ID)
            label = document.labels[entry["category_id"]]
            gathering.heads[track_id] = TrackHead(track_id, label)
            for position, box in enumerate(boxes):
                if box is None:
                    continue
                frame = matching.frames.get(position)
                if frame is None:
                    gathering.leave_out("in a picture that is not in this video: left out")
                    continue
                left, top, width, height = box
                gathering.add(frame, track_id, label, keyframe(box_within_reach(left, top, width, height, video=video)))
    return gathering.annotations(
        labels=document.labels.values(),
        notes=matching.notes,
        matched=matching.sentence,
        listed=matching.frames.values(),
    )


def check(path: Path) -> list[str]:
    """What breaks TrackEval and the training loaders of YouTube-VIS, one line for each rule.

    Raises:
        ExchangeError: if the file cannot be read at all.
    """
    findings = Findings()
    try:
        document = load_object(path, "a YouTube-VIS file")
    except ExchangeError as error:
        if not path.is_file():
            raise
        return [str(error)]
    lists = {key: _list(document, key, findings) for key in ("videos", "categories", "annotations")}
    lengths: dict[str, int] = {}
    for entry in lists["videos"]:
        place = f"videos, id {quoted(entry.get('id'))}"
        names = entry.get("file_names")
        if not isinstance(names, list) or not names or not all(isinstance(name, str) for name in names):
            findings.add(place, "file_names is a list of the paths of its pictures")
            continue
        if not all("/" in name for name in names):
            findings.add(place, "each of file_names lies in a folder, whose name is that of the sequence")
        lengths[quoted(entry.get("id"))] = len(names)
    categories = {quoted(entry.get("id")) for entry in lists["categories"]}
    seen: set[str] = set()
    for entry in lists["annotations"]:
        place = f"annotations, id {quoted(entry.get('id'))}"
        if quoted(entry.get("id")) in seen:
            findings.add(place, "an id stands twice")
        seen.add(quoted(entry.get("id")))
        if quoted(entry.get("category_id")) not in categories:
            findings.add(place, "category_id names nothing in this file")
        length = lengths.get(quoted(entry.get("video_id")))
        if length is None:
            findings.add(place, "video_id names nothing in this file")
        for key in ("bboxes", "areas", "segmentations"):
            values = entry.get(key)
            if not isinstance(values, list) or (length is not None and len(values) != length):
                findings.add(place, f"{key} has an entry, or null, for each picture of the video")
        for key in ("iscrowd", "width", "height"):
            if key not in entry:
                findings.add(place, f"{key} is missing")
    return findings.lines()


def _list(document: Entry, key: str, findings: Findings) -> list[Entry]:
    entries = document.get(key)
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        findings.add(key, "this list of objects is missing")
        return []
    return entries
