"""The header of our weights files: one JSON text under one key. Does not import torch, so every module may read it.

The file is safetensors: eight bytes of length, a JSON object that says where each tensor lies, the numbers. A stranger
may have written the file, so the header is checked against bounds before a parser sees it.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

HEADER_KEY = "siamark"
MOST_BYTES = 2_000_000  # the largest network that Siamark knows has 60,000
MOST_DEPTH = 16
MOST_DIGITS = 30
PARTS = ("network", "constants", "source", "reliability")
"""The tables beside ``family``; the last three may be left out."""

# An unterminated text counts too: searching on after each of its characters would take quadratic time.
_BRACKETS = re.compile(rb'"(?:[^"\\]|\\.)*+"?|[\[\]{}]', re.DOTALL)


class HeaderError(ValueError):
    """The file has no header of ours; the text says why and follows the file's name in a sentence."""


class MissingHeaderError(HeaderError):
    """A safetensors file of another program, without our header."""


class DamagedHeaderError(HeaderError):
    """A safetensors file whose header of ours is damaged."""


def read_header(path: Path) -> dict[str, Any]:
    """Read ``family``, a text, and the tables of ``PARTS``. Of their content, only numbers are checked: all must be
    finite.

    Raises:
        HeaderError: if it is not a header of ours.
        OSError: if the file cannot be read.
    """
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        if length > path.stat().st_size:
            raise HeaderError("its header is longer than the file")
        if length > MOST_BYTES:
            raise HeaderError(f"its header has {length / 1e6:.0f} MB, more than any tracker's")
        metadata = _parsed(file.read(length)).get("__metadata__")
    text = metadata.get(HEADER_KEY) if isinstance(metadata, dict) else None
    if not isinstance(text, str):
        raise MissingHeaderError("it does not say what its layers are")
    try:
        return _checked(_parsed(text.encode("utf-8", "surrogatepass")))
    except HeaderError as error:
        raise DamagedHeaderError(str(error)) from error


def _checked(header: Mapping[str, Any]) -> dict[str, Any]:
    if not isinstance(header.get("family"), str) or "network" not in header:
        raise HeaderError("its family or its layers are not given")
    tables = {part: header.get(part, {}) for part in PARTS}
    for name, table in tables.items():
        if not isinstance(table, dict):
            raise HeaderError(f"its '{name}' is not a table")
    return {"family": header["family"], **tables}


def _parsed(text: bytes) -> dict[str, Any]:
    """Parse a JSON object, with limits on its nesting and its numbers."""
    _check_depth(text)
    try:
        found = json.loads(text.decode("utf-8"), parse_int=_integer, parse_float=_number, parse_constant=_no_number)
    except HeaderError:
        raise
    except (ValueError, RecursionError) as error:
        raise HeaderError("it is damaged") from error
    if not isinstance(found, dict):
        raise HeaderError("it is damaged")
    return found


def _check_depth(text: bytes) -> None:
    depth = 0
    for found in _BRACKETS.finditer(text):
        match found[0]:
            case b"{" | b"[":
                depth += 1
                if depth > MOST_DEPTH:
                    raise HeaderError("it is nested deeper than any tracker's")
            case b"}" | b"]":
                depth -= 1


def _integer(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise HeaderError(f"it holds a number of {len(digits)} digits")
    return int(digits)


def _number(digits: str) -> float:
    if not math.isfinite(number := float(digits)):
        raise HeaderError("it holds a number that is not finite")
    return number


def _no_number(name: str) -> NoReturn:
    raise HeaderError(f"it holds {name} where a number should be")


def numbers_of(table: Mapping[str, Any], name: str) -> dict[str, float]:
    """Check that a table holds only numbers and switches, and return it unchanged.

    Raises:
        HeaderError: if something else is in it.
    """
    for key, value in table.items():
        if not isinstance(value, int | float) or abs(value) > 1e9:
            raise HeaderError(f"'{key[:40]}' of its '{name}' is not a usable number")
    return dict(table)
