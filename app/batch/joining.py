"""Joins the tracks of overlapping segments of one video, with a report of each decision.

A long video can be tracked in parts that overlap by some frames. Two tracks of the same label are one if their boxes
overlap (IoU) in the frames that both parts share.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.assist.attribute_edits import joined as joined_attributes
from app.model.box_record import BoxRecord
from app.model.detection import Detection, Detections
from app.model.frame_spans import FrameSpans
from app.model.note import NO_TRACK, NotePlace
from app.model.project import Project
from app.model.track import Track
from app.model.words import counted

LEAST_IOU = 0.5
FRAMES_TO_ASK = 3  # frames in which both must have boxes; fewer prove nothing


@dataclass(frozen=True, slots=True)
class Joint:
    """Two joined tracks: their ids in their segments, their common id, and the evidence."""

    earlier_segment: int
    earlier_id: int
    later_id: int
    track_id: int
    frames: int  # frames in which both have a box
    iou: float  # mean IoU in these frames


@dataclass(frozen=True, slots=True)
class JoinReport:
    """``joints``: the joined tracks. ``alone``: tracks, as segment and id, that begin or end in an overlap without a
    partner. ``close``: pairs that were nearly joined, or that had another possible partner.
    """

    joints: tuple[Joint, ...]
    alone: tuple[tuple[int, int], ...]
    close: tuple[Joint, ...]

    @property
    def lines(self) -> list[str]:
        """The report as lines: the counts, then each pair worth checking."""
        pairs, alone = counted(len(self.joints), "pair"), counted(len(self.alone), "track")
        told = [f"{pairs} of tracks joined; {alone} in an overlap without a partner."]
        told += [
            f"Segment {pair.earlier_segment + 1}, track {pair.earlier_id} and track {pair.later_id} of the next one "
            f"overlap by {pair.iou:.2f} in {pair.frames} frames, and were not joined: look at them."
            for pair in self.close
        ]
        return told


def joined(segments: Sequence[Project], *, least_iou: float = LEAST_IOU) -> tuple[Project, JoinReport]:
    """Join segments of one video, given in order of their frames, into one project.

    In an overlap a person's box wins over a tracker's; among equals, the earlier segment's wins before the middle of
    the overlap, the later one's after it. Tracks and runs get new ids, in order of segments.

    Raises:
        ValueError: for no segments, or segments of different videos.
    """
    if not segments:
        raise ValueError("there are no segments to join")
    videos = {(project.video.fingerprint or str(project.video.path), project.video.frame_count) for project in segments}
    if len(videos) > 1:
        raise ValueError("the segments are of different videos, so their frames are not the same")
    whole = Project(segments[0].video)
    for project in segments:
        for label in project.labels.values():
            whole.labels.setdefault(label.name, label)
        for definition in project.attributes.values():
            whole.attributes.setdefault(definition.name, definition)
    renamed_runs = _put_runs(whole, segments)
    joints: list[Joint] = []
    close: list[Joint] = []
    alone: list[tuple[int, int]] = []
    ids: list[dict[int, int]] = []
    for number, project in enumerate(segments):
        partners: dict[int, Joint] = {}
        if number:
            candidates = _candidates(number - 1, segments[number - 1], project)
            taken = _chosen(candidates, least_iou=least_iou)
            partners = {pair.later_id: pair for pair in taken}
            close += [pair for pair in candidates if pair not in taken and pair.iou >= least_iou / 2]
            alone += _without_partner(number, segments[number - 1], project, taken)
        own: dict[int, int] = {}
        for track_id, track in sorted(project.tracks.items()):
            pair = partners.get(track_id)
            if pair is None:
                own[track_id] = whole.next_track_id()
                whole.tracks[own[track_id]] = Track(
                    own[track_id], track.label, track.colour, dict(track.attributes), changes=track.changes
                )
            else:
                own[track_id] = ids[-1][pair.earlier_id]
                joints.append(replace(pair, track_id=own[track_id]))
                whole_track = whole.tracks[own[track_id]]
                both = joined_attributes(whole_track, track)
                whole_track.attributes, whole_track.changes = dict(both.attributes), both.changes
            _merge(whole.tracks[own[track_id]], track, renamed_runs[number])
        ids.append(own)
        number_from = whole.detections.next_id()
        whole.detections = whole.detections.with_more(
            replace(one, id=number_from + place)
            for place, one in enumerate(_not_in(whole.detections, project.detections))
        )
        for place, text in project.notes.items():
            moved = NotePlace(place.frame, own.get(place.track_id, NO_TRACK))
            there = whole.notes.get(moved, "")
            whole.notes[moved] = text if there in ("", text) else f"{there}\n{text}"
    return whole, JoinReport(tuple(joints), tuple(alone), tuple(close))


def _not_in(known: Detections, more: Detections) -> list[Detection]:
    """Leave out detections that the other segment also has, because both may come from the same file."""
    there = {replace(one, id=0) for one in known}
    return [one for one in more if replace(one, id=0) not in there]


def _put_runs(whole: Project, segments: Sequence[Project]) -> list[dict[int, int]]:
    """Add the runs of all segments. Returns each one's new id."""
    renamed: list[dict[int, int]] = []
    for project in segments:
        own: dict[int, int] = {}
        for run in project.runs.values():
            own[run.id] = whole.next_run_id()
            whole.runs[own[run.id]] = replace(run, id=own[run.id])
        renamed.append(own)
    return renamed


def _candidates(number: int, earlier: Project, later: Project) -> list[Joint]:
    """Pairs of tracks of one label with boxes in the same frames, the most likely first."""
    found = []
    for one in earlier.tracks.values():
        for other in later.tracks.values():
            if one.label != other.label or one.last_frame is None or other.first_frame is None:
                continue
            ious = [
                record.box.iou(mate.box)
                for frame, record in one.items(other.first_frame, other.last_frame)
                if record.box is not None and (mate := other.get(frame)) is not None and mate.box is not None
            ]
            if len(ious) >= FRAMES_TO_ASK:
                found.append(Joint(number, one.id, other.id, 0, len(ious), sum(ious) / len(ious)))
    return sorted(found, key=lambda pair: (-pair.iou, -pair.frames, pair.earlier_id, pair.later_id))


def _chosen(candidates: Sequence[Joint], *, least_iou: float) -> list[Joint]:
    """The best pairs, with at most one partner for each track."""
    taken: list[Joint] = []
    for pair in candidates:
        is_free = all(pair.earlier_id != one.earlier_id and pair.later_id != one.later_id for one in taken)
        if pair.iou >= least_iou and is_free:
            taken.append(pair)
    return taken


def _without_partner(number: int, earlier: Project, later: Project, taken: Sequence[Joint]) -> list[tuple[int, int]]:
    """Tracks that reach into the other segment without a partner there."""
    begins = min((t.first_frame for t in later.tracks.values() if t.first_frame is not None), default=None)
    ends = max((t.last_frame for t in earlier.tracks.values() if t.last_frame is not None), default=None)
    if begins is None or ends is None or begins > ends:
        return []
    left = {pair.earlier_id for pair in taken}, {pair.later_id for pair in taken}
    late = [(number - 1, t.id) for t in earlier.tracks.values() if t.id not in left[0] and _has_box(t, begins, ends)]
    early = [(number, t.id) for t in later.tracks.values() if t.id not in left[1] and _has_box(t, begins, ends)]
    return late + early


def _has_box(track: Track, first: int, last: int) -> bool:
    return any(record.box is not None for _, record in track.items(first, last))


def _merge(into: Track, track: Track, runs: dict[int, int]) -> None:
    """Take over the later segment's records after the middle of the overlap, and a person's boxes everywhere."""
    shared = [frame for frame, _ in track.items() if into.get(frame) is not None]
    middle = (shared[0] + shared[-1]) // 2 if shared else -1
    taken: dict[int, BoxRecord | None] = {}
    for frame, record in track.items():
        before = into.get(frame)
        own = record if record.run_id is None else replace(record, run_id=runs.get(record.run_id))
        if (
            before is None
            or (own.is_keyframe and not before.is_keyframe)
            or (not before.is_keyframe and frame > middle)
        ):
            taken[frame] = own
    into.put(taken)
    gaps = FrameSpans.of([*into.marks.gaps.spans, *track.marks.gaps.spans])
    for frame in taken:
        gaps = gaps.without(frame, frame) if frame in gaps else gaps
    overruled = [replace(span, run_id=runs[span.run_id]) for span in track.marks.overruled if span.run_id in runs]
    into.marks = replace(into.marks, gaps=gaps, overruled=(*into.marks.overruled, *overruled))
