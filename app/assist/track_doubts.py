"""The doubts of one track: how likely each box is wrong, why, and which spans a person should look at."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.assist.track_signs import Flags, State, TrackSigns, frames_since, frames_to_nearest, nearest_of
from app.model.doubt import ABOUT_SCORES, Doubt, DoubtKind, DoubtRules
from app.model.doubt_strength import (
    FURTHEST,
    PARTED_BELOW,
    Floats,
    TrackedSigns,
    interpolated_strength,
    logit,
    tracked_strength,
)
from app.model.doubt_words import words_for
from app.model.frame_spans import NO_FRAMES, FrameSpans
from app.model.project import VideoReference
from app.model.score_meaning import ScoreMeaning
from app.model.track import Track
from tracker_core.geometry import Box

LONGEST_DOUBT: Final = 50
"""Frames. Longer stretches are split, so that one look never accepts hundreds of boxes."""

HOLE: Final = 4
"""Frames. Doubtful stretches that are at most this far apart are one."""

NEARBY: Final = 5  # frames on either side whose scores count for a box
EARLIER: Final = 10  # frames before, with which a score is compared to see whether it drops

STATED_STRENGTH: Final = 0.6
"""Strength of doubts that have no degree: a gap, a lost target, two tracks on one target, a stale box, a leap."""

LEAP: Final = 1.0
"""In box sides a frame: the box no longer touches the one before, and moves like this neither before nor after. A
target that is always this fast does not leap.
"""
SIZE_LEAP: Final = 0.5  # in the logarithm of the side, a frame: two thirds larger

# From these values on, a sign is named as a reason. They do not decide whether a box is doubtful: the strength does.
DROP: Final = 2.0  # in the logarithm of the odds
JUMP: Final = 0.5  # of the box's side
SIZE_JUMP: Final = 0.25
SHAPE_JUMP: Final = 0.25
OUTSIDE: Final = 0.3  # of the box's area


NEARLY_THE_MOST: Final = 0.9
"""A person is sent to the first frame of a doubt that has at least so much of its greatest strength: if the track is
wrong, it begins to be wrong there.
"""

SAME_BOX: Final = 0.05  # pixels

LATER_AT_MOST: Final = 1000
"""Frames. Longer spans are weighed at once, so that what is put off never takes long."""


# The kinds of stretches of doubtful frames. Stretches of different kinds are never one doubt.
_BOXES: Final = np.uint8(1)
_GAP: Final = np.uint8(2)
_LOST: Final = np.uint8(3)


@dataclass(frozen=True, slots=True)
class Twin:
    """Frames in which another track of the same label has nearly the same box."""

    other_track_id: int
    first_frame: int
    last_frame: int  # included


@dataclass(slots=True)
class Asked:
    """Spans to weigh, and everything outside the track that their doubts depend on."""

    spans: list[tuple[int, int]]  # both ends included; none overlaps another
    rules: DoubtRules
    twins: Sequence[Twin]
    awaited: FrameSpans
    said_wrong: Mapping[int, Box]


class TrackDoubts:
    """The doubts of one track, updated where its records change.

    Frames are weighed only when the doubts are needed. During a run, tracks that share boxes invalidate each other's
    doubts so often that weighing at once would take several times as long.
    """

    def __init__(self, track_id: int, video: VideoReference) -> None:
        self.track_id = track_id
        self.signs = TrackSigns(video.frame_count)
        self._strength: Floats = np.zeros(video.frame_count, np.float32)
        self._kind: NDArray[np.uint8] = np.zeros(video.frame_count, np.uint8)
        self._doubts: tuple[Doubt, ...] = ()
        self._to_weigh: Asked | None = None
        self._video = video
        self._reasons: NDArray[np.uint16] = np.zeros(video.frame_count, np.uint16)  # bit k stands for kind k
        self._stretch: NDArray[np.uint8] = np.zeros(video.frame_count, np.uint8)

    @property
    def strength(self) -> Floats:
        """(frame count,) how likely each box is wrong."""
        self._weigh_now()
        return self._strength

    @property
    def kind(self) -> NDArray[np.uint8]:
        """(frame count,) the kind of the main reason; 0 for none."""
        self._weigh_now()
        return self._kind

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """By frame."""
        self._weigh_now()
        return self._doubts

    def read(self, track: Track, first: int, last: int) -> tuple[int, int]:
        """Read changed records. Returns the frames whose doubts may have changed; ``weigh`` them next."""
        start, stop = self.signs.refresh(track, first, last)
        return max(start - FURTHEST, 0), min(stop + FURTHEST, len(self._strength) - 1)

    def weigh(
        self,
        first: int,
        last: int,
        rules: DoubtRules,
        *,
        twins: Sequence[Twin] = (),
        awaited: FrameSpans = NO_FRAMES,
        said_wrong: Mapping[int, Box] | None = None,
    ) -> None:
        """Find the doubts from ``first`` to ``last`` (both included) again when they are next needed.

        Args:
            awaited: frames for which a run is about to make boxes; until then nothing there is doubtful.
            said_wrong: boxes that a person called wrong; each is doubtful while it is unchanged.
        """
        spans = [] if self._to_weigh is None else self._to_weigh.spans
        apart = [span for span in spans if span[1] < first - 1 or span[0] > last + 1]
        for span in spans:
            if span not in apart:
                first, last = min(first, span[0]), max(last, span[1])
        self._to_weigh = Asked([*apart, (first, last)], rules, twins, awaited, said_wrong or {})
        if last - first > LATER_AT_MOST:
            self._weigh_now()

    def _weigh_now(self) -> None:
        asked, self._to_weigh = self._to_weigh, None
        if asked is not None:
            for first, last in asked.spans:
                self._weigh(first, last, asked)

    def _weigh(self, first: int, last: int, asked: Asked) -> None:
        """Weigh one span."""
        rules, twins = asked.rules, asked.twins
        count = len(self._strength)
        start, stop = max(first - FURTHEST - EARLIER, 0), min(last + FURTHEST + NEARBY + 1, count)
        weighed = _Weighed(self.signs, slice(start, stop), rules, self._video)
        for twin in twins:
            weighed.add(DoubtKind.TWO_ON_ONE, STATED_STRENGTH, twin.first_frame, twin.last_frame)
        for frame, box in asked.said_wrong.items():
            weighed.add_said_wrong(frame, box)
        weighed.await_boxes(asked.awaited)
        inner = slice(first - start, last + 1 - start)
        self._strength[first : last + 1] = weighed.strength[inner]
        self._kind[first : last + 1] = weighed.kind[inner]
        self._reasons[first : last + 1] = weighed.reasons[inner]
        first, last = max(first - HOLE, 0), min(last + HOLE, count - 1)
        self._find_stretches(first, last, rules)
        self._make_doubts(first, last, twins)

    def _find_stretches(self, first: int, last: int, rules: DoubtRules) -> None:
        """Number the stretches: 0 is no doubt; gaps, lost stretches and doubtful boxes are kept apart."""
        start, stop = max(first - HOLE, 0), min(last + HOLE + 1, len(self._strength))
        window = slice(start, stop)
        doubtful = self._strength[window] > rules.threshold
        state = self.signs.state[window]
        has_box = (state == State.TRACKED) | (state == State.INTERPOLATED)
        has_box |= self._kind[window] == DoubtKind.SAID_WRONG  # even one that a person has drawn
        boxes = doubtful & has_box
        close = (frames_since(boxes, HOLE + 1) + frames_since(boxes[::-1], HOLE + 1)[::-1]) <= HOLE + 1
        boxes |= close & has_box & ~self.signs.settled[window]
        stretch = boxes * _BOXES
        stretch[doubtful & (state == State.UNKNOWN)] = _GAP
        stretch[doubtful & (state == State.LOST)] = _LOST
        self._stretch[first : last + 1] = stretch[first - start : last + 1 - start]

    def _make_doubts(self, first: int, last: int, twins: Sequence[Twin]) -> None:
        """Rebuild the doubts that touch these frames, and the rest of their stretches.

        Stretches are split from their beginning, so the pieces before the change stay as they are.
        """
        doubts = self._doubts
        low = bisect_left(doubts, first - 1, key=lambda doubt: doubt.last_frame)
        high = bisect_right(doubts, last + 1, key=lambda doubt: doubt.first_frame)
        while 0 < high < len(doubts) and doubts[high - 1].last_frame + 1 == doubts[high].first_frame:
            high += 1
        same = {(d.first_frame, d.last_frame): d for d in doubts[low:high] if d.first_frame > last}
        if low < high:
            first, last = min(first, doubts[low].first_frame), max(last, doubts[high - 1].last_frame)
        stretches = self._stretch[first : last + 1]
        edges = np.flatnonzero(np.diff(stretches, prepend=0, append=0))
        made: list[Doubt] = []
        for start, stop in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
            if stretches[start] != 0:
                step = LONGEST_DOUBT if stretches[start] == _BOXES else stop - start
                for piece in range(start, stop, step):
                    span = first + piece, first + min(piece + step, stop) - 1
                    made.append(same.get(span) or self._doubt(*span, twins))
        self._doubts = (*doubts[:low], *made, *doubts[high:])

    def _doubt(self, first: int, last: int, twins: Sequence[Twin]) -> Doubt:
        span = slice(first, last + 1)
        strength = self._strength[span]
        frame = first + int(np.argmax(strength >= NEARLY_THE_MOST * strength.max()))
        kind = DoubtKind(int(self._kind[frame]))
        reasons = int(np.bitwise_or.reduce(self._reasons[span]))
        words = partial(
            words_for,
            kind,
            frame_count=last - first + 1,
            score=float(self.signs.score[frame]),
            earlier_score=float(self.signs.score[max(frame - EARLIER, 0)]),
        )
        other = next((t.other_track_id for t in twins if t.first_frame <= frame <= t.last_frame), None)
        return Doubt(
            track_id=self.track_id,
            first_frame=first,
            last_frame=last,
            frame=frame,
            kind=kind,
            strength=float(self._strength[frame]),
            text=words(other_track_id=other if kind is DoubtKind.TWO_ON_ONE else None),
            raw_text=words(meaning=ScoreMeaning.RAW) if kind in ABOUT_SCORES else "",
            also=tuple(reason for reason in DoubtKind if reasons >> reason & 1 and reason is not kind),
            other_track_id=other if kind is DoubtKind.TWO_ON_ONE else None,
        )


class _Weighed:
    """Strength, main reason and all reasons of the frames of one window."""

    def __init__(self, signs: TrackSigns, window: slice, rules: DoubtRules, video: VideoReference) -> None:
        self._start = window.start
        self._state = signs.state[window]
        self._open = ~signs.settled[window]
        self._boxes = signs.boxes[window]
        count = len(self._state)
        self.strength: Floats = np.zeros(count, np.float32)
        self.kind: NDArray[np.uint8] = np.zeros(count, np.uint8)
        self.reasons: NDArray[np.uint16] = np.zeros(count, np.uint16)
        self._weigh_tracked(signs, window, rules, video)
        self._weigh_interpolated(signs, window, rules)
        self._mark(DoubtKind.LOST, self._open & (self._state == State.LOST), STATED_STRENGTH)
        self._mark(DoubtKind.STALE, signs.stale[window], STATED_STRENGTH)
        has_begun = np.arange(window.start, window.stop) >= _first(signs.state != State.UNKNOWN)
        self._mark(DoubtKind.GAP, has_begun & (self._state == State.UNKNOWN), STATED_STRENGTH)

    def add(self, kind: DoubtKind, strength: float, first: int, last: int) -> None:
        """Add a doubt that comes from outside the track, from ``first`` to ``last`` (both included)."""
        where = np.zeros(len(self.kind), np.bool_)
        where[max(first - self._start, 0) : max(last + 1 - self._start, 0)] = True
        has_box = (self._state == State.TRACKED) | (self._state == State.INTERPOLATED)
        self._mark(kind, where & has_box & self._open, strength)

    def add_said_wrong(self, frame: int, box: Box) -> None:
        """A person called this box wrong. While the box is unchanged, no other sign outweighs that."""
        place = frame - self._start
        if 0 <= place < len(self.kind) and np.allclose(self._boxes[place], box.as_tuple(), atol=SAME_BOX):
            self.reasons[place] |= np.uint16(1 << DoubtKind.SAID_WRONG)
            self.kind[place], self.strength[place] = DoubtKind.SAID_WRONG, 1.0

    def await_boxes(self, awaited: FrameSpans) -> None:
        """Clear doubts where a run is about to make a box and none is there yet."""
        unmade = (self._state == State.UNKNOWN) | (self._state == State.INTERPOLATED)
        for first, last in awaited.between(self._start, self._start + len(self.kind) - 1):
            span = slice(first - self._start, last + 1 - self._start)
            self.strength[span][unmade[span]] = 0
            self.kind[span][unmade[span]] = 0
            self.reasons[span][unmade[span]] = 0

    def _mark(self, kind: DoubtKind, where: Flags, strength: float | Floats) -> None:
        """Add a reason. It becomes the main one where it is the strongest."""
        self.reasons[where] |= np.uint16(1 << kind)
        stronger = where & (strength > self.strength)
        self.kind[stronger] = kind
        self.strength = np.where(stronger, strength, self.strength).astype(np.float32)

    def _weigh_tracked(self, signs: TrackSigns, window: slice, rules: DoubtRules, video: VideoReference) -> None:
        where = self._open & (self._state == State.TRACKED)
        if not where.any():
            return
        told, changes = tracked_signs(signs, window), _Changes.of(signs.boxes[window], video)
        self.strength[where] = tracked_strength(told, rules.target_iou)[where]
        score = signs.score[window]
        earlier = np.concatenate([np.zeros(min(EARLIER, len(score)), np.float32), told.nearby_score[:-EARLIER]])
        main: NDArray[np.uint8] = np.full(len(score), DoubtKind.LOOSE, np.uint8)
        for kind, holds in (  # the last one that applies is the main one
            (DoubtKind.LOW_SCORE, score < 0.5),
            (DoubtKind.SHAPE_JUMP, changes.shape > SHAPE_JUMP),
            (DoubtKind.SIZE_JUMP, changes.size > SIZE_JUMP),
            (DoubtKind.SCORE_DROP, told.score < earlier - DROP),
            (DoubtKind.LEAVES_PICTURE, changes.outside > OUTSIDE),
            (DoubtKind.JUMP, changes.jump > JUMP),
            (DoubtKind.SIDES_PART, told.accord < PARTED_BELOW),
        ):
            here = where & holds
            main[here] = kind
            self.reasons[here] |= np.uint16(1 << kind)
        self.kind[where] = main[where]
        # A tracker may be sure after it has jumped to something else; the fitted data has too few jumps to show that.
        self._mark(DoubtKind.SIZE_JUMP, where & (changes.size >= SIZE_LEAP), STATED_STRENGTH)
        self._mark(DoubtKind.JUMP, where & (changes.leap >= LEAP), STATED_STRENGTH)

    def _weigh_interpolated(self, signs: TrackSigns, window: slice, rules: DoubtRules) -> None:
        where = self._open & (self._state == State.INTERPOLATED)
        if where.any():
            away = frames_to_nearest(signs.stored[window], FURTHEST)
            self._mark(DoubtKind.INTERPOLATED, where, interpolated_strength(away, rules.target_iou))


def tracked_signs(signs: TrackSigns, window: slice) -> TrackedSigns:
    """The signs for the boxes of a window, with neighbours only inside it; 0 where a box or score is missing."""
    score: Floats = np.asarray(np.nan_to_num(logit(signs.score[window])), np.float32)
    is_tracked = signs.state[window] == State.TRACKED
    shape = _shape(signs.boxes[window])
    fixed = signs.settled[window] & signs.stored[window] & ~np.isnan(shape)
    nearest = nearest_of(fixed)
    away = np.where(nearest < 0, FURTHEST, np.minimum(np.abs(np.arange(len(shape)) - nearest), FURTHEST))
    since = np.where(away == FURTHEST, 0, np.abs(shape - shape[nearest]))
    return TrackedSigns(
        score=score,
        nearby_score=_mean_around(score, is_tracked),
        accord=signs.accord[window],
        distance=np.log1p(away).astype(np.float32),
        shape_since=_bounded(np.asarray(since, np.float32)),
    )


@dataclass(frozen=True, slots=True)
class _Changes:
    """How much the boxes of a window change from one frame to the next, (N,) each, at most 1."""

    jump: Floats  # of their motion, as a share of their side
    leap: Floats  # of their place, beyond the motion before and the motion after
    size: Floats  # of the logarithm of their side
    shape: Floats  # of the logarithm of width over height
    outside: Floats  # the share outside the picture; not a change

    @classmethod
    def of(cls, boxes: Floats, video: VideoReference) -> _Changes:
        x, y, width, height = boxes.T
        side = np.sqrt(np.maximum(width * height, 1e-6))
        motion = np.stack([_change(x + width / 2), _change(y + height / 2)])
        turn = np.hypot(*(motion - np.roll(motion, 1, axis=1)))
        step, turn_after = np.hypot(*motion), np.append(turn[1:], np.nan)
        inside_x = np.minimum(x + width, video.width) - np.maximum(x, 0)
        inside_y = np.minimum(y + height, video.height) - np.maximum(y, 0)
        inside = np.maximum(inside_x, 0) * np.maximum(inside_y, 0) / side**2
        return cls(
            jump=_bounded(turn / side),
            leap=_bounded(np.minimum(np.minimum(turn, np.where(np.isnan(turn_after), step, turn_after)), step) / side),
            size=_bounded(np.abs(_change(np.log(side)))),
            shape=_bounded(np.abs(_change(_shape(boxes)))),
            outside=_bounded(1 - inside),
        )


def _shape(boxes: Floats) -> Floats:
    """(N, 4) -> (N,) logarithm of width over height."""
    sides = np.log(np.maximum(boxes[:, 2:], 1e-3))
    return np.asarray(sides[:, 0] - sides[:, 1], np.float32)


def _change(values: Floats) -> Floats:
    change = np.zeros(len(values), np.float32)
    np.subtract(values[1:], values[:-1], out=change[1:])
    return change


def _bounded(values: Floats) -> Floats:
    """Clip to [0, 1]; NaN becomes 0, because ``fmax`` and ``fmin`` prefer the number that is not NaN."""
    return np.asarray(np.fmin(np.fmax(values, 0), 1), np.float32)


def _mean_around(values: Floats, where: Flags) -> Floats:
    """(N,): means over the neighbouring frames in ``where``; 0 if there are none."""
    kernel = np.ones(2 * NEARBY + 1)
    sums = np.convolve(np.where(where, values, 0), kernel)[NEARBY:-NEARBY]
    counts = np.convolve(where, kernel)[NEARBY:-NEARBY]
    return np.asarray(sums / np.maximum(counts, 1), np.float32)


def _first(marked: Flags) -> int:
    return int(marked.argmax()) if marked.any() else len(marked)
