"""Recognises the format of a file or folder: by the format's own ``recognises``, or else by features that tell apart
formats that look alike.
"""

from __future__ import annotations

import re
from os import SEEK_END
from pathlib import Path

from app.exchange.errors import ExchangeError, check_path, quoted
from app.exchange.formats import FORMATS

PART = 100_000  # bytes read at the beginning and at the end


def guessed_format(path: Path) -> str:
    """The name of the likeliest format.

    Raises:
        ExchangeError: if it is not recognised.
    """
    check_path(path)
    name = next((entry.name for entry in FORMATS if entry.recognises(path)), None)
    name = name or (_of_folder(path) if path.is_dir() else _of_file(path))
    if name is None:
        raise ExchangeError(f"{path} is in none of the formats that can be told by themselves; choose its format.")
    return name


def _of_folder(folder: Path) -> str | None:
    def has(pattern: str) -> bool:
        return next(folder.glob(pattern), None) is not None

    signs = (
        ("mot", ("gt/gt.txt", "*/gt/gt.txt")),
        ("mot-det", ("det/det.txt",)),
        ("yolo", ("data.yaml", "labels/**/*.txt", "*/labels/*.txt", "obj_*_data/*.txt", "classes.txt")),
        ("voc", ("Annotations/*.xml",)),
        ("cvat", ("annotations.xml",)),
        ("otb", ("groundtruth_rect*.txt", "*/groundtruth_rect*.txt")),
        ("lasot", ("full_occlusion.txt", "*/full_occlusion.txt", "*/*/full_occlusion.txt")),
        ("got10k", ("absence.label", "*/absence.label")),
        ("vot", ("groundtruth.txt", "*/groundtruth.txt")),
        ("voc", ("*.xml",)),
        ("labelme", ("*.json",)),
        ("yolo", ("*.txt",)),
    )
    return next((name for name, patterns in signs if any(map(has, patterns))), None)


def _of_file(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            beginning = file.read(PART).decode("utf-8-sig", errors="replace")
            file.seek(max(PART, file.seek(0, SEEK_END) - PART))
            end = file.read(PART).decode("utf-8", errors="replace")
    except OSError as error:
        raise ExchangeError(f"{quoted(str(path))} could not be read: {error.strerror}.") from None
    text = beginning.lstrip()
    if text.startswith("{"):
        return _of_json(text + end)
    if text.startswith("<"):
        root = re.search(r"<(\w+)[\s>/]", text.partition("?>")[2] or text)
        return {"annotations": "cvat", "annotation": "voc"}.get(root[1]) if root else None
    if path.suffix.lower() in (".yaml", ".yml"):
        return "yolo"
    return _of_lines(text)


def _of_json(text: str) -> str | None:
    if '"shapes"' in text:
        return "labelme"
    if '"file_names"' in text or '"bboxes"' in text:
        return "youtube-vis"
    if re.search(r'"(track_id|instance_id|tracks)"', text):
        return "coco"
    return "coco-detection" if '"images"' in text or '"annotations"' in text else None


def _of_lines(text: str) -> str | None:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        return None
    first = next((line for line in lines if not line.startswith("#")), "")
    fields = [field.strip() for field in first.split(",")]
    if lines[0].startswith("#") or (len(fields) >= 11 and not _is_number(fields[1]) and _is_number(fields[2])):
        return "viame"
    if len(first.split()) in (17, 18):
        return "kitti"
    if len(fields) >= 6 and all(map(_is_number, fields)):
        return "mot-det" if float(fields[1]) == -1 else "mot"
    if len(fields) >= 6 and all(map(_is_number, fields[:6])):
        return "darklabel"
    names = {name.strip().casefold() for name in re.split(r"[,;\t]", first)}
    return "csv" if names & {"x", "xmin", "x1", "left", "bb_left"} else None


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
