"""Pascal VOC: one ``Annotations/NAME.xml`` a picture, corners as whole pixels from 1, both inside the box.

Strict readers take whole numbers only, so boxes are rounded. ``ImageSets/Main/default.txt`` names the pictures, and
``labelmap.txt`` the labels: Datumaro and CVAT refuse one that is none of VOC's twenty and is not listed there.
``<frame>`` is ours: the frame of the video.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element

from app.exchange.annotations import Annotations, ExportOptions, ImportOptions, Row
from app.exchange.bounds import box_within_reach, frame_index, number
from app.exchange.coco_document import notes_on_size
from app.exchange.errors import ExchangeError, listed, quoted
from app.exchange.findings import Findings
from app.exchange.fitting import with_box, within_picture
from app.exchange.format import Holds, Written
from app.exchange.gathering import Gathering
from app.exchange.picture_lists import files_below, listed_frames, match_files, refuse_none
from app.exchange.picture_names import PictureNames
from app.exchange.xml_file import add_child, child_text, load_xml, write_xml
from app.model.box_record import BoxRecord, keyframe
from app.model.project import VideoReference
from app.model.words import counted
from tracker_core.geometry import Box

HOLDS = frozenset({Holds.LABELS, Holds.OCCLUDED})
TOLERANCE = 0.0  # boxes are whole numbers here
ANNOTATIONS, PICTURES, LIST = "Annotations", "JPEGImages", "ImageSets/Main/default.txt"
LABELS = "labelmap.txt"
LABELS_HEAD = "# label:color_rgb:parts:actions"
OFFICIAL = {
    "aeroplane", "bicycle", "bird", "boat", "bottle", "bus", "car", "cat", "chair", "cow", "diningtable", "dog",
    "horse", "motorbike", "person", "pottedplant", "sheep", "sofa", "train", "tvmonitor",
}  # fmt: skip
CORNERS = ("xmin", "ymin", "xmax", "ymax")


def fit(annotations: Annotations, options: ExportOptions) -> Annotations:
    """Boxes cut at the border and rounded to whole pixels, at least one wide and high."""
    del options
    cut = within_picture(annotations)
    video = annotations.video
    rows = [with_box(row, _rounded(row.record.box, video)) for row in cut.rows if row.record.box is not None]
    rounded = sum(row.record != other.record for row, other in zip(rows, cut.rows, strict=True))
    notes = [f"{counted(rounded, 'box', 'boxes')} rounded to whole pixels."] if rounded else []
    return replace(cut, rows=tuple(rows), notes=(*cut.notes, *notes))


def _rounded(box: Box, video: VideoReference) -> Box:
    left, right = _whole_span(box.x, box.right, video.width)
    top, bottom = _whole_span(box.y, box.bottom, video.height)
    return Box(left, top, right - left, bottom - top)


def _whole_span(begin: float, end: float, limit: int) -> tuple[int, int]:
    first = min(round(begin), limit - 1)
    return first, max(round(end), first + 1)


def write(path: Path, annotations: Annotations, options: ExportOptions) -> Written:
    video = annotations.video
    names = PictureNames.of_video(video, options.pictures)
    label_of = annotations.label_of_track()
    rows: dict[int, list[Row]] = defaultdict(list)
    for row in annotations.rows:
        rows[row.frame].append(row)
    (path / ANNOTATIONS).mkdir(parents=True, exist_ok=True)
    (path / LIST).parent.mkdir(parents=True, exist_ok=True)
    written = listed_frames(annotations, options)
    stems = [names.stem(frame, prefix=video.name) for frame in written]
    suffix = f".{options.pictures or 'jpg'}"
    for frame, stem in zip(written, stems, strict=True):
        write_xml(path / ANNOTATIONS / f"{stem}.xml", _picture(f"{stem}{suffix}", frame, rows[frame], label_of, video))
    (path / LIST).write_text("".join(f"{stem}\n" for stem in stems), encoding="utf-8", newline="\n")
    labels = [label for _, label in annotations.classes(first=1)]
    listable = [label for label in labels if _can_be_listed(label)]
    rows_of_labels = (LABELS_HEAD, *(f"{label}:::" for label in listable))
    (path / LABELS).write_text("".join(f"{row}\n" for row in rows_of_labels), encoding="utf-8", newline="\n")
    notes = [
        f"The label {quoted(label)} is left out of {LABELS}, which has no place for a colon or for # at the beginning; "
        "Datumaro and CVAT will not take it."
        for label in labels
        if label not in listable
    ]
    foreign = [label for label in annotations.labels if label not in OFFICIAL]
    if foreign:
        notes.append(f"Pascal VOC's own evaluation does not know {listed(foreign)}: it has twenty labels.")
    if options.pictures:
        places = zip(written, stems, strict=True)
        return Written(tuple(notes), {frame: [path / PICTURES / f"{stem}{suffix}"] for frame, stem in places})
    notes.append(f"Pictures are not written; they belong in {PICTURES} under the names of the annotations.")
    return Written(tuple(notes))


def _can_be_listed(label: str) -> bool:
    return ":" not in label and not label.startswith("#")


def _picture(name: str, frame: int, rows: list[Row], label_of: dict[int, str], video: VideoReference) -> Element:
    root = Element("annotation")
    add_child(root, "folder", PICTURES)
    add_child(root, "filename", name)
    source = add_child(root, "source")
    add_child(source, "database", video.name)
    add_child(source, "frame", frame)
    size = add_child(root, "size")
    for key, value in (("width", video.width), ("height", video.height), ("depth", 3)):
        add_child(size, key, value)
    add_child(root, "segmented", 0)
    for row in rows:
        box = row.record.box
        assert box is not None
        thing = add_child(root, "object")
        add_child(thing, "name", label_of[row.track_id])
        for key, flag in (("pose", "Unspecified"), ("truncated", 0), ("difficult", 0)):
            add_child(thing, key, flag)
        add_child(thing, "occluded", int(row.record.occluded))
        bounds = add_child(thing, "bndbox")
        values = box.x + 1, box.y + 1, box.right, box.bottom
        for key, corner in zip(CORNERS, values, strict=True):
            add_child(bounds, key, int(corner))
    return root


def read(path: Path, video: VideoReference, options: ImportOptions) -> Annotations:
    """The boxes of the pictures that are frames of ``video``.

    Raises:
        ExchangeError: naming the first invalid file.
    """
    files = [path] if path.is_file() else files_below(path, ".xml", places=(ANNOTATIONS, ""))
    roots = {file: load_xml(file, "annotation", "a Pascal VOC file") for file in files}
    stated = {file: frame for file, root in roots.items() if (frame := _stated_frame(file, root)) is not None}
    matching = match_files(files, video, options, frames=stated, source=path)
    gathering = Gathering(video)
    sizes: set[tuple[int, int]] = set()
    for file, root in roots.items():
        things = root.findall("object")
        frame = matching.frames.get(file)
        if frame is None:
            gathering.leave_out("in a picture that is not in this video: left out", len(things))
            continue
        try:
            size = root.find("size")
            if size is not None:
                width, height = (number(child_text(size, key), key) for key in ("width", "height"))
                sizes.add((int(width), int(height)))
            for thing in things:
                gathering.detect(frame, *_read_object(thing, video, first_pixel=options.first_pixel))
        except ValueError as error:
            raise ExchangeError(f"{file}: {error}.") from None
    return gathering.annotations(
        notes=(*matching.notes, *notes_on_size(sizes, video)),
        matched=matching.sentence,
        listed=matching.frames.values(),
    )


def _read_object(thing: Element, video: VideoReference, *, first_pixel: int) -> tuple[str, BoxRecord]:
    bounds = thing.find("bndbox")
    if bounds is None:
        raise ValueError("an object has no <bndbox>")
    left, top, right, bottom = (number(child_text(bounds, key), key) for key in CORNERS)
    box = box_within_reach(left - first_pixel, top - first_pixel, right - left + 1, bottom - top + 1, video=video)
    occluded = thing.find("occluded")
    return child_text(thing, "name"), keyframe(
        box, occluded=occluded is not None and (occluded.text or "").strip() == "1"
    )


def _stated_frame(file: Path, root: Element) -> int | None:
    frame = root.find("source/frame")
    try:
        return None if frame is None else frame_index((frame.text or "").strip())
    except ValueError as error:
        raise ExchangeError(f"{file}: {error}.") from None


def check(path: Path) -> list[str]:
    """What breaks strict readers, one line for each rule.

    Raises:
        ExchangeError: if the folder cannot be read at all.
    """
    findings = Findings()
    files = [path] if path.is_file() else files_below(path, ".xml", places=(ANNOTATIONS, ""))
    refuse_none(files, path)
    for file in files:
        try:
            root = load_xml(file, "annotation", "a Pascal VOC file")
        except ExchangeError as error:
            findings.add(file.name, str(error))
            continue
        if root.find("size") is None:
            findings.add(f"{ANNOTATIONS}, {file.name}", "<size> is missing")
        for thing in root.findall("object"):
            _check_object(f"{ANNOTATIONS}, {file.name}", thing, findings)
    if path.is_dir() and (path / LIST).is_file():
        listed = set((path / LIST).read_text("utf-8", errors="replace").splitlines())
        for missing in sorted(listed - {file.stem for file in files}):
            findings.add(LIST, "a picture is listed that has no annotation", f"{missing}: ")
    return findings.lines()


def _check_object(place: str, thing: Element, findings: Findings) -> None:
    name, bounds = thing.find("name"), thing.find("bndbox")
    if name is None or not (name.text or "").strip():
        findings.add(place, "an object has no name")
    if bounds is None:
        findings.add(place, "an object has no <bndbox>")
        return
    texts = [(child.text or "").strip() if (child := bounds.find(key)) is not None else "" for key in CORNERS]
    if not all(text.isdecimal() and len(text) <= 9 for text in texts):
        findings.add(place, "corners are whole numbers from 1; strict readers fail on others")
        return
    left, top, right, bottom = map(int, texts)
    if not (1 <= left <= right and 1 <= top <= bottom):
        findings.add(place, "xmin and ymin are from 1, and xmax and ymax no smaller")
