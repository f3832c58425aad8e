from __future__ import annotations

import pytest

from app.model.doubt import Doubt, DoubtKind
from app.model.doubt_words import tally


def doubts(*kinds: DoubtKind) -> list[Doubt]:
    return [Doubt(1, 0, 3, 0, kind, strength=0.5, text="") for kind in kinds]


@pytest.mark.parametrize(
    ("kinds", "text"),
    [
        ((), ""),
        ((DoubtKind.LOW_SCORE, DoubtKind.JUMP), "2 doubtful"),
        ((DoubtKind.GAP,), "1 gap"),
        (
            (DoubtKind.LOST, DoubtKind.GAP, DoubtKind.GAP, DoubtKind.TWO_ON_ONE, DoubtKind.TWO_ON_ONE),
            "1 doubtful, 2 gaps, 2 clashes",
        ),
    ],
)
def test_doubts_are_told_by_what_they_are(kinds: tuple[DoubtKind, ...], text: str) -> None:
    assert tally(doubts(*kinds)) == text
