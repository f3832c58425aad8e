"""The options and arguments that several commands share, and how their text is read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from app.cli.trackers import default_tracker
from app.exchange.bounds import LAST_FRAME
from app.exchange.formats import EXPORTS, FORMATS
from app.exchange.text_columns import DARKLABEL
from app.model.names import clean_name
from tracker_core.geometry import Box
from tracker_core.tracker import DeviceName, PrecisionName

LARGEST_NUMBER = 1_000_000  # pixels

TrackerOption = Annotated[
    str,
    typer.Option(
        "--tracker",
        metavar="NAME",
        default_factory=default_tracker,
        show_default="set by models default",
        help="A tracker by its name in models list.",
    ),
]
DeviceOption = Annotated[
    DeviceName,
    typer.Option("--device", metavar="auto|cpu|cuda|mps", help="Where to compute; auto takes the fastest device."),
]
PrecisionOption = Annotated[
    PrecisionName,
    typer.Option(
        "--precision",
        metavar="auto|float32|bf16",
        help="Number type; auto takes the faster one.",
    ),
]
NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="A tracker by its name in models list.")]
ProjectArgument = Annotated[Path, typer.Argument(metavar="PROJECT", help="A project file.", show_default=False)]
VideoOption = Annotated[
    Path | None,
    typer.Option(
        "--video",
        metavar="PATH",
        help="Where the project's video is now, if it was moved or renamed.",
        show_default="where the project says",
    ),
]
FormatOption = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="NAME",
        help=f"One of {', '.join(entry.name for entry in FORMATS)}.",
        show_default=False,
    ),
]
ExportOption = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="NAME",
        help=f"One of {', '.join(entry.name for entry in EXPORTS)}.",
        show_default=False,
    ),
]
ZeroBasedOption = Annotated[
    bool, typer.Option("--zero-based", help="Count pixels from 0 in a format that counts them from 1.")
]
FramesOption = Annotated[
    str | None,
    typer.Option("--frames", metavar="FIRST[:LAST[:STEP]]", help="Only these frames, both ends included."),
]
ColumnsOption = Annotated[
    str,
    typer.Option(
        "--columns",
        metavar="WORDS",
        help="Columns of a text file (format darklabel), such as fn,id,x,y,w,h,cname or cname x1 y1 x2 y2 image.",
        show_default=DARKLABEL,
    ),
]
OutOption = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help="Write JSON: the machine, and one row a line.")
]
DataOption = Annotated[
    Path,
    typer.Option(
        "--data", metavar="FOLDER", help="A folder of annotated sequences, or one sequence.", show_default=False
    ),
]


@dataclass(frozen=True, slots=True)
class Output:
    """One ``--export``."""

    format_name: str
    path: Path


def parsed_frames(text: str | None) -> range | None:
    """``FIRST``, ``FIRST:LAST`` or ``FIRST:LAST:STEP``; None for None.

    Raises:
        typer.BadParameter: if it is anything else, or holds no frame.
    """
    if text is None:
        return None
    words = text.split(":")
    try:
        first, last, step, *more = (*map(int, words), *(LAST_FRAME, 1)[len(words) - 1 :])
        frames = range(first, last + 1, step)
    except ValueError:
        first, frames, more = -1, range(0), []
    if first < 0 or more or not frames or frames.step < 0 or frames[-1] > LAST_FRAME:
        raise typer.BadParameter(f"{text!r} is not FIRST:LAST:STEP: frames from 0, such as 100:200 or 0:999:10")
    return frames


def parsed_pair(text: str) -> tuple[str, str]:
    """``OLD=NEW``.

    Raises:
        typer.BadParameter: without "="; OLD is empty for tracks without a label, NEW to leave tracks out.
    """
    old, equals, new = text.partition("=")
    if not equals:
        raise typer.BadParameter(f"{text!r} is not OLD=NEW, such as person=pedestrian")
    return old, new


def parsed_box(text: str) -> Box:
    """``X,Y,W,H``.

    Raises:
        typer.BadParameter: if it is anything else, or a box without area.
    """
    try:
        x, y, width, height = map(float, text.split(","))
        box = Box(x, y, width, height)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not X,Y,W,H: four numbers, such as 120,80,40,32.5") from None
    if box.area == 0:
        raise typer.BadParameter(f"the box {text} has no area; give a width and a height above 0")
    if max(map(abs, box.as_tuple())) > LARGEST_NUMBER:
        raise typer.BadParameter(f"the box {text} has a number beyond {LARGEST_NUMBER:,}; no picture is so large")
    return box


def parsed_label(text: str) -> str:
    """A name of one line.

    Raises:
        typer.BadParameter: if nothing of it can be shown.
    """
    name = clean_name(text)
    if not name:
        raise typer.BadParameter(f"{text!r} is no label; give a word, such as car")
    return name


def parsed_output(text: str) -> Output:
    """``FORMAT:PATH``.

    Raises:
        typer.BadParameter: if a part is missing.
    """
    name, _, path = text.partition(":")
    if not name or not path:
        raise typer.BadParameter(f"{text!r} is not FORMAT:PATH, such as mot:tracks.txt")
    return Output(name, Path(path))
