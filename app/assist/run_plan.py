"""Plans a run: where each track starts, its exemplar, and how far it goes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import NamedTuple

from app.assist.exemplar import exemplar_for, next_keyframe
from app.assist.known_sides import End
from app.assist.stretch import Stretch
from app.language import tr
from app.model.direction import FORWARD, Direction
from app.model.frame_spans import FrameSpans, Span
from app.model.interpolation import record_at
from app.model.project import Project, VideoReference
from app.model.track import Track
from tracker_core.geometry import Box

LARGEST_BOX = 2  # times the picture size: targets may reach beyond the border


class Until(Enum):
    """How far a run goes; a number instead means that many frames."""

    NEXT_KEYFRAME = auto()
    END = auto()  # the end of the video, in the direction of the run


@dataclass(frozen=True, slots=True)
class TrackPlan:
    """One track of a run. It starts at ``start_frame``, where its box is known, and tracks the frames after it."""

    track_id: int
    exemplar_frame: int
    exemplar_box: Box
    start_frame: int
    start_box: Box
    last_frame: int  # included
    keyframes: tuple[tuple[int, Box], ...] = ()  # on the way; the target starts again there
    occluded_keyframes: tuple[tuple[int, Box], ...] = ()  # on the way; the target moves there and keeps its exemplar
    standing: Mapping[int, Box] = field(default_factory=dict)  # the run ends where it agrees with these boxes

    def makes(self, frame: int) -> bool:
        """Whether this part may put a box at this frame."""
        return self.start_frame < frame <= self.last_frame or self.last_frame <= frame < self.start_frame


@dataclass(frozen=True, slots=True)
class RunPlan:
    """Several tracks in one pass over the frames. ``last_frame`` lies before ``first_frame`` in a backward run.

    ``tracks`` is empty if none can start; ``refusals`` has a sentence for each track that cannot.
    """

    tracks: tuple[TrackPlan, ...]
    direction: Direction
    first_frame: int
    last_frame: int
    refusals: tuple[str, ...] = ()
    stretches: tuple[Stretch, ...] = ()  # between keyframes; tracked from both sides, after ``tracks``
    then: RunPlan | None = None  # carried out last

    @property
    def frames(self) -> range:
        """The frames for ``tracks``, in order."""
        return range(self.first_frame, self.last_frame + self.direction, self.direction) if self.tracks else range(0)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to track."""
        return not self.tracks and not self.stretches and self.then is None

    @property
    def track_ids(self) -> tuple[int, ...]:
        """Each track once; the active one first."""
        ids = [plan.track_id for plan in self.tracks] + [stretch.track_id for stretch in self.stretches]
        return tuple(dict.fromkeys([*ids, *(self.then.track_ids if self.then else ())]))

    @property
    def one_way(self) -> tuple[TrackPlan, ...]:
        """The parts that are run from one side only."""
        return self.tracks + (self.then.one_way if self.then else ())

    @property
    def two_sided(self) -> tuple[Stretch, ...]:
        """The parts that are run from both sides."""
        return self.stretches + (self.then.two_sided if self.then else ())

    def covers(self, track_id: int, frame: int) -> bool:
        """Whether this plan may put a box of the track at this frame."""
        return any(plan.track_id == track_id and plan.makes(frame) for plan in self.one_way) or any(
            part.track_id == track_id and part.first.frame < frame < part.last.frame for part in self.two_sided
        )


def frames_to_make(plan: RunPlan) -> dict[int, FrameSpans]:
    """The frames, by track, in which a run may put boxes."""
    spans: dict[int, list[Span]] = {track_id: [] for track_id in plan.track_ids}
    for part in plan.one_way:
        ahead = part.last_frame > part.start_frame
        first, last = (part.start_frame + 1, part.last_frame) if ahead else (part.last_frame, part.start_frame - 1)
        spans[part.track_id] += [(first, last)] if first <= last else []
    for stretch in plan.two_sided:
        if stretch.frames_between > 0:
            spans[stretch.track_id].append((stretch.first.frame + 1, stretch.last.frame - 1))
    return {track_id: FrameSpans.of(of_track) for track_id, of_track in spans.items()}


def is_too_large(box: Box, *, width: int, height: int) -> bool:
    """Whether a box is too large to track in a picture of this size: a crop around it would fill the memory."""
    return box.width > LARGEST_BOX * width or box.height > LARGEST_BOX * height


class RefusalError(Exception):
    """A track cannot start; the text is the sentence for the person."""


def plan_run(
    project: Project,
    track_ids: Iterable[int],
    frame: int,
    direction: Direction,
    *,
    until: Until | int = Until.NEXT_KEYFRAME,
) -> RunPlan:
    """Plan a run of these tracks from ``frame``, the first of them the active one.

    Each starts from its record there, or else from its nearest record before (after, in a backward run).
    """
    plans, refusals = [], []
    for track_id in track_ids:
        try:
            plans.append(_plan_track(project.tracks[track_id], frame, direction, until, project.video))
        except RefusalError as refusal:
            refusals.append(str(refusal))
    if not plans:
        return RunPlan((), direction, frame, frame, tuple(refusals))
    return replace(together(plans, direction), refusals=tuple(refusals))


def together(plans: Sequence[TrackPlan], direction: Direction) -> RunPlan:
    """One pass over the frames for all of these tracks (at least one)."""
    nearest, furthest = (min, max) if direction == FORWARD else (max, min)
    first = nearest(plan.start_frame for plan in plans) + direction
    last = furthest(plan.last_frame for plan in plans)
    return RunPlan(tuple(plans), direction, first, last)


def amended(plan: RunPlan, project: Project, *, dropped: Collection[int] = ()) -> RunPlan:
    """The plan of a running run, adapted to the project as it is now.

    The run starts again at each keyframe that was drawn on its way since, and ends before one that says absent. Deleted
    and ``dropped`` tracks are left out, and stretches in which a keyframe was drawn. It never goes further than
    ``plan``, the original one.
    """
    alive = project.tracks.keys() - dropped
    tracks = [
        _with_keyframes_of(project.tracks[planned.track_id], planned, plan.direction)
        for planned in plan.tracks
        if planned.track_id in alive
    ]
    stretches = tuple(
        stretch for stretch in plan.stretches if stretch.track_id in alive and _is_still_one(stretch, project)
    )
    then = None if plan.then is None else amended(plan.then, project, dropped=dropped)
    return replace(plan, tracks=tuple(tracks), stretches=stretches, then=then)


def _is_still_one(stretch: Stretch, project: Project) -> bool:
    """Whether no keyframe was drawn in the stretch since the plan was made."""
    track = project.tracks[stretch.track_id]
    return track.keyframe_after(stretch.first.frame) in (stretch.last.frame, None)


def _with_keyframes_of(track: Track, planned: TrackPlan, direction: Direction) -> TrackPlan:
    way = _way_between(track, planned.start_frame, planned.last_frame, direction)
    return replace(planned, last_frame=way.last_frame, keyframes=way.keyframes, occluded_keyframes=way.occluded)


def _plan_track(track: Track, frame: int, direction: Direction, until: Until | int, video: VideoReference) -> TrackPlan:
    start = known_start(track, frame, direction, video)
    way = _way(track, frame, direction, until, video.frame_count)
    if (way.last_frame - start.frame) * direction <= 0:
        raise RefusalError(nothing_ahead(track, start.frame, direction, video.frame_count))
    return TrackPlan(
        track.id,
        start.exemplar_frame,
        start.exemplar_box,
        start.frame,
        start.box,
        way.last_frame,
        way.keyframes,
        way.occluded,
    )


def known_start(track: Track, frame: int, direction: Direction, video: VideoReference) -> End:
    """Where a run from ``frame`` starts: at the track's record there, or else at its nearest record before (after, in a
    backward run).

    Raises:
        RefusalError: if there is none, or if its box or the exemplar cannot be tracked.
    """
    start_frame, start_box = _start_of(track, frame, direction)
    exemplar_frame, exemplar_box = _exemplar(track, start_frame, start_box, direction)
    for place, box in {start_frame: start_box, exemplar_frame: exemplar_box}.items():
        if box.clipped(width=video.width, height=video.height).area == 0:
            raise RefusalError(
                tr(
                    "The box of track {id} on frame {place} is outside the picture; move it first.",
                    id=track.id,
                    place=place,
                )
            )
        if is_too_large(box, width=video.width, height=video.height):
            raise RefusalError(
                tr(
                    "The box of track {id} on frame {place} is far larger than the picture; draw it again.",
                    id=track.id,
                    place=place,
                )
            )
    return End(start_frame, start_box, exemplar_frame, exemplar_box)


def _exemplar(track: Track, frame: int, box: Box, direction: Direction) -> tuple[int, Box]:
    """The exemplar of a track: a clear keyframe, or for a track without keyframes (an imported one, for example) the
    box from which the run starts.
    """
    exemplar = exemplar_for(track, frame, direction)
    if exemplar is not None:
        return exemplar
    record = record_at(track, frame)
    if record is not None and record.occluded:
        raise RefusalError(
            tr(
                "Every box drawn of track {id} is marked as occluded; draw one where the target is fully visible.",
                id=track.id,
            )
        )
    return frame, box


def _start_of(track: Track, frame: int, direction: Direction) -> tuple[int, Box]:
    shown = record_at(track, frame)
    if shown is not None and shown.absent:
        raise RefusalError(
            tr("Track {id} is absent on frame {frame}; draw its box there first.", id=track.id, frame=frame)
        )
    place: int | None = frame
    if track.get(frame) is None:
        place = track.frame_before(frame) if direction == FORWARD else track.frame_after(frame)
    record = None if place is None else track.get(place)
    if place is None or record is None:
        side = tr("before") if direction == FORWARD else tr("after")
        raise RefusalError(
            tr(
                "Track {id} has no box on frame {frame} or {side} it; draw one there first.",
                id=track.id,
                frame=frame,
                side=side,
            )
        )
    if record.box is None:
        raise RefusalError(
            tr("Track {id} has no box on frame {frame}; draw one there first.", id=track.id, frame=frame)
        )
    return place, record.box


class _Way(NamedTuple):
    last_frame: int
    keyframes: tuple[tuple[int, Box], ...] = ()
    occluded: tuple[tuple[int, Box], ...] = ()


def _way(track: Track, frame: int, direction: Direction, until: Until | int, frame_count: int) -> _Way:
    end = frame_count - 1 if direction == FORWARD else 0
    if isinstance(until, int):
        end = min(frame + until, end) if direction == FORWARD else max(frame - until, end)
    if until is Until.NEXT_KEYFRAME:
        ahead = next_keyframe(track, frame, direction)
        return _Way(end if ahead is None else ahead - direction)
    return _way_between(track, frame, end, direction)


def _way_between(track: Track, frame: int, end: int, direction: Direction) -> _Way:
    """The keyframes after ``frame`` up to ``end``. An absent one ends the run, because there is nothing to track beyond
    it.
    """
    clear: list[tuple[int, Box]] = []
    occluded: list[tuple[int, Box]] = []
    ahead = next_keyframe(track, frame, direction)
    while ahead is not None and (end - ahead) * direction >= 0:
        record = track.get(ahead)
        if record is None or record.box is None:
            return _Way(ahead - direction, tuple(clear), tuple(occluded))
        (occluded if record.occluded else clear).append((ahead, record.box))
        ahead = next_keyframe(track, ahead, direction)
    return _Way(end, tuple(clear), tuple(occluded))


def nothing_ahead(track: Track, frame: int, direction: Direction, frame_count: int) -> str:
    if next_keyframe(track, frame, direction) == frame + direction:
        return tr(
            "Track {id} has a keyframe on frame {frame} already, so there is nothing to track.",
            id=track.id,
            frame=frame + direction,
        )
    if 0 <= frame + direction < frame_count:
        return tr("Track {id} has a box on frame {frame} already; choose another frame.", id=track.id, frame=frame)
    end = tr("end") if direction == FORWARD else tr("beginning")
    return tr("Track {id} is at the {end} of the video already.", id=track.id, end=end)
