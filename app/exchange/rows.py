"""Turns a project into the dense rows that every format writes, with a note for everything left out or changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from app.exchange.annotations import Annotations, ExportOptions, Row, TrackHead
from app.exchange.bounds import is_within_reach
from app.exchange.errors import ExchangeError, quoted
from app.model.box_record import BoxRecord, Source
from app.model.interpolation import record_at
from app.model.names import clean_attributes, clean_name
from app.model.project import Project
from app.model.track import Track
from app.model.words import counted
from tracker_core.geometry import Box

NO_NAME = "object"  # for a label that is empty once cleaned
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
    def __init__(self, project: Project, options: ExportOptions) -> None:
        self._project = project
        self._options = options
        frames = range(project.video.frame_count)
        self._frames = frames if options.frames is None else _common(frames, options.frames)
        self._heads: list[TrackHead] = []
        self._rows: list[Row] = []
        self._absences: list[Row] = []
        self._left_out: Counter[str] = Counter()
        self._notes: list[str] = []
        self._name_of = _names(project, options)

    def add(self, track: Track) -> None:
        label = self._name_of[track.label]
        if label is None:
            self._left_out["unmapped"] += 1
            return
        rows_before = len(self._rows)
        was_absent = False
        for frame, record in self._shown(track):
            self._add_record(frame, track, record, was_absent=was_absent)
            was_absent = record.absent
        self._left_out["after the end"] += _boxes_from(self._project.video.frame_count, track)
        if len(self._rows) > rows_before:
            attributes = clean_attributes(track.attributes)
            self._heads.append(TrackHead(track.id, label, track.colour, attributes, track.marks.gaps))
        else:
            reason = "no boxes to write" if len(track) else "no boxes"
            self._notes.append(f"Track {track.id} ({label}) has {reason} and is left out.")
            self._absences = [row for row in self._absences if row.track_id != track.id]

    def _shown(self, track: Track) -> Iterator[tuple[int, BoxRecord]]:
        if track.first_frame is None or track.last_frame is None:
            return
        for frame in _common(self._frames, range(track.first_frame, track.last_frame + 1)):
            record = record_at(track, frame)
            if record is not None:
                yield frame, record

    def _add_record(self, frame: int, track: Track, record: BoxRecord, *, was_absent: bool) -> None:
        if record.box is None:
            if record.source is not Source.INTERPOLATED:
                self._absences.append(Row(frame, track.id, record))
            elif not was_absent:  # stated before the first written frame
                self._absences.append(Row(frame, track.id, _stated_before(track, frame)))
        elif self._options.keyframes_only and not record.is_keyframe:
            self._left_out[record.source] += 1
        elif self._options.reviewed_only and not (record.is_keyframe or record.reviewed):
            self._leave_out("unreviewed", frame, track.id, record)
        elif self._is_doubtful(record):
            self._leave_out("doubtful", frame, track.id, record)
        elif not is_within_reach(record.box, self._project.video):
            self._leave_out("far outside", frame, track.id, record)
        elif min(record.box.width, record.box.height) < SMALLEST_SIDE:
            self._leave_out("no area", frame, track.id, record)
        else:
            self._left_out["stale"] += track.is_stale(frame)
            self._rows.append(Row(frame, track.id, record))

    def _is_doubtful(self, record: BoxRecord) -> bool:
        minimum = self._options.minimum_score
        return minimum is not None and not record.reviewed and record.score is not None and not record.score >= minimum

    def _leave_out(self, reason: str, frame: int, track_id: int, record: BoxRecord) -> None:
        self._left_out[reason] += 1
        self._absences.append(Row(frame, track_id, replace(record, box=None, occluded=False)))

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
            tracks=tuple(heads),
            rows=tuple(sorted(self._rows, key=lambda row: (row.frame, row.track_id))),
            absences=tuple(self._absences),
            notes=(*warnings, *self._notes_on_labels(), *self._notes, *self._notes_on_boxes()),
            frames=self._frames,
        )

    def _labels(self) -> list[str]:
        """The labels that tracks of the project have, in the order of the project; labels that it does not list follow.
        A label whose boxes are left out keeps its place, so that class numbers do not depend on the options.
        """
        tracks = [track for _, track in sorted(self._project.tracks.items()) if _has_box(track)]
        worn = dict.fromkeys(name for track in tracks if (name := self._name_of[track.label]) is not None)
        ordered = [clean_name(name) for name in self._options.class_order]
        listed = [name for label in self._project.labels if (name := self._name_of[label]) in worn]
        return list(dict.fromkeys(filter(None, (*ordered, *listed, *worn))))

    def _notes_on_labels(self) -> list[str]:
        worn = {track.label for track in self._project.tracks.values()}
        renamed = ((label, name) for label, name in self._name_of.items() if label != name and label in worn)
        return [f"The label {quoted(label)} is written as {quoted(name)}." for label, name in renamed if name]

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
        over = sum(self._reaches_over(row.record.box) for row in self._rows if row.record.box is not None)
        if over:
            notes.append(f"{_boxes(over)} reaching over the border of the picture: written as drawn.")
        if self._left_out["unmapped"]:
            notes.append(f"{counted(self._left_out['unmapped'], 'track')} whose label is to be left out.")
        return notes

    def _reaches_over(self, box: Box) -> bool:
        video = self._project.video
        return box.x < 0 or box.y < 0 or box.right > video.width or box.bottom > video.height


def labels_worn(project: Project) -> list[str]:
    """The labels of tracks with boxes, in the order of their classes."""
    worn = {track.label for track in project.tracks.values() if _has_box(track)}
    return [*(label for label in project.labels if label in worn), *sorted(worn - project.labels.keys())]


def _names(project: Project, options: ExportOptions) -> dict[str, str | None]:
    """The name of each label in the file; None if its tracks are left out."""
    worn = (track.label for _, track in sorted(project.tracks.items()))
    names: dict[str, str | None] = {}
    for label in dict.fromkeys((*project.labels, *worn)):
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


def _has_box(track: Track) -> bool:
    return any(not record.absent for _, record in track.items())


def _boxes_from(frame_count: int, track: Track) -> int:
    """How many boxes are shown after the end of the video."""
    boxes = 0
    for frame, record in track.items(first=frame_count):
        before = track.frame_before(frame)
        left = None if before is None else track.get(before)
        is_line = not record.absent and left is not None and not left.absent
        boxes += (frame - max(before or 0, frame_count - 1)) if is_line else not record.absent
    return boxes


def _boxes(count: int) -> str:
    return counted(count, "box", "boxes")
