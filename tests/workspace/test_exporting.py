"""Exports of many videos: splits, classes, and what goes wrong with one of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.annotations import ExportOptions
from app.exchange.errors import ExchangeError
from app.exchange.formats import check
from app.model.project import Label, Project
from app.store.project_store import ProjectStore
from app.workspace.exporting import VideoToExport, export_all
from app.workspace.splits import NAMES, Shares, split
from tests.support.annotated_projects import street

names_of_videos = st.lists(st.text(min_size=1, max_size=8), min_size=3, max_size=40, unique=True)


@given(names_of_videos, st.integers(0, 99))
def test_a_split_is_the_same_in_any_order_and_has_every_video_once(names: list[str], seed: int) -> None:
    shares = Shares(70, 20, 10, seed)
    found = split(names, shares)
    assert found.keys() == set(names)
    assert split(sorted(names, reverse=True), shares) == found
    counts = [list(found.values()).count(name) for name in NAMES]
    assert min(counts) >= 1  # there are as many videos as parts
    assert all(abs(count - len(names) * part / 100) < 2 for count, part in zip(counts, shares.parts, strict=True))


def test_another_seed_is_another_split() -> None:
    names = [f"video {number}" for number in range(30)]
    assert split(names, Shares(seed=1)) != split(names, Shares(seed=2))
    assert set(split(names, Shares(1, 0, 0)).values()) == {"train"}
    assert split([], Shares()) == {}


@pytest.mark.parametrize("parts", [(0, 0, 0), (-1, 2, 1)])
def test_shares_that_make_no_sense_are_refused(parts: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="parts of a split"):
        Shares(*parts)


def saved(path: Path, project: Project) -> Path:
    store = ProjectStore.create(path, project.video)
    store.put_project(project)
    store.close()
    return path


@pytest.fixture
def videos(tmp_path: Path) -> list[VideoToExport]:
    """Two streets; the second knows only dogs and cars."""
    other = street()
    other.labels = {name: Label(name, "#3b82f6") for name in ("dog", "car")}
    del other.tracks[2]
    other.tracks[5].label = "dog"
    return [
        VideoToExport("one", saved(tmp_path / "one.siamark", street())),
        VideoToExport("two", saved(tmp_path / "two.siamark", other)),
    ]


def test_every_file_numbers_its_classes_alike_and_passes_the_check(tmp_path: Path, videos: list[VideoToExport]) -> None:
    out = tmp_path / "out"
    report = export_all(videos, "coco", out, ExportOptions(class_order=("person", "car", "dog")), shares=Shares())
    assert (report.videos, report.tracks, report.failed) == (2, 5, ())
    parts = json.loads((out / "splits.json").read_text())["videos"]
    assert parts.keys() == {"one", "two"}
    for name, part in parts.items():
        path = out / part / name / "tracks.json"
        assert check(path, "coco") == []
        categories = json.loads(path.read_text())["categories"]
        assert [(each["id"], each["name"]) for each in categories] == [(1, "person"), (2, "car"), (3, "dog")]


def test_one_that_cannot_be_read_is_named_and_stops_no_other(tmp_path: Path, videos: list[VideoToExport]) -> None:
    gone = VideoToExport("gone", tmp_path / "gone.siamark")
    steps: list[tuple[int, str]] = []
    report = export_all(
        [gone, *videos],
        "yolo",
        tmp_path / "out",
        ExportOptions(),
        on_step=lambda done, name: steps.append((done, name)),
    )
    assert report.videos == 2
    assert [name for name, _ in report.failed] == ["gone"]
    assert steps == [(0, "gone"), (1, "one"), (2, "two")]
    assert (tmp_path / "out" / "one" / "data.yaml").exists()


def test_a_project_in_hand_is_exported_as_it_is_now(tmp_path: Path, videos: list[VideoToExport]) -> None:
    now = street()
    del now.tracks[1]
    report = export_all(videos[:1], "csv", tmp_path / "out", ExportOptions(), in_hand={videos[0].project: now})
    assert report.tracks == 2


def test_a_folder_that_holds_something_is_refused(tmp_path: Path, videos: list[VideoToExport]) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "notes.txt").write_text("a person's")
    with pytest.raises(ExchangeError, match="is not empty"):
        export_all(videos, "csv", tmp_path / "out", ExportOptions())
    with pytest.raises(ExchangeError, match="There is no format"):
        export_all(videos, "word", tmp_path / "new", ExportOptions())
