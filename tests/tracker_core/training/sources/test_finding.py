from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.training_data import passing_boxes, write_still_folder, write_video_folder
from tracker_core.geometry import Box
from tracker_core.training.sources.finding import find_sources

BOX = Box(100, 80, 60, 40)


def test_sources_are_found_at_any_depth_in_the_order_of_their_paths(tmp_path: Path) -> None:
    video = write_video_folder(tmp_path / "x" / "y" / "car", passing_boxes(2))
    stills = write_still_folder(tmp_path / "bricks", [[BOX]])
    assert [reader.path for reader in find_sources(tmp_path)] == [stills / "annotations.json", video]


def test_a_source_itself_may_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    video = write_video_folder(tmp_path / "set" / "car", passing_boxes(2))
    monkeypatch.chdir(video)
    (reader,) = find_sources(Path("."))
    assert (reader.path, reader.name) == (video, "set.car")


def test_forms_lie_side_by_side(tmp_path: Path) -> None:
    """A root of COCO and of VID at once, with a sequence among them; what is in their own folders is theirs."""
    video = write_video_folder(tmp_path / "extra" / "car", passing_boxes(2))
    (tmp_path / "annotations").mkdir()
    (tmp_path / "annotations" / "instances_train.json").write_text("{}")
    write_video_folder(tmp_path / "images" / "no-source", passing_boxes(2))
    for part in ("Annotations", "Data"):
        (tmp_path / part / "video").mkdir(parents=True)
    (tmp_path / "Annotations" / "video" / "0.xml").write_text("<annotation/>")
    (tmp_path / "Annotations" / "0.xml").write_text("<annotation/>")  # as VOC has it: of no video
    assert [reader.name for reader in find_sources(tmp_path)] == [
        f"{tmp_path.name}.Annotations-000", f"{tmp_path.name}.train", "extra.car",
    ]  # fmt: skip
    assert find_sources(tmp_path)[2].path == video


def test_links_are_followed_and_none_leads_in_a_circle(tmp_path: Path) -> None:
    write_video_folder(tmp_path / "disk" / "car", passing_boxes(2))
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "set").symlink_to(tmp_path / "disk")
    (tmp_path / "disk" / "back").symlink_to(tmp_path / "data")
    assert [reader.name for reader in find_sources(tmp_path / "data")] == ["set.car"]


def test_a_folder_without_sources_has_none(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("nothing to learn from")
    (tmp_path / "Annotations").mkdir()
    assert find_sources(tmp_path) == []


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"there is no folder .*missing"):
        find_sources(tmp_path / "missing")
