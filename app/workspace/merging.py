"""Exports the projects of many videos as one data set: ids and names of pictures are unique over all of them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any, Final, TextIO

import yaml

from app.exchange import coco_check, yolo
from app.exchange.annotations import ExportOptions
from app.exchange.coco_document import BEGIN, END, entry_text
from app.exchange.drafts import draft_folder
from app.exchange.errors import ExchangeError
from app.exchange.formats import export_named
from app.exchange.json_file import Entry, load_object
from app.model.project import Project
from app.workspace.exporting import (
    SPLITS_FILE,
    OnStep,
    VideoToExport,
    WorkspaceReport,
    export_all,
    make_folder,
    refuse_full,
)
from app.workspace.splits import NAMES, Shares

COCO_FILE: Final = "tracks.json"  # where there is no split; else train.json, val.json, test.json
_LISTS: Final = ("videos", "categories", "tracks", "images", "annotations")
_NO_PICTURES: Final = "Pictures are not written"  # how the notes of single exports begin, which name one video's


def export_merged(
    videos: Sequence[VideoToExport],
    format_name: str,
    folder: Path,
    options: ExportOptions,
    *,
    shares: Shares | None = None,
    in_hand: Mapping[Path, Project] | None = None,
    on_step: OnStep = lambda done, name: None,
) -> WorkspaceReport:
    """Write one data set of all projects into a new folder, all or nothing; arguments as for ``export_all``.

    Each project is exported as by itself, read back and compared; then their files are joined and checked.

    Raises:
        ExchangeError: for a format that has no such data sets, a folder that is not empty or cannot be written, or a
            result that its readers would refuse.
    """
    entry = export_named(format_name)
    if format_name not in MERGED:
        names = ", ".join(export_named(name).label for name in MERGED)
        raise ExchangeError(f"{entry.label} has a file for each video; one data set of all can be {names}.")
    refuse_full(folder)
    make_folder(folder.parent)
    try:
        with draft_folder(folder.parent) as draft:
            apart, whole = draft / "apart", draft / "whole"
            whole.mkdir()
            report = export_all(videos, format_name, apart, options, shares=shares, in_hand=in_hand, on_step=on_step)
            if not report.videos:
                return report
            MERGED[format_name](apart, whole, NAMES if shares is not None else ("",))
            if shares is not None:
                shutil.copyfile(apart / SPLITS_FILE, whole / SPLITS_FILE)
            if folder.exists():
                folder.rmdir()
            os.replace(whole, folder)
    except OSError as error:
        raise ExchangeError(f"{folder} cannot be written: {error.strerror or error}. Nothing was changed.") from error
    notes = [note for note in report.notes if not note.startswith(_NO_PICTURES)]
    if not options.pictures:
        notes.append("Pictures are not written; the files name them by the folder and the frame of each video.")
    return replace(report, notes=tuple(notes))


def _folders(apart: Path, part: str) -> list[Path]:
    """Of the videos in a part of the split."""
    place = apart / part
    return sorted(folder for folder in place.iterdir() if folder.is_dir()) if place.is_dir() else []


def _merge_coco(apart: Path, whole: Path, parts: Sequence[str]) -> None:
    for part in parts:
        folders = _folders(apart, part)
        if not folders:
            continue
        goal = whole / (f"{part}.json" if part else COCO_FILE)
        lists = {name: apart / f"{part}.{name}.part" for name in _LISTS}
        with ExitStack() as stack:
            files = {name: stack.enter_context(path.open("w", encoding="ascii")) for name, path in lists.items()}
            joined = _JoinedCoco(files)
            for folder in folders:
                (document,) = folder.glob("*.json")
                joined.add(folder.name, load_object(document, "a COCO file"))
                _move_pictures(folder, whole / folder.name)
        with goal.open("w", encoding="ascii", newline="\n") as file:
            file.write(BEGIN)
            for name, path in lists.items():
                if name in joined.counts:
                    file.write(f',\n"{name}": [\n')
                    with path.open(encoding="ascii") as entries:
                        shutil.copyfileobj(entries, file)
                    file.write("]")
            file.write(END)
        _refuse_faults(goal, coco_check.check(goal))


class _JoinedCoco:
    """The lists of several COCO files, each written to a file of its own, so that one video at a time is in memory."""

    def __init__(self, files: Mapping[str, TextIO]) -> None:
        self._files = files
        self.counts: dict[str, int] = {}  # of the lists that the files have
        self._categories: list[Entry] | None = None

    def add(self, name: str, document: Entry) -> None:
        categories = document["categories"]
        if self._categories is None:
            self._categories = categories
            self._write("categories", categories)
        elif categories != self._categories:
            raise ExchangeError(f"The classes of {name} are numbered in another way than those of the other videos.")
        ids: dict[str, dict[int, int]] = {
            key: {entry["id"]: number for number, entry in enumerate(document[key], self.counts.get(key, 0) + 1)}
            for key in _LISTS
            if key in document and key != "categories"
        }
        refers = {"image_id": "images", "video_id": "videos", "track_id": "tracks", "instance_id": "tracks"}
        for key, of_list in ids.items():
            self._write(key, (self._renumbered(entry, of_list, ids, refers, name, key) for entry in document[key]))

    @staticmethod
    def _renumbered(
        entry: Entry,
        own: Mapping[int, int],
        ids: Mapping[str, Mapping[int, int]],
        refers: Mapping[str, str],
        name: str,
        key: str,
    ) -> Entry:
        changed = {**entry, "id": own[entry["id"]]}
        changed |= {word: ids[of][entry[word]] for word, of in refers.items() if word in entry and of in ids}
        if key == "images":
            changed["file_name"] = f"{name}/{PurePosixPath(entry['file_name']).name}"
        elif key == "videos":
            changed["name"] = name
        return changed

    def _write(self, key: str, entries: Iterator[Entry] | list[Entry]) -> None:
        for entry in entries:
            count = self.counts[key] = self.counts.get(key, 0) + 1
            self._files[key].write((",\n" if count > 1 else "") + entry_text(entry))
        self.counts.setdefault(key, 0)


def _move_pictures(folder: Path, goal: Path) -> None:
    """All pictures of one export, which lie in its folder or in one of the video's name."""
    pictures = [path for path in folder.rglob("*") if path.is_file() and path.suffix in (".jpg", ".png")]
    if pictures:
        goal.mkdir()
    for picture in pictures:
        os.replace(picture, goal / picture.name)


def _merge_yolo(apart: Path, whole: Path, parts: Sequence[str]) -> None:
    about: dict[str, Any] = {}
    names: object = None
    for part in parts:
        for folder in _folders(apart, part):
            told = yaml.safe_load((folder / yolo.DATA).read_text("utf-8"))
            if names is None:
                names = told["names"]
            elif told["names"] != names:
                raise ExchangeError(f"The classes of {folder.name} are numbered in another way than those of others.")
            goal = part or "train"
            about[goal] = f"images/{goal}"
            _move_yolo(folder, whole, goal)
    about.setdefault("val", about.get("train", "images/train"))
    about.setdefault("train", about["val"])
    assert isinstance(names, dict)
    told = {**about, "nc": len(names), "names": names}
    (whole / yolo.DATA).write_text(
        yaml.safe_dump(told, sort_keys=False, allow_unicode=True), encoding="utf-8", newline="\n"
    )
    _refuse_faults(whole, yolo.check(whole))


def _move_yolo(folder: Path, whole: Path, part: str) -> None:
    labels, images = whole / "labels" / part, whole / "images" / part
    labels.mkdir(parents=True, exist_ok=True)
    images.mkdir(parents=True, exist_ok=True)
    pictures = {path.stem: path for path in (folder / yolo.IMAGES).glob("*")}
    for label in sorted((folder / yolo.LABELS).glob("*.txt")):
        stem = label.stem if label.stem.startswith(f"{folder.name}_") else f"{folder.name}_{label.stem}"
        while (labels / f"{stem}.txt").exists():  # "a" with picture "b_1", and "a_b" with picture "1"
            stem += "-2"
        os.replace(label, labels / f"{stem}.txt")
        picture = pictures.get(label.stem)
        if picture is not None:
            os.replace(picture, images / f"{stem}{picture.suffix}")


def _refuse_faults(path: Path, faults: Sequence[str]) -> None:
    if faults:
        raise ExchangeError(f"{path.name} of all videos would be refused by its readers and was not kept: {faults[0]}.")


MERGED: Final[Mapping[str, Callable[[Path, Path, Sequence[str]], None]]] = {
    "coco": _merge_coco,
    "coco-detection": _merge_coco,
    "yolo": _merge_yolo,
}
"""The formats of which one export can hold many videos."""
