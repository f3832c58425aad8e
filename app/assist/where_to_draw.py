"""Where to draw next: the frame whose box would settle most.

A box at the first doubtful frame settles least: it is as wrong as a box can be without being noticed, often of a target
that is blurred or half hidden, and both runs reach it already. A box farther on has a run come back from it as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from app.assist.track_doubts import TrackDoubts
from app.assist.track_signs import Flags, State
from app.model.doubt import DoubtRules

OVERSHOOT: Final = 1.0
"""Beyond the first doubtful frame, as a share of the way on which the run was good: the run back is about as good."""

FURTHEST_BEYOND: Final = 60  # frames; a run that was lost says nothing of what is far behind


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Draw the box of this track at this frame, or let it stand. ``settles``: wrong boxes that may be put right so."""

    track_id: int
    frame: int
    settles: float


def where_to_draw(doubts: TrackDoubts, rules: DoubtRules) -> Suggestion | None:
    """The best frame of one track; None where nothing of it is doubtful.

    Between two keyframes that is the middle of what is doubtful there. After the last keyframe it lies beyond the first
    doubtful frame, as far again as the run was good before it. Stretches are taken in the order of time, since what
    comes after a wrong box is tracked anew from the next one that is drawn.
    """
    signs = doubts.signs
    doubtful = (doubts.strength > rules.threshold) & ~signs.settled
    if not doubtful.any():
        return None
    first = int(doubtful.argmax())
    fixed = signs.settled & signs.stored & (signs.state != State.ABSENT)
    before, after = _last(fixed[:first]), _first(fixed[first:])
    if after is None:
        beyond = min(round((first - (before or 0)) * OVERSHOOT), FURTHEST_BEYOND)
        stop = min(first + beyond, len(doubtful) - 1)
        frame = first + int(np.flatnonzero(doubtful[first : stop + 1])[-1])
        stretch = slice(first, len(doubtful))
    else:
        stretch = slice(first, first + after)
        places = np.flatnonzero(doubtful[stretch])
        frame = first + int(places[len(places) // 2])
    return Suggestion(doubts.track_id, frame, float(doubts.strength[stretch][doubtful[stretch]].sum()))


def _first(marked: Flags) -> int | None:
    return int(marked.argmax()) if marked.any() else None


def _last(marked: Flags) -> int | None:
    return len(marked) - 1 - int(marked[::-1].argmax()) if marked.any() else None
