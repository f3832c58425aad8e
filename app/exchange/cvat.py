"""CVAT for video 1.1: a track an element, with a box for each frame that is shown; frames and pixels from 0.

A box with ``outside="1"`` says that the target is absent from its frame on. One follows the last box of each track,
because CVAT would keep that box to the end. ``keyframe="0"`` marks interpolated boxes. Attributes that hold from a
frame on are mutable ones of the label, and stand at every box. The track's ``source`` is "manual" if a person drew any
of its boxes: a person's work never comes back as a tracker's.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement

from app.exchange.annotations import Annotations, ExportOptions, ImportOptions, Row, TrackHead
from app.exchange.bounds import LARGEST_ID, LAST_FRAME, frame_index, number, whole
from app.exchange.coco_document import notes_on_size
from app.exchange.cvat_attributes import add_definition, read_definitions
from app.exchange.cvat_shapes import CORNERS, ENCLOSING, box_of, read_pictures
from app.exchange.errors import ExchangeError, listed, quoted
from app.exchange.findings import Findings
from app.exchange.format import Holds, Written
from app.exchange.gathering import Gathering
from app.exchange.text_lines import decimal
from app.exchange.xml_file import add_child, child_text, load_xml, write_xml
from app.model.attributes import AttributeDefinition
from app.model.box_record import BoxRecord, Source, keyframe
from app.model.project import LABEL_COLOURS, VideoReference

HOLDS = frozenset({
    Holds.TRACKS, Holds.LABELS, Holds.OCCLUDED, Holds.ATTRIBUTES, Holds.ATTRIBUTE_CHANGES, Holds.ATTRIBUTE_KINDS,
})  # fmt: skip
TOLERANCE = 2e-6  # two corners, each rounded to six decimals
WHAT = "a file of CVAT for video"
BY_MACHINE = ("auto", "automatic", "semi-auto")


def write(path: Path, annotations: Annotations, options: ExportOptions) -> Written:
    root = Element("annotations")
    add_child(root, "version", "1.1")
    root.append(_meta(annotations))
    rows: dict[int, list[Row]] = defaultdict(list)
    for row in annotations.rows:
        rows[row.track_id].append(row)
    absent: dict[int, list[int]] = defaultdict(list)
    for row in annotations.absences or ():
        absent[row.track_id].append(row.frame)
    for head in annotations.tracks:
        root.append(_track(head, rows[head.id], sorted(absent[head.id]), annotations))
    write_xml(path, root)
    labels = list(dict.fromkeys(head.label for head in annotations.tracks))
    needed = f"CVAT refuses the file for a task that does not have {listed(labels)} among its labels."
    notes = (needed,) if labels else ()
    if options.pictures:
        suffix = f".{options.pictures}"
        pictures = {frame: [path.parent / "images" / f"frame_{frame:06d}{suffix}"] for frame in annotations.frames}
        return Written(notes, pictures)
    return Written(notes)


def _meta(annotations: Annotations) -> Element:
    video = annotations.video
    meta = Element("meta")
    task = add_child(meta, "task")
    about = {
        "name": video.name, "size": video.frame_count, "mode": "interpolation", "start_frame": 0,
        "stop_frame": video.frame_count - 1, "frame_filter": "",
    }  # fmt: skip
    for key, value in about.items():
        add_child(task, key, value)
    labels = add_child(task, "labels")
    names: dict[str, dict[str, None]] = {label: {} for _, label in annotations.classes(first=0)}
    for head in annotations.tracks:
        names[head.label] |= dict.fromkeys((*head.attributes, *head.changes.by_name))
    for position, label in annotations.classes(first=0):
        entry = add_child(labels, "label")
        add_child(entry, "name", label)
        add_child(entry, "color", LABEL_COLOURS[position % len(LABEL_COLOURS)])
        attributes = add_child(entry, "attributes")
        for name in names[label]:
            definition = annotations.attributes.get(name, AttributeDefinition(name))
            changes = any(name in head.changes.by_name for head in annotations.tracks)
            add_definition(attributes, replace(definition, per_frame=definition.per_frame or changes))
    size = add_child(task, "original_size")
    add_child(size, "width", video.width)
    add_child(size, "height", video.height)
    return meta


def _track(head: TrackHead, rows: list[Row], absent: list[int], annotations: Annotations) -> Element:
    drawn = any(row.record.is_keyframe for row in rows)
    track = Element("track", id=str(head.id), label=head.label, source="manual" if drawn else "auto")
    before: Row | None = None
    for row in rows:
        if before is not None:
            leaves = _leaves_at(before, row, head, absent)
            if leaves is not None:
                _add_box(track, leaves, before.record, head, outside=True)
        _add_box(track, row.frame, row.record, head)
        before = row
    assert before is not None
    after = min((frame for frame in absent if frame > before.frame), default=before.frame + 1)
    if after < annotations.video.frame_count:
        _add_box(track, after, before.record, head, outside=True)
    return track


def _leaves_at(before: Row, row: Row, head: TrackHead, absent: list[int]) -> int | None:
    """The first frame between two boxes in which the target is absent or unknown."""
    place = bisect_right(absent, before.frame)
    stated = [frame for frame in absent[place : place + 1] if frame < row.frame]
    is_next = row.frame == before.frame + 1
    unknown = [] if is_next else [first for first, _ in head.gaps.between(before.frame + 1, row.frame - 1)]
    return min((*stated, *unknown), default=None)


def _add_box(track: Element, frame: int, record: BoxRecord, head: TrackHead, *, outside: bool = False) -> None:
    box = record.box
    assert box is not None
    is_key = outside or record.source is not Source.INTERPOLATED
    about = {
        "frame": frame, "outside": int(outside), "occluded": int(record.occluded and not outside),
        "keyframe": int(is_key),
    }  # fmt: skip
    corners = zip(CORNERS, map(decimal, (box.x, box.y, box.right, box.bottom)), strict=True)
    element = SubElement(
        track, "box", {key: str(value) for key, value in about.items()} | dict(corners) | {"z_order": "0"}
    )
    for name, value in head.attributes_at(frame).items():
        SubElement(element, "attribute", name=name).text = value


def read(path: Path, video: VideoReference, options: ImportOptions) -> Annotations:
    """The tracks of a task. A task that shows a part of the video, or every n-th frame, says so itself.

    Raises:
        ExchangeError: naming the first invalid track.
    """
    file = path / "annotations.xml" if path.is_dir() else path
    root = load_xml(file, "annotations", WHAT)
    frame_in, matched = _frames_of_task(file, root, video, options)
    gathering = Gathering(video)
    definitions = read_definitions(root)
    gathering.attributes = {one.name: one for one in definitions.values()}
    said: dict[int, dict[int, dict[str, str]]] = defaultdict(dict)
    for position, track in enumerate(root.findall("track")):
        place = f"{file}: track {quoted(track.get('id', ''))}"
        try:
            for frame, record, values in _records(track, video, gathering):
                track_id = whole(track.get("id", position), "the id", low=0, high=LARGEST_ID)
                label = track.get("label", "")
                if track_id not in gathering.heads:
                    gathering.heads[track_id] = TrackHead(track_id, label, attributes=values)
                gathering.add(frame_in(frame), track_id, label, record)
                if record.box is not None:
                    said[track_id][frame_in(frame)] = {
                        name: value for name, value in values.items() if _is_mutable(definitions, name)
                    }
        except ValueError as error:
            raise ExchangeError(f"{place} is invalid: {error}.") from None
    gathering.say(said)
    pictures = read_pictures(file, root, video, options, gathering)
    labels = [(name.text or "").strip() for name in root.iterfind("meta//label/name")]
    size = root.find("meta//original_size")
    sizes = set() if size is None else {_size(file, size)}
    return gathering.annotations(
        labels=filter(None, labels),
        states_absences=True,
        notes=(*notes_on_size(sizes, video), *(() if pictures is None else pictures.notes)),
        matched=matched if pictures is None else pictures.sentence,
    )


def _is_mutable(definitions: Mapping[str, AttributeDefinition], name: str) -> bool:
    """Whether an attribute changes. If the file does not define it, its values decide."""
    definition = definitions.get(name)
    return definition is None or definition.per_frame


def _records(
    track: Element, video: VideoReference, gathering: Gathering
) -> Iterator[tuple[int, BoxRecord, dict[str, str]]]:
    """Frame, record and attributes of each box."""
    by_machine = track.get("source", "") in BY_MACHINE
    was_outside = True
    shapes = [shape for shape in track if shape.get("frame") is not None]
    rectangles = [shape for shape in shapes if shape.tag == "box"]
    boxes = rectangles or [shape for shape in shapes if shape.tag in ENCLOSING]
    gathering.leave_out("of another shape (points, lines, cuboids): left out", len(shapes) - len(boxes))
    for box in boxes:
        frame = frame_index(box.get("frame", ""))
        if box.get("outside") == "1":
            if not was_outside:
                yield frame, BoxRecord(None, Source.TRACKER) if by_machine else keyframe(None), {}
            was_outside = True
            continue
        was_outside = False
        where = box_of(box, video, gathering)
        is_key, is_occluded = box.get("keyframe", "1") != "0", box.get("occluded") == "1"
        source = Source.INTERPOLATED if not is_key else Source.TRACKER if by_machine else Source.HUMAN
        record = BoxRecord(where, source, occluded=is_occluded, reviewed=source is Source.HUMAN)
        yield frame, record, _attributes(box)


def _attributes(box: Element) -> dict[str, str]:
    return {name: entry.text for entry in box.findall("attribute") if (name := entry.get("name")) and entry.text}


def _frames_of_task(
    file: Path, root: Element, video: VideoReference, options: ImportOptions
) -> tuple[Callable[[int], int], str]:
    """Converts a frame of the file to one of the video, with a sentence if they differ.

    Files count the frames of the video from which the task was made, whatever part of it the task shows (source:
    ``abs_frame_id`` in CVAT's dumper). So they are other numbers only where the video is that part itself.
    """
    if options.frames is not None:
        chosen = options.frames
        return lambda frame: chosen.start + chosen.step * frame, ""
    task = root.find("meta/task")
    if task is None:
        return lambda frame: frame, ""
    try:
        size = _optional(task, "size", 0)
        first = _optional(task, "start_frame", 0)
        filtering = (task.findtext("frame_filter") or "").strip()
        step = whole(filtering.partition("=")[2], "the step", low=1, high=LAST_FRAME) if filtering else 1
    except ValueError as error:
        raise ExchangeError(f"{file}: {error}.") from None
    if (first, step) == (0, 1) or size != video.frame_count:
        return lambda frame: frame, ""

    def of_part(frame: int) -> int:
        place, rest = divmod(frame - first, step)
        if rest or place < 0:
            raise ValueError(f"frame {frame} is none of the task, which begins at {first} and goes on by {step}")
        return place

    return of_part, f"Frame {first} of the file is frame 0 of this video; each goes on by {step}, as the file says."


def _optional(task: Element, name: str, default: int) -> int:
    text = (task.findtext(name) or "").strip()
    return whole(text, name, low=0, high=LAST_FRAME) if text else default


def _size(file: Path, size: Element) -> tuple[int, int]:
    try:
        width, height = (number(child_text(size, key), key) for key in ("width", "height"))
    except ValueError as error:
        raise ExchangeError(f"{file}: {error}.") from None
    return int(width), int(height)


def check(path: Path) -> list[str]:
    """What breaks CVAT's own import, one line for each rule.

    Raises:
        ExchangeError: if the file cannot be read at all.
    """
    findings = Findings()
    file = path / "annotations.xml" if path.is_dir() else path
    try:
        root = load_xml(file, "annotations", WHAT)
    except ExchangeError as error:
        if not file.is_file():
            raise
        return [str(error)]
    if (root.findtext("version") or "").strip() != "1.1":
        findings.add("version", "the version is not 1.1")
    if root.find("image") is not None:
        findings.add("image", "pictures with boxes belong to CVAT for images; for video there are tracks")
    labels = {(name.text or "").strip() for name in root.iterfind("meta//label/name")}
    seen: set[str] = set()
    for track in root.findall("track"):
        place = f"track {quoted(track.get('id', ''))}"
        if track.get("id") in seen:
            findings.add(place, "an id stands twice")
        seen.add(track.get("id", ""))
        if track.get("label") not in labels:
            findings.add(place, "its label is not among those of the task", f"{quoted(track.get('label'))}: ")
        _check_boxes(place, track, findings)
    return findings.lines()


def _check_boxes(place: str, track: Element, findings: Findings) -> None:
    before = -1
    for box in track.findall("box"):
        try:
            frame = frame_index(box.get("frame", ""))
            left, top, right, bottom = (number(box.get(corner, ""), corner) for corner in CORNERS)
        except ValueError as error:
            findings.add(place, "a frame or a corner is not a possible number", f"{error}: ")
            return
        if frame <= before:
            findings.add(place, "frames of a track go up, each once", f"frame {frame}: ")
        before = frame
        if not (left < right and top < bottom):
            findings.add(place, "right is beyond left, and bottom below top")
        for flag in ("outside", "occluded", "keyframe"):
            if box.get(flag) not in ("0", "1"):
                findings.add(place, f"{flag} is 0 or 1")
