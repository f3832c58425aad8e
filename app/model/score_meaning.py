"""What a score says. That depends on the run that gave it."""

from __future__ import annotations

from enum import Enum, auto
from typing import Final

from app.language import tr
from app.model.box_record import BoxRecord

AGREEING: Final = 0.5
"""IoU of the boxes of both directions."""


class ScoreMeaning(Enum):
    MEASURED = auto()  # how likely the box is right
    RAW = auto()  # the network's own number, whose meaning was never measured
    CHANGED = auto()  # made with changed constants, for which nothing was measured


def score_text(score: float, meaning: ScoreMeaning) -> str:
    """A score as a number, with the word "raw" if it does not say how likely the box is right."""
    match meaning:
        case ScoreMeaning.MEASURED:
            return f"{score:.2f}"
        case ScoreMeaning.RAW:
            return tr("raw {score:.2f}", score=score)
        case ScoreMeaning.CHANGED:
            return tr("{score:.2f} (changed settings)", score=score)


def agreement_text(record: BoxRecord) -> str:
    """Says that the runs from both sides gave nearly the same box, which may outweigh a low score. Empty if they did
    not, or if there was only one.
    """
    agrees = record.accord is not None and record.accord >= AGREEING
    return tr("both directions agree") if agrees else ""


def caution(meaning: ScoreMeaning) -> str:
    """A warning about changed constants, for places with room for it; empty for all other scores."""
    return tr("made with changed settings: not calibrated") if meaning is ScoreMeaning.CHANGED else ""


def with_caution(text: str, meaning: ScoreMeaning) -> str:
    """A text with a score, followed by the warning in brackets."""
    return tr("{text} ({caution})", text=text, caution=caution(meaning)) if caution(meaning) else text
