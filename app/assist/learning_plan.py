"""Divides the boxes of a project into those that teach a tracker and those that judge it.

Every third stretch of time is held back, but never the last: held-back boxes then lie between teaching ones, just as
the frames to be tracked later do. No box close in time to a held-back one teaches, because neighbouring frames look the
same; nor does a box that was tracked or interpolated from a held-back one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.assist.project_pictures import training_instances
from app.language import tr
from app.model.project import Project, VideoReference
from app.model.track import Track
from tracker_core.geometry import Box
from tracker_core.training.sources.reach import SMALLEST_SIDE
from tracker_core.weights.catalog import Model

LEAST_TEACHING = 8
LEAST_PLACES = 4  # with held-back boxes; with fewer, no result can be told from luck (``tracker_comparison``)
LEAST_KEYFRAMES = LEAST_TEACHING + LEAST_PLACES
MOST_STRETCHES = 20
SECONDS_BETWEEN = 1 / 3  # at least, between a held-back and a teaching box
MOST_TEACHING = 400  # boxes; a few minutes of learning have no time for more
LONGEST_LEG = 250  # frames; beyond that, luck decides whether a tracker still follows
MOST_FRAMES = 4000  # in all, tracked for the comparison


@dataclass(frozen=True, slots=True)
class KnownBox:
    """Where the target of a track is."""

    track_id: int
    label: str
    frame: int
    box: Box


@dataclass(frozen=True, slots=True)
class Leg:
    """A stretch to track for the comparison: from a teaching keyframe to the held-back ones beyond it."""

    track_id: int
    start_frame: int
    start_box: Box
    goals: tuple[tuple[int, Box], ...]  # in the order of tracking

    @property
    def frames(self) -> range:
        """From the start to the last goal, in the order of tracking."""
        last = self.goals[-1][0]
        step = 1 if last > self.start_frame else -1
        return range(self.start_frame, last + step, step)


@dataclass(frozen=True, slots=True)
class LearningPlan:
    """What a learning takes from a project. If that is too little, ``refusal`` is the sentence that says why."""

    video: VideoReference
    teaching: tuple[KnownBox, ...] = ()  # in the order of frames
    drawn: int = 0  # how many of them are keyframes; the others lie between keyframes
    legs: tuple[Leg, ...] = ()
    refusal: str = ""

    @property
    def held_back(self) -> int:
        """How many boxes are held back."""
        return len({(leg.track_id, frame) for leg in self.legs for frame, _ in leg.goals})

    @property
    def tracks(self) -> list[int]:
        """The tracks with teaching boxes."""
        return sorted({known.track_id for known in self.teaching})

    @property
    def by_frame(self) -> dict[int, list[KnownBox]]:
        """The teaching boxes by frame, in order."""
        frames: dict[int, list[KnownBox]] = {}
        for known in self.teaching:
            frames.setdefault(known.frame, []).append(known)
        return frames

    @property
    def places(self) -> int:
        """The number of places with held-back boxes. Boxes of one track without a teaching keyframe between them are
        one place, because a tracker gets them right or wrong together.
        """
        return len(set(places_of(self.legs).values()))

    @property
    def frames_to_compare(self) -> int:
        return sum(len(leg.frames) for leg in self.legs)


def places_of(legs: Sequence[Leg]) -> dict[tuple[int, int], tuple[int, int]]:
    """The place of each goal (track, frame): its track, and how many starts of that track lie before it."""
    starts: dict[int, set[int]] = {}
    for leg in legs:
        starts.setdefault(leg.track_id, set()).add(leg.start_frame)
    ordered = {track: sorted(frames) for track, frames in starts.items()}
    return {
        (leg.track_id, frame): (leg.track_id, bisect_left(ordered[leg.track_id], frame))
        for leg in legs
        for frame, _ in leg.goals
    }


def plan_learning(project: Project) -> LearningPlan:
    """Divide the boxes of a project into teaching and held-back ones."""
    known = list(_usable(project))
    keyframes = {(one.track_id, one.frame) for one in known if _is_keyframe(project, one)}
    if len(keyframes) < LEAST_KEYFRAMES:
        return _refused(
            project,
            tr(
                "Learning needs at least {least_keyframes} boxes that you drew or corrected, in full view; "
                "this project has {keyframes}.",
                least_keyframes=LEAST_KEYFRAMES,
                keyframes=len(keyframes),
            ),
        )
    gap = max(2, round(SECONDS_BETWEEN * float(project.video.frame_rate)))
    held_back = _held_back({frame for _, frame in keyframes}, gap=gap)
    teachers = {(track, frame) for track, frame in keyframes if _distance(frame, held_back) >= gap}
    teaching = [
        one
        for one in known
        if _distance(one.frame, held_back) >= gap
        and _may_teach(project.tracks[one.track_id], one.frame, teachers, gap=gap)
    ]
    judges = {(track, frame) for track, frame in keyframes if frame in set(held_back)}
    legs = tuple(_shortened(leg for track in project.tracks.values() for leg in _legs(track, teachers, judges)))
    plan = LearningPlan(project.video, tuple(_thinned(teaching, teachers)), len(teachers), legs)
    if plan.drawn < LEAST_TEACHING or plan.places < LEAST_PLACES:
        return _refused(
            project,
            tr(
                "The {keyframes} boxes that you drew lie too close together in time, or too far apart, to tell "
                "whether a tracker has learnt from them; correct boxes in more places of the video.",
                keyframes=len(keyframes),
            ),
        )
    return plan


def why_not(model: Model) -> str:
    """The sentence why a model cannot learn; empty if it can."""
    if model.family.teaching is not None:
        return ""
    return tr(
        "{model} is a {title}, used as it was published; choose another tracker to teach.",
        model=model.name,
        title=model.family.title,
    )


def count_keyframes(project: Project) -> int:
    """An upper bound of the boxes that can teach or judge. Cheap enough to ask after every edit."""
    return sum(track.keyframe_count for track in project.tracks.values())


def _refused(project: Project, sentence: str) -> LearningPlan:
    return LearningPlan(project.video, refusal=sentence)


def _usable(project: Project) -> Iterator[KnownBox]:
    """The boxes that may teach and are large enough and far enough inside the picture to show something."""
    width, height = project.video.width, project.video.height
    for frame, instances in training_instances(project).items():
        for instance in instances:
            inside = instance.box.clipped(width=width, height=height)
            is_large = min(instance.box.width, instance.box.height) >= SMALLEST_SIDE
            if is_large and inside.area >= 0.5 * instance.box.area:
                yield KnownBox(instance.track, instance.category, frame, instance.box)


def _is_keyframe(project: Project, known: KnownBox) -> bool:
    record = project.tracks[known.track_id].get(known.frame)
    return record is not None and record.is_keyframe


def _held_back(frames: Iterable[int], *, gap: int) -> list[int]:
    """The frames of every third stretch, but never of the last. All stretches have the same number of frames, and each
    spans enough time for the two others to keep their distance from it.
    """
    ordered = sorted(frames)
    stretches = max(1, min(MOST_STRETCHES, len(ordered), (ordered[-1] - ordered[0]) // gap))
    numbers = [rank * stretches // len(ordered) for rank in range(len(ordered))]
    return [f for f, number in zip(ordered, numbers, strict=True) if number % 3 == 1 and number < stretches - 1]


def _distance(frame: int, ordered: Sequence[int]) -> float:
    """The distance to the nearest of these frames."""
    place = bisect_left(ordered, frame)
    return min((abs(frame - near) for near in ordered[max(0, place - 1) : place + 1]), default=float("inf"))


def _may_teach(track: Track, frame: int, teachers: set[tuple[int, int]], *, gap: int) -> bool:
    """Whether this box is a teaching keyframe or lies between two of them. An interpolation over more than ``gap``
    frames is a guess, because nobody has looked at the pictures.
    """
    record = track.get(frame)
    if record is not None and record.is_keyframe:
        return (track.id, frame) in teachers
    before, after = track.keyframe_before(frame), track.keyframe_after(frame)
    if before is None or after is None or (record is None and after - before > gap):
        return False
    return (track.id, before) in teachers and (track.id, after) in teachers


def _legs(track: Track, teachers: set[tuple[int, int]], judges: set[tuple[int, int]]) -> Iterator[Leg]:
    """The legs in both directions. A leg ends where the target is absent."""
    keyframes = [(frame, record.box) for frame, record in track.items() if record.is_keyframe]
    for ordered in (keyframes, keyframes[::-1]):
        start: tuple[int, Box] | None = None
        goals: list[tuple[int, Box]] = []
        for frame, box in [*ordered, (-1, None)]:
            is_goal = (track.id, frame) in judges and start is not None and abs(frame - start[0]) <= LONGEST_LEG
            if box is not None and is_goal:
                goals.append((frame, box))
            elif box is None or (track.id, frame) in teachers:
                if start is not None and goals:
                    yield Leg(track.id, *start, tuple(goals))
                start, goals = None if box is None else (frame, box), []


def _shortened(legs: Iterable[Leg]) -> list[Leg]:
    """An even choice of the legs, if tracking all of them would take too long."""
    chosen = list(legs)
    total = sum(len(leg.frames) for leg in chosen)
    keep = min(1.0, MOST_FRAMES / max(1, total))
    return [leg for number, leg in enumerate(chosen) if int((number + 1) * keep) > int(number * keep)]


def _thinned(teaching: list[KnownBox], teachers: set[tuple[int, int]]) -> list[KnownBox]:
    """All keyframes, and an even choice of as many others as there is time for."""
    drawn = [one for one in teaching if (one.track_id, one.frame) in teachers]
    others = [one for one in teaching if (one.track_id, one.frame) not in teachers]
    room = MOST_TEACHING - len(drawn)
    kept = others[:: max(1, -(-len(others) // room))] if room > 0 else []
    return sorted([*drawn, *kept], key=lambda one: (one.frame, one.track_id))
