"""Names of labels and attributes: one line that every screen shows and every format holds."""

from __future__ import annotations

import unicodedata

LONGEST_NAME = 200  # characters

_NO_PART_OF_A_NAME = frozenset({"Cc", "Cs", "Zl", "Zp"})  # control characters, lone surrogates, line ends


def clean_name(text: str) -> str:
    """The name without line breaks, control characters and lone surrogates, with single spaces between its words.

    Empty where nothing else is in it. A name that is clean comes back as it is.
    """
    spaced = "".join(" " if unicodedata.category(character) in _NO_PART_OF_A_NAME else character for character in text)
    return " ".join(spaced.split())[:LONGEST_NAME].strip()


def clean_text(text: str) -> str:
    """A value of an attribute: as ``clean_name``, but its lines and spaces stay."""
    kept = "\n\t"
    return "".join(
        character if character in kept or unicodedata.category(character) not in _NO_PART_OF_A_NAME else " "
        for character in text.replace("\r\n", "\n")
    )
