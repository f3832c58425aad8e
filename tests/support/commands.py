"""The output of a command, and what the tests of commands track."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tracker_core.geometry import Box

CLIP_FRAMES = 30
FIRST_BOX = Box(40, 20, 20, 10)


@dataclass(frozen=True)
class Answer:
    """Exit code, standard output and standard error."""

    code: int
    said: str
    complained: str

    @property
    def is_refusal(self) -> bool:
        """Whether it is the right answer to bad input: one line on standard error, nothing else, exit code 2."""
        return self.code == 2 and not self.said and self.complained.count("\n") == 1


Run = Callable[..., Answer]
