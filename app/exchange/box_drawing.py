"""Draws boxes into a picture as the window shows them: a person's are thick, interpolated ones dashed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import cv2

from app.exchange.annotations import Row, TrackHead
from app.model.box_record import Source
from app.model.project import LABEL_COLOURS
from tracker_core.images import Image

Colour = tuple[int, int, int]
Point = tuple[int, int]
Rectangle = tuple[int, int, int, int]  # left, top, right, bottom; the last two are the first outside

LINES_IN_HEIGHT = 240  # line width as a share of the picture's shorter side
TEXT_IN_HEIGHT = 30
SMALLEST_TEXT = 11  # pixels
DASH, PAUSE = 6, 4  # line widths
DARK, BRIGHT = (20, 20, 20), (255, 255, 255)
WEIGHT = 400  # font weight, as in style sheets


class BoxDrawing:
    """``notes``: sentences about what could not be drawn exactly."""

    def __init__(self, tracks: Iterable[TrackHead], *, width: int, height: int) -> None:
        """``width`` and ``height`` are those of the pictures; they decide how thick lines are."""
        heads = list(tracks)
        side = min(width, height)
        self._line = max(1, round(side / LINES_IN_HEIGHT))
        self._letters = _letters(max(SMALLEST_TEXT, round(side / TEXT_IN_HEIGHT)))
        self._colour_of = {head.id: _rgb(head.colour or LABEL_COLOURS[head.id % len(LABEL_COLOURS)]) for head in heads}
        self._text_of = {head.id: f"{head.label} #{head.id}".lstrip() for head in heads}
        strange = sorted({head.label for head in heads if not self._letters.can_write(head.label)})
        self.notes = (f"Letters that cannot be drawn here stand as ? in {', '.join(strange)}.",) if strange else ()

    def draw(self, image: Image, rows: Sequence[Row]) -> None:
        """Draw into the picture itself: first every outline, then every tag, so that no line crosses a tag."""
        for row in rows:
            self._draw_outline(image, row)
        for row in rows:
            self._draw_tag(image, row)

    def _draw_outline(self, image: Image, row: Row) -> None:
        width = self._line + max(1, self._line // 2) if row.record.source is Source.HUMAN else self._line
        dash, pause = (DASH * width, PAUSE * width) if row.record.source is Source.INTERPOLATED else (0, 0)
        sides = _sides(_outline(row), width)
        for left, top, right, bottom in sides:
            _fill(image, (left - 1, top - 1, right + 1, bottom + 1), DARK)
        for side in sides:
            for piece in _dashes(side, dash=dash, pause=pause) if dash else (side,):
                _fill(image, piece, self._colour_of[row.track_id])

    def _draw_tag(self, image: Image, row: Row) -> None:
        """Draw the tag above the box, or inside it if there is no room above."""
        height, width = image.shape[:2]
        left, top, *_ = _outline(row)
        text, letters, colour = self._text_of[row.track_id], self._letters, self._colour_of[row.track_id]
        text_width, text_height = letters.size(text)
        gap = letters.gap
        tag_width, tag_height = text_width + 2 * gap, text_height + 2 * gap
        x = max(0, min(left, width - tag_width))
        y = top - tag_height - self._line
        y = min(y if y >= 0 else max(0, top + 2 * self._line), max(0, height - tag_height))
        _fill(image, (x, y, x + tag_width, y + tag_height), colour)
        letters.write(image, text, (x + gap, y + gap + text_height), DARK if _is_bright(colour) else BRIGHT)


class _Hershey:
    """The letters of OpenCV 4, made of lines and only for ASCII."""

    def __init__(self, size: int) -> None:
        self.gap = max(2, size // 5)
        self._scale = size / 22
        self._thickness = max(1, round(size / 16))

    def can_write(self, text: str) -> bool:
        return text.isascii()

    def size(self, text: str) -> Point:
        (width, height), _ = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, self._scale, self._thickness)
        return width, height

    def write(self, image: Image, text: str, at: Point, colour: Colour) -> None:
        """``at``: the left end of the baseline."""
        shown = text.encode("ascii", "replace").decode()
        cv2.putText(
            image, shown, at, cv2.FONT_HERSHEY_SIMPLEX, self._scale, colour, self._thickness, cv2.LINE_AA
        )  # fmt: skip


class _Outlines:
    """The letters of OpenCV 5, which has a font."""

    def __init__(self, size: int) -> None:
        self.gap = max(2, size // 5)
        self._size = size
        self._face: Any = cv2.FontFace("sans")  # type: ignore[attr-defined, unused-ignore]
        self._height = -self._bounds("Hg#1")[1]

    def can_write(self, text: str) -> bool:
        return True

    def size(self, text: str) -> Point:
        return self._bounds(text)[2], self._height

    def write(self, image: Image, text: str, at: Point, colour: Colour) -> None:
        put: Any = cv2.putText
        put(image, text, at, colour, self._face, self._size, WEIGHT)

    def _bounds(self, text: str) -> tuple[int, int, int, int]:
        """Left, top, width and height, from the left end of the baseline."""
        measure: Any = cv2.getTextSize
        left, top, width, height = measure((1 << 14, 1 << 14), text, (0, 0), self._face, self._size, WEIGHT)
        return int(left), int(top), int(width), int(height)


def _letters(size: int) -> _Hershey | _Outlines:
    return _Outlines(size) if hasattr(cv2, "FontFace") else _Hershey(size)


def _outline(row: Row) -> Rectangle:
    """The box in whole pixels."""
    box = row.record.box
    assert box is not None
    return round(box.x), round(box.y), round(box.right), round(box.bottom)


def _sides(outline: Rectangle, width: int) -> tuple[Rectangle, ...]:
    """The four lines of an outline, half inside and half outside."""
    left, top, right, bottom = outline
    out, into = width // 2, width - width // 2
    return (
        (left - out, top - out, right + out, top + into), (left - out, bottom - into, right + out, bottom + out),
        (left - out, top - out, left + into, bottom + out), (right - into, top - out, right + out, bottom + out),
    )  # fmt: skip


def _dashes(side: Rectangle, *, dash: int, pause: int) -> Iterator[Rectangle]:
    left, top, right, bottom = side
    if right - left > bottom - top:
        for start in range(left, right, dash + pause):
            yield start, top, min(start + dash, right), bottom
    else:
        for start in range(top, bottom, dash + pause):
            yield left, start, right, min(start + dash, bottom)


def _fill(image: Image, rectangle: Rectangle, colour: Colour) -> None:
    left, top, right, bottom = (max(0, edge) for edge in rectangle)
    image[top:bottom, left:right] = colour


def _rgb(colour: str) -> Colour:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _is_bright(colour: Colour) -> bool:
    red, green, blue = colour
    return 0.299 * red + 0.587 * green + 0.114 * blue > 150
