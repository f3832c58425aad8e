"""Exports of many videos: splits, classes, and what goes wrong with one of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.annotations import ExportOptions
from app.exchange.errors import ExchangeError
from app.exchange.formats import check
from app.model.project import Label, Project
from app.store.project_store import ProjectStore
from app.workspace.exporting import VideoToExport, export_all
from app.workspace.merging import export_merged
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


def test_what_was_not_written_is_in_no_part(tmp_path: Path, videos: list[VideoToExport]) -> None:
    gone = VideoToExport("gone", tmp_path / "gone.siamark")
    report = export_all([gone, *videos], "coco", tmp_path / "out", ExportOptions(), shares=Shares())
    assert sum((report.parts or {}).values()) == report.videos == 2
    assert json.loads((tmp_path / "out" / "splits.json").read_text())["videos"].keys() == {"one", "two"}


def test_notes_that_differ_only_in_numbers_are_one(tmp_path: Path, videos: list[VideoToExport]) -> None:
    report = export_all(videos, "coco-detection", tmp_path / "out", ExportOptions())
    (lost,) = (note for note in report.notes if note.startswith("The format has no place for"))
    assert lost.endswith(". And 1 more like it.")
    assert len(report.notes) == len(set(report.notes))


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


def test_one_coco_file_a_part_has_unique_ids_and_passes_the_check(tmp_path: Path, videos: list[VideoToExport]) -> None:
    options = ExportOptions(class_order=("person", "car", "dog"))
    out = tmp_path / "out"
    report = export_merged(videos, "coco", out, options)
    assert (report.videos, report.tracks, report.failed) == (2, 5, ())
    assert not any("street" in note for note in report.notes)
    whole = json.loads((out / "tracks.json").read_text())
    assert check(out / "tracks.json", "coco") == []
    assert [video["name"] for video in whole["videos"]] == ["one", "two"]
    assert len(whole["annotations"]) == report.boxes
    assert {image["file_name"] for image in whole["images"]} >= {"one/000001.jpg", "two/000030.jpg"}
    name_of = {entry["id"]: entry["name"] for entry in whole["categories"]}
    assert {name_of[track["category_id"]] for track in whole["tracks"] if track["video_id"] == 2} == {"car", "dog"}
    for annotation in whole["annotations"]:
        image = whole["images"][annotation["image_id"] - 1]
        track = whole["tracks"][annotation["track_id"] - 1]
        assert image["video_id"] == annotation["video_id"] == track["video_id"]
        assert annotation["instance_id"] == annotation["track_id"]
        assert annotation["category_id"] == track["category_id"]
    apart = tmp_path / "apart"
    export_all(videos, "coco", apart, options)
    boxes = [json.loads((apart / name / "tracks.json").read_text())["annotations"] for name in ("one", "two")]
    assert [one["bbox"] for one in whole["annotations"]] == [one["bbox"] for of_video in boxes for one in of_video]
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []


def test_a_split_makes_a_coco_file_of_each_part(tmp_path: Path, videos: list[VideoToExport]) -> None:
    out = tmp_path / "out"
    order = ExportOptions(class_order=("person", "car", "dog"))
    export_merged(videos, "coco-detection", out, order, shares=Shares(50, 50, 0))
    assert sorted(path.name for path in out.iterdir()) == ["splits.json", "train.json", "val.json"]
    for part in ("train", "val"):
        assert check(out / f"{part}.json", "coco-detection") == []
        (name,) = [key for key, of in json.loads((out / "splits.json").read_text())["videos"].items() if of == part]
        images = json.loads((out / f"{part}.json").read_text())["images"]
        assert {image["file_name"].partition("/")[0] for image in images} == {name}


@pytest.mark.parametrize("shares", [None, Shares(50, 50, 0)])
def test_one_yolo_folder_has_all_videos_and_says_where_the_parts_are(
    tmp_path: Path, videos: list[VideoToExport], shares: Shares | None
) -> None:
    out = tmp_path / "out"
    export_merged(videos, "yolo", out, ExportOptions(class_order=("person", "car", "dog")), shares=shares)
    about = yaml.safe_load((out / "data.yaml").read_text())
    assert about["names"] == {0: "person", 1: "car", 2: "dog"}
    assert (about["train"], about["val"]) == ("images/train", "images/val" if shares else "images/train")
    labels = [path for part in ("train", "val") for path in (out / "labels" / part).glob("*.txt")]
    assert len(labels) == len({path.name for path in labels}) == 60
    assert {path.name.partition("_")[0] for path in labels} == {"one", "two"}
    assert check(out, "yolo") == []


def test_what_cannot_be_one_data_set_is_said_and_nothing_is_written(
    tmp_path: Path, videos: list[VideoToExport]
) -> None:
    with pytest.raises(ExchangeError, match="has a file for each video; one data set of all can be COCO"):
        export_merged(videos, "mot", tmp_path / "out", ExportOptions())
    gone = [VideoToExport("gone", tmp_path / "gone.siamark")]
    assert export_merged(gone, "coco", tmp_path / "out", ExportOptions()).failed
    assert not (tmp_path / "out").exists()
