"""Tracks between keyframes from both ends and fuses the results. Sides known from an earlier run are not tracked again:
after a correction only the two sides that begin at it are new.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Literal

from app.assist.agreement import Agreement
from app.assist.fusion import Ingredients, Side, fuse
from app.assist.known_sides import End, KnownSides, SideKey, Step
from app.assist.rivals import Shown, introduce
from app.assist.stop_rules import StopRules, Watch, rules_for
from app.assist.stretch import Stretch
from app.assist.tracking_run import Records, TrackEnd
from app.model.box_record import BoxRecord, Source
from app.model.direction import BACKWARD, FORWARD
from tracker_core.geometry import Box
from tracker_core.group import update_all
from tracker_core.tracker import Evidence, Image, Target, Tracker


class TwoSidedRun:
    """Tracks both sides of some stretches and fuses them. Call ``start`` once, then ``step`` for each of
    ``frames_wanted``. Records are provisional until both sides of a stretch are done; the final ones replace them.
    Otherwise it works like ``TrackingRun``.
    """

    def __init__(
        self,
        stretches: Sequence[Stretch],
        tracker: Tracker,
        *,
        run_id: int,
        tracker_key: str = "",
        known: KnownSides | None = None,
        rules: StopRules | None = None,
        use: Ingredients | None = None,
    ) -> None:
        self._tracker = tracker
        self._known = known or KnownSides()
        self._rules = rules or rules_for(tracker)
        self._parts = [_Part(stretch, self._rules, tracker_key or tracker.name, run_id, use) for stretch in stretches]
        for part in self._parts:
            part.recall(self._known)
        self._passes = _passes(self._parts)
        self._asked: deque[int] = deque()  # the pass of each requested frame that has not arrived
        self._active = stretches[0].track_id if stretches else None

    @property
    def frames(self) -> list[int]:
        """All frames that may have to be tracked, in order; most occur twice, once in each direction."""
        return [frame for legs in self._passes for frame in _frames_of(legs)]

    def frames_wanted(self) -> Iterator[int]:
        """The same, skipping frames that are no longer needed. A decoding thread may iterate it."""
        for number, legs in enumerate(self._passes):
            for frame in _frames_of(legs):
                if all(leg.is_over for leg in legs):
                    break
                self._asked.append(number)
                yield frame

    def start(self, read: Callable[[int], Image]) -> None:
        """Take the exemplars.

        Raises: whatever ``read`` raises for a frame that cannot be read.
        """
        by_frame = sorted((leg for legs in self._passes for leg in legs), key=lambda leg: leg.start.exemplar_frame)
        for frame, legs in groupby(by_frame, key=lambda leg: leg.start.exemplar_frame):
            image, shown = read(frame), list[Shown]()
            for leg in legs:
                leg.target = self._tracker.init(image, leg.start.exemplar_box)
                shown.append(Shown(leg.key.track_id, leg.target, leg.start.exemplar_box))
            introduce(shown, image)
        for leg in by_frame:
            if leg.target is not None and leg.start.exemplar_frame != leg.start.frame:
                leg.target.move_to(leg.start.box)

    def step(self, frame: int, image: Image, *, with_evidence: bool = False) -> Evidence | None:
        """Track the next frame of ``frames_wanted`` for all its targets at once. Returns the active track's evidence,
        if asked for and if that track is running.
        """
        legs = self._passes[self._asked.popleft()]
        due = {leg: leg.target for leg in legs if leg.target is not None and not leg.is_over and frame in leg.frames}
        active = next((target for leg, target in due.items() if leg.key.track_id == self._active), None)
        predictions = update_all(list(due.values()), image, evidence_of=active if with_evidence else None)
        height, width = image.shape[:2]
        for leg, prediction in zip(due, predictions, strict=True):
            leg.take_in(frame, Step(prediction.box, prediction.score), width=width, height=height)
            if leg.is_over:
                leg.target = None
                leg.part.note_end(leg, self._known)
        return next((prediction.evidence for prediction in predictions if prediction.evidence is not None), None)

    def drop(self, stretch: Stretch, *, is_deleted: bool) -> None:
        """Drop a stretch, because its track was deleted or a keyframe was drawn in it."""
        for part in self._parts:
            if part.stretch is stretch:
                part.drop(is_deleted=is_deleted)

    @property
    def stretches(self) -> list[Stretch]:
        return [part.stretch for part in self._parts]

    @property
    def is_over(self) -> bool:
        return all(part.is_over for part in self._parts)

    @property
    def ends(self) -> tuple[TrackEnd, ...]:
        return tuple(part.end for part in self._parts if part.end is not None)

    def settle(self) -> None:
        """Does nothing: an unfinished stretch keeps its provisional records."""

    def take_records(self) -> Records:
        """The records since the last call; tracks without any are left out."""
        records: Records = {}
        for part in self._parts:
            records.setdefault(part.stretch.track_id, {}).update(part.take())
        return {track_id: taken for track_id, taken in records.items() if taken}


class _Leg:
    """One side of a stretch being tracked."""

    def __init__(self, part: _Part, key: SideKey, last_frame: int, rules: StopRules) -> None:
        self.part = part
        self.key = key
        self.target: Target | None = None
        self.steps: list[Step] = []
        self.is_over = False
        self.is_lost = False
        self.agrees_at: int | None = None
        self.frames = range(key.start.frame + key.direction, last_frame + key.direction, key.direction)
        self._rules = rules
        self._watch = Watch(rules)
        self._agreement = Agreement()

    @property
    def start(self) -> End:
        return self.key.start

    def take_in(self, frame: int, step: Step, *, width: int, height: int) -> None:
        self.steps.append(step)
        if self._agreement.after(self.part.standing_for(self, frame), step.box):
            self.agrees_at, self.is_over = frame, True
            return
        self._watch = self._watch.after(step.box, step.score, width=width, height=height)
        if self._watch.is_lost:
            del self.steps[-self._rules.patience :]
            self.is_lost = self.is_over = True
        elif self._watch.frames_unseen == 0:
            self.part.show(self, frame, step)
        self.is_over = self.is_over or frame == self.frames[-1]


class _Part:
    """One stretch: its two sides and their result."""

    def __init__(
        self, stretch: Stretch, rules: StopRules, tracker_key: str, run_id: int, use: Ingredients | None
    ) -> None:
        self.stretch = stretch
        self.end: TrackEnd | None = None
        keys = {
            FORWARD: SideKey(stretch.track_id, stretch.first, FORWARD, tracker_key),
            BACKWARD: SideKey(stretch.track_id, stretch.last, BACKWARD, tracker_key),
        }
        goals = {FORWARD: stretch.last.frame, BACKWARD: stretch.first.frame}
        self.legs = {direction: _Leg(self, key, goals[direction], rules) for direction, key in keys.items()}
        self._run_id = run_id
        self._use = use
        self._found: dict[int, BoxRecord] = {}

    @property
    def is_over(self) -> bool:
        return self.end is not None

    def recall(self, known: KnownSides) -> None:
        """Take the results of earlier runs."""
        for leg in self.legs.values():
            side = known.get(leg.key, len(leg.frames))
            if side is not None:
                leg.steps, leg.is_lost, leg.is_over = list(side.steps), side.is_lost, True
        if all(leg.is_over for leg in self.legs.values()):
            self._finish()

    def standing_for(self, leg: _Leg, frame: int) -> Box | None:
        """The box that stood here before the correction from which this leg starts."""
        if self.stretch.from_here != leg.key.direction:
            return None
        return self.stretch.standing.get(frame)

    def show(self, leg: _Leg, frame: int, step: Step) -> None:
        """Write a provisional record: from this side only, or from both if the other one is known."""
        if not self.stretch.first.frame < frame < self.stretch.last.frame:
            return
        other = self.legs[BACKWARD if leg.key.direction == FORWARD else FORWARD]
        place = abs(frame - other.start.frame) - 1
        box, score, accord = step.box, step.score, None
        if place < len(other.steps):
            beside = other.steps[place]
            share = abs(frame - leg.start.frame) / (self.stretch.frames_between + 1)
            accord = step.box.iou(beside.box)
            box = step.box.lerp(beside.box, share) if accord >= 0.5 else (step if share < 0.5 else beside).box
            score = step.score * (1 - share) + beside.score * share
        self._found[frame] = BoxRecord(box, Source.TRACKER, score=score, run_id=self._run_id, accord=accord)

    def note_end(self, leg: _Leg, known: KnownSides) -> None:
        """A side is done. If it agrees with the old boxes, the other one is unnecessary."""
        if leg.agrees_at is None:
            known.put(leg.key, leg.steps, is_lost=leg.is_lost)
        else:
            for other in self.legs.values():
                other.is_over = True
        if all(each.is_over for each in self.legs.values()):
            self._finish()

    def drop(self, *, is_deleted: bool) -> None:
        if self.end is not None:
            return
        for leg in self.legs.values():
            leg.is_over, leg.target = True, None
        self._found = {}
        reason: Literal["deleted", "dropped"] = "deleted" if is_deleted else "dropped"
        self.end = TrackEnd(self.stretch.track_id, self.stretch.first.frame, reason)

    def take(self) -> dict[int, BoxRecord]:
        taken, self._found = self._found, {}
        return taken

    def _finish(self) -> None:
        if self.end is not None:
            return
        first, last = self.stretch.first, self.stretch.last
        ahead, back = self.legs[FORWARD], self.legs[BACKWARD]
        start, stop = first.frame, last.frame
        ends = [first.box, last.box]
        sides = [_side_of(ahead), _side_of(back)]
        if ahead.agrees_at is not None:
            stop, ends[1], sides[1] = ahead.agrees_at, self.stretch.standing[ahead.agrees_at], Side.of([])
        elif back.agrees_at is not None:
            start, ends[0], sides[0] = back.agrees_at, self.stretch.standing[back.agrees_at], Side.of([])
        fused = fuse(*sides, first=ends[0], last=ends[1], frames_between=stop - start - 1, use=self._use)
        lost_frame = None
        for frame, place, score, accord in zip(
            range(start + 1, stop), fused.boxes.tolist(), fused.scores.tolist(), fused.accords.tolist(), strict=True
        ):
            if score != score:  # neither side reached this frame
                lost_frame = frame if lost_frame is None else lost_frame
                self._found[frame] = BoxRecord(None, Source.TRACKER, run_id=self._run_id)
            else:
                known_accord = None if accord != accord else accord
                self._found[frame] = BoxRecord(
                    Box(*place), Source.TRACKER, score=score, run_id=self._run_id, accord=known_accord
                )
        agreed = next((leg.agrees_at for leg in (ahead, back) if leg.agrees_at is not None), None)
        if agreed is not None:
            self.end = TrackEnd(self.stretch.track_id, agreed, "agreed")
        elif lost_frame is None:
            self.end = TrackEnd(self.stretch.track_id, stop - 1, "reached")
        else:
            self.end = TrackEnd(self.stretch.track_id, lost_frame, "lost")


def _side_of(leg: _Leg) -> Side:
    return Side.of([(step.box, step.score) for step in leg.steps])


def _passes(parts: Sequence[_Part]) -> list[list[_Leg]]:
    """The legs left to track, by passes over the video. All in one direction share a pass. Those that begin where the
    person looks come first.
    """
    due = [leg for part in parts for leg in part.legs.values() if not leg.is_over and len(leg.frames) > 0]
    urgent = [leg for leg in due if leg.part.stretch.from_here == leg.key.direction]
    rest = [leg for leg in due if leg not in urgent]
    passes = [
        [leg for leg in legs if leg.key.direction == direction]
        for legs in (urgent, rest)
        for direction in (FORWARD, BACKWARD)
    ]
    return [legs for legs in passes if legs]


def _frames_of(legs: Sequence[_Leg]) -> list[int]:
    """The frames of a pass, in the order of its direction."""
    frames = {frame for leg in legs for frame in leg.frames}
    return sorted(frames, reverse=legs[0].key.direction == BACKWARD)
