from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.training_data import picture_with, seen, write_source
from tracker_core.geometry import Box
from tracker_core.training.pictures.prepared import Instance, PreparedDataError, Source, SourceWriter, open_sources

BOX = Box(100, 80, 64, 48)


def test_what_was_written_is_read(tmp_path: Path) -> None:
    first = Instance(4, "car", Box(1.234, 2, 30, 40.5), ((1.0, 2.0, 3.0, 4.0, 5.5, 6.0),))
    writer = SourceWriter(tmp_path / "new", "a.b", "video")
    writer.add(picture_with(BOX), [first, Instance(5, "", BOX)])
    writer.add(picture_with(None), [])
    writer.close()
    source = Source.open(tmp_path / "new" / "a.b.json")
    assert (source.name, source.kind, len(source.pictures)) == ("a.b", "video", 2)
    stored, plain = source.pictures[0].instances
    assert stored == Instance(4, "car", Box(1.23, 2, 30, 40.5), first.outline)
    assert plain == Instance(5, "", BOX)
    assert source.pictures[1].instances == ()
    shown = seen(source.image(source.pictures[0]))
    assert shown is not None
    assert shown.iou(BOX) > 0.9  # in RGB order, and where it was: JPEG blurs its edges
    assert seen(source.image(source.pictures[1])) is None


def test_nothing_is_there_before_close_and_nothing_after_abandon(tmp_path: Path) -> None:
    writer = SourceWriter(tmp_path, "half", "stills")
    writer.add(picture_with(BOX), [Instance(0, "", BOX)])
    assert not list(tmp_path.glob("*.json")) + list(tmp_path.glob("*.bin"))
    writer.abandon()
    assert list(tmp_path.iterdir()) == []


def test_closing_leaves_the_blob_and_the_index_alone(tmp_path: Path) -> None:
    write_source(tmp_path, "done", "stills", [BOX])
    assert {path.name for path in tmp_path.iterdir()} == {"done.bin", "done.json"}


def test_sources_are_opened_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("video.b", "stills.c", "video.a"):
        write_source(tmp_path, name, "video", [BOX])
    assert [source.name for source in open_sources(tmp_path)] == ["stills.c", "video.a", "video.b"]


def test_a_folder_without_sources_is_said_to_be_one(tmp_path: Path) -> None:
    with pytest.raises(PreparedDataError, match="holds no prepared pictures; run `prepare` first"):
        list(open_sources(tmp_path))


@pytest.mark.parametrize("content", ["", "[]", '{"kind": "video"}', '{"kind": "video", "pictures": [{"offset": 0}]}'])
def test_a_damaged_index_is_named(tmp_path: Path, content: str) -> None:
    write_source(tmp_path, "bad", "video", [BOX])
    (tmp_path / "bad.json").write_text(content)
    with pytest.raises(PreparedDataError, match=r"bad\.json is not a prepared source .* prepare it again"):
        Source.open(tmp_path / "bad.json")


def test_a_lost_blob_is_named(tmp_path: Path) -> None:
    write_source(tmp_path, "bad", "video", [BOX])
    (tmp_path / "bad.bin").unlink()
    with pytest.raises(PreparedDataError, match=r"bad\.json is not a prepared source"):
        Source.open(tmp_path / "bad.json")


def test_a_damaged_picture_is_named(tmp_path: Path) -> None:
    source = write_source(tmp_path, "bad", "video", [BOX])
    length = json.loads((tmp_path / "bad.json").read_text())["pictures"][0]["length"]
    (tmp_path / "bad.bin").write_bytes(b"\0" * length)
    with pytest.raises(PreparedDataError, match="a picture of bad is damaged"):
        Source.open(tmp_path / "bad.json").image(source.pictures[0])
