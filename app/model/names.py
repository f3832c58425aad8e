"""Names of labels and attributes: one line that every screen can show and every format can hold."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

LONGEST_NAME = 200  # characters
LONGEST_VALUE = 10_000  # characters of an attribute's value

_NO_PART_OF_A_NAME = frozenset({"Cc", "Cs", "Zl", "Zp"})  # control characters, lone surrogates, line ends
_NO_CHARACTERS = "\ufffe\uffff"  # never assigned by Unicode, and not allowed in XML


def clean_name(text: str) -> str:
    """The name without line breaks, control characters and lone surrogates, with single spaces between its words.

    Empty if nothing else is in it. A clean name is returned unchanged.
    """
    spaced = "".join(" " if _is_no_part(character) else character for character in text)
    return " ".join(spaced.split())[:LONGEST_NAME].strip()


def clean_text(text: str) -> str:
    """A value of an attribute: like ``clean_name``, but keeps lines and spaces."""
    return "".join(
        character if character in "\n\t" or not _is_no_part(character) else " "
        for character in text.replace("\r\n", "\n")
    )


def clean_attributes(attributes: Mapping[str, str]) -> dict[str, str]:
    """Clean names and values, none too long; an attribute whose name becomes empty is dropped."""
    return {name: clean_text(value)[:LONGEST_VALUE] for key, value in attributes.items() if (name := clean_name(key))}


def _is_no_part(character: str) -> bool:
    return unicodedata.category(character) in _NO_PART_OF_A_NAME or character in _NO_CHARACTERS
