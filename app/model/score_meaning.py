"""What a score says, which depends on the run that gave it."""

from __future__ import annotations

from enum import Enum, auto

from app.language import tr


class ScoreMeaning(Enum):
    MEASURED = auto()  # how likely the box is right
    RAW = auto()  # the network's own number, whose meaning was never measured
    CHANGED = auto()  # made with constants that a person had changed, for which nothing was measured


def score_text(score: float, meaning: ScoreMeaning) -> str:
    """A score as a number; where it does not say how likely its box is right, with a word that says so."""
    match meaning:
        case ScoreMeaning.MEASURED:
            return f"{score:.2f}"
        case ScoreMeaning.RAW:
            return tr("raw {score:.2f}", score=score)
        case ScoreMeaning.CHANGED:
            return tr("{score:.2f} (changed settings)", score=score)


def caution(meaning: ScoreMeaning) -> str:
    """What is to be known of changed constants where there is room for it; empty of all other scores."""
    return tr("made with changed settings: not calibrated") if meaning is ScoreMeaning.CHANGED else ""


def with_caution(text: str, meaning: ScoreMeaning) -> str:
    """A text that tells a score, with the caution behind it in brackets."""
    return tr("{text} ({caution})", text=text, caution=caution(meaning)) if caution(meaning) else text
