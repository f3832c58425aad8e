"""One tracking step of any Siamese network: the target says where to look, the network responds, the target concludes.

1. ``NetworkTarget.squares`` says where the target may be in the next frame: its search regions.
2. ``Engine.respond`` compares them with the exemplar in one forward pass. The search regions of many targets can share
   it (``group.update_all``).
3. ``NetworkTarget.conclude`` decides where the target is, and moves it there.

On the host ``look`` cuts the pixels of step 1 out of the frame. A GPU receives the whole frame:
``FrameEngine.respond_on_device`` cuts, answers and, if the family can, decides.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from copy import copy
from typing import Any, ClassVar, Generic, NamedTuple, Protocol, Self, TypeVar, cast, runtime_checkable

from tracker_core.camera import Shift, View
from tracker_core.crops import Crop, Square, Stretch, crop_square, cut, exemplar_side, mean_colour, square_around
from tracker_core.decision.look_alikes import found_in, suppressed, tiles
from tracker_core.decision.motion import Motion, Point, search_centre
from tracker_core.decision.prediction import SCALES, LookAlike
from tracker_core.decision.reliability import AS_IT_IS, ScoreCalibration
from tracker_core.decision.score_map import Constants, Response
from tracker_core.geometry import Box
from tracker_core.images import Image
from tracker_core.tracker import Place, Prediction

EXEMPLAR_SIZE = 127
LARGEST_TARGET = 4
"""In picture widths and heights. A crop of a larger box would fill the memory and show nothing."""

TILES_AT_ONCE = 4
"""How many search regions share a forward pass when a whole picture is searched."""

REFRESH_EVERY = 10
"""For a network that takes two exemplars: the second one is replaced at most once in this many frames."""
REFRESH_SCORE = 0.9

Kernels = TypeVar("Kernels")
Answer = TypeVar("Answer")
Answer_co = TypeVar("Answer_co", covariant=True)
Deciding = TypeVar("Deciding", bound=Constants)


class TargetFacts(NamedTuple):
    """What a device must know about a target to cut its search region and to decide."""

    fill: tuple[int, int, int]  # the colour outside the picture
    width: float = 0.0  # in the last frame, in crop pixels; this and the rest are only used if the device decides
    height: float = 0.0
    penalty_k: float = 0.0
    window_influence: float = 0.0
    voting: float = 0.0


class Engine(Protocol[Kernels, Answer_co]):
    """A network on its device: pictures in, numbers out. Stateless, so many targets share one."""

    instance_size: int  # pixels of a search region
    window: float  # width of twice a square target, in crop pixels

    @property
    def place(self) -> Place: ...

    def template(self, exemplar: Image) -> Kernels:
        """(127, 127, 3) -> what ``respond`` needs to know of the exemplar."""
        ...

    def respond(self, kernels: Sequence[Kernels], regions: Sequence[Image]) -> Sequence[Answer_co]:
        """One forward pass for search regions (S, S, 3) of one size. ``kernels[i]`` is looked for in ``regions[i]``."""
        ...


@runtime_checkable
class ExemplarJoiner(Protocol[Kernels]):
    """An engine whose network can use a second exemplar of the same target, if it was trained to."""

    @property
    def exemplars(self) -> int:
        """1 or 2: how many it can use."""
        ...

    def joined(self, first: Kernels, second: Kernels) -> Kernels:
        """The kernels of a target with both exemplars."""
        ...


class FrameEngine(ABC, Generic[Kernels, Answer]):
    """An engine that can also take a whole frame, and cut the search regions on its own device."""

    takes_frames: bool  # whether that is quicker, because the pixels have to go there anyway

    @abstractmethod
    def respond_on_device(
        self, kernels: Sequence[Kernels], image: Image, squares: Sequence[Square], facts: Sequence[TargetFacts]
    ) -> Sequence[Answer]:
        """``Engine.respond`` for N squares of one size in a frame. ``kernels[i]`` and ``facts[i]`` belong to the target
        of ``squares[i]``. A family that decides on the device answers with the winner alone.
        """


class NetworkTarget(ABC, Generic[Kernels, Answer]):
    """One followed object: the kernels of its exemplar, and where and how large it was in the last frame.

    ``calibration`` only changes the scores of the predictions. Where the target goes depends on the network's own
    score.

    Raises:
        ValueError: if the box has no area, lies wholly outside the picture or is far larger than it.
    """

    def __init__(
        self,
        engine: Engine[Kernels, Answer],
        image: Image,
        box: Box,
        *,
        calibration: ScoreCalibration = AS_IT_IS,
    ) -> None:
        self.engine = engine
        self._calibration = calibration
        self._box = self._shown_box = box
        self._motion = Motion((box.cx, box.cy))
        self._stretch = Stretch.of(box, slender=self.slender)
        self._fill = mean_colour(image)
        self._exemplar = self._exemplar_at(image, box)
        self._first_kernels = engine.template(self._exemplar)
        self.kernels = self._first_kernels
        self._learns = True
        self._has_been_shown = False
        self._frames_since_refresh = 0
        self._view = View.of(image) if self.heeds_camera else None

    @property
    def lead(self) -> float:
        """The share of the target's own movement by which its search regions move ahead; see
        ``TrackingConstants.lead``.
        """
        return 0.0

    @property
    def slender(self) -> float:
        """Crops of a target thinner than that are stretched; see ``TrackingConstants.slender``."""
        return 0.0

    @property
    def heeds_camera(self) -> bool:
        """Whether it follows the camera's movement when it places the search region."""
        return self.lead > 0

    def notice(self, view: View) -> None:
        """See the next frame as a whole, before ``squares``."""
        if self._view is not None:
            self._camera_moved(view.shift_since(self._view))
        self._view = view

    def _camera_moved(self, shift: Shift) -> None:
        """The camera has moved the background by this much since the last frame."""
        self._motion = self._motion.shifted(*shift)

    def _seen_side(self, box: Box, size: int) -> float:
        """Side of what a crop of ``size`` network pixels around ``box`` shows, in image pixels, before it is
        stretched.
        """
        return exemplar_side(self._stretch.applied(box)) * size / self.engine.window

    def _search_centre(self, size: int) -> Point:
        """Where a search region of ``size`` network pixels is cut out."""
        last = self._box.cx, self._box.cy
        if not self.heeds_camera:
            return last
        reach = self._seen_side(self._box, size) / 2
        reach_x, reach_y = reach / self._stretch.across, reach / self._stretch.down
        return search_centre(last, self._motion.expected(self.lead), reach=(reach_x, reach_y))

    def _search_square(self, size: int, *, factor: float = 1.0) -> Square:
        """The search region of ``size`` network pixels, its window ``factor`` times as wide as usual."""
        cx, cy = self._search_centre(size)
        side = self._seen_side(self._box, size) * factor
        return square_around(cx=cx, cy=cy, side=side, size=size, stretch=self._stretch)

    def _go_on_from(self, prediction: Prediction) -> None:
        """Take over the place that a frame's prediction says, and update the target's movement."""
        self._box = box = prediction.box
        motion = self._motion
        self._motion = motion.found((box.cx, box.cy)) if prediction.is_found else motion.missed()

    @property
    def box(self) -> Box:
        """Where the target was in the last frame, in image pixels."""
        return self._box

    def move_to(self, box: Box) -> None:
        """Continue from another box, in any frame; the exemplar stays. The movement of the target is forgotten."""
        self._box = box
        self._motion = Motion((box.cx, box.cy))
        self._view = None

    def show(self, image: Image, box: Box) -> bool:
        """Take a second exemplar at ``box``, beside the first. A later call replaces the second one. The target stays
        where it is.

        Returns:
            Whether the network can use a second exemplar. If not, nothing changes.

        Raises:
            ValueError: if the box has no area or lies wholly outside the picture.
        """
        engine = self.engine
        if not isinstance(engine, ExemplarJoiner) or engine.exemplars < 2:
            return False
        self._join(image, box)
        self._has_been_shown = True
        return True

    def _refresh(self, image: Image, prediction: Prediction) -> None:
        """After a sure prediction, now and then take the second exemplar from this frame, so that the network knows the
        target as it was drawn and as it looks now. An exemplar that a person has shown stays.
        """
        engine = self.engine
        if self._has_been_shown or not isinstance(engine, ExemplarJoiner) or engine.exemplars < 2:
            return
        self._frames_since_refresh += 1
        if self._frames_since_refresh >= REFRESH_EVERY and prediction.score >= REFRESH_SCORE:
            self._join(image, prediction.box)
            self._frames_since_refresh = 0

    def _join(self, image: Image, box: Box) -> None:
        joiner = cast("ExemplarJoiner[Kernels]", self.engine)
        self.kernels = joiner.joined(self._first_kernels, self.engine.template(self._exemplar_at(image, box)))

    @abstractmethod
    def squares(self) -> tuple[Square, ...]:
        """Where to look for the target in the next frame: search regions, all of one size in network pixels."""

    def look(self, image: Image) -> tuple[Crop, ...]:
        """The search regions, cut on the host."""
        return tuple(cut(image, square, fill=self._fill) for square in self.squares())

    def facts(self, square: Square) -> TargetFacts:
        """What a device must know to look at this square."""
        return TargetFacts(self._fill)

    @abstractmethod
    def conclude(
        self, image: Image, looked: Sequence[Square], answers: Sequence[Answer], *, with_evidence: bool = False
    ) -> Prediction:
        """Decide where the target is, and move it there. ``answers[i]`` is what the network said about ``looked[i]``.

        Evidence shows the search regions, so it needs squares with pixels (crops).
        """

    def update(self, image: Image, *, with_evidence: bool = False) -> Prediction:
        """Find the target in the next frame."""
        if self.heeds_camera:
            self.notice(View.of(image))
        if runs_on_device(self, with_evidence=with_evidence):
            return update_on_device([self], image)[0]
        crops = self.look(image)
        answers = self.engine.respond([self.kernels] * len(crops), [crop.image for crop in crops])
        return self.conclude(image, crops, answers, with_evidence=with_evidence)

    def refine(self, image: Image, box: Box) -> Prediction:
        """Look again around a box that is roughly right, and take the size found there without damping. The target
        itself does not move and learns nothing.

        Raises:
            ValueError: if the box has no area, lies wholly outside the picture or is far larger than it.
        """
        _check(image, box)
        looker = copy(self)
        looker.move_to(box)
        looker._learns = False
        looker._trust_sizes()
        return looker.update(image)

    def look_alikes(
        self,
        image: Image,
        *,
        scales: Sequence[float] = SCALES,
        least_score: float = 0.5,
        most: int = 100,
        known: Sequence[Box] = (),
        on_tile: Callable[[int, int], None] = lambda done, total: None,
    ) -> list[LookAlike]:
        """Everything in a picture that looks like the exemplar, the most similar first; see
        ``look_alikes.find_look_alikes``. Finds that overlap a ``known`` box are left out. The target itself does not
        move.
        """
        height, width = image.shape[:2]
        fill = mean_colour(image)
        jobs = [(square, scale) for scale in scales for square in self._tiles(width, height, scale)]
        found: list[LookAlike] = []
        for start in range(0, len(jobs), TILES_AT_ONCE):
            on_tile(start, len(jobs))
            some = jobs[start : start + TILES_AT_ONCE]
            regions = [cut(image, square, fill=fill).image for square, _ in some]
            answers = self.engine.respond([self.kernels] * len(some), regions)
            for (square, scale), answer in zip(some, answers, strict=True):
                response = self._as_response(answer, square, scale)
                found += found_in(response, square, self._shown_box, scale=scale, least_score=least_score)
        on_tile(len(jobs), len(jobs))
        inside = [one for one in found if 0 <= one.box.cx <= width and 0 <= one.box.cy <= height]
        kept = suppressed(inside, known=known, most=most)
        return [LookAlike(one.box.clipped(width=width, height=height), one.score) for one in kept]

    def _tiles(self, width: int, height: int, scale: float) -> list[Square]:
        """Search regions that cover a picture, for targets of one size."""
        return tiles(
            self._shown_box,
            width=width,
            height=height,
            instance_size=self.engine.instance_size,
            context_side=self.engine.window,
            covered=self.engine.instance_size - self.engine.window,
            scale=scale,
            stretch=self._stretch,
        )

    def _as_response(self, answer: Answer, square: Square, scale: float) -> Response:
        """An answer about a search region for targets ``scale`` times the exemplar's size, as scores and boxes."""
        assert isinstance(answer, Response), "a family that answers otherwise says how its answer is read"
        return answer

    def _trust_sizes(self) -> None:
        """From now on take sizes without damping. Does nothing in a family without damping."""

    def _exemplar_at(self, image: Image, box: Box) -> Image:
        """(127, 127, 3): what is in ``box``, with context."""
        _check(image, box)
        return crop_square(
            image, cx=box.cx, cy=box.cy, side=self._seen_side(box, EXEMPLAR_SIZE), size=EXEMPLAR_SIZE,
            fill=self._fill, stretch=self._stretch,
        ).image  # fmt: skip


def _check(image: Image, box: Box) -> None:
    height, width = image.shape[:2]
    if box.clipped(width=width, height=height).area <= 0:
        raise ValueError(f"the box {box.as_tuple()} does not lie in the picture of {width} x {height} pixels")
    if box.width > LARGEST_TARGET * width or box.height > LARGEST_TARGET * height:
        raise ValueError(
            f"a box of {box.width:g} x {box.height:g} cannot be tracked in a picture of {width} x {height} pixels"
        )


class NetworkTracker(ABC, Generic[Kernels, Answer, Deciding]):
    """A network, its constants, what its score means, and a name."""

    constants_type: ClassVar[type[Constants]]

    def __init__(
        self,
        name: str,
        engine: Engine[Kernels, Answer],
        constants: Deciding,
        calibration: ScoreCalibration = AS_IT_IS,
    ) -> None:
        self.name = name
        self.engine = engine
        self.constants: Deciding = constants
        self.calibration = calibration

    @property
    def place(self) -> Place:
        return self.engine.place

    def with_constants(self, constants: Constants) -> Self:
        wanted = self.constants_type
        if not isinstance(constants, wanted):
            raise TypeError(f"{self.name} decides with {wanted.__name__}, not with {type(constants).__name__}")
        return type(self)(self.name, self.engine, cast(Deciding, constants), self.calibration)

    @abstractmethod
    def init(self, image: Image, box: Box) -> NetworkTarget[Kernels, Answer]:
        """Take the exemplar at ``box``."""


def runs_on_device(target: NetworkTarget[Any, Any], *, with_evidence: bool) -> bool:
    """Whether the engine gets the whole frame. Not for evidence, whose pixels and maps would have to come back."""
    engine = target.engine
    return not with_evidence and isinstance(engine, FrameEngine) and engine.takes_frames


def update_on_device(targets: Sequence[NetworkTarget[Any, Any]], image: Image) -> list[Prediction]:
    """``update`` of targets that share an engine and a size of search regions: one upload, one pass, one answer."""
    engine = targets[0].engine
    assert isinstance(engine, FrameEngine)
    looked = [target.squares() for target in targets]
    asked = [(target, square) for target, squares in zip(targets, looked, strict=True) for square in squares]
    answers = iter(
        engine.respond_on_device(
            [target.kernels for target, _ in asked],
            image,
            [square for _, square in asked],
            [target.facts(square) for target, square in asked],
        )
    )
    return [
        target.conclude(image, squares, [next(answers) for _ in squares])
        for target, squares in zip(targets, looked, strict=True)
    ]
