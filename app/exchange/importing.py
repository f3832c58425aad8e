"""Import: reads a file and makes tracks of its rows."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from app.exchange.annotations import Annotations, Detection, ImportOptions, Row, TrackHead
from app.exchange.bounds import LARGEST_ID
from app.exchange.errors import check_path, printable, quoted, system_errors_told
from app.exchange.formats import format_named
from app.model.attributes import AttributeChanges, AttributeDefinition, clean_changes
from app.model.box_record import BoxRecord, Source, keyframe
from app.model.interpolation import record_at
from app.model.names import LONGEST_VALUE, clean_attributes, clean_name
from app.model.project import LABEL_COLOURS, Label, Project, VideoReference
from app.model.track import Track
from app.model.track_marks import TrackMarks
from app.model.words import counted

ALIKE = 0.5  # from this IoU on, two boxes show the same target
FRAMES_LOOKED_AT = 50  # frames of a track compared to see whether the project has it already
MOST_NOTES_OF_A_KIND = 5  # so that a file with a million tracks does not give a million sentences
NO_NAME = "object"  # for a label that is empty after cleaning


@dataclass(frozen=True, slots=True)
class ImportedTracks:
    """Tracks as read, labels in the order of the file's classes, and a sentence for everything left out or changed.

    ``detections``: boxes that name no track. ``matched``: the rule by which pictures were matched with frames, if there
    was a choice. ``listed``: the frames that the file has pictures of; None for all. ``attributes``: the file's
    definitions of attributes.
    """

    tracks: tuple[Track, ...]
    labels: tuple[str, ...]
    notes: tuple[str, ...]
    matched: str = ""
    detections: tuple[Detection, ...] = ()
    listed: tuple[int, ...] | None = None
    attributes: tuple[AttributeDefinition, ...] = ()


def import_tracks(
    format_name: str, path: Path, video: VideoReference, options: ImportOptions | None = None
) -> ImportedTracks:
    """The tracks and detections of a file that belong to ``video``.

    Boxes of a ground truth become keyframes, which no tracker overwrites; boxes with a source keep it. If the format
    cannot state an absence, a gap means one: nothing is interpolated across it, except across frames that the file has
    no picture of. Interpolated boxes that follow from their neighbours are not stored. No format holds runs, so
    ``run_id`` is None.

    Raises:
        ExchangeError: for an unknown format or an invalid file; MatchError if two rules disagree about which
            frames its pictures are.
    """
    entry = format_named(format_name)
    check_path(path)
    with system_errors_told(path):
        annotations = entry.read(path, video, options or ImportOptions())
    notes = list(annotations.notes)
    rows, absences = defaultdict(list), defaultdict(list)
    for row in annotations.rows:
        if row.frame < video.frame_count:
            rows[row.track_id].append(row)
    for row in annotations.absences or ():
        if row.frame < video.frame_count:
            absences[row.track_id].append(row)
    found = [detection for detection in annotations.detections if detection.frame < video.frame_count]
    late = len(annotations.rows) + len(annotations.detections) - sum(map(len, rows.values())) - len(found)
    if late:
        last = video.frame_count - 1
        notes.append(f"{counted(late, 'box', 'boxes')} after the last frame ({last}) of the video: left out.")
    names = _clean_names(annotations, notes)
    ids = _usual_ids(annotations.tracks, notes)
    tracks = []
    empty, changed = [], []
    for position, head in enumerate(annotations.tracks):
        if not rows[head.id]:
            empty.append(f"Track {quoted(head.id)} ({names[head.label]}) has no boxes and is left out.")
            continue
        colour = head.colour or LABEL_COLOURS[position % len(LABEL_COLOURS)]
        attributes = clean_attributes(head.attributes)
        if attributes != head.attributes:
            changed.append(
                f"Attributes of track {quoted(head.id)} are read without what no text can hold, and no longer than "
                f"{LONGEST_VALUE:,} characters each."
            )
        track = Track(ids[head.id], names[head.label], colour, attributes)
        is_stated = annotations.absences is not None
        stated = absences[head.id] if is_stated else absences_in_gaps(rows[head.id], annotations.listed)
        track.marks = TrackMarks(gaps=head.gaps)
        track.changes = _changes(head, track.attributes, notes)
        _fill(track, rows[head.id], stated)
        tracks.append(track)
    notes += _first_few(empty, "tracks without boxes")
    notes += _first_few(changed, "tracks whose attributes are read so")
    return ImportedTracks(
        tracks=tuple(tracks),
        labels=tuple(dict.fromkeys(names[label] for label in annotations.labels)),
        notes=tuple(map(printable, notes)),
        matched=annotations.matched,
        detections=tuple(replace(detection, label=names[detection.label]) for detection in found),
        listed=annotations.listed,
        attributes=_definitions(annotations, tracks),
    )


def fitted_to(project: Project, imported: ImportedTracks) -> ImportedTracks:
    """The same tracks, with new ids if the project uses or has used theirs: an id is never given twice."""
    highest = project.next_track_id() - 1
    free = max(highest, *(track.id for track in imported.tracks), 0)
    tracks, renumbered = [], []
    for track in imported.tracks:
        fitted = track.copy()
        if track.id <= highest:
            free += 1
            fitted.id = free
            state = "has" if track.id in project.tracks else "had"
            renumbered.append(f"Track {track.id} becomes track {free}: the project {state} a track {track.id} already.")
        tracks.append(fitted)
    notes = *imported.notes, *_first_few(renumbered, "tracks that get another number")
    return replace(imported, tracks=tuple(tracks), notes=notes)


def doubled(project: Project, imported: ImportedTracks) -> dict[int, int]:
    """Tracks that the project already seems to have, with the id of its own one: they have the same label, and in most
    of the compared frames where both have a box, the boxes overlap by half or more.
    """
    by_label = defaultdict(list)
    for track in project.tracks.values():
        by_label[track.label].append(track)
    pairs = ((new, old) for new in imported.tracks for old in by_label[new.label] if _lie_alike(new, old))
    return {new.id: old.id for new, old in pairs}


def _lie_alike(new: Track, old: Track) -> bool:
    frames = [frame for frame, record in new.items() if not record.absent]
    alike = []
    for frame in frames[:: max(1, len(frames) // FRAMES_LOOKED_AT)]:
        one, other = new.get(frame), record_at(old, frame)
        if one is not None and one.box is not None and other is not None and other.box is not None:
            alike.append(one.box.iou(other.box) >= ALIKE)
    return sum(alike) > len(alike) / 2


def new_labels(project: Project, imported: ImportedTracks) -> tuple[Label, ...]:
    """The labels that the project does not have yet, with the next colours."""
    missing = [name for name in imported.labels if name not in project.labels]
    return tuple(
        Label(name, LABEL_COLOURS[position % len(LABEL_COLOURS)])
        for position, name in enumerate(missing, start=len(project.labels))
    )


def new_attributes(project: Project, imported: ImportedTracks) -> tuple[AttributeDefinition, ...]:
    """The attributes that the project does not define yet. One that it defines stays as it is."""
    return tuple(one for one in imported.attributes if one.name not in project.attributes)


def _changes(head: TrackHead, attributes: Mapping[str, str], notes: list[str]) -> AttributeChanges:
    cleaned = clean_changes(head.changes, attributes)
    too_long = sum(len(value) > LONGEST_VALUE for _, _, value in cleaned)
    if not too_long:
        return cleaned
    notes.append(f"{counted(too_long, 'value')} of attributes of track {head.id}: cut to {LONGEST_VALUE} characters.")
    return AttributeChanges.of(
        {
            name: [(frame, value[:LONGEST_VALUE]) for frame, value in several]
            for name, several in cleaned.by_name.items()
        },
        attributes,
    )


def _definitions(annotations: Annotations, tracks: Sequence[Track]) -> tuple[AttributeDefinition, ...]:
    """The file's definitions; other attributes of its tracks become texts."""
    found = {one.name: one for one in annotations.attributes.values()}
    for track in tracks:
        for name in (*track.attributes, *track.changes.by_name):
            if name not in found:
                found[name] = AttributeDefinition(name, per_frame=any(name in one.changes.by_name for one in tracks))
    return tuple(found.values())


def _usual_ids(heads: Sequence[TrackHead], notes: list[str]) -> dict[int, int]:
    """The ids to use: unusual numbers are replaced by the next free one."""
    ids = {head.id: head.id for head in heads if 1 <= head.id <= LARGEST_ID}
    free = max(ids.values(), default=0)
    changed = []
    for head in heads:
        if head.id not in ids:
            free += 1
            ids[head.id] = free
            changed.append(f"Track {quoted(head.id)} becomes track {free}: ids are numbers from 1 to {LARGEST_ID}.")
    notes += _first_few(changed, "tracks that get another number")
    return ids


def _clean_names(annotations: Annotations, notes: list[str]) -> dict[str, str]:
    """The name in the project of each label of the file."""
    worn = (*(head.label for head in annotations.tracks), *(found.label for found in annotations.detections))
    labels = dict.fromkeys((*annotations.labels, *worn))
    names = {label: clean_name(label) or NO_NAME for label in labels}
    changed = [
        f"The label {quoted(label)} is read as {quoted(name)}." for label, name in names.items() if label != name
    ]
    notes += _first_few(changed, "labels that are read without characters that no name has")
    return names


def _first_few(notes: Sequence[str], what: str) -> list[str]:
    more = len(notes) - MOST_NOTES_OF_A_KIND
    return [*notes[:MOST_NOTES_OF_A_KIND], *([f"And {more} more {what}."] if more > 0 else [])]


def absences_in_gaps(rows: Sequence[Row], listed: Sequence[int] | None = None) -> list[Row]:
    """An absence at the first frame of each gap, with the source of the box before it.

    Args:
        listed: the frames that the file has pictures of, in order (a missing picture does not mean an absent target);
            None for all frames.
    """
    step = usual_step(listed)
    absences = []
    for row, following in pairwise(rows):
        missing = row.frame + step
        if listed is not None:
            place = bisect_right(listed, row.frame)
            missing = min([missing, *listed[place : place + 1]])
        if missing < following.frame:
            by_tracker = row.record.source is Source.TRACKER
            record = BoxRecord(None, Source.TRACKER) if by_tracker else keyframe(None)
            absences.append(Row(missing, row.track_id, record))
    return absences


def usual_step(listed: Sequence[int] | None) -> int:
    """The usual step between the frames of a file: 10 if every tenth frame has a picture."""
    steps = Counter(after - before for before, after in pairwise(listed or ()))
    return steps.most_common(1)[0][0] if steps else 1


def _fill(track: Track, rows: Sequence[Row], absences: Sequence[Row]) -> None:
    interpolated = {row.frame: row.record for row in rows if row.record.source is Source.INTERPOLATED}
    track.put({row.frame: row.record for row in absences})
    track.put({row.frame: row.record for row in rows if row.frame not in interpolated})
    track.put({frame: record for frame, record in interpolated.items() if record.reviewed})
    if any(record_at(track, frame) != record for frame, record in interpolated.items()):
        track.put(interpolated)  # moved by another program: keep them
