"""``export``, ``import`` and ``check`` from the command line."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from app.cli.check import check_command
from app.cli.export import export_command
from app.cli.importing import import_command
from app.model.project import Project, VideoReference
from app.store.project_store import ProjectStore, StoreError
from app.video.source import open_source
from tests.support.annotated_projects import VIDEO, street
from tests.support.numbered_clips import Coding, write_clip

VERSIONS = Path(__file__).parents[1] / "store" / "versions"

commands = typer.Typer()
commands.command("export")(export_command)
commands.command("import")(import_command)
commands.command("check")(check_command)


def run(*arguments: object) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of a command."""
    result = CliRunner().invoke(commands, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def save(project: Project, path: Path) -> Path:
    store = ProjectStore.create(path, project.video)
    for label in project.labels.values():
        store.put_label(label)
    for track in project.tracks.values():
        store.put_track(track)
        store.put_records(track.id, dict(track.items()))
    store.close()
    return path


def load(path: Path) -> Project:
    store = ProjectStore.open(path)
    try:
        return store.load()
    finally:
        store.close()


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_clip(tmp_path_factory.mktemp("clips"), Coding(), frames=30)


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    return save(street(), tmp_path / "street.siamark")


@pytest.mark.parametrize(("format_name", "name"), [("mot", "tracks.txt"), ("mot", "street"), ("coco", "tracks.json")])
def test_export_says_what_it_wrote_and_check_finds_nothing(
    saved: Path, tmp_path: Path, format_name: str, name: str
) -> None:
    out = tmp_path / name
    code, said, errors = run("export", saved, "--format", format_name, "--out", out)
    assert (code, errors) == (0, "")
    assert said.startswith(f"{out}: 20 boxes of 3 tracks on 17 frames.\n  Classes: 1 person, 2 car.\n  ")
    assert run("check", out, "--format", format_name) == (0, f"{out}: nothing wrong.\n", "")


def test_the_options_of_export_reach_the_file(saved: Path, tmp_path: Path) -> None:
    out = tmp_path / "tracks.txt"
    options = ("--keyframes-only", "--single-class", "--zero-based", "--minimum-score", "0.5")
    code, said, _ = run("export", saved, "--format", "mot", "--out", out, *options)
    assert code == 0
    assert out.read_text().splitlines() == [
        "1,1,10,20,40,30,1,1,1", "11,1,33,47,43,30.5,1,1,1", "21,1,100,60,45,31,1,1,1", "30,5,300,200,50,50,1,1,0",
    ]  # fmt: skip
    assert "7 boxes made by a tracker: left out, keyframes only." in said


def test_import_into_an_empty_project_restores_the_exported_one(saved: Path, tmp_path: Path) -> None:
    run("export", saved, "--format", "coco", "--out", tmp_path / "tracks.json")
    empty = save(Project(VIDEO), tmp_path / "empty.siamark")
    code, said, errors = run("import", empty, "--format", "coco", "--from", tmp_path / "tracks.json")
    assert (code, errors) == (0, "")
    assert said == (
        f"{empty}: 3 tracks added from {tmp_path / 'tracks.json'}.\n"
        "  Pictures are matched by the number in their file names, counted from 1; their frame numbers agree.\n"
    )
    assert load(empty).tracks == load(saved).tracks
    assert list(load(empty).labels) == ["person", "car"]


def test_import_adds_to_what_is_there_and_takes_its_labels_for_the_classes(saved: Path, tmp_path: Path) -> None:
    (tmp_path / "more.txt").write_text("1,1,1,1,5,6,1,2,1\n")
    code, said, _ = run("import", saved, "--format", "mot", "--from", tmp_path / "more.txt")
    assert code == 0
    assert "  Track 1 becomes track 6: the project has a track 1 already.\n" in said
    project = load(saved)
    assert sorted(project.tracks) == [1, 2, 5, 6]
    assert project.tracks[6].label == "car"
    assert project.tracks[1] == street().tracks[1]


def numbered_coco(path: Path, names: Sequence[str], **numbers: Sequence[int]) -> Path:
    """A picture a name, and in picture k (from 0) a box of ``k + 1`` pixels' width."""
    pictures = [
        {"id": key, "file_name": name, **{number: values[key] for number, values in numbers.items()}}
        for key, name in enumerate(names)
    ]
    boxes = [{"id": n + 1, "image_id": n, "category_id": 1, "track_id": 1, "bbox": [0, 0, n + 1, 5]}
             for n in range(len(names))]  # fmt: skip
    path.write_text(json.dumps(
        {"images": pictures, "annotations": boxes, "categories": [{"id": 1, "name": "ball\r"}]}
    ))  # fmt: skip
    return path


def widths(project: Path) -> dict[int, float]:
    (track,) = load(project).tracks.values()
    return {frame: record.box.width for frame, record in track.items() if record.box is not None}


def test_pictures_listed_as_text_sorts_are_imported_by_the_names_in_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "natural"
    folder.mkdir()
    names = [f"{number}.jpg" for number in range(1, 13)]
    for name in names:
        (folder / name).touch()
    project = save(Project(replace(VIDEO, path=folder, frame_count=12)), tmp_path / "natural.siamark")
    source = numbered_coco(tmp_path / "sorted.json", sorted(names))
    code, said, errors = run("import", project, "--format", "coco", "--from", source)
    assert (code, errors) == (0, "")
    assert "Pictures are matched by their file names" in said
    assert 'The label "ball\\r" is read as "ball".' in said
    assert widths(project) == {int(name[:-4]) - 1: place for place, name in enumerate(sorted(names), start=1)}
    run("export", project, "--format", "coco", "--out", tmp_path / "out.json")
    images = json.loads((tmp_path / "out.json").read_text())["images"]
    assert [image["file_name"] for image in images] == names


def test_frame_ids_from_one_are_imported_as_such_and_that_is_said(tmp_path: Path) -> None:
    project = save(Project(VIDEO), tmp_path / "a.siamark")
    names = [f"img1/{n:06d}.jpg" for n in range(1, 31)]
    source = numbered_coco(tmp_path / "from_one.json", names, frame_id=range(1, 31))
    code, said, _ = run("import", project, "--format", "coco", "--from", source)
    assert code == 0
    assert "counted from 1; their frame numbers agree." in said
    assert widths(project) == {frame: frame + 1 for frame in range(30)}


def test_where_two_rules_disagree_nothing_is_imported_until_one_is_chosen(tmp_path: Path) -> None:
    project = save(Project(VIDEO), tmp_path / "a.siamark")
    source = numbered_coco(tmp_path / "odd.json", ["5.jpg", "7.jpg"], frame_id=[20, 21])
    command = "import", project, "--format", "coco", "--from", source
    code, said, errors = run(*command)
    assert (code, said) == (2, "")
    assert "--match number or --match frame-id" in errors
    assert load(project).tracks == {}
    assert run(*command, "--match", "numbers")[0] == 2
    assert run(*command, "--match", "frame-id")[0] == 0
    assert widths(project) == {20: 1, 21: 2}


def test_check_lists_what_is_wrong_and_exits_with_one(tmp_path: Path) -> None:
    (tmp_path / "gt.txt").write_text("0,1,1,1,5,6,1,1,1\n1,1,1,1,5,6,0.9,1,1\n")
    code, said, errors = run("check", tmp_path / "gt.txt", "--format", "mot")
    assert (code, errors) == (1, "")
    assert said.splitlines()[0] == "gt.txt, line 1: frame 0: frames are whole numbers from 1"
    assert len(said.splitlines()) == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ("export", "{missing}", "--format", "mot", "--out", "{out}"),
        ("export", "{text}", "--format", "mot", "--out", "{out}"),
        ("export", "{project}", "--format", "avi", "--out", "{out}"),
        ("export", "{project}", "--format", "mot", "--out", "{missing}/tracks.txt"),
        ("export", "{project}", "--format", "coco", "--out", "{folder}"),
        ("import", "{missing}", "--format", "mot", "--from", "{text}"),
        ("import", "{project}", "--format", "mot", "--from", "{missing}"),
        ("import", "{project}", "--format", "mot", "--from", "{text}"),
        ("import", "{project}", "--format", "coco", "--from", "{text}"),
        ("import", "{project}", "--format", "avi", "--from", "{text}"),
        ("check", "{missing}", "--format", "mot"),
        ("check", "{missing}", "--format", "coco"),
        ("check", "{text}", "--format", "avi"),
    ],
)
def test_bad_input_is_one_line_on_standard_error_and_exit_code_two(
    saved: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    (tmp_path / "notes.txt").write_text("not boxes\n")
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    names = {"missing": "missing", "text": "notes.txt", "project": saved.name, "out": "out.txt", "folder": "."}
    places = {name: tmp_path / value for name, value in names.items()}
    code, said, errors = run(*(argument.format(**places) for argument in arguments))
    assert (code, said) == (2, "")
    assert len(errors.splitlines()) == 1
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_an_import_that_cannot_be_stored_leaves_nothing_half_written(
    saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_blocks = ProjectStore.put_blocks

    def fill_the_disk(store: ProjectStore, track_id: int, blocks: Mapping[int, bytes]) -> None:
        put_blocks(store, track_id, blocks)
        raise StoreError("The disk is full.")

    monkeypatch.setattr(ProjectStore, "put_blocks", fill_the_disk)
    (tmp_path / "more.txt").write_text("".join(f"{frame},9,1,1,5,6,1,3,1\n" for frame in range(1, 10)))
    code, _, errors = run("import", saved, "--format", "mot", "--from", tmp_path / "more.txt")
    monkeypatch.undo()
    assert (code, errors) == (2, "The disk is full.\n")
    assert load(saved).tracks == street().tracks
    assert list(load(saved).labels) == list(street().labels)


def test_a_video_with_boxes_and_crops_are_exports_too_and_doubts_are_told(clip: Path, tmp_path: Path) -> None:
    info = open_source(clip).info
    project = street()
    project.video = VideoReference(clip, info.frame_count, info.width, info.height, info.frame_rate, info.fingerprint)
    saved = save(project, tmp_path / "street.siamark")
    code, said, complained = run("export", saved, "--format", "video", "--out", tmp_path / "street.mp4")
    assert (code, complained) == (0, "")
    assert "\n  Not reviewed to the end: 2 doubtful, 2 gaps.\n" in said
    assert said.startswith(f"{tmp_path / 'street.mp4'}: ")
    assert "frames of video" in said
    code, said, _ = run("export", saved, "--format", "crops", "--out", tmp_path / "crops", "--margin", "0.1")
    assert code == 0
    assert (tmp_path / "crops" / "crops.csv").exists()
    code, _, complained = run("check", tmp_path / "street.mp4", "--format", "video")
    assert code == 2
    assert 'no format "video"' in complained


@pytest.mark.parametrize(("label", "classes"), [("=bus", {"person", "car", "bus"}), ("=", {"person", "car"})])
def test_tracks_without_a_label_can_be_named_and_left_out(tmp_path: Path, label: str, classes: set[str]) -> None:
    project = street()
    project.tracks[1].label = ""
    saved, out = save(project, tmp_path / "a.siamark"), tmp_path / "a.json"
    code, _, complained = run("export", saved, "--format", "coco", "--out", out, "--label", label)
    assert (code, complained) == (0, "")
    assert {category["name"] for category in json.loads(out.read_text())["categories"]} == classes


def test_export_reads_a_project_that_may_not_be_written_and_leaves_an_old_one_as_it_was(tmp_path: Path) -> None:
    """Nothing is written into the project, so a read-only place will do, and no version is brought up to date."""
    old = tmp_path / "old" / "street.siamark"
    old.parent.mkdir()
    with closing(sqlite3.connect(old)) as file:
        file.executescript((VERSIONS / "version_3.sql").read_text(encoding="utf-8"))
    before = old.read_bytes()
    code, _, errors = run("export", old, "--format", "csv", "--out", tmp_path / "tracks.csv")
    assert (code, errors) == (0, "")
    assert old.read_bytes() == before
    assert [file.name for file in old.parent.iterdir()] == [old.name]


def test_an_export_tells_the_project_which_class_numbers_others_know_now(tmp_path: Path) -> None:
    path, out = save(street(), tmp_path / "street.siamark"), tmp_path / "tracks.json"
    assert "Classes: 1 person, 2 car." in "".join(run("export", path, "--format", "coco", "--out", out)[1:])
    store = ProjectStore.open(path)
    store.delete_track(2)
    store.close()
    assert "Classes: 2 car." in "".join(run("export", path, "--format", "coco", "--out", out)[1:])


def test_an_old_project_is_left_as_it_was_and_it_is_said_that_class_numbers_may_change(tmp_path: Path) -> None:
    old = tmp_path / "street.siamark"
    with closing(sqlite3.connect(old)) as file:
        file.executescript((VERSIONS / "version_3.sql").read_text(encoding="utf-8"))
    before = old.read_bytes()
    code, out, errors = run("export", old, "--format", "coco", "--out", tmp_path / "tracks.json")
    assert code == 0
    assert "The class numbers may change: the project is of an older version" in out + errors
    assert old.read_bytes() == before
