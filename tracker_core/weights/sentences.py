"""Words of a stranger's file inside a sentence of ours: one line, short, and of letters that can be printed."""

from __future__ import annotations

MOST_LETTERS = 80
MOST_OF_A_PROBLEM = 240


def shown(text: str, most: int = MOST_LETTERS) -> str:
    """The text, cut where it is long, with a question mark for each letter that cannot be printed."""
    cut = text if len(text) <= most else text[: most - 1] + "…"
    return "".join(letter if letter.isprintable() else "?" for letter in cut)


def in_short(error: Exception) -> str:
    """What an error says, on one line."""
    return shown(" ".join(str(error)[: 4 * MOST_OF_A_PROBLEM].split()), MOST_OF_A_PROBLEM) or type(error).__name__
