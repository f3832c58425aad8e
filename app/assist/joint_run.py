"""Carries out a whole plan as one run: the one-way parts, the two-sided parts, then the plans chained after it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence

from app.assist.fusion import Ingredients
from app.assist.known_sides import KnownSides
from app.assist.run_plan import RunPlan
from app.assist.stop_rules import StopRules
from app.assist.tracking_run import Records, TrackEnd, TrackingRun
from app.assist.two_sided import TwoSidedRun
from tracker_core.tracker import Evidence, Image, Tracker


class JointRun:
    """Call ``start`` once, then ``step`` for each frame of ``frames_wanted``, in order. ``take_records`` returns the
    settled records; to end a run early, call ``settle`` first. ``known``: results of earlier runs with this tracker
    (``tracker_key``) on this video.
    """

    def __init__(
        self,
        plan: RunPlan,
        tracker: Tracker,
        *,
        run_id: int,
        tracker_key: str = "",
        known: KnownSides | None = None,
        rules: StopRules | None = None,
        use: Ingredients | None = None,
    ) -> None:
        self._one_way: list[tuple[int, TrackingRun]] = []  # place in the chain of plans
        self._two_sided: list[TwoSidedRun] = []
        self._parts: list[tuple[TrackingRun | TwoSidedRun, Sequence[int]]] = []
        for place, one in enumerate(_chain(plan)):
            if one.tracks:
                run = TrackingRun(one, tracker, run_id=run_id, rules=rules)
                self._one_way.append((place, run))
                self._parts.append((run, one.frames))
            if one.stretches:
                both = TwoSidedRun(
                    one.stretches, tracker, run_id=run_id, tracker_key=tracker_key, known=known, rules=rules, use=use
                )
                self._two_sided.append(both)
                self._parts.append((both, both.frames))
        self._asked: deque[int] = deque()  # the part of each requested frame that has not arrived

    @property
    def frame_count(self) -> int:
        """How many frames may have to be tracked; a frame tracked in both directions counts twice."""
        return sum(len(frames) for _, frames in self._parts)

    def frames_wanted(self) -> Iterator[int]:
        """The frames to track, skipping those that are no longer needed. A decoding thread may iterate it some frames
        ahead of the run.
        """
        for number, (run, frames) in enumerate(self._parts):
            for frame in frames if isinstance(run, TrackingRun) else run.frames_wanted():
                if run.is_over:
                    break
                self._asked.append(number)
                yield frame

    def start(self, read: Callable[[int], Image]) -> None:
        """Take the exemplars.

        Raises: whatever ``read`` raises for a frame that cannot be read.
        """
        for run, _ in self._parts:
            run.start(read)

    def step(self, frame: int, image: Image, *, with_evidence: bool = False) -> Evidence | None:
        """Track the next frame of ``frames_wanted``. Returns the evidence of the active track, if asked for."""
        run, _ = self._parts[self._asked.popleft()]
        return run.step(frame, image, with_evidence=with_evidence)

    def follow(self, plan: RunPlan) -> None:
        """Continue with this amended plan (``run_plan.amended``)."""
        chain = list(_chain(plan))
        for place, one_way in self._one_way:
            one_way.follow(chain[place])
        tracks = set(plan.track_ids)
        left = [stretch for one in chain for stretch in one.stretches]
        for both in self._two_sided:
            for stretch in both.stretches:
                if stretch not in left:
                    both.drop(stretch, is_deleted=stretch.track_id not in tracks)

    @property
    def is_over(self) -> bool:
        """Whether all parts have ended."""
        return all(run.is_over for run, _ in self._parts)

    @property
    def ends(self) -> tuple[TrackEnd, ...]:
        return tuple(end for run, _ in self._parts for end in run.ends)

    def settle(self) -> None:
        """Settle the records held back, although they are too few to call a track lost."""
        for run, _ in self._parts:
            run.settle()

    def take_records(self) -> Records:
        """The records settled since the last call; tracks without any are left out."""
        records: Records = {}
        for run, _ in self._parts:
            for track_id, found in run.take_records().items():
                records.setdefault(track_id, {}).update(found)
        return records


def _chain(plan: RunPlan) -> Iterator[RunPlan]:
    one: RunPlan | None = plan
    while one is not None:
        yield one
        one = one.then
