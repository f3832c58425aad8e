"""Turns a project into the dense rows that every format writes, with a note for everything left out or changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from app.exchange.annotations import Annotations, ExportOptions, Row, TrackHead
from app.exchange.bounds import REACH
from app.exchange.box_rows import BoxRows
from app.exchange.errors import ExchangeError, quoted
from app.model.attributes import AttributeDefinition, clean_changes
from app.model.box_record import BoxRecord, Source
from app.model.class_numbers import class_numbers, has_box
from app.model.interpolation import shown_columns
from app.model.names import clean_attributes, clean_name
from app.model.project import Project, VideoReference
from app.model.record_block import HUMAN, INTERPOLATED, TRACKER, Flag, RecordColumns, unpacked
from app.model.track import Track
from app.model.words import counted

NO_NAME = "object"  # for a label that is empty after cleaning
SMALLEST_SIDE = 1e-3  # pixels; text formats would round a thinner box to no area


def collect_rows(project: Project, options: ExportOptions) -> Annotations:
    """The rows of all tracks as the canvas shows them, by frame and then by track id. A box left out for its score or
    size becomes an absence, so that no reader interpolates across it.
    """
    collector = _Collector(project, options)
    for track_id in sorted(project.tracks):
        collector.add(project.tracks[track_id])
    return collector.annotations()


class _Collector:
    """Works on whole tracks as arrays: a project has millions of boxes."""

    def __init__(self, project: Project, options: ExportOptions) -> None:
        self._project = project
        self._options = options
        frames = range(project.video.frame_count)
        self._frames = frames if options.frames is None else _common(frames, options.frames)
        self._heads: list[TrackHead] = []
        self._rows: list[BoxRows] = []
        self._over = 0  # boxes that reach over the border of the picture
        self._absences: list[Row] = []
        self._left_out: Counter[str] = Counter()
        self._notes: list[str] = []
        self._name_of = _names(project, options)
        self._vacated: frozenset[str] = frozenset()

    def add(self, track: Track) -> None:
        label = self._name_of[track.label]
        if label is None:
            self._left_out["unmapped"] += 1
            return
        shown = self._shown(track)
        left_out = self._left_out_of(shown)
        rows = shown.chosen(~shown.has(Flag.ABSENT) & ~left_out)
        self._left_out["after the end"] += _boxes_from(self._project.video.frame_count, track)
        if not len(rows):
            reason = "no boxes to write" if len(track) else "no boxes"
            self._notes.append(f"Track {track.id} ({label}) has {reason} and is left out.")
            return
        if track.marks.overruled:
            self._left_out["stale"] += len(set(track.stale_frames()) & set(rows.frames.tolist()))
        self._add_absences(track, shown, left_out)
        self._over += self._reaching_over(rows.rows)
        self._rows.append(BoxRows(rows.frames, np.full(len(rows), track.id, np.int64), rows.rows))
        attributes = clean_attributes(track.attributes)
        changes = clean_changes(track.changes, attributes)
        self._heads.append(TrackHead(track.id, label, track.colour, attributes, track.marks.gaps, changes))

    def _shown(self, track: Track) -> RecordColumns:
        if track.first_frame is None or track.last_frame is None:
            return shown_columns(track, np.zeros(0, np.int64))
        frames = _common(self._frames, range(track.first_frame, track.last_frame + 1))
        return shown_columns(track, np.arange(frames.start, frames.stop, frames.step))

    def _left_out_of(self, shown: RecordColumns) -> NDArray[np.bool_]:
        """(N,) which boxes the options leave out. Each is counted under the first reason that applies."""
        rows, options = shown.rows, self._options
        is_key = shown.sources == HUMAN
        reviewed = shown.has(Flag.REVIEWED)
        reasons: list[tuple[str, NDArray[np.bool_]]] = []
        if options.keyframes_only:
            reasons += [
                (Source.TRACKER, shown.sources == TRACKER),
                (Source.INTERPOLATED, shown.sources == INTERPOLATED),
            ]
        if options.reviewed_only:
            reasons.append(("unreviewed", ~is_key & ~reviewed))
        if options.minimum_score is not None:
            low = ~(rows["score"] >= options.minimum_score)
            reasons.append(("doubtful", ~reviewed & shown.has(Flag.HAS_SCORE) & low))
        reasons.append(("far outside", ~_within_reach(rows, self._project.video)))
        reasons.append(("no area", np.minimum(rows["width"], rows["height"]) < SMALLEST_SIDE))
        open_still = ~shown.has(Flag.ABSENT)
        left_out = np.zeros(len(shown), np.bool_)
        for reason, applies in reasons:
            now = open_still & applies
            self._left_out[reason] += int(np.count_nonzero(now))
            open_still &= ~now
            left_out |= now
        return left_out

    def _add_absences(self, track: Track, shown: RecordColumns, left_out: NDArray[np.bool_]) -> None:
        """Add absences and, unless only keyframes are written, left-out boxes as absences."""
        absent = shown.has(Flag.ABSENT)
        is_stated = absent & (shown.sources != INTERPOLATED)
        # The absence may be stated before the first written frame, or at a frame that is not written.
        goes_on = absent & ~is_stated & ~np.append(False, absent[:-1])
        if self._options.keyframes_only:
            left_out = left_out & (shown.sources == HUMAN)
        chosen = is_stated | goes_on | left_out
        for frame, values, stated, going_on in zip(
            shown.frames[chosen].tolist(),
            shown.rows[chosen].tolist(),
            is_stated[chosen].tolist(),
            goes_on[chosen].tolist(),
            strict=True,
        ):
            if going_on:
                record = _stated_before(track, frame)
            else:
                record = unpacked(values)
                record = record if stated else replace(record, box=None, occluded=False)
            self._absences.append(Row(frame, track.id, record))

    def annotations(self) -> Annotations:
        labels = self._labels()
        heads = self._heads
        if self._options.single_class:
            worn = {head.label for head in heads}
            single = heads[0].label if len(worn) == 1 else NO_NAME
            labels, heads = [single], [replace(head, label=single) for head in heads]
            if len(worn) > 1:
                self._notes.append(f'Tracks of {len(worn)} labels are all written as class 1, "{single}".')
        warnings = () if self._rows else ("There is no box to export: the file is empty.",)
        return Annotations(
            video=self._project.video,
            labels=tuple(labels),
            vacated=self._vacated.intersection(labels),
            tracks=tuple(heads),
            rows=BoxRows.joined(self._rows),
            absences=tuple(self._absences),
            notes=(
                *warnings,
                *self._notes_on_labels(),
                *_notes_on_vacated(labels, self._vacated),
                *self._notes,
                *self._notes_on_boxes(),
            ),
            frames=self._frames,
            attributes=self._attributes(),
        )

    def _attributes(self) -> dict[str, AttributeDefinition]:
        """The attributes of which a written track has a value."""
        worn = {name for head in self._heads for name in (*head.attributes, *head.changes.by_name)}
        return {name: one for name, one in self._project.all_attributes.items() if name in worn}

    def _labels(self) -> list[str]:
        """In the order of their classes. A label whose boxes are left out keeps its place, so that class numbers do not
        depend on the options.
        """
        worn = {self._name_of[label] for label in _labels_worn(self._project)}
        listed = [self._name_of[label] for label in labels_in_order(self._project)]
        ordered = [clean_name(name) for name in self._options.class_order]
        self._vacated = frozenset(filter(None, listed)) - worn.union(ordered)
        return list(dict.fromkeys(filter(None, (*ordered, *listed))))

    def _notes_on_labels(self) -> list[str]:
        worn = {track.label for track in self._project.tracks.values()}
        renamed = ((label, name) for label, name in self._name_of.items() if label != name and label in worn)
        return [
            f"The label {quoted(label)} is written as {quoted(name)}."
            if label
            else f"Tracks without a label are written as {quoted(name)}."
            for label, name in renamed
            if name
        ]

    def _notes_on_boxes(self) -> list[str]:
        frame_count, minimum = self._project.video.frame_count, self._options.minimum_score
        reasons = {
            "after the end": f"after the last frame ({frame_count - 1}) of the video: left out",
            Source.TRACKER: "made by a tracker: left out, keyframes only",
            Source.INTERPOLATED: "interpolated: left out, keyframes only",
            "unreviewed": "that nobody has reviewed: left out",
            "doubtful": f"scored below {minimum} and not reviewed: left out",
            "far outside": "far outside the picture: left out",
            "no area": "without area: left out",
            "stale": "made by a run that a later correction contradicts: written as they are",
        }
        notes = [f"{_boxes(self._left_out[key])} {reason}." for key, reason in reasons.items() if self._left_out[key]]
        if self._over:
            notes.append(f"{_boxes(self._over)} reaching over the border of the picture: written as drawn.")
        if self._left_out["unmapped"]:
            notes.append(f"{counted(self._left_out['unmapped'], 'track')} whose label is to be left out.")
        return notes

    def _reaching_over(self, rows: NDArray[np.void]) -> int:
        video = self._project.video
        right, bottom = rows["x"] + rows["width"], rows["y"] + rows["height"]
        over = (rows["x"] < 0) | (rows["y"] < 0) | (right > video.width) | (bottom > video.height)
        return int(np.count_nonzero(over))


def _within_reach(rows: NDArray[np.void], video: VideoReference) -> NDArray[np.bool_]:
    """(N,) ``bounds.is_within_reach`` for many boxes."""
    reach = REACH * max(video.width, video.height)
    right, bottom = rows["x"] + rows["width"], rows["y"] + rows["height"]
    return np.asarray((rows["x"] >= -reach) & (rows["y"] >= -reach) & (right <= reach) & (bottom <= reach))


def labels_in_order(project: Project) -> list[str]:
    """The labels of tracks with boxes, in the order of their classes, no label last. A label that no track has any more
    is among them if one with a higher number is.
    """
    worn, numbers = _labels_worn(project), class_numbers(project)
    last = max((numbers[label] for label in worn if label), default=0)
    in_order = sorted((label for label, number in numbers.items() if number <= last), key=numbers.__getitem__)
    return [*in_order, *(worn & {""})]


def _labels_worn(project: Project) -> set[str]:
    return {track.label for track in project.tracks.values() if has_box(track)}


def _notes_on_vacated(labels: Sequence[str], vacated: Collection[str]) -> list[str]:
    return [
        f"No track is {quoted(label)} any more; its class number is left free, so that the others keep theirs."
        for label in labels
        if label in vacated
    ]


def _names(project: Project, options: ExportOptions) -> dict[str, str | None]:
    """The name of each label in the file; None if its tracks are left out."""
    worn = (track.label for _, track in sorted(project.tracks.items()))
    names: dict[str, str | None] = {}
    for label in dict.fromkeys((*project.labels, *project.class_numbers, *worn)):
        mapped = options.label_map.get(label)
        names[label] = (clean_name(label if mapped is None else mapped) or NO_NAME) if mapped != "" else None
    if strangers := options.label_map.keys() - names.keys():
        raise ExchangeError(f"The project has no label {', '.join(map(quoted, sorted(strangers)))} to rename.")
    return names


def _common(frames: range, others: range) -> range:
    """The frames of ``others`` between the first and the last of ``frames``, or the reverse (one has step 1)."""
    if frames.step != 1:
        frames, others = others, frames
    skipped = max(0, -(-(frames.start - others.start) // others.step))
    return range(others.start + skipped * others.step, min(others.stop, frames.stop), others.step)


def _stated_before(track: Track, frame: int) -> BoxRecord:
    before = track.frame_before(frame)
    stated = None if before is None else track.get(before)
    assert stated is not None
    return stated


def _boxes_from(frame_count: int, track: Track) -> int:
    """How many boxes lie after the end of the video."""
    boxes = 0
    for frame, record in track.items(first=frame_count):
        before = track.frame_before(frame)
        left = None if before is None else track.get(before)
        is_line = not record.absent and left is not None and not left.absent
        boxes += (frame - max(before or 0, frame_count - 1)) if is_line else not record.absent
    return boxes


def _boxes(count: int) -> str:
    return counted(count, "box", "boxes")
