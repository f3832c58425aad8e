"""A tracker that caches its predictions, so that a benchmark tracks nothing twice.

Reviews of a video with other rules or another target IoU draw many of the same boxes, and the runs from those boxes are
the same. Predictions are cached by path: the first picture and box, then picture after picture. The caller must keep
the pictures alive, because they are compared by identity.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tracker_core.decision.reliability import ScoreCalibration
from tracker_core.decision.score_map import Constants
from tracker_core.geometry import Box
from tracker_core.tracker import Image, Place, Prediction, Target, Tracker


@dataclass(slots=True, eq=False)
class _Seen:
    """A picture on a path, its prediction, and how the path continues."""

    image: Image
    prediction: Prediction
    before: _Seen | None = None
    after: dict[int, _Seen] = field(default_factory=dict)
    target: Target | None = None  # a target in this state, ready to continue; only needed at the end of a path


class RememberingTracker:
    """Gives the predictions of ``tracker``, for targets that are updated one by one. Evidence is not cached."""

    def __init__(self, tracker: Tracker) -> None:
        self._tracker = tracker
        self._starts: dict[tuple[int, Box], _Seen] = {}
        self.steps = 0
        """How many pictures the wrapped tracker has looked at."""

    @property
    def name(self) -> str:
        return self._tracker.name

    @property
    def constants(self) -> Constants:
        return self._tracker.constants

    @property
    def calibration(self) -> ScoreCalibration:
        return self._tracker.calibration

    @property
    def place(self) -> Place:
        return self._tracker.place

    def with_constants(self, constants: Constants) -> RememberingTracker:
        """The tracker with other constants and an empty cache."""
        return RememberingTracker(self._tracker.with_constants(constants))

    def init(self, image: Image, box: Box) -> RememberedTarget:
        """Take the exemplar at ``box``, when it is needed for the first time."""
        start = self._starts.get((id(image), box))
        if start is None:
            start = _Seen(image, Prediction(box, 1.0), target=self._tracker.init(image, box))
            self._starts[id(image), box] = start
        return RememberedTarget(self, start)

    def went_on(self, here: _Seen, image: Image) -> _Seen:
        """Track the next picture after ``here``, or look it up in the cache."""
        if id(image) not in here.after:
            target, here.target = here.target or self.retraced(here), None
            prediction = target.update(image)
            self.steps += 1
            here.after[id(image)] = _Seen(image, prediction, before=here, target=target)
        return here.after[id(image)]

    def retraced(self, here: _Seen) -> Target:
        """A new target in the state ``here``, for when the earlier one has already continued."""
        way = [here]
        while way[-1].before is not None:
            way.append(way[-1].before)
        start = way.pop()
        target = self._tracker.init(start.image, start.prediction.box)
        for seen in reversed(way):
            target.update(seen.image)
            self.steps += 1
        return target


class RememberedTarget:
    """A target whose predictions are cached."""

    def __init__(self, tracker: RememberingTracker, start: _Seen) -> None:
        self._tracker = tracker
        self._here = start
        self._moved: Target | None = None  # after a move nothing is cached

    @property
    def box(self) -> Box:
        return self._here.prediction.box if self._moved is None else self._moved.box

    def update(self, image: Image, *, with_evidence: bool = False) -> Prediction:
        if self._moved is not None:
            return self._moved.update(image, with_evidence=with_evidence)
        self._here = self._tracker.went_on(self._here, image)
        return self._here.prediction

    def move_to(self, box: Box) -> None:
        """Continue from another box."""
        if self._moved is None:
            self._moved = self._tracker.retraced(self._here)
        self._moved.move_to(box)
