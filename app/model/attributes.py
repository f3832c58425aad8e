"""Attributes: what a person says about a track besides its label, for the whole track or from a frame on."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.language import tr
from app.model.names import LONGEST_NAME, LONGEST_VALUE, clean_name, clean_text

MOST_CHOICES: Final = 200
LARGEST_BOUND: Final = 1e9
YES, NO = "true", "false"
"""How a yes or no is kept, and what CVAT writes."""

_YES_WORDS = frozenset({"true", "yes", "1", "on"})
_NO_WORDS = frozenset({"false", "no", "0", "off"})

Change = tuple[int, str]
"""A frame, and the value that holds from it on; an empty one says that none does."""


class AttributeKind(StrEnum):
    """The values are stored in project files."""

    TEXT = "text"
    NUMBER = "number"
    CHOICE = "choice"
    YES_NO = "yes-no"


@dataclass(frozen=True, slots=True)
class AttributeDefinition:
    """An attribute that a project defines. Values of every kind are stored as texts.

    ``per_frame``: a value holds from a frame until the next change, not for the whole track. ``choices``: the values of
    a choice. ``low``, ``high``: the bounds of a number, both included; None for no bound.

    Raises:
        ValueError: for a name that is not clean, too few or too many choices, or bounds in the wrong order.
    """

    name: str
    kind: AttributeKind = AttributeKind.TEXT
    per_frame: bool = False
    choices: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None

    def __post_init__(self) -> None:
        if not self.name or clean_name(self.name) != self.name:
            raise ValueError(tr("an attribute cannot be called {name}", name=ascii(self.name[:60])))
        if self.kind is AttributeKind.CHOICE:
            clean = tuple(dict.fromkeys(filter(None, map(clean_name, self.choices))))
            if clean != self.choices or not 1 <= len(clean) <= MOST_CHOICES:
                raise ValueError(
                    tr(
                        "{name} needs 1 to {most} different choices of at most {longest} characters",
                        name=self.name,
                        most=MOST_CHOICES,
                        longest=LONGEST_NAME,
                    )
                )
        elif self.choices:
            raise ValueError(f"{self.name} is no choice, so it has no choices")
        bounds = [bound for bound in (self.low, self.high) if bound is not None]
        if bounds and self.kind is not AttributeKind.NUMBER:
            raise ValueError(f"{self.name} is no number, so it has no bounds")
        if not all(math.isfinite(bound) and abs(bound) <= LARGEST_BOUND for bound in bounds):
            raise ValueError(tr("the bounds of {name} lie within {most}", name=self.name, most=f"{LARGEST_BOUND:g}"))
        if len(bounds) == 2 and bounds[0] > bounds[1]:
            raise ValueError(tr("the least {name} is above the greatest", name=self.name))

    def fitted(self, value: str) -> str | None:
        """The value as stored, or None if it does not fit. An empty text is not a value."""
        text = clean_text(value)
        if not text.strip():
            return ""
        match self.kind:
            case AttributeKind.TEXT:
                return text if len(text) <= LONGEST_VALUE else None
            case AttributeKind.CHOICE:
                return text.strip() if text.strip() in self.choices else None
            case AttributeKind.YES_NO:
                word = text.strip().casefold()
                return YES if word in _YES_WORDS else NO if word in _NO_WORDS else None
            case AttributeKind.NUMBER:
                return self._fitted_number(text.strip())

    def _fitted_number(self, text: str) -> str | None:
        try:
            number = float(text)
        except ValueError:
            return None
        low = -LARGEST_BOUND if self.low is None else self.low
        high = LARGEST_BOUND if self.high is None else self.high
        return number_text(number) if low <= number <= high else None  # NaN is outside all bounds

    @property
    def demand(self) -> str:
        """What a value must be, as in "a number from 0 to 8"."""
        match self.kind:
            case AttributeKind.TEXT:
                return tr("a text of at most {most} characters", most=f"{LONGEST_VALUE:,}")
            case AttributeKind.YES_NO:
                return tr("yes or no")
            case AttributeKind.CHOICE:
                return tr("one of {choices}", choices=", ".join(self.choices))
            case AttributeKind.NUMBER:
                return f"{tr('a number')} {self.bounds_text}".strip()

    @property
    def bounds_text(self) -> str:
        """The bounds of a number, as in "from 0 to 8"; empty without bounds."""
        low, high = (None if bound is None else number_text(bound) for bound in (self.low, self.high))
        if low is not None and high is not None:
            return tr("from {low} to {high}", low=low, high=high)
        if low is not None:
            return tr("from {low}", low=low)
        return "" if high is None else tr("up to {high}", high=high)


def number_text(number: float) -> str:
    """The shortest text that gives the same number: "3", "0.25"."""
    return str(int(number)) if float(number).is_integer() else repr(float(number))


@dataclass(frozen=True, slots=True)
class AttributeChanges:
    """The changes of each attribute in a track, in order of frames. Before the first change, the value of the whole
    track holds (``Track.attributes``). No change repeats the value before it.
    """

    by_name: Mapping[str, tuple[Change, ...]]

    @classmethod
    def of(cls, changes: Mapping[str, Iterable[Change]], base: Mapping[str, str] | None = None) -> AttributeChanges:
        """Sort changes, keep the last of each frame, and drop those that change nothing.

        Raises:
            ValueError: for a frame before 0.
        """
        tidy: dict[str, tuple[Change, ...]] = {}
        for name, several in changes.items():
            holds, kept = (base or {}).get(name, ""), list[Change]()
            for frame, value in sorted(dict(several).items()):
                if frame < 0:
                    raise ValueError(f"a value of {name[:60]!a} cannot hold from frame {frame} on")
                if value != holds:
                    kept.append((frame, value))
                    holds = value
            if kept:
                tidy[name] = tuple(kept)
        return cls(tidy)

    def __bool__(self) -> bool:
        return bool(self.by_name)

    @property
    def count(self) -> int:
        return sum(map(len, self.by_name.values()))

    def place_of(self, name: str, frame: int) -> int:
        """How many changes of an attribute there are up to and including this frame."""
        return bisect_right(self.by_name.get(name, ()), frame, key=lambda change: change[0])

    def held_since(self, name: str, frame: int) -> Change | None:
        """The change that holds at a frame; None if the value of the whole track does."""
        place = self.place_of(name, frame)
        return self.by_name[name][place - 1] if place else None

    def next_after(self, name: str, frame: int) -> int | None:
        """The frame of the next change."""
        changes, place = self.by_name.get(name, ()), self.place_of(name, frame)
        return changes[place][0] if place < len(changes) else None

    def before(self, frame: int) -> dict[str, list[Change]]:
        """The changes before a frame."""
        return {name: [change for change in several if change[0] < frame] for name, several in self.by_name.items()}

    def since(self, frame: int) -> dict[str, list[Change]]:
        """The changes from a frame on."""
        return {name: [change for change in several if change[0] >= frame] for name, several in self.by_name.items()}

    def __iter__(self) -> Iterator[tuple[str, int, str]]:
        """Name, frame and value of each."""
        for name, several in self.by_name.items():
            for frame, value in several:
                yield name, frame, value


NO_CHANGES: Final = AttributeChanges({})


def clean_changes(changes: AttributeChanges, base: Mapping[str, str]) -> AttributeChanges:
    """Changes with clean names and values. One whose name becomes empty is dropped."""
    if not changes:
        return changes
    return AttributeChanges.of(
        {
            name: [(frame, clean_text(value)) for frame, value in several]
            for key, several in changes.by_name.items()
            if (name := clean_name(key))
        },
        base,
    )


def values_at(base: Mapping[str, str], changes: AttributeChanges, frame: int) -> dict[str, str]:
    """The values at a frame: those of the whole track, replaced by changes up to then."""
    if not changes:
        return dict(base)
    values = dict(base)
    for name in changes.by_name:
        held = changes.held_since(name, frame)
        if held is not None:
            values[name] = held[1]
    return {name: value for name, value in values.items() if value}


def changes_of(
    base: Mapping[str, str], said: Mapping[int, Mapping[str, str]]
) -> tuple[dict[str, str], AttributeChanges]:
    """Turn values given frame by frame into values of the whole track and changes. Values of the first frame that never
    change belong to the whole track, as do those in ``base``.
    """
    frames = sorted(said)
    names = dict.fromkeys(name for frame in frames for name in said[frame])
    whole, changes = dict(base), dict[str, list[Change]]()
    for name in names:
        first = said[frames[0]].get(name, "")
        if first:
            whole[name] = first
        else:
            whole.pop(name, None)
        changes[name] = [(frame, said[frame].get(name, "")) for frame in frames]
    return whole, AttributeChanges.of(changes, whole)
