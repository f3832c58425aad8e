"""One way of writing for all forms of data; the forms have tests of their own in ``sources/``."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import cv2
import numpy as np
import pytest

from tests.support.training_data import (
    HEIGHT,
    RED,
    WIDTH,
    passing_boxes,
    picture_with,
    seen,
    write_pictures,
    write_still_folder,
    write_video,
    write_video_folder,
)
from tracker_core.geometry import Box
from tracker_core.training.pictures.prepared import Instance, PreparedDataError, Source, open_sources
from tracker_core.training.sources import prepare as preparing
from tracker_core.training.sources import reach
from tracker_core.training.sources.finding import find_sources
from tracker_core.training.sources.prepare import SourceReport, prepare
from tracker_core.training.sources.reader import AnnotatedPicture, Note, SourceError

BOX = Box(100, 80, 60, 40)


@dataclass(frozen=True)
class Pictures:
    """A source that ``prepare`` cannot know: so many pictures, then an error."""

    path: Path
    count: int
    error: type[Exception] = SourceError
    kind: Literal["video"] = "video"

    @property
    def name(self) -> str:
        return self.path.name

    def mark(self) -> str:
        return str(self.count)

    def pictures(self, note: Note) -> Iterator[AnnotatedPicture]:
        for _ in range(self.count):
            yield picture_with(BOX), [Instance(0, "brick", BOX)]
        raise self.error("no more")


def prepare_folder(folder: Path, out: Path) -> SourceReport:
    (report,) = prepare(find_sources(folder), out)
    return report


def assert_boxes_are_where_the_pictures_show_them(source: Source) -> None:
    for picture in source.pictures:
        for instance in picture.instances:
            shown = seen(source.image(picture))
            assert shown is not None
            assert shown.iou(instance.box) > 0.9


def test_a_video_becomes_a_source(tmp_path: Path) -> None:
    folder = write_video_folder(tmp_path / "set" / "car-1", passing_boxes(8), absent=[2, 5])
    report = prepare_folder(folder, tmp_path / "out")
    assert (report.name, report.pictures, report.boxes, report.skipped) == ("set.car-1", 6, 6, False)
    assert report.problems == {"target absent": 2}
    source = Source.open(tmp_path / "out" / "set.car-1.json")
    assert (source.kind, len(source.pictures)) == ("video", 6)
    assert {(i.track, i.category) for p in source.pictures for i in p.instances} == {(0, "car-1")}
    assert_boxes_are_where_the_pictures_show_them(source)


def test_frames_beyond_the_truth_are_counted_and_passed_over(tmp_path: Path) -> None:
    folder = write_video_folder(tmp_path / "car", passing_boxes(6), truth_rows=4)
    report = prepare_folder(folder, tmp_path / "out")
    assert (report.pictures, dict(report.problems)) == (4, {"frame without truth": 2})


def test_stills_become_a_source_with_outlines(tmp_path: Path) -> None:
    folder = write_still_folder(tmp_path / "stills" / "bricks", [[BOX], [], [Box(10, 10, 80, 80)]])
    report = prepare_folder(folder, tmp_path / "out")
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
    prepare_folder(folder, tmp_path / "out")
    source = Source.open(tmp_path / "out" / f"{tmp_path.name}.s.json")
    (picture,) = source.pictures
    assert source.image(picture).shape == (64, 64, 3)
    assert picture.instances[0].box == Box(28, 28, 8, 8)
    assert_boxes_are_where_the_pictures_show_them(source)


def test_a_large_picture_is_made_smaller_with_its_boxes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reach, "LONGEST_SIDE", 160)
    folder = write_still_folder(tmp_path / "s", [[BOX]])
    prepare_folder(folder, tmp_path / "out")
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
    report = prepare_folder(folder, tmp_path / "out")
    assert report.problems == {
        "broken box": 6, "box under 6 pixels": 1, "box mostly outside the picture": 1, "unreadable image": 2,
    }  # fmt: skip
    assert (report.pictures, report.boxes) == (1, 1)


def test_a_second_run_skips_what_is_there(tmp_path: Path) -> None:
    data, out = tmp_path / "data", tmp_path / "out"
    write_video_folder(data / "a", passing_boxes(3))
    prepare(find_sources(data), out)
    write_still_folder(data / "b", [[BOX]])
    first = (out / "data.a.bin").stat().st_mtime_ns
    heard: list[SourceReport] = []
    reports = prepare(find_sources(data), out, on_done=heard.append)
    assert [(report.name, report.skipped) for report in reports] == [("data.a", True), ("data.b", False)]
    assert heard == reports
    assert (out / "data.a.bin").stat().st_mtime_ns == first


def test_a_run_killed_half_way_leaves_no_source_and_the_next_makes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_video_folder(tmp_path / "set" / "car", passing_boxes(5))
    within_reach, calls = reach.within_reach, iter(range(100))

    def killed(image: np.ndarray, instances: list[Instance]) -> object:
        if next(calls) == 3:
            raise KeyboardInterrupt
        return within_reach(image, instances)

    with monkeypatch.context() as patch:
        patch.setattr(preparing, "within_reach", killed)
        with pytest.raises(KeyboardInterrupt):
            prepare_folder(tmp_path / "set", tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []
    assert prepare_folder(tmp_path / "set", tmp_path / "out").pictures == 5


def test_two_processes_make_what_one_makes(tmp_path: Path) -> None:
    data = tmp_path / "data"
    write_video_folder(data / "a", passing_boxes(3))
    write_still_folder(data / "b", [[BOX], []])
    write_pictures(data / "c" / "img", {"1": {RED: BOX}, "2": {RED: BOX}})
    (data / "c" / "groundtruth_rect.txt").write_text("101,81,60,40\n" * 2)
    one = prepare(find_sources(data), tmp_path / "one")
    two = prepare(find_sources(data), tmp_path / "two", workers=2)
    assert one == two
    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert [name.partition(".")[2] for name in names] == ["a.bin", "a.json", "b.bin", "b.json", "c.bin", "c.json"]
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_sources_of_one_name_are_all_prepared(tmp_path: Path) -> None:
    for place, boxes in (("a", [[BOX]]), ("b", [[BOX], [BOX]])):
        write_still_folder(tmp_path / place / "train" / "images", boxes)
    for skipped in (False, True):
        reports = prepare(find_sources(tmp_path), tmp_path / "out")
        assert [(r.name, r.skipped) for r in reports] == [("train.images", skipped), ("b.train.images", skipped)]
    assert [len(source.pictures) for source in open_sources(tmp_path / "out")] == [2, 1]


def test_corrected_truth_replaces_what_was_made_of_the_old(tmp_path: Path) -> None:
    folder = write_video_folder(tmp_path / "set" / "car", passing_boxes(4))
    prepare_folder(folder, tmp_path / "out")
    (folder / "absence.label").write_text("0\n1\n1\n0\n")
    report = prepare_folder(folder, tmp_path / "out")
    assert (report.remark, report.pictures) == ("prepared again because its truth has changed", 2)
    (source,) = open_sources(tmp_path / "out")
    assert len(source.pictures) == 2
    assert_boxes_are_where_the_pictures_show_them(source)
    assert prepare_folder(folder, tmp_path / "out").skipped


def test_a_source_without_a_picture_of_use_is_not_written(tmp_path: Path) -> None:
    """An empty one could not be opened."""
    folder = write_video_folder(tmp_path / "set" / "car", passing_boxes(3), absent=[0, 1, 2])
    report = prepare_folder(folder, tmp_path / "out")
    assert (report.pictures, dict(report.problems)) == (0, {"target absent": 3})
    assert list((tmp_path / "out").iterdir()) == []


@dataclass(frozen=True)
class Deadly(Pictures):
    """A source at which the system kills the process."""

    def pictures(self, note: Note) -> Iterator[AnnotatedPicture]:
        os._exit(9)


def test_a_process_that_is_killed_is_told_in_a_line(tmp_path: Path) -> None:
    with pytest.raises(PreparedDataError, match=r"(torn|deadly) or a later source was killed"):
        prepare([Pictures(tmp_path / "torn", 1), Deadly(tmp_path / "deadly", 1)], tmp_path / "out", workers=2)


def test_what_was_read_before_a_damaged_place_is_kept(tmp_path: Path) -> None:
    (report,) = prepare([Pictures(tmp_path / "torn", 3)], tmp_path / "out")
    assert (report.pictures, report.boxes) == (3, 3)
    assert report.first == {"damaged; the rest is left out": "no more"}
    assert len(Source.open(tmp_path / "out" / "torn.json").pictures) == 3


def test_a_source_that_may_be_read_another_time_is_not_half_kept(tmp_path: Path) -> None:
    reports = prepare([Pictures(tmp_path / "unplugged", 3, OSError), Pictures(tmp_path / "torn", 1)], tmp_path / "out")
    assert [(report.pictures, report.boxes) for report in reports] == [(0, 0), (1, 1)]
    assert reports[0].problems == {"left out because it cannot be read: no more": 1}
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["torn.bin", "torn.json"]


@pytest.mark.parametrize("share", [0.0, 0.97])
def test_a_torn_video_ends_nothing(tmp_path: Path, share: float) -> None:
    """A Matroska file can be read up to where it was cut off."""
    torn = write_video(tmp_path / "data" / "a" / "video.mkv", passing_boxes(12))
    torn.write_bytes(torn.read_bytes()[: int(share * torn.stat().st_size)])
    (tmp_path / "data" / "a" / "groundtruth.txt").write_text(
        "".join(f"{','.join(map(str, box.as_tuple()))}\n" for box in passing_boxes(12))
    )
    write_video_folder(tmp_path / "data" / "b", passing_boxes(2))
    first, second = prepare(find_sources(tmp_path / "data"), tmp_path / "out")
    assert second.pictures == 2
    assert (0 < first.pictures < 12) == (share > 0)
    assert sum(first.problems.values()) >= 1
    for source in open_sources(tmp_path / "out"):
        assert_boxes_are_where_the_pictures_show_them(source)


def test_a_picture_that_is_a_mere_line_is_left_out(tmp_path: Path) -> None:
    folder = write_still_folder(tmp_path / "s", [[BOX], []])
    cv2.imwrite(str(folder / "images" / "1.png"), np.zeros((2, 3000, 3), np.uint8))
    report = prepare_folder(folder, tmp_path / "out")
    assert (report.pictures, dict(report.problems)) == (1, {"picture over 50 times longer than wide": 1})


def test_a_place_that_cannot_be_written_to_is_named_with_the_source(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(PreparedDataError, match="torn could not be prepared"):
        prepare([Pictures(tmp_path / "torn", 1)], tmp_path / "file" / "out")
