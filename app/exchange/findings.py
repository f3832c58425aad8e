"""What a check finds, a line a rule: a file with one fault a million times has one fault."""

from __future__ import annotations


class Findings:
    """Collects faults by rule and keeps the first place of each."""

    def __init__(self) -> None:
        self._first: dict[str, str] = {}
        self._count: dict[str, int] = {}

    def add(self, place: str, rule: str, detail: str = "") -> None:
        """``place``: a line or an entry. ``rule``: the same for each fault of a kind. ``detail``: what stands there."""
        self._first.setdefault(rule, f"{place}: {detail}{rule}")
        self._count[rule] = self._count.get(rule, 0) + 1

    def lines(self) -> list[str]:
        return [
            f"{first} ({self._count[rule] - 1} more like this)" if self._count[rule] > 1 else first
            for rule, first in self._first.items()
        ]
