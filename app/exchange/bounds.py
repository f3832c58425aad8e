"""Bounds for numbers from foreign files. Every reader checks them, so that no file can fill the memory or the disk.

Errors are ``ValueError`` without the file's name: the reader adds the line or the entry.
"""

from __future__ import annotations

import math

from app.exchange.errors import quoted
from app.model.project import VideoReference
from tracker_core.geometry import Box

LAST_FRAME = 10_000_000  # more than three days at 30 frames a second
LARGEST_CLASS = 1_000_000
LARGEST_ID = 999_999_999  # far below what a table or project file can hold, far above any real id
REACH = 10  # pictures; a box that reaches further outside cannot be of this video

_LONGEST_NUMBER = 400  # characters; the longest float has 308 digits


def number(value: object, name: str) -> float:
    """A finite float, from a number or a text.

    Raises:
        ValueError: for anything else, including a bool.
    """
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise ValueError(f"{name} is {quoted(value)}, not a number")
    if isinstance(value, str) and len(value) > _LONGEST_NUMBER:
        raise ValueError(f"{quoted(value)} is not a number")
    try:
        result = float(value)
    except (ValueError, OverflowError):
        result = math.nan
    if not math.isfinite(result):
        raise ValueError(
            f"{quoted(value)} is not a number"
            if isinstance(value, str)
            else f"{name} is {quoted(value)}, which is not a finite number"
        )
    return result


def whole(value: object, name: str, *, low: int, high: int) -> int:
    """A whole number from ``low`` to ``high``, both included, from a number or its text ("1.0" is one).

    Raises:
        ValueError: for anything else.
    """
    if isinstance(value, int) and not isinstance(value, bool):
        result = value  # never through a float, which rounds large numbers
    else:
        as_float = number(value, name)
        if as_float != math.floor(as_float):
            raise ValueError(f"{name} is {as_float:g}, not a whole number")
        result = int(as_float)
    if not low <= result <= high:
        raise ValueError(f"{name} is {quoted(result)}, and it lies from {low} to {high}")
    return result


def frame_index(value: object, *, first: int = 0) -> int:
    """A 0-based frame, from the number in a format whose first frame is ``first``.

    Raises:
        ValueError: for anything that is not a frame.
    """
    return whole(value, "the frame", low=first, high=LAST_FRAME + first) - first


def box_within_reach(x: object, y: object, width: object, height: object, *, video: VideoReference) -> Box:
    """The box of these numbers.

    Raises:
        ValueError: for anything but numbers, a negative side, or a box far outside the picture.
    """
    if type(x) is type(y) is type(width) is type(height) is float:  # the common case, made fast
        box = Box(x, y, width, height)
    else:
        box = Box(number(x, "left"), number(y, "top"), number(width, "width"), number(height, "height"))
    if not is_within_reach(box, video):
        raise ValueError(
            f"the box {box.x:g}, {box.y:g}, {box.width:g} x {box.height:g} lies far outside the picture of "
            f"{video.width} x {video.height}"
        )
    return box


def is_within_reach(box: Box, video: VideoReference) -> bool:
    """Whether a box is close enough to the picture to be plausible."""
    reach = REACH * max(video.width, video.height)
    return -reach <= box.x and -reach <= box.y and box.right <= reach and box.bottom <= reach


def score_or_none(value: object) -> float | None:
    """A score from 0 to 1. Any other number is on another scale and becomes None.

    Raises:
        ValueError: for anything but a number.
    """
    if value is None:
        return None
    score = number(value, "the score")
    return score if 0 <= score <= 1 else None
