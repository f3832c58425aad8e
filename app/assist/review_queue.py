"""The review queue: all doubts of a project, which comes next, and how much is left.

The queue only reads tracks. A person's decisions are written by commands (``review_marks``), and reach the queue like
any other change.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from app.assist.find_again import Appearance, seen_after_absence
from app.assist.meetings import CROSSING_IOU, find_meetings
from app.assist.track_doubts import TrackDoubts, Twin
from app.assist.track_signs import runs
from app.assist.twins import Twins
from app.assist.where_to_draw import Suggestion, where_to_draw
from app.model.doubt import Doubt, DoubtKind, DoubtRules
from app.model.doubt_strength import Floats
from app.model.frame_spans import NO_FRAMES, FrameSpans
from app.model.meeting import Meeting
from app.model.project import Project, VideoReference
from app.model.track import Track
from tracker_core.geometry import Box

AT_ONCE = 2000
"""The most frames that one ``refresh`` reads, which takes about 10 ms."""


class Order(StrEnum):
    """The order in which a person goes through the doubts."""

    STRENGTH = "strength"  # what most likely needs a correction first
    TIME = "time"  # by frame, all tracks together


@dataclass(frozen=True, slots=True)
class TrackProgress:
    """How far the review of one track is."""

    doubts_left: int
    settled_frames: int  # drawn or reviewed by a person
    sure_frames: int  # not reviewed, and not doubtful
    doubtful_frames: int

    @property
    def frame_count(self) -> int:
        return self.settled_frames + self.sure_frames + self.doubtful_frames

    @property
    def share_done(self) -> float:
        """In [0, 1]; 1 where no doubt is left."""
        return 1.0 if self.frame_count == 0 else 1 - self.doubtful_frames / self.frame_count


@dataclass(slots=True)
class _Dirty:
    """Frames that have changed since they were read."""

    first: int
    last: int

    def take(self, count: int) -> tuple[int, int]:
        first, last = self.first, min(self.first + count - 1, self.last)
        self.first = last + 1
        return first, last


@dataclass(slots=True)
class _Sorted:
    """All doubts in both orders; sorted again when first needed after a change."""

    by_strength: list[Doubt] = field(default_factory=list)
    by_time: list[Doubt] = field(default_factory=list)


class ReviewQueue:
    """The doubts of the open project.

    Tell it every change (``note_change``, ``forget_track``, ``set_rules``), which is cheap. ``refresh`` then does the
    work in slices. Until it returns True, the answers are slightly out of date.
    """

    def __init__(self, video: VideoReference, rules: DoubtRules | None = None) -> None:
        self._video = video
        self._rules = rules or DoubtRules()
        self._tracks: dict[int, TrackDoubts] = {}
        self._dirty: dict[int, _Dirty] = {}
        self._awaited: dict[int, FrameSpans] = {}
        self._said_wrong: dict[int, dict[int, Box]] = {}
        self._twins = Twins()
        self._crossings = Twins(least_iou=CROSSING_IOU, shortest=1)
        self._identity: tuple[Doubt, ...] = ()
        self._found_again: tuple[Doubt, ...] = ()
        self._sorted: _Sorted | None = None

    # Input

    @property
    def rules(self) -> DoubtRules:
        return self._rules

    def set_rules(self, rules: DoubtRules) -> None:
        """Change the threshold or the target IoU. Every track is weighed again."""
        if rules != self._rules:
            self._rules = rules
            for track_id in self._tracks:
                self.note_change(track_id)

    def note_change(self, track_id: int, first: int = 0, last: int | None = None) -> None:
        """Boxes of a track from ``first`` to ``last`` (both included; None: to the end) may have changed."""
        last = self._video.frame_count - 1 if last is None else min(last, self._video.frame_count - 1)
        dirty = self._dirty.setdefault(track_id, _Dirty(first, last))
        dirty.first, dirty.last = max(min(dirty.first, first), 0), max(dirty.last, last)

    def note_label(self, track_id: int) -> None:
        """A track's label has changed, so it may share its target with other tracks than before."""
        self._forget_twins(track_id)
        self._crossings.forget(track_id)
        self.note_change(track_id)

    def forget_track(self, track_id: int) -> None:
        """A track was deleted."""
        self._dirty.pop(track_id, None)
        self._sorted = None
        self._crossings.forget(track_id)
        self._identity = tuple(d for d in self._identity if track_id not in (d.track_id, d.other_track_id))
        self._found_again = tuple(d for d in self._found_again if d.track_id != track_id)
        self._tracks.pop(track_id, None)
        self._forget_twins(track_id)

    def _forget_twins(self, track_id: int) -> None:
        """Weigh tracks again whose doubts may name this one."""
        for other, first, last in self._twins.forget(track_id):
            self.note_change(other, first, last)

    def set_said_wrong(self, said_wrong: Mapping[int, Mapping[int, Box]]) -> None:
        """Set the boxes that a person called wrong, by track and frame. Each counts only while it is unchanged."""
        before, self._said_wrong = self._said_wrong, {key: dict(boxes) for key, boxes in said_wrong.items()}
        for track_id in before.keys() | self._said_wrong.keys():
            changed = before.get(track_id, {}).items() ^ self._said_wrong.get(track_id, {}).items()
            if changed and track_id in self._tracks:
                self.note_change(track_id, min(frame for frame, _ in changed), max(frame for frame, _ in changed))

    @property
    def asked(self) -> tuple[Doubt, ...]:
        """The doubts that are questions rather than spans of boxes: identity doubts, and targets found again."""
        return self._identity + self._found_again

    def set_found_again(self, doubts: Iterable[Doubt]) -> None:
        """Replace the doubts about lost targets that were found again."""
        self._found_again = tuple(doubts)
        self._sorted = None

    @property
    def identity(self) -> tuple[Doubt, ...]:
        """The identity doubts."""
        return self._identity

    def set_identity(self, doubts: Iterable[Doubt]) -> None:
        """Replace the identity doubts (``identity.identity_doubts``)."""
        self._identity = tuple(doubts)
        self._sorted = None

    def set_awaited(self, awaited: Mapping[int, FrameSpans]) -> None:
        """Set the frames, by track, for which a run is about to make boxes. Until it ends, missing boxes there are not
        doubtful.
        """
        changed = {track_id for track_id in self._awaited | dict(awaited) if track_id in self._tracks}
        before, self._awaited = self._awaited, dict(awaited)
        for track_id in changed:
            for first, last in before.get(track_id, NO_FRAMES).spans + awaited.get(track_id, NO_FRAMES).spans:
                self.note_change(track_id, first, last)

    def refresh(self, tracks: Mapping[int, Track], *, frames_at_most: int = AT_ONCE) -> bool:
        """Read changes, at most about this many frames. Returns True if the queue is up to date now."""
        left = frames_at_most
        while self._dirty and left > 0:
            track_id, dirty = next(iter(self._dirty.items()))
            track = tracks.get(track_id)
            if track is None:
                self.forget_track(track_id)
                continue
            first, last = dirty.take(left)
            if dirty.first > dirty.last:
                del self._dirty[track_id]
            left -= last - first + 1
            self._take_in(tracks, track, first, last)
        return self.is_current

    @property
    def is_current(self) -> bool:
        """Whether all changes have been read."""
        return not self._dirty

    @property
    def is_awaiting(self) -> bool:
        """Whether a run is about to make boxes."""
        return bool(self._awaited)

    def _take_in(self, tracks: Mapping[int, Track], track: Track, first: int, last: int) -> None:
        doubts = self._tracks.get(track.id)
        if doubts is None:
            doubts = self._tracks[track.id] = TrackDoubts(track.id, self._video)
        first, last = doubts.read(track, first, last)
        rivals = {
            other_id: other.signs
            for other_id, other in self._tracks.items()
            if other_id != track.id and other_id in tracks and tracks[other_id].label == track.label
        }
        met = self._twins.compare(track.id, doubts.signs, rivals, first, last)
        self._crossings.compare(track.id, doubts.signs, rivals, first, last)
        for track_id in (track.id, *met):
            self._tracks[track_id].weigh(
                first,
                last,
                self._rules,
                twins=self._twins_doubted(track_id),
                awaited=self._awaited.get(track_id, NO_FRAMES),
                said_wrong=self._said_wrong.get(track_id),
            )
        self._sorted = None

    def _twins_doubted(self, track_id: int) -> list[Twin]:
        """The shared spans about which this track, not the other, is asked: the newer one of the two, until it is
        answered.
        """
        asked = []
        for twin in self._twins.of(track_id):
            if twin.other_track_id < track_id:
                asked.append(twin)
            else:
                settled = self._tracks[twin.other_track_id].signs.settled[twin.first_frame : twin.last_frame + 1]
                asked += [replace(twin, first_frame=f, last_frame=e) for f, e in runs(settled, start=twin.first_frame)]
        return asked

    # Output

    def __len__(self) -> int:
        return sum(len(track.doubts) for track in self._tracks.values()) + len(self.asked)

    def doubts(self, order: Order = Order.STRENGTH) -> list[Doubt]:
        """All doubts, in this order. Do not change the list."""
        if self._sorted is None:
            everything = [doubt for track in self._tracks.values() for doubt in track.doubts]
            everything += self.asked
            self._sorted = _Sorted(
                by_strength=sorted(everything, key=_by_strength), by_time=sorted(everything, key=_by_time)
            )
        return self._sorted.by_strength if order is Order.STRENGTH else self._sorted.by_time

    def meetings(self, tracks: Mapping[int, Track]) -> list[Meeting]:
        """Where tracks of one label may have been mixed up, by frame."""
        signs = {track_id: doubts.signs for track_id, doubts in self._tracks.items() if track_id in tracks}
        return find_meetings(signs, {key: track.label for key, track in tracks.items()}, self._crossings.all())

    def doubts_of(self, track_id: int) -> tuple[Doubt, ...]:
        """The doubts of one track, by frame."""
        track = self._tracks.get(track_id)
        return () if track is None else track.doubts

    def doubt_at(self, track_id: int, frame: int) -> Doubt | None:
        """The doubt whose span contains this frame."""
        doubts = self.doubts_of(track_id)
        place = bisect_right(doubts, frame, key=lambda doubt: doubt.first_frame) - 1
        return doubts[place] if place >= 0 and doubts[place].last_frame >= frame else None

    def track_doubts(self, track_id: int) -> TrackDoubts | None:
        """Everything known about one track's doubts; read only."""
        return self._tracks.get(track_id)

    def strengths_of(self, track_id: int) -> Floats | None:
        """(frame count,): how likely each box is wrong, for the doubt strip and doubt-paced play. Do not change it."""
        track = self._tracks.get(track_id)
        return None if track is None else track.strength

    def seen_after_absence(self, track: Track | None, frame: int) -> Appearance | None:
        """Where a track's target may be back after it is marked as absent from ``frame`` on. Call this before marking.

        The mark removes the tracker's boxes up to the next keyframe. If the tracker was sure of some after the doubtful
        ones, the queue asks about that place, so that no right box is lost unseen.
        """
        strengths = None if track is None else self.strengths_of(track.id)
        if track is None or strengths is None:
            return None
        return seen_after_absence(track, frame, strengths, self._rules)

    def where_to_draw(self, track_id: int) -> Suggestion | None:
        """The frame of one track whose box would settle most; None if nothing of it is doubtful."""
        track = self._tracks.get(track_id)
        return None if track is None else where_to_draw(track, self._rules)

    def strongest(self, track_ids: Iterable[int] | None = None) -> Doubt | None:
        """The strongest doubt, of these tracks if they are given."""
        wanted = None if track_ids is None else set(track_ids)
        return next((doubt for doubt in self.doubts() if wanted is None or doubt.track_id in wanted), None)

    def next_after(
        self, track_id: int | None, frame: int, order: Order = Order.TIME, *, at: Doubt | None = None
    ) -> Doubt | None:
        """The doubt that comes after a place: the current frame, and the track that is active there. None at the end.

        In the order of strength it is the one after the doubt at that place, or the strongest if there is none. ``at``:
        the doubt at that place, if it is one of ``asked``.
        """
        doubts = self.doubts(order)
        if at is not None and at in doubts:
            place = doubts.index(at) + 1
            return doubts[place] if place < len(doubts) else None
        if order is Order.TIME:
            place = bisect_right(doubts, (frame, track_id if track_id is not None else -1), key=_by_time)
        else:
            here = None if track_id is None else self.doubt_at(track_id, frame)
            place = 0 if here is None else bisect_left(doubts, _by_strength(here), key=_by_strength) + 1
        return doubts[place] if place < len(doubts) else None

    def before(
        self, track_id: int | None, frame: int, order: Order = Order.TIME, *, at: Doubt | None = None
    ) -> Doubt | None:
        """The doubt that comes before a place. None at the beginning."""
        doubts = self.doubts(order)
        if at is not None and at in doubts:
            place = doubts.index(at) - 1
            return doubts[place] if place >= 0 else None
        if order is Order.TIME:
            place = bisect_left(doubts, (frame, track_id if track_id is not None else -1), key=_by_time) - 1
        else:
            here = None if track_id is None else self.doubt_at(track_id, frame)
            place = -1 if here is None else bisect_left(doubts, _by_strength(here), key=_by_strength) - 1
        return doubts[place] if place >= 0 else None

    def progress_of(self, track_id: int) -> TrackProgress:
        track = self._tracks.get(track_id)
        if track is None:
            return TrackProgress(0, 0, 0, 0)
        is_settled = track.signs.settled & (track.signs.state != 0) & (track.kind != DoubtKind.SAID_WRONG)
        settled = int(is_settled.sum())
        known = int((track.signs.state != 0).sum())
        doubtful = sum(doubt.frame_count for doubt in track.doubts)
        gaps = sum(d.frame_count for d in track.doubts if track.signs.state[d.frame] == 0)
        return TrackProgress(len(track.doubts), settled, max(known - settled - doubtful + gaps, 0), doubtful)

    def progress(self) -> TrackProgress:
        """The progress of all tracks together."""
        parts = [self.progress_of(track_id) for track_id in self._tracks]
        return TrackProgress(
            sum(part.doubts_left for part in parts),
            sum(part.settled_frames for part in parts),
            sum(part.sure_frames for part in parts),
            sum(part.doubtful_frames for part in parts),
        )


def doubts_of_project(project: Project, rules: DoubtRules | None = None) -> list[Doubt]:
    """All doubts of a project, the strongest first. Slow: not for the window's thread."""
    queue = ReviewQueue(project.video, rules)
    for track_id in project.tracks:
        queue.note_change(track_id)
    while not queue.refresh(project.tracks):
        pass
    return queue.doubts()


def _by_time(doubt: Doubt) -> tuple[int, int]:
    return doubt.frame, doubt.track_id


def _by_strength(doubt: Doubt) -> tuple[float, int, int]:
    return -doubt.strength, doubt.frame, doubt.track_id
