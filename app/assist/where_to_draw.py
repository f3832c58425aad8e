"""Suggests where to draw next: the frame where a box would settle most. The first doubtful frame is a poor choice: its
box is almost right, the target is often blurred or half hidden, and the run from before reaches it anyway. From a box
farther on, a run also comes back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from app.assist.track_doubts import TrackDoubts
from app.assist.track_signs import Flags, State
from app.model.doubt import DoubtRules

OVERSHOOT: Final = 1.0
"""How far beyond the first doubtful frame, as a share of the run's good frames, because the run back is about as good.
"""

LIKELY: Final = 0.5  # more likely wrong than right

FURTHEST_BEYOND: Final = 60  # frames; a lost run says nothing about frames far beyond


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Draw or confirm the box of this track at this frame. ``settles``: how many wrong boxes that may correct."""

    track_id: int
    frame: int
    settles: float


def where_to_draw(doubts: TrackDoubts, rules: DoubtRules) -> Suggestion | None:
    """The best frame of one track; None if nothing of it is doubtful. Between two keyframes it is the middle of what is
    likely wrong. After the last keyframe it is beyond the first frame that is likely wrong, by as many frames as the
    run was good before. If nothing is likely wrong, it is the most doubtful frame. Stretches are taken in order of
    time, because everything after a wrong box is tracked again from the next drawn one.
    """
    signs = doubts.signs
    strength = np.where(signs.settled, 0, doubts.strength)
    doubtful = strength > rules.threshold
    if not doubtful.any():
        return None
    first = int(doubtful.argmax())
    drawn = signs.state == State.KEYFRAME
    before, after = _last(drawn[:first]), _first(drawn[first:])
    stretch = slice(first, len(doubtful) if after is None else first + after)
    settles = float(strength[stretch][doubtful[stretch]].sum())
    likely = np.flatnonzero(strength[stretch] > max(LIKELY, rules.threshold))
    if len(likely) == 0:
        frame = first + int(strength[stretch].argmax())
    elif after is not None:
        frame = first + int(likely[len(likely) // 2])
    else:
        good = first + int(likely[0]) - (before or 0)
        beyond = int(likely[0]) + min(round(good * OVERSHOOT), FURTHEST_BEYOND)
        frame = first + int(likely[likely <= beyond][-1])
    return Suggestion(doubts.track_id, frame, settles)


def _first(marked: Flags) -> int | None:
    return int(marked.argmax()) if marked.any() else None


def _last(marked: Flags) -> int | None:
    return len(marked) - 1 - int(marked[::-1].argmax()) if marked.any() else None
