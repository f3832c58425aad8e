"""Quotes text from outside in a message: on one line, short, and printable."""

from __future__ import annotations

MOST_LETTERS = 80
MOST_OF_A_PROBLEM = 240


def shown(text: str, most: int = MOST_LETTERS) -> str:
    """The text, shortened if it is long, with a question mark for each unprintable character."""
    cut = text if len(text) <= most else text[: most - 1] + "…"
    return "".join(letter if letter.isprintable() else "?" for letter in cut)


def in_short(error: Exception) -> str:
    """The text of an error on one line."""
    return shown(" ".join(str(error)[: 4 * MOST_OF_A_PROBLEM].split()), MOST_OF_A_PROBLEM) or type(error).__name__
