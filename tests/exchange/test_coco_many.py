"""COCO files with more boxes than there is memory for as objects: written and compared part by part."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest

from app.exchange import coco, coco_many, formats
from app.exchange import export as exporting
from app.exchange.annotations import Annotations, ExportOptions, ImportOptions
from app.exchange.box_rows import BoxRows
from app.exchange.coco_check import check
from app.exchange.errors import ExchangeError
from app.exchange.export import export
from app.exchange.format import Written
from app.exchange.rows import collect_rows
from tests.support.annotated_projects import street, tracked
from tracker_core.geometry import Box


@pytest.fixture(autouse=True)
def few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "MANY", 1)
    monkeypatch.setattr(coco_many, "AT_ONCE", 3)  # lines; so that there are many parts, whose borders lie anywhere


@pytest.fixture
def whole() -> Annotations:
    project = street()
    project.tracks[2].put({6: tracked(Box(1 / 3, 2e-3, 1e3 / 7, 4), 0.1 + 0.2)})
    return collect_rows(project, ExportOptions())


def test_what_is_written_is_what_the_reader_finds(whole: Annotations, tmp_path: Path) -> None:
    path = tmp_path / "tracks.json"
    coco.write(path, whole, ExportOptions())
    assert coco.difference_in_many(path, whole) is None
    assert check(path) == []
    with_sources = [replace(row, record=replace(row.record, run_id=None)) for row in whole.rows]
    read = coco.read(path, whole.video, ImportOptions())
    assert list(read.rows) == with_sources
    assert sorted(read.tracks, key=attrgetter("id")) == sorted(whole.tracks, key=attrgetter("id"))


def spoilt(path: Path, change: Callable[[list[dict[str, Any]]], object]) -> None:
    document = json.loads(path.read_text())
    change(document["annotations"])
    lines = ",\n".join(map(json.dumps, document.pop("annotations")))
    path.write_text(json.dumps(document)[:-1] + ',\n"annotations": [\n' + lines + "]\n}\n")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda entries: entries[7]["bbox"].__setitem__(2, 9.5), "bbox of track"),
        (lambda entries: entries[19].update(area=1.0), "area of track"),
        (lambda entries: entries[5].update(image_id=1), "image_id of track"),
        (lambda entries: entries[0]["attributes"].update(score=0.5), "score of track"),
        (lambda entries: entries[3]["attributes"].update(occluded=True), "occluded of track"),
        (lambda entries: entries.pop(), "boxes became"),
        (lambda entries: entries.append(entries[0]), "boxes became more"),
        (lambda entries: entries.clear(), "boxes became 0"),
    ],
)
def test_every_difference_is_found(
    whole: Annotations, tmp_path: Path, change: Callable[[list[dict[str, Any]]], object], told: str
) -> None:
    path = tmp_path / "tracks.json"
    coco.write(path, whole, ExportOptions())
    spoilt(path, change)
    found = coco.difference_in_many(path, whole)
    assert found is not None
    assert told in found


def test_two_boxes_of_a_track_in_a_frame_are_found(whole: Annotations, tmp_path: Path) -> None:
    rows = list(whole.rows)
    doubled = replace(whole, rows=BoxRows.of([*rows[:4], rows[3], *rows[4:]]))
    coco.write(tmp_path / "tracks.json", doubled, ExportOptions())
    assert "two boxes" in (coco.difference_in_many(tmp_path / "tracks.json", doubled) or "")


@pytest.mark.parametrize("what", [b"", b"{", b'{\n"annotations": [\n{}]\n}\n'])
def test_an_export_that_breaks_off_is_not_kept(what: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def write(path: Path, annotations: Annotations, options: ExportOptions) -> Written:
        written = coco.write(path, annotations, options)
        path.write_bytes(what)
        return written

    broken = replace(formats.format_named("coco"), name="broken", write=write)
    monkeypatch.setattr(formats, "FORMATS", (*formats.FORMATS, broken))
    with pytest.raises(ExchangeError):
        export(street(), "broken", tmp_path / "tracks.json")
    assert not list(tmp_path.iterdir())


def test_rows_are_those_that_were_put_in(whole: Annotations) -> None:
    rows = whole.rows
    assert isinstance(rows, BoxRows)
    assert BoxRows.of(list(rows)) == rows
    assert rows[-1] == list(rows)[-1]
    assert rows[2:5] == tuple(rows)[2:5]
    with pytest.raises(IndexError):
        rows[len(rows)]
