"""Folders with a file of boxes for each picture (YOLO, Pascal VOC, LabelMe): which frame each file is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from app.exchange.annotations import Annotations, ExportOptions, ImportOptions
from app.exchange.errors import ExchangeError
from app.exchange.matching import Matching, Picture, match_pictures
from app.model.project import VideoReference


def match_files(
    files: Sequence[Path], video: VideoReference, options: ImportOptions, *, frames: Mapping[Path, int], source: Path
) -> Matching:
    """From each file to its frame.

    Args:
        frames: the frame that a file itself states (only ours do).
        source: the path to read, for messages.

    Raises:
        ExchangeError: if there is no file, or two rules disagree.
    """
    refuse_none(files, source)
    pictures = [Picture(file, file.name, frames.get(file), 0) for file in files]
    return match_pictures(pictures, video, chosen=options.match, file=source)


def listed_frames(annotations: Annotations, options: ExportOptions) -> Sequence[int]:
    """The frames to list. A listed picture without boxes says that it shows nothing. That is unknown for frames whose
    boxes are left out, so with keyframes or reviewed boxes only, or with a least score, only frames with boxes are
    listed.

    Raises:
        ExchangeError: if there is none.
    """
    if not (options.keyframes_only or options.reviewed_only or options.minimum_score is not None):
        return annotations.frames
    frames = sorted({row.frame for row in annotations.rows})
    if not frames:
        raise ExchangeError("There is no box to write, and this format lists the pictures that have one.")
    return frames


def files_below(folder: Path, suffix: str, *, places: Sequence[str]) -> list[Path]:
    """The files of a suffix in the first of the places below a folder that has any; ``""`` is the folder itself.

    Raises:
        ExchangeError: if it is not a folder.
    """
    if not folder.is_dir():
        state = "is a file" if folder.exists() else "does not exist"
        raise ExchangeError(f"{folder} {state}; give the folder in which the files are.")
    for place in places:
        found = sorted((folder / place).rglob(f"*{suffix}") if place else folder.glob(f"*{suffix}"))
        if found:
            return found
    return []


def refuse_none(files: Sequence[Path], source: Path) -> None:
    """Refuse a folder without files: it would pass every check, but nobody means to check it.

    Raises:
        ExchangeError: if there is no file.
    """
    if not files:
        raise ExchangeError(f"{source} holds no files of this format; give the folder in which they are.")
