"""How a person chooses the rule by which the pictures of a file are matched with frames."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.exchange.errors import ExchangeError, quoted


class Rule(StrEnum):
    """How pictures are matched with frames. The values are those of ``--match``."""

    NAME = "name"
    NUMBER = "number"
    FRAME_ID = "frame-id"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class Match:
    """The rule that a person chose. ``base`` is the number of the first frame; None to derive it."""

    rule: Rule
    base: int | None = None

    @classmethod
    def parse(cls, text: str) -> Match:
        """``name``, ``number``, ``number:0``, ``number:1``, ``frame-id``, ``frame-id:0``, ``frame-id:1``, ``order``.

        Raises:
            ExchangeError: for anything else.
        """
        rule, colon, base = text.partition(":")
        has_base = rule in (Rule.NUMBER, Rule.FRAME_ID) and base in ("0", "1")
        if rule not in frozenset(Rule) or (colon and not has_base):
            known = ", ".join(Rule)
            raise ExchangeError(
                f"There is no rule {quoted(text)} to match pictures; choose one of {known}. Add :0 or :1 to number and "
                "frame-id to say what the first frame is called."
            )
        return cls(Rule(rule), int(base) if colon else None)

    def __str__(self) -> str:
        return str(self.rule) if self.base is None else f"{self.rule}:{self.base}"
