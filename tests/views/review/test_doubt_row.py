"""What the list of doubts says of how sure it is."""

from __future__ import annotations

import pytest

from app.model.doubt import Doubt, DoubtKind
from app.model.doubt_words import words_for
from app.model.score_meaning import ScoreMeaning
from app.views.review.doubt_list import DoubtRow


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (DoubtKind.LOW_SCORE, "Wrong with a probability of 60%."),
        (DoubtKind.GAP, "Wrong with a probability of 60%, at a guess."),
        (DoubtKind.IDENTITY, "Mixed up with a probability of 60%, at a guess."),
        (DoubtKind.FOUND_AGAIN, "Looks alike to 60%."),
    ],
)
def test_what_nobody_has_measured_is_called_a_guess(kind: DoubtKind, said: str) -> None:
    doubt = Doubt(1, 10, 20, 12, kind, 0.6, "because")
    assert DoubtRow(doubt, "car", "#fff").sentence == f"#1 car, frames 10–20: because. {said}"


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (DoubtKind.LOW_SCORE, "because (made with changed settings: not calibrated). Wrong with a probability of 60%"),
        (DoubtKind.JUMP, "because. Wrong with a probability of 60%"),
    ],
)
def test_what_was_tracked_with_changed_settings_is_a_guess_and_its_score_says_so(kind: DoubtKind, said: str) -> None:
    row = DoubtRow(Doubt(1, 10, 20, 12, kind, 0.6, "because"), "car", "#fff", score_meaning=ScoreMeaning.CHANGED)
    assert row.sentence == f"#1 car, frames 10–20: {said}, at a guess."


@pytest.mark.parametrize("kind", [DoubtKind.LOW_SCORE, DoubtKind.SCORE_DROP])
def test_a_raw_score_is_no_probability(kind: DoubtKind) -> None:
    raw = words_for(kind, frame_count=11, score=0.05, earlier_score=0.92, meaning=ScoreMeaning.RAW)
    text = words_for(kind, frame_count=11, score=0.05, earlier_score=0.92)
    assert "%" in text
    assert "raw" in raw
    assert "%" not in raw
    doubt = Doubt(1, 10, 20, 12, kind, 0.6, text, raw)
    row = DoubtRow(doubt, "car", "#fff", score_meaning=ScoreMeaning.RAW)
    assert row.reason == raw
    assert row.sentence == f"#1 car, frames 10–20: {raw}. Wrong with a probability of 60%, at a guess."
    assert DoubtRow(doubt, "car", "#fff").reason == text
