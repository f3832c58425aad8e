"""Where a sequence folder was taken from, for formats that always count frames from 1 or 0. ``origin.txt`` is an extra
file in the folder. With it, frames 100, 105, 110 ... come back to their places, and a target's folder to its track and
label.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.exchange.annotations import ImportOptions, TrackHead
from app.exchange.bounds import LARGEST_ID, LAST_FRAME, whole
from app.exchange.errors import ExchangeError, quoted, read_text

NAME = "origin.txt"


@dataclass(frozen=True, slots=True)
class Origin:
    """``frames``: the frame of the video for each frame of the folder. ``track_id``, ``label``: if the folder is one
    target.
    """

    video: str
    frames: range
    track_id: int | None = None
    label: str = ""


def write_origin(folder: Path, video: str, frames: range, head: TrackHead | None = None) -> None:
    lines = [f"video={video}", f"first={frames.start}", f"step={frames.step}", f"count={len(frames)}"]
    if head is not None:
        lines += [f"track={head.id}", f"label={head.label}"]
    (folder / NAME).write_text("\n".join(lines) + "\n", "utf-8", errors="backslashreplace", newline="\n")


def read_origin(folder: Path) -> Origin | None:
    """None if the folder does not say.

    Raises:
        ExchangeError: if its content is invalid.
    """
    file = folder / NAME
    if not file.is_file():
        return None
    try:
        values = dict(_pairs(read_text(file)))
        first = whole(values["first"], "first", low=0, high=LAST_FRAME)
        step = whole(values["step"], "step", low=1, high=LAST_FRAME)
        count = whole(values["count"], "count", low=0, high=LAST_FRAME)
        track = whole(values["track"], "track", low=-LARGEST_ID, high=LARGEST_ID) if "track" in values else None
    except KeyError as error:
        raise ExchangeError(f"{file} does not say {error.args[0]}; correct it or remove it.") from None
    except ValueError as error:
        raise ExchangeError(f"{file}: {error}; correct it or remove it.") from None
    return Origin(values.get("video", ""), range(first, first + count * step, step), track, values.get("label", ""))


class FrameOf:
    """The frame of the video for each 0-based frame of a file: from the options, or the folder, else the same number.

    Raises:
        ExchangeError: if the file in the folder is invalid.
    """

    def __init__(self, options: ImportOptions, folder: Path | None = None) -> None:
        frames = options.frames
        if frames is None and folder is not None:
            origin = read_origin(folder)
            frames = None if origin is None else origin.frames
        self._first, self._step = (0, 1) if frames is None else (frames.start, frames.step)

    def __call__(self, position: int) -> int:
        return self._first + self._step * position


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    for line in filter(str.strip, text.split("\n")):
        key, equals, value = line.partition("=")
        if not equals:
            raise ValueError(f"{quoted(line)} is not key=value")
        yield key.strip(), value.strip()
