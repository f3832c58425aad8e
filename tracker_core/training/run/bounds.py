"""The limits of each number in a training file.

They exclude values with which a training would fail or never finish: a negative batch, a rate that is NaN, a network
too large for any memory. A value within them need not be a good one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Final

from tracker_core.target import EXEMPLAR_SIZE
from tracker_core.trackers.network_bounds import NETWORK_BOUNDS, SIDE, Range

SHARE: Final = (0, 1)
STEPS: Final = (0, 10_000_000)
SPREAD: Final = (0, 2)  # a standard deviation or range, often of a logarithm: 2 means a factor of e^2, about seven
DEGREES: Final = (0, 180)

BOUNDS: Final[Mapping[str, Range]] = {
    **{f"network.{name}": bounds for name, bounds in NETWORK_BOUNDS.items() if name != "version"},  # NanoTrack's
    "pairs.mix": (0, 1e6),
    "pairs.search_size": SIDE,
    "pairs.window": (16, EXEMPLAR_SIZE),
    "pairs.frame_range": (1, 1_000_000),
    "pairs.negative": SHARE,
    "pairs.negative_kinds": (0, 1e6),
    "pairs.strangers": (0, 1e6),
    "pairs.synthetic": SHARE,
    "pairs.composite": SHARE,
    "pairs.look_alike": SHARE,
    "pairs.surround": SHARE,
    "pairs.cover": SHARE,
    "pairs.flip": SHARE,
    "pairs.grey": SHARE,
    "pairs.exemplars": (1, 2),
    "pairs.stranger": SHARE,
    "pairs.composite_rotation": DEGREES,
    **{
        f"pairs.{jitter}_jitter.{name}": bounds
        for jitter in ("exemplar", "search", "same")
        for name, bounds in (("shift", (0, 512)), ("scale", (0, 0.9)), ("aspect", SPREAD), ("rotation", DEGREES))
    },
    "pairs.photometry.light": SPREAD,
    "pairs.photometry.contrast": SPREAD,
    "pairs.photometry.tint": SPREAD,
    "pairs.photometry.fade": SHARE,
    "pairs.photometry.blur": SHARE,
    "pairs.photometry.soften": SHARE,
    "pairs.photometry.noise": SHARE,
    "pairs.photometry.far": SHARE,
    "pairs.clip.look_alikes": (0, 32),
    "pairs.clip.twin": SHARE,
    "pairs.clip.occluders": (0, 32),
    "pairs.clip.speed": (0, 4),
    "pairs.clip.jump": SHARE,
    "pairs.clip.rotation": DEGREES,
    "pairs.clip.scale": SPREAD,
    "pairs.clip.aspect": SPREAD,
    "pairs.clip.light": SPREAD,
    "pairs.clip.shutter": SHARE,
    "pairs.clip.shadow": SHARE,
    "loss.radius": (0.1, 512),
    "schedule.steps": (1, STEPS[1]),
    "schedule.batch": (1, 4096),
    "schedule.rate": (0, 10),
    "schedule.final_rate": (0, 10),
    "schedule.warm_up": STEPS,
    "schedule.frozen": STEPS,
    "schedule.rates": (0, 100),
    "schedule.weight_decay": (0, 10),
    "schedule.clip": (1e-6, 1e6),
    "schedule.average": (0, 0.999999),
    "schedule.checkpoint_every": (1, STEPS[1]),
    "schedule.seed": (0, 2**31 - 1),
    "schedule.workers": (0, 64),
    "schedule.threads": (0, 256),
    "weights.classification": (0, 1e4),
    "weights.box": (0, 1e4),
    "weights.distillation": (0, 1e4),
    "validation.frames": (2, 1_000_000),
    "validation.pairs": (1, 1_000_000),
    "validation.every": (1, STEPS[1]),
}
"""By table and key. The bounds of a list or a table apply to every number in it."""


def numbers_of(table: object) -> Mapping[str, list[float]]:
    """The numbers of a table by key: one number, or all numbers of a list or mapping. Nested tables are left out."""
    found: dict[str, list[float]] = {}
    for name in (field.name for field in fields(table)):  # type: ignore[arg-type]  # always a dataclass
        value = getattr(table, name)
        if is_dataclass(value):
            continue
        values = value.values() if isinstance(value, Mapping) else value if isinstance(value, tuple) else (value,)
        numbers = [number for number in values if isinstance(number, int | float) and not isinstance(number, bool)]
        if numbers:
            found[name] = numbers
    return found


def check_bounds(table: object, section: str) -> None:
    """
    Raises:
        ValueError: if a number of this table is out of its bounds or NaN; its text names the key and the bounds.
    """
    for name, numbers in numbers_of(table).items():
        least, most = BOUNDS[f"{section}.{name}"]
        for number in numbers:
            if not least <= number <= most:  # also catches NaN
                raise ValueError(f"`{name}` must be from {least:,} to {most:,}, not {number}")
