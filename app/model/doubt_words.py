"""The words that describe a doubt to a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from app.language import marked, tr, tr_counted, translated
from app.model.doubt import Doubt, DoubtKind
from app.model.score_meaning import ScoreMeaning

NAMES = {
    DoubtKind.LOW_SCORE: marked("low score"),
    DoubtKind.SCORE_DROP: marked("score drops"),
    DoubtKind.SIDES_PART: marked("directions disagree"),
    DoubtKind.JUMP: marked("jumps"),
    DoubtKind.SIZE_JUMP: marked("size jumps"),
    DoubtKind.SHAPE_JUMP: marked("shape jumps"),
    DoubtKind.GAP: marked("gap"),
    DoubtKind.TWO_ON_ONE: marked("two tracks on one target"),
    DoubtKind.LEAVES_PICTURE: marked("leaves the picture"),
    DoubtKind.LOST: marked("lost"),
    DoubtKind.INTERPOLATED: marked("interpolated"),
    DoubtKind.LOOSE: marked("loose box"),
    DoubtKind.STALE: marked("out of date"),
    DoubtKind.SAID_WRONG: marked("said to be wrong"),
    DoubtKind.IDENTITY: marked("who is who"),
    DoubtKind.FOUND_AGAIN: marked("found again"),
}
"""Each kind in a word or two, for a filter or a badge."""


def words_for(
    kind: DoubtKind,
    *,
    frame_count: int,
    score: float = float("nan"),
    earlier_score: float = float("nan"),
    other_track_id: int | None = None,
    meaning: ScoreMeaning = ScoreMeaning.MEASURED,
) -> str:
    """One line with the reason: "score drops from 92 % to 40 %". Scores may be NaN where there is none. A raw score is
    not a probability, so it is not shown as a percentage: "low raw score of 0.05".
    """
    match kind:
        case DoubtKind.LOW_SCORE if score == score and meaning is ScoreMeaning.RAW:
            return tr("low raw score of {score:.2f}", score=score)
        case DoubtKind.SCORE_DROP if earlier_score > score and meaning is ScoreMeaning.RAW:
            return tr(
                "raw score drops from {earlier_score:.2f} to {score:.2f}", earlier_score=earlier_score, score=score
            )
        case DoubtKind.LOW_SCORE if score == score:
            return tr("low score of {score:.0%}", score=score).replace("%", " %")
        case DoubtKind.SCORE_DROP if score == score and earlier_score > score:
            return tr(
                "score drops from {earlier_score:.0%} to {score:.0%}", earlier_score=earlier_score, score=score
            ).replace("%", " %")
        case DoubtKind.SIDES_PART:
            return tr("forward and backward disagree")
        case DoubtKind.JUMP:
            return tr("jumps from one frame to the next")
        case DoubtKind.SIZE_JUMP:
            return tr("changes its size from one frame to the next")
        case DoubtKind.SHAPE_JUMP:
            return tr("changes its shape from one frame to the next")
        case DoubtKind.GAP:
            return tr("gap of {frames}", frames=tr_counted(frame_count, "frame"))
        case DoubtKind.TWO_ON_ONE:
            return (
                tr("on the same target as another track")
                if other_track_id is None
                else tr("same box as #{other_track_id}", other_track_id=other_track_id)
            )
        case DoubtKind.LEAVES_PICTURE:
            return tr("leaves the picture")
        case DoubtKind.LOST:
            return tr("lost for {frames}", frames=tr_counted(frame_count, "frame"))
        case DoubtKind.INTERPOLATED:
            return tr("interpolated over {frames}", frames=tr_counted(frame_count, "frame"))
        case DoubtKind.LOOSE:
            return tr("may be loose")
        case DoubtKind.STALE:
            return tr("tracked before the last correction")
        case DoubtKind.SAID_WRONG:
            return tr("you said that it is wrong")
        case _:
            return translated(NAMES[kind])


def tally(doubts: Iterable[Doubt]) -> str:
    """The number of doubts: "12 doubtful, 1 gap, 2 clashes"; empty if there are none."""
    kinds = Counter(doubt.kind for doubt in doubts)
    gaps, clashes = kinds.pop(DoubtKind.GAP, 0), kinds.pop(DoubtKind.TWO_ON_ONE, 0)
    doubtful = kinds.total()
    parts = [
        tr("{doubtful:,} doubtful", doubtful=doubtful) if doubtful else "",
        tr_counted(gaps, "gap") if gaps else "",
        tr_counted(clashes, "clash", "clashes") if clashes else "",
    ]
    return ", ".join(filter(None, parts))
