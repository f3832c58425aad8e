from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.support.training_data import (
    HEIGHT,
    WIDTH,
    passing_boxes,
    seen,
    write_still_folder,
    write_video_folder,
)
from tracker_core.geometry import Box
from tracker_core.training import prepare as preparing
from tracker_core.training.pictures import Instance, Source
from tracker_core.training.prepare import SourceReport, find_sources, prepare, prepare_source, within_reach

BOX = Box(100, 80, 60, 40)


def assert_boxes_are_where_the_pictures_show_them(source: Source) -> None:
    for picture in source.pictures:
        for instance in picture.instances:
            shown = seen(source.image(picture))
            assert shown is not None
            assert shown.iou(instance.box) > 0.9


def test_a_video_becomes_a_source(tmp_path: Path) -> None:
    folder = write_video_folder(tmp_path / "set" / "car-1", passing_boxes(8), absent=[2, 5])
    report = prepare_source(folder, tmp_path / "out")
    assert (report.name, report.pictures, report.boxes, report.skipped) == ("set.car-1", 6, 6, False)
    assert report.problems == {"target absent": 2}
    source = Source.open(tmp_path / "out" / "set.car-1.json")
    assert (source.kind, len(source.pictures)) == ("video", 6)
    assert {(i.track, i.category) for p in source.pictures for i in p.instances} == {(0, "car-1")}
    assert_boxes_are_where_the_pictures_show_them(source)


def test_frames_beyond_the_truth_are_counted_and_passed_over(tmp_path: Path) -> None:
    folder = write_video_folder(tmp_path / "car", passing_boxes(6), truth_rows=4)
    report = prepare_source(folder, tmp_path / "out")
    assert (report.pictures, dict(report.problems)) == (4, {"frame without truth": 2})


def test_stills_become_a_source_with_outlines(tmp_path: Path) -> None:
    folder = write_still_folder(tmp_path / "stills" / "bricks", [[BOX], [], [Box(10, 10, 80, 80)]])
    report = prepare_source(folder, tmp_path / "out")
    assert (report.name, report.pictures, report.boxes, dict(report.problems)) == ("stills.bricks", 3, 2, {})
    source = Source.open(tmp_path / "out" / "stills.bricks.json")
    assert source.kind == "stills"
    assert [len(picture.instances) for picture in source.pictures] == [1, 0, 1]  # the one between is a background
    assert_boxes_are_where_the_pictures_show_them(source)
    (instance,) = source.pictures[0].instances
    assert instance.category == "brick"
    xs, ys = instance.outline[0][::2], instance.outline[0][1::2]
    around = Box.from_corners(min(xs), min(ys), max(xs), max(ys))
    assert around.as_tuple() == pytest.approx(instance.box.as_tuple(), abs=0.1)


def test_only_what_a_search_region_could_show_is_kept(tmp_path: Path) -> None:
    """Four exemplar sides around a box of 8 x 8, whose exemplar window is 16 wide: at most 64 of 320 pixels."""
    small = Box(200, 150, 8, 8)
    folder = write_still_folder(tmp_path / "s", [[small]])
    prepare_source(folder, tmp_path / "out")
    source = Source.open(tmp_path / "out" / f"{tmp_path.name}.s.json")
    (picture,) = source.pictures
    assert source.image(picture).shape == (64, 64, 3)
    assert picture.instances[0].box == Box(28, 28, 8, 8)
    assert_boxes_are_where_the_pictures_show_them(source)


def test_a_large_picture_is_made_smaller_with_its_boxes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparing, "LONGEST_SIDE", 160)
    folder = write_still_folder(tmp_path / "s", [[BOX]])
    prepare_source(folder, tmp_path / "out")
    source = Source.open(tmp_path / "out" / f"{tmp_path.name}.s.json")
    (picture,) = source.pictures
    assert source.image(picture).shape == (HEIGHT // 2, WIDTH // 2, 3)
    assert picture.instances[0].box == Box(50, 40, 30, 20)
    assert_boxes_are_where_the_pictures_show_them(source)


def test_broken_images_and_boxes_are_counted_and_passed_over(tmp_path: Path) -> None:
    broken: list[dict[str, object]] = [
        {"image_id": 0, "category_id": 3, "bbox": bbox}
        for bbox in ([10, 10, 0, 20], [10, 10, -5, 20], [10, 10, 20], None, [10, 10, float("nan"), 20], [1, 1, None, 2])
    ]
    tiny = {"image_id": 0, "category_id": 3, "bbox": [10, 10, 5, 30]}
    outside = {"image_id": 0, "category_id": 3, "bbox": [-40, 10, 60, 30]}
    folder = write_still_folder(tmp_path / "s", [[BOX], [BOX], [BOX]], more=[*broken, tiny, outside])
    (folder / "images" / "1.png").write_bytes(b"\x89PNG is all there is")
    (folder / "images" / "2.png").unlink()
    report = prepare_source(folder, tmp_path / "out")
    assert report.problems == {
        "broken box": 6, "box under 6 pixels": 1, "box mostly outside the picture": 1, "unreadable image": 2,
    }  # fmt: skip
    assert (report.pictures, report.boxes) == (1, 1)


def test_a_second_run_skips_what_is_there(tmp_path: Path) -> None:
    data, out = tmp_path / "data", tmp_path / "out"
    write_video_folder(data / "a", passing_boxes(3))
    prepare([data], out)
    write_still_folder(data / "b", [[BOX]])
    first = (out / "data.a.bin").stat().st_mtime_ns
    heard: list[SourceReport] = []
    reports = prepare([data], out, on_done=heard.append)
    assert [(report.name, report.skipped) for report in reports] == [("data.a", True), ("data.b", False)]
    assert heard == reports
    assert (out / "data.a.bin").stat().st_mtime_ns == first


def test_a_run_killed_half_way_leaves_no_source_and_the_next_makes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_video_folder(tmp_path / "set" / "car", passing_boxes(5))
    frames = preparing._video_pictures

    def killed(source: Path, report: SourceReport) -> Iterator[object]:
        for number, picture in enumerate(frames(source, report)):
            if number == 3:
                raise KeyboardInterrupt
            yield picture

    with monkeypatch.context() as patch:
        patch.setattr(preparing, "_video_pictures", killed)
        with pytest.raises(KeyboardInterrupt):
            prepare_source(folder, tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []
    assert prepare_source(folder, tmp_path / "out").pictures == 5


def test_sources_are_found_at_any_depth(tmp_path: Path) -> None:
    video = write_video_folder(tmp_path / "x" / "y" / "car", passing_boxes(2))
    stills = write_still_folder(tmp_path / "bricks", [[BOX]])
    assert find_sources(tmp_path) == [stills, video]


def test_a_folder_without_sources_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"has no folder with video\.mp4 and groundtruth\.txt"):
        find_sources(tmp_path)


def test_a_part_reaches_around_some_and_moves_all() -> None:
    near, far = Instance(1, "car", Box(100, 100, 20, 20)), Instance(2, "car", Box(150, 110, 20, 20))
    image = np.zeros((400, 600, 3), np.uint8)
    part, (one, other) = within_reach(image, [near, far], around=[near], sides=2)
    side = 40  # of the exemplar: a box of 20 x 20 with its context
    assert part.shape == (2 * side, 2 * side, 3)
    assert one.box == Box(30, 30, 20, 20)
    assert other.box == Box(80, 40, 20, 20)
    assert within_reach(image, [near, far], around=[near], sides=2, longest=40)[0].shape == (40, 40, 3)
