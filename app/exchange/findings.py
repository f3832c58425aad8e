"""The findings of a check, one line for each rule, even if a file breaks it a million times."""

from __future__ import annotations

from app.exchange.errors import printable


class Findings:
    """Collects faults by rule and part of the file, and keeps the first place of each."""

    def __init__(self) -> None:
        self._first: dict[tuple[str, str], str] = {}
        self._count: dict[tuple[str, str], int] = {}

    def add(self, place: str, rule: str, detail: str = "") -> None:
        """``place``: part and line or entry of the file. ``rule``: the same text for all faults of a kind. ``detail``:
        what is there instead.
        """
        place, rule, detail = printable(place), printable(rule), printable(detail)
        part, _, _ = place.partition(",")
        self._first.setdefault((part, rule), f"{place}: {detail}{rule}")
        self._count[part, rule] = self._count.get((part, rule), 0) + 1

    def lines(self) -> list[str]:
        return [
            f"{first} ({self._count[key] - 1} more like this)" if self._count[key] > 1 else first
            for key, first in self._first.items()
        ]
