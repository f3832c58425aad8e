"""Checks the numbers and texts of a project file. A foreign file may contain anything, and the program relies on these
bounds.
"""

from __future__ import annotations

import math
import re
from typing import Final

from app.model.project import VideoReference
from app.model.record_block import LARGEST_NUMBER

MOST_FRAMES: Final = 10_000_000
"""46 hours at 60 frames a second."""
LARGEST_SIDE: Final = 100_000  # pixels of a picture
FASTEST: Final = 100_000  # frames a second
LONGEST_TEXT: Final = 10_000  # characters of a label, a colour, a name
HIGHEST_ID: Final = 2**53  # JSON holds these exactly

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def check_video(video: VideoReference) -> None:
    """
    Raises:
        ValueError: if no video can be like this; as in the other checks, the text says what is wrong.
    """
    if not 1 <= video.frame_count <= MOST_FRAMES:
        raise ValueError(f"its video has {video.frame_count} frames, at most {MOST_FRAMES} are possible")
    if not (1 <= video.width <= LARGEST_SIDE and 1 <= video.height <= LARGEST_SIDE):
        raise ValueError(f"its video has pictures of {video.width} × {video.height} pixels")
    if not 0 < video.frame_rate <= FASTEST:
        raise ValueError(f"its video has {float(video.frame_rate):g} frames a second")


def check_text(text: object, what: str) -> str:
    if not isinstance(text, str) or len(text) > LONGEST_TEXT:
        raise ValueError(f"{what} is not a text of at most {LONGEST_TEXT} characters")
    return text


def check_colour(colour: object, what: str) -> str:
    if not isinstance(colour, str) or not _COLOUR.fullmatch(colour):
        raise ValueError(f"the colour of {what} is none")
    return colour


def check_id(number: object, what: str) -> int:
    if not isinstance(number, int) or not 1 <= number <= HIGHEST_ID:
        raise ValueError(f"{what} cannot have the number {number}")
    return number


def check_texts(value: object, what: str) -> dict[str, str]:
    """Attributes: a text for each name."""
    if not isinstance(value, dict) or not all(isinstance(entry, str) for entry in (*value, *value.values())):
        raise ValueError(f"the attributes of {what} are not texts by name")
    return value


def check_numbers(value: object, what: str) -> dict[str, float]:
    """Constants: a number for each name."""
    if not isinstance(value, dict) or not all(isinstance(name, str) for name in value):
        raise ValueError(f"the constants of {what} are not numbers by name")
    if not all(isinstance(number, int | float) and math.isfinite(number) for number in value.values()):
        raise ValueError(f"the constants of {what} are not all numbers")
    return value


def check_frame(frame: object, what: str) -> None:
    if not isinstance(frame, int) or not 0 <= frame < MOST_FRAMES:
        raise ValueError(f"{what} is said to be on frame {frame}, and no video is that long")


def check_count(count: object, what: str) -> int:
    if not isinstance(count, int) or not 0 <= count <= HIGHEST_ID:
        raise ValueError(f"{what} cannot hold {count} boxes")
    return count


def check_number(number: object, what: str) -> float:
    if not isinstance(number, float | int) or not -LARGEST_NUMBER <= number <= LARGEST_NUMBER:
        raise ValueError(f"a number of {what} is {number}")
    return float(number)


def check_share(share: object, what: str) -> float:
    if not isinstance(share, float | int) or not 0 <= share <= 1:
        raise ValueError(f"{what} is {share}")
    return float(share)
