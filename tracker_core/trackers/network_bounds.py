"""How large each number of a network's description may be.

A description comes from a weights file or a training file, so a stranger may have written it: a network of 10^9 blocks
would never be made. The bounds say nothing about what is wise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields
from typing import Any, Final, TypeAlias

from tracker_core.target import EXEMPLAR_SIZE

Range: TypeAlias = tuple[float, float]
"""Both included."""

CHANNELS: Final = (1, 1024)
SIDE: Final = (EXEMPLAR_SIZE, 1023)  # pixels
MOST_LEVELS = 8

NETWORK_BOUNDS: Final[Mapping[str, Range]] = {
    "width": (0.05, 4),
    "stem": CHANNELS,
    "middle": CHANNELS,
    "channels": CHANNELS,
    "blocks": (1, 16),
    "head_channels": CHANNELS,
    "instance_size": SIDE,
    "levels": (0, 10),
    "neck_channels": CHANNELS,
    "exemplars": (1, 2),
    "target_cells": (2, 8),
    "grid": (1, 16),
    "embedding": (1, 4096),
    "margin": (0.01, 100),
    "version": (1, 3),
}
"""By the name of a field in any family's ``NetworkConfig``; the numbers of a list have their field's."""


def check_description(config: type[Any], description: Mapping[str, Any]) -> None:
    """Whether ``config(**description)`` makes a network that a machine can hold. Names that the config does not know
    are left to it.

    Raises:
        TypeError: if a value is not of the kind that its field has.
        ValueError: if a number is out of its bounds or NaN.
    """
    for field in fields(config):
        if field.name not in description:
            continue
        value = description[field.name]
        if field.default is MISSING or not _is_like(value, field.default):
            raise TypeError(f"`{field.name}` cannot be {str(value)[:40]!r}")
        values = value if isinstance(value, list | tuple) else (value,)
        for number in values:
            if isinstance(number, bool | str):
                continue
            least, most = NETWORK_BOUNDS[field.name]
            if not least <= number <= most:  # false for "nan" as well
                raise ValueError(f"`{field.name}` must be from {least:,} to {most:,}, not {str(number)[:40]}")


def _is_like(value: object, default: object) -> bool:
    match default:
        case bool():
            return isinstance(value, bool)
        case int():
            return type(value) is int
        case float():
            return type(value) in (int, float)
        case str():
            return isinstance(value, str)
        case _:  # of whole numbers
            return (
                isinstance(value, list | tuple) and len(value) <= MOST_LEVELS and all(type(one) is int for one in value)
            )
