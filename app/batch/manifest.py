"""Reads the list of jobs that a person writes, as TOML or JSON (docs/batch.md), and checks everything in it."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app.batch.job import CARRY, WAYS, FirstBox, Job, Way
from app.exchange.bounds import LAST_FRAME, number, whole
from app.exchange.errors import ExchangeError, quoted, shortened
from app.exchange.formats import FORMATS, format_named
from app.exchange.linking import LEAST_IOU
from app.model.names import clean_name
from app.model.words import counted
from app.workspace.videos import FORBIDDEN_IN_NAMES, LONGEST_FOLDER_NAME
from tracker_core.geometry import Box

LARGEST_FILE = 64 * 2**20  # bytes
MOST_JOBS = 100_000
MOST_BOXES = 10_000  # of one job
LARGEST_COORDINATE = 1_000_000  # pixels
MOST_STREAMS = 10_000

_FOR_ALL = frozenset(
    {"tracker", "export", "way", "most_frames", "label", "minimum_score", "link", "carry", "format", "columns"}
)
_OF_A_JOB = _FOR_ALL | {"name", "video", "film", "boxes", "frame", "detections", "detector", "project"}


class ManifestError(Exception):
    """The list cannot be used; the text is the sentence for the person and names the job."""


@dataclass(frozen=True, slots=True)
class Defaults:
    """Values for jobs that do not have their own."""

    tracker: str
    exports: tuple[str, ...] = ()


def read_manifest(path: Path, defaults: Defaults) -> list[Job]:
    """The jobs of a manifest, in its order.

    Missing videos and other files are not noticed here: their jobs fail later, without stopping others.

    Raises:
        ManifestError: naming the job and the invalid key.
    """
    table = _parsed(path)
    unknown = table.keys() - _FOR_ALL - {"job"}
    if unknown:
        raise ManifestError(f"{path}: there is no key {quoted(min(unknown))} for all jobs; see docs/batch.md.")
    entries = table.pop("job", None)
    if not isinstance(entries, list) or not entries or not all(isinstance(entry, dict) for entry in entries):
        raise ManifestError(f'{path} lists no jobs; each is a table [[job]] (in JSON: an object in the list "job").')
    if len(entries) > MOST_JOBS:
        raise ManifestError(f"{path} lists {len(entries):,} jobs; at most {MOST_JOBS:,} are done at a time.")
    folder = Path(os.path.abspath(path)).parent
    jobs = []
    for place, entry in enumerate(entries, start=1):
        called = quoted(entry["name"]) if isinstance(entry.get("name"), str) else str(place)
        try:
            jobs.append(_job({**table, **entry}, folder, defaults))
        except (ValueError, ExchangeError) as error:
            raise ManifestError(f"{path}: job {called}: {str(error).rstrip('.')}.") from None
    check_names(jobs, path)
    return jobs


def check_names(jobs: Sequence[Job], source: Path) -> None:
    """
    Raises:
        ManifestError: if two jobs would share a folder.
    """
    seen: dict[str, Job] = {}
    for job in jobs:
        other = seen.setdefault(job.name.casefold(), job)
        if other is not job:
            raise ManifestError(f"{source}: two jobs are called {quoted(job.name)}; give each a name of its own.")


def _parsed(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise ManifestError(f"{path} is larger than {LARGEST_FILE // 2**20} MB; no list of jobs is.")
        text = path.read_bytes().decode("utf-8-sig")
        table = json.loads(text) if path.suffix.lower() == ".json" else tomllib.loads(text)
    except UnicodeDecodeError:
        raise ManifestError(f"{path} is not a text file; a manifest is TOML or JSON.") from None
    except OSError as error:
        raise ManifestError(f"{path} cannot be read: {error.strerror}.") from None
    except (ValueError, RecursionError) as error:
        kind = "JSON" if path.suffix.lower() == ".json" else "TOML"
        raise ManifestError(f"{path} is no valid {kind}: {shortened(str(error))}.") from None
    if not isinstance(table, dict):
        raise ManifestError(f'{path} is no manifest: an object with a list "job" is.')
    return table


def _job(table: Mapping[str, Any], folder: Path, defaults: Defaults) -> Job:
    unknown = table.keys() - _OF_A_JOB
    if unknown:
        raise ValueError(f"there is no key {quoted(min(unknown))}; known are {', '.join(sorted(_OF_A_JOB))}")
    starts = [key for key in ("boxes", "detections", "detector", "project") if key in table]
    if len(starts) != 1:
        raise ValueError("give one of boxes, detections, detector and project")
    (start,) = starts
    if "video" not in table and start != "project":
        raise ValueError("give the video of the boxes")
    video = _path(table, "video", folder) if "video" in table else None
    project = _path(table, "project", folder) if "project" in table else None
    job = Job(
        name=_name(table, (project or video or folder)),
        tracker=_text(table, "tracker", defaults.tracker),
        video=video,
        project=project,
        exports=_exports(table, defaults.exports),
        way=_way(table),
        most_frames=_whole(table, "most_frames", None, low=1, high=LAST_FRAME),
        minimum_score=_share(table, "minimum_score", 0.0),
        link=_share(table, "link", LEAST_IOU, least=0.01),
        carry=_whole(table, "carry", CARRY, low=0, high=LAST_FRAME) or 0,
        columns=_text(table, "columns", ""),
        film=_whole(table, "film", None, low=0, high=MOST_STREAMS),
    )
    if start == "boxes":
        return replace(job, boxes=_boxes(table))
    if start == "detector":
        return replace(job, detector=_text(table, "detector", ""))
    if start == "detections":
        return replace(job, detections=_path(table, "detections", folder), format_name=_format(table))
    return job


def _name(table: Mapping[str, Any], source: Path) -> str:
    name = table.get("name", source.stem or source.name)
    return checked_name(name)


def checked_name(name: object) -> str:
    """
    Raises:
        ValueError: if some system does not allow it as a folder name.
    """
    if not isinstance(name, str) or not name or clean_name(name) != name:
        raise ValueError(f"{quoted(name)} is no name")
    if set(name) & set(FORBIDDEN_IN_NAMES) or name.startswith(".") or name.endswith("."):
        raise ValueError(f"{quoted(name)} cannot be the name of a folder; use letters, digits, - and _")
    if len(name.encode()) > LONGEST_FOLDER_NAME:
        raise ValueError(f"the name {quoted(name)} is longer than {LONGEST_FOLDER_NAME} bytes; give a shorter one")
    return name


def _text(table: Mapping[str, Any], key: str, default: str) -> str:
    value = table.get(key, default)
    if not isinstance(value, str) or "\0" in value:
        raise ValueError(f"{key} is {quoted(value)}, not a text")
    return value


def _path(table: Mapping[str, Any], key: str, folder: Path) -> Path:
    text = _text(table, key, "")
    if not text:
        raise ValueError(f"{key} is empty")
    return Path(os.path.abspath(folder / text))


def _whole(table: Mapping[str, Any], key: str, default: int | None, *, low: int, high: int) -> int | None:
    return whole(table[key], key, low=low, high=high) if key in table else default


def _share(table: Mapping[str, Any], key: str, default: float, *, least: float = 0.0) -> float:
    value = number(table.get(key, default), key)
    if not least <= value <= 1:
        raise ValueError(f"{key} is {value:g}, and it lies from {least:g} to 1")
    return value


def _way(table: Mapping[str, Any]) -> Way:
    wanted = table.get("way", WAYS[0])
    for way in WAYS:
        if wanted == way:
            return way
    raise ValueError(f"way is {quoted(wanted)}; it is one of {', '.join(WAYS)}")


def _exports(table: Mapping[str, Any], default: tuple[str, ...]) -> tuple[str, ...]:
    wanted = table.get("export", list(default))
    wanted = [wanted] if isinstance(wanted, str) else wanted
    if not isinstance(wanted, list) or not all(isinstance(name, str) for name in wanted):
        raise ValueError(f"export is {quoted(wanted)}; it is a list of formats")
    return tuple(dict.fromkeys(format_named(name).name for name in wanted))


def _format(table: Mapping[str, Any]) -> str:
    if "format" not in table:
        raise ValueError(f"say in which format the detections are: one of {', '.join(entry.name for entry in FORMATS)}")
    return format_named(_text(table, "format", "")).name


def _boxes(table: Mapping[str, Any]) -> tuple[FirstBox, ...]:
    entries = table["boxes"]
    if not isinstance(entries, list) or not entries:
        raise ValueError("boxes is a list of boxes, each x, y, width, height")
    if len(entries) > MOST_BOXES:
        raise ValueError(f"{len(entries):,} boxes are more than a video has; at most {MOST_BOXES:,} are tracked")
    return tuple(_first_box(entry, table) for entry in entries)


def _first_box(entry: object, table: Mapping[str, Any]) -> FirstBox:
    own = entry if isinstance(entry, dict) else {"box": entry}
    unknown = own.keys() - {"box", "frame", "label"}
    if unknown:
        raise ValueError(f"a box has no key {quoted(min(unknown))}; known are box, frame, label")
    sides = own.get("box")
    if not isinstance(sides, list) or len(sides) != 4:
        raise ValueError(f"a box is four numbers (x, y, width, height), not {quoted(sides)}")
    box = Box(*(number(side, "a side of a box") for side in sides)) if min(_numbers(sides[2:])) > 0 else None
    if box is None or max(map(abs, box.as_tuple())) > LARGEST_COORDINATE:
        raise ValueError(f"{sides} is no box in a picture; give x, y, width, height, the last two above 0")
    both = {**table, **own}
    frame = _whole(both, "frame", 0, low=0, high=LAST_FRAME) or 0
    return FirstBox(box, frame, clean_name(_text(both, "label", "")))


def _numbers(values: Sequence[object]) -> list[float]:
    return [number(value, "a side of a box") for value in values]


def job_count(jobs: Sequence[Job]) -> str:
    """ "3 jobs"."""
    return counted(len(jobs), "job")
