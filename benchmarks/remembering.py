"""A tracker that remembers: what a benchmark asks twice is tracked once.

People who review a video with another rule or another target IoU draw many of the same boxes, and the runs from those
boxes are the same. Predictions are kept for each way through the pictures: the first picture and box, then one picture
after the other. The pictures themselves must be kept by the caller, for they are told apart by identity.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tracker_core.decision.reliability import ScoreCalibration
from tracker_core.decision.score_map import Constants
from tracker_core.geometry import Box
from tracker_core.tracker import Image, Place, Prediction, Target, Tracker


@dataclass(slots=True, eq=False)
class _Seen:
    """A picture on the way, what was said of it, and where the way goes on."""

    image: Image
    prediction: Prediction
    before: _Seen | None = None
    after: dict[int, _Seen] = field(default_factory=dict)
    target: Target | None = None  # it stands here, ready to go on; one is enough at the end of a way


class RememberingTracker:
    """Says what ``tracker`` says, of targets that are updated one by one. Evidence is not kept."""

    def __init__(self, tracker: Tracker) -> None:
        self._tracker = tracker
        self._starts: dict[tuple[int, Box], _Seen] = {}
        self.steps = 0
        """How many pictures the tracker itself has looked at."""

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
        """Remembers nothing so far."""
        return RememberingTracker(self._tracker.with_constants(constants))

    def init(self, image: Image, box: Box) -> RememberedTarget:
        """Take the exemplar at ``box``, when it is needed for the first time."""
        start = self._starts.get((id(image), box))
        if start is None:
            start = _Seen(image, Prediction(box, 1.0), target=self._tracker.init(image, box))
            self._starts[id(image), box] = start
        return RememberedTarget(self, start)

    def went_on(self, here: _Seen, image: Image) -> _Seen:
        """Look at the next picture after ``here``, or remember what was said of it."""
        if id(image) not in here.after:
            target, here.target = here.target or self.retraced(here), None
            prediction = target.update(image)
            self.steps += 1
            here.after[id(image)] = _Seen(image, prediction, before=here, target=target)
        return here.after[id(image)]

    def retraced(self, here: _Seen) -> Target:
        """A target that has come to ``here``, when the one that came here before has gone on."""
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
    """A target whose predictions are remembered."""

    def __init__(self, tracker: RememberingTracker, start: _Seen) -> None:
        self._tracker = tracker
        self._here = start
        self._moved: Target | None = None  # from then on nothing is remembered

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
