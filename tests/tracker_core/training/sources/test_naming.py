from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tests.support.training_data import picture_with, write_source
from tracker_core.training.pictures.prepared import SourceWriter
from tracker_core.training.sources.naming import named, provenance_of
from tracker_core.training.sources.reader import AnnotatedPicture, Note, SourceReader


@dataclass(frozen=True)
class Folder:
    """A source of no pictures, for its name."""

    path: Path
    truth: str = "truth"
    kind: Literal["video"] = "video"

    @property
    def name(self) -> str:
        return f"{self.path.parent.name}.{self.path.name}"

    def mark(self) -> str:
        if not self.truth:
            raise FileNotFoundError("gone")
        return self.truth

    def pictures(self, note: Note) -> Iterator[AnnotatedPicture]:
        return iter(())


def names(readers: list[SourceReader], out: Path) -> list[str]:
    return [job.name for job in named(readers, out)]


def finish(readers: list[SourceReader], out: Path) -> None:
    """As if these had been prepared."""
    for job in named(readers, out):
        if not job.is_there:
            writer = SourceWriter(out, job.name, "video", provenance_of(job.reader))
            writer.add(picture_with(None), [])
            writer.close()


A, B = Folder(Path("/d/a/train/images")), Folder(Path("/d/b/train/images"), "another truth")


def test_two_sources_of_one_name_are_told_apart_by_the_folders_above(tmp_path: Path) -> None:
    assert names([A, B], tmp_path) == ["train.images", "b.train.images"]


def test_capitals_are_no_difference_where_file_systems_see_none(tmp_path: Path) -> None:
    loud = Folder(Path("/d/b/Train/Images"))
    assert names([A, loud], tmp_path) == ["train.images", "b.Train.Images"]


def test_a_number_is_the_last_resort(tmp_path: Path) -> None:
    assert names([Folder(Path("/x")), Folder(Path("/X"))], tmp_path) == [".x", ".X.2"]


def test_a_source_that_is_given_twice_is_one(tmp_path: Path) -> None:
    assert names([A, B, A], tmp_path) == ["train.images", "b.train.images"]


def test_in_whatever_order_they_come_each_keeps_its_name(tmp_path: Path) -> None:
    finish([B], tmp_path)
    first, second = named([A, B], tmp_path)
    assert (first.name, first.is_there) == ("a.train.images", False)
    assert (second.name, second.is_there) == ("train.images", True)
    finish([A], tmp_path)
    assert [(job.name, job.is_there) for job in named([B, A], tmp_path)] == [
        ("train.images", True), ("a.train.images", True),
    ]  # fmt: skip


def test_another_source_of_that_name_is_never_taken_for_it(tmp_path: Path) -> None:
    finish([A], tmp_path)
    (job,) = named([B], tmp_path)
    assert (job.name, job.is_there) == ("b.train.images", False)


def test_a_source_whose_truth_has_changed_is_made_anew(tmp_path: Path) -> None:
    finish([A], tmp_path)
    (job,) = named([Folder(A.path, "corrected")], tmp_path)
    assert (job.name, job.is_there, job.remark) == (
        "train.images",
        False,
        "prepared again because its truth has changed",
    )


def test_a_source_that_has_moved_is_told_to_be_there(tmp_path: Path) -> None:
    finish([A], tmp_path)
    (job,) = named([Folder(Path("/new/train/images"))], tmp_path)
    assert (job.name, job.is_there) == ("train.images", True)
    assert job.remark == f"prepared from {A.path}, which has the same truth"


def test_a_source_whose_files_are_gone_keeps_what_was_made_of_it(tmp_path: Path) -> None:
    finish([A], tmp_path)
    (job,) = named([Folder(A.path, truth="")], tmp_path)
    assert job.is_there


def test_what_was_prepared_before_sources_said_their_provenance_is_there(tmp_path: Path) -> None:
    write_source(tmp_path, "train.images", "video", [None])
    (job,) = named([A], tmp_path)
    assert job.is_there


def test_an_index_without_its_pictures_is_no_source(tmp_path: Path) -> None:
    finish([A, B], tmp_path)
    (tmp_path / "train.images.bin").write_bytes(b"")
    (tmp_path / "b.train.images.bin").unlink()
    assert [(job.name, job.is_there) for job in named([A, B], tmp_path)] == [
        ("train.images", False), ("b.train.images", False),
    ]  # fmt: skip
