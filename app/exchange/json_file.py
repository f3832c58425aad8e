"""Reads foreign JSON files."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Never

from app.exchange.errors import ExchangeError, quoted, read_text, shortened
from app.model.attributes import NO, YES

Entry = dict[str, Any]

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def load_object(path: Path, what: str) -> Entry:
    """The object in a file. ``what`` it should be, such as "a COCO file", is for the message.

    Raises:
        ExchangeError: if it is not a JSON object, or holds NaN, which is not JSON although Python writes it.
    """

    def refuse(constant: str) -> Never:
        raise ValueError(f"it holds {constant}, which JSON does not know")

    try:
        document = json.loads(read_text(path), parse_constant=refuse)
    except RecursionError:
        raise ExchangeError(f"{path} is not valid JSON: its brackets are nested too deep.") from None
    except ValueError as error:
        raise ExchangeError(f"{path} is not valid JSON: {shortened(str(error))}.") from None
    if not isinstance(document, dict):
        raise ExchangeError(f"{path} is not {what}: it is a {type(document).__name__}, not an object.")
    return document


def attributes_of(entry: Mapping[str, Any], key: str = "attributes") -> dict[str, str]:
    """The attributes of a track as texts; a list or object is only named.

    Raises:
        ValueError: if it is not an object.
    """
    attributes = entry.get(key)
    if attributes is None:
        return {}
    if not isinstance(attributes, dict):
        raise ValueError(f"{key} is {quoted(attributes)}, not an object")
    return {name: text for name, value in attributes.items() if (text := value_text(value))}


def value_text(value: object) -> str:
    """A value of an attribute as a text; empty for null. A list or object is only named."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    return value if isinstance(value, str) else quoted(value)


def colour_or_none(value: object) -> str | None:
    """``#rrggbb``; None for anything else."""
    return value if isinstance(value, str) and _COLOUR.fullmatch(value) else None
