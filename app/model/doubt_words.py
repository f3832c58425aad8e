"""The words that describe a doubt to a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from app.model.doubt import Doubt, DoubtKind
from app.model.words import counted

NAMES = {
    DoubtKind.LOW_SCORE: "low score",
    DoubtKind.SCORE_DROP: "score drops",
    DoubtKind.SIDES_PART: "directions disagree",
    DoubtKind.JUMP: "jumps",
    DoubtKind.SIZE_JUMP: "size jumps",
    DoubtKind.SHAPE_JUMP: "shape jumps",
    DoubtKind.GAP: "gap",
    DoubtKind.TWO_ON_ONE: "two tracks on one target",
    DoubtKind.OTHER_OBJECT: "another object",
    DoubtKind.LEAVES_PICTURE: "leaves the picture",
    DoubtKind.LOST: "lost",
    DoubtKind.INTERPOLATED: "interpolated",
    DoubtKind.LOOSE: "loose box",
    DoubtKind.STALE: "out of date",
    DoubtKind.SAID_WRONG: "said to be wrong",
    DoubtKind.IDENTITY: "who is who",
    DoubtKind.FOUND_AGAIN: "found again",
}
"""Each kind in a word or two, for a filter or a badge."""


def words_for(
    kind: DoubtKind,
    *,
    frame_count: int,
    score: float = float("nan"),
    earlier_score: float = float("nan"),
    other_track_id: int | None = None,
) -> str:
    """One line that says why: "score drops from 92 % to 40 %". Scores may be NaN where there is none."""
    match kind:
        case DoubtKind.LOW_SCORE if score == score:
            return f"low score of {score:.0%}".replace("%", " %")
        case DoubtKind.SCORE_DROP if score == score and earlier_score > score:
            return f"score drops from {earlier_score:.0%} to {score:.0%}".replace("%", " %")
        case DoubtKind.SIDES_PART:
            return "forward and backward disagree"
        case DoubtKind.JUMP:
            return "jumps from one frame to the next"
        case DoubtKind.SIZE_JUMP:
            return "changes its size from one frame to the next"
        case DoubtKind.SHAPE_JUMP:
            return "changes its shape from one frame to the next"
        case DoubtKind.GAP:
            return f"gap of {counted(frame_count, 'frame')}"
        case DoubtKind.TWO_ON_ONE:
            return "on the same target as another track" if other_track_id is None else f"same box as #{other_track_id}"
        case DoubtKind.OTHER_OBJECT:
            return "looks like another object"
        case DoubtKind.LEAVES_PICTURE:
            return "leaves the picture"
        case DoubtKind.LOST:
            return f"lost for {counted(frame_count, 'frame')}"
        case DoubtKind.INTERPOLATED:
            return f"interpolated over {counted(frame_count, 'frame')}"
        case DoubtKind.LOOSE:
            return "may be loose"
        case DoubtKind.STALE:
            return "tracked before the last correction"
        case DoubtKind.SAID_WRONG:
            return "you said that it is wrong"
        case _:
            return NAMES[kind]


def tally(doubts: Iterable[Doubt]) -> str:
    """How many there are: "12 doubtful, 1 gap, 2 clashes"; empty if there is none."""
    kinds = Counter(doubt.kind for doubt in doubts)
    gaps, clashes = kinds.pop(DoubtKind.GAP, 0), kinds.pop(DoubtKind.TWO_ON_ONE, 0)
    doubtful = kinds.total()
    parts = [
        f"{doubtful:,} doubtful" if doubtful else "",
        counted(gaps, "gap") if gaps else "",
        counted(clashes, "clash", "clashes") if clashes else "",
    ]
    return ", ".join(filter(None, parts))
