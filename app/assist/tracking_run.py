"""A run, independent of screen and threads: frames in, records out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from app.assist.agreement import Agreement
from app.assist.rivals import Shown, introduce, learn_others
from app.assist.run_plan import RunPlan, TrackPlan
from app.assist.stop_rules import StopRules, Watch, rules_for
from app.model.box_record import BoxRecord, Source
from tracker_core.geometry import Box
from tracker_core.group import update_all
from tracker_core.tracker import Evidence, Image, Prediction, Target, Tracker

Records = dict[int, dict[int, BoxRecord]]
"""Track, then frame, to its record."""


@dataclass(frozen=True, slots=True)
class TrackEnd:
    """Where and why a track's part of a run ended: at the end of its plan, because the target was lost, because it
    agreed with the old boxes again, or because the track was deleted or a keyframe was drawn in its stretch (dropped).
    """

    track_id: int
    frame: int
    reason: Literal["reached", "lost", "agreed", "deleted", "dropped"]


class TrackingRun:
    """Tracks the targets of a plan through its frames. Call ``start`` once, then ``step`` for each of ``plan.frames``.
    Frames on which a target is not seen are held back until it is seen again, so that a lost track ends in one absent
    record and not in junk. ``take_records`` returns what is settled; to end a run early call ``settle`` first.
    """

    def __init__(self, plan: RunPlan, tracker: Tracker, *, run_id: int, rules: StopRules | None = None) -> None:
        self._plan = plan
        self._tracker = tracker
        self._run_id = run_id
        self._rules = rules or rules_for(tracker)
        self._followers: list[_Follower] = []
        self._newest = plan.first_frame - plan.direction  # the last tracked frame

    def start(self, read: Callable[[int], Image]) -> None:
        """Take the exemplars.

        Raises: whatever ``read`` raises for a frame that cannot be read.
        """
        by_frame = sorted(self._plan.tracks, key=lambda plan: plan.exemplar_frame)
        for frame, plans in groupby(by_frame, key=lambda plan: plan.exemplar_frame):
            image, shown = read(frame), list[Shown]()
            for plan in plans:
                target = self._tracker.init(image, plan.exemplar_box)
                shown.append(Shown(plan.track_id, target, plan.exemplar_box))
                self._followers.append(_Follower(plan, self._tracker, target, self._rules, self._run_id))
            introduce(shown, image)
        for follower in self._followers:
            if follower.plan.start_frame != follower.plan.exemplar_frame:
                follower.target.move_to(follower.plan.start_box)
        active_first = [plan.track_id for plan in self._plan.tracks]
        self._followers.sort(key=lambda follower: active_first.index(follower.plan.track_id))

    def step(self, frame: int, image: Image, *, with_evidence: bool = False) -> Evidence | None:
        """Track one frame, with all targets in one pass of the network. Returns the active track's evidence, if asked
        for and if that track is still running.
        """
        self._newest = frame
        due = [follower for follower in self._followers if follower.is_due(frame, self._plan.direction)]
        tracked = [follower for follower in due if not follower.has_keyframe(frame)]
        active = self._followers[0].target if with_evidence else None
        predictions = update_all([follower.target for follower in tracked], image, evidence_of=active)
        for follower, prediction in zip(tracked, predictions, strict=True):
            follower.take_in(frame, image, prediction)
        for follower in due:
            if follower.has_keyframe(frame):
                others = [other.target.box for other in due if other is not follower]
                follower.start_anew(frame, image, others=others)
            follower.end_if_last(frame)
        return next((prediction.evidence for prediction in predictions if prediction.evidence is not None), None)

    def follow(self, plan: RunPlan) -> None:
        """Continue with this amended plan (``run_plan.amended``)."""
        plans = {track_plan.track_id: track_plan for track_plan in plan.tracks}
        for follower in self._followers:
            track_plan = plans.get(follower.plan.track_id)
            if track_plan is None:
                follower.drop(self._newest)
            else:
                follower.replan(track_plan, newest=self._newest, direction=plan.direction)

    @property
    def is_over(self) -> bool:
        """Whether every track has ended."""
        return bool(self._followers) and all(follower.end is not None for follower in self._followers)

    @property
    def ends(self) -> tuple[TrackEnd, ...]:
        return tuple(follower.end for follower in self._followers if follower.end is not None)

    def settle(self) -> None:
        """Settle the records held back, although they are too few to call a track lost."""
        for follower in self._followers:
            follower.settle()

    def take_records(self) -> Records:
        """The records settled since the last call; tracks without any are left out."""
        return {follower.plan.track_id: taken for follower in self._followers if (taken := follower.take())}


class _Follower:
    """One track of a run: its target, its results, and whether it has ended."""

    def __init__(self, plan: TrackPlan, tracker: Tracker, target: Target, rules: StopRules, run_id: int) -> None:
        self.plan = plan
        self.target = target
        self.end: TrackEnd | None = None
        self._tracker = tracker
        self._rules = rules
        self._run_id = run_id
        self._watch = Watch(rules)
        self._keyframes = dict(plan.keyframes)
        self._occluded_keyframes = dict(plan.occluded_keyframes)
        self._agreement = Agreement()
        self._held_back: dict[int, BoxRecord] = {}
        self._settled: dict[int, BoxRecord] = {}

    def is_due(self, frame: int, direction: int) -> bool:
        return self.end is None and (frame - self.plan.start_frame) * direction > 0

    def has_keyframe(self, frame: int) -> bool:
        return frame in self._keyframes or frame in self._occluded_keyframes

    def start_anew(self, frame: int, image: Image, *, others: Sequence[Box]) -> None:
        """Go on from a person's box; earlier frames no longer count as lost. ``others`` are the boxes of the other
        targets. An occluded box moves the target but is not its new exemplar, because it also shows something else.
        """
        self.settle()
        if frame in self._keyframes:
            self.target = self._tracker.init(image, self._keyframes[frame])
            learn_others(self.target, self._keyframes[frame], others, image)
        else:
            self.target.move_to(self._occluded_keyframes[frame])
        self._watch = Watch(self._rules)

    def take_in(self, frame: int, image: Image, prediction: Prediction) -> None:
        """Take the target's prediction for a frame; held back while the target is not seen."""
        height, width = image.shape[:2]
        if self._agreement.after(self.plan.standing.get(frame), prediction.box):
            self.settle()
            self.end = TrackEnd(self.plan.track_id, frame, "agreed")
            return
        self._held_back[frame] = BoxRecord(prediction.box, Source.TRACKER, score=prediction.score, run_id=self._run_id)
        self._watch = self._watch.after(prediction.box, prediction.score, width=width, height=height)
        if self._watch.is_lost:
            self._give_up()
        elif self._watch.frames_unseen == 0:
            self.settle()

    def end_if_last(self, frame: int) -> None:
        if self.end is None and frame == self.plan.last_frame:
            self.settle()
            self.end = TrackEnd(self.plan.track_id, frame, "reached")

    def drop(self, frame: int) -> None:
        """The track was deleted: drop its boxes."""
        self._held_back, self._settled = {}, {}
        if self.end is None:
            self.end = TrackEnd(self.plan.track_id, frame, "deleted")

    def replan(self, plan: TrackPlan, *, newest: int, direction: int) -> None:
        """Drop results beyond the new end."""
        self.plan = plan
        self._keyframes = dict(plan.keyframes)
        self._occluded_keyframes = dict(plan.occluded_keyframes)
        if self.end is None and (newest - plan.last_frame) * direction >= 0:
            self.settle()
            self._settled = {
                frame: record for frame, record in self._settled.items() if (plan.last_frame - frame) * direction >= 0
            }
            self.end = TrackEnd(plan.track_id, plan.last_frame, "reached")

    def settle(self) -> None:
        self._settled |= self._held_back
        self._held_back = {}

    def take(self) -> dict[int, BoxRecord]:
        taken, self._settled = self._settled, {}
        return taken

    def _give_up(self) -> None:
        first, record = next(iter(self._held_back.items()))
        self._settled[first] = BoxRecord(None, Source.TRACKER, score=record.score, run_id=self._run_id)
        self._held_back = {}
        self.end = TrackEnd(self.plan.track_id, first, "lost")
