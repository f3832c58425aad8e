"""The layout of the timeline's parts in its viewport. No widgets here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

RULER_HEIGHT = 34
STRIP_HEIGHT = 6  # the doubt strip, at the bottom of the ruler
ROW_HEIGHT = 24
SCORE_HEIGHT = 72


class Part(Enum):
    RULER = auto()
    ROWS = auto()
    SCORE = auto()


@dataclass(frozen=True, slots=True)
class TimelineLayout:
    """The ruler on top, the score curve at the bottom, and the rows between them, scrolled by ``scroll`` pixels."""

    width: int
    height: int
    row_count: int
    scroll: int = 0

    @property
    def time_width(self) -> int:
        return max(self.width, 1)

    @property
    def score_top(self) -> int:
        return max(self.height - SCORE_HEIGHT, RULER_HEIGHT)

    @property
    def rows_height(self) -> int:
        return self.score_top - RULER_HEIGHT

    @property
    def max_scroll(self) -> int:
        return max(0, self.row_count * ROW_HEIGHT - self.rows_height)

    def part_at(self, y: float) -> Part:
        if y < RULER_HEIGHT:
            return Part.RULER
        return Part.ROWS if y < self.score_top else Part.SCORE

    def row_top(self, row: int) -> int:
        return RULER_HEIGHT + row * ROW_HEIGHT - self.scroll

    def row_at(self, y: float) -> int | None:
        """The row under this pixel, or None."""
        row = int(y - RULER_HEIGHT + self.scroll) // ROW_HEIGHT
        return row if self.part_at(y) is Part.ROWS and row < self.row_count else None

    def visible_rows(self) -> range:
        first = self.scroll // ROW_HEIGHT
        return range(first, min(self.row_count, -(-(self.scroll + self.rows_height) // ROW_HEIGHT)))

    def scroll_showing(self, row: int) -> int:
        """The scroll position nearest to the current one that shows all of this row."""
        top, bottom = row * ROW_HEIGHT, (row + 1) * ROW_HEIGHT
        return min(max(self.scroll, bottom - self.rows_height), top)
