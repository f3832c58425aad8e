"""What a manifest may say, and the error for an invalid one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.batch.job import FirstBox, Job
from app.batch.manifest import Defaults, ManifestError, read_manifest
from tracker_core.geometry import Box

DEFAULTS = Defaults("siamrpnpp_tiny", ("mot",))

WHOLE = """
tracker = "siamfc"
export = ["coco", "csv"]
label = "car"

[[job]]
video = "street.mp4"
boxes = [[1, 2, 3, 4], { box = [5, 6, 7, 8], frame = 9, label = "person" }]
frame = 3
way = "both"
most_frames = 100

[[job]]
name = "crossing"
video = "/videos/crossing.mp4"
detections = "det.txt"
format = "mot-det"
minimum_score = 0.3
link = 0.4
carry = 0
export = "mot"

[[job]]
project = "yard.siamark"
tracker = "siamrpn"
"""


def written(folder: Path, text: str, *, name: str = "jobs.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_what_holds_for_all_holds_where_a_job_does_not_say_otherwise(tmp_path: Path) -> None:
    boxes, detections, project = read_manifest(written(tmp_path, WHOLE), DEFAULTS)
    assert boxes == Job(
        "street",
        "siamfc",
        video=tmp_path / "street.mp4",
        boxes=(FirstBox(Box(1, 2, 3, 4), 3, "car"), FirstBox(Box(5, 6, 7, 8), 9, "person")),
        exports=("coco", "csv"),
        way="both",
        most_frames=100,
    )
    assert detections == Job(
        "crossing",
        "siamfc",
        video=Path("/videos/crossing.mp4"),
        detections=tmp_path / "det.txt",
        format_name="mot-det",
        exports=("mot",),
        minimum_score=0.3,
        link=0.4,
        carry=0,
    )
    assert project == Job("yard", "siamrpn", project=tmp_path / "yard.siamark", exports=("coco", "csv"))


def test_a_project_may_be_told_where_its_video_is_now(tmp_path: Path) -> None:
    text = '[[job]]\nproject = "yard.siamark"\nvideo = "moved/yard.mp4"\n'
    (job,) = read_manifest(written(tmp_path, text), DEFAULTS)
    assert (job.name, job.project, job.video) == ("yard", tmp_path / "yard.siamark", tmp_path / "moved" / "yard.mp4")


def test_json_says_the_same(tmp_path: Path) -> None:
    text = json.dumps({"job": [{"video": "street.mp4", "boxes": [[1, 2, 3, 4]]}]})
    (job,) = read_manifest(written(tmp_path, text, name="jobs.json"), DEFAULTS)
    assert job == Job(
        "street", "siamrpnpp_tiny", video=tmp_path / "street.mp4", boxes=(FirstBox(Box(1, 2, 3, 4)),), exports=("mot",)
    )


BOXES = 'video = "a.mp4"\nboxes = [[1, 2, 3, 4]]\n'


@pytest.mark.parametrize(
    ("job", "said"),
    [
        ("", "give one of boxes, detections, detector and project"),
        (BOXES + 'project = "a.siamark"', "give one of boxes, detections, detector and project"),
        ("boxes = [[1, 2, 3, 4]]", "give the video of the boxes"),
        (BOXES + "colour = 3", 'there is no key "colour"'),
        ("video = 3\nboxes = [[1, 2, 3, 4]]", "video is 3, not a text"),
        ('video = ""\nboxes = [[1, 2, 3, 4]]', "video is empty"),
        ('video = "a.mp4"\nboxes = []', "boxes is a list of boxes"),
        ('video = "a.mp4"\nboxes = [[1, 2, 3]]', "a box is four numbers"),
        ('video = "a.mp4"\nboxes = [[1, 2, 0, 4]]', "is no box in a picture"),
        ('video = "a.mp4"\nboxes = [[1, 2, nan, 4]]', "which is not a finite number"),
        ('video = "a.mp4"\nboxes = [[1, 2, 3, 4e300]]', "is no box in a picture"),
        ('video = "a.mp4"\nboxes = [[1, 2, true, 4]]', "not a number"),
        ('video = "a.mp4"\nboxes = [{ box = [1, 2, 3, 4], at = 3 }]', 'a box has no key "at"'),
        (BOXES + "frame = -1", "the frame|frame is -1"),
        (BOXES + "most_frames = 0", "most_frames is 0"),
        (BOXES + 'way = "up"', 'way is "up"; it is one of forward, backward, both'),
        (BOXES + 'export = "word"', 'There is no format "word"'),
        (BOXES + "export = 3", "export is 3; it is a list of formats"),
        (BOXES + "link = 0", "link is 0, and it lies from 0.01 to 1"),
        (BOXES + 'name = "a/b"', "cannot be the name of a folder"),
        (BOXES + 'name = ".."', "cannot be the name of a folder"),
        (BOXES + 'name = ""', "is no name"),
        (BOXES + f'name = "{"x" * 101}"', "longer than 100 bytes"),
        ('video = "a.mp4"\ndetections = "d.txt"', "say in which format the detections are"),
    ],
)
def test_a_job_that_makes_no_sense_is_named_with_what_is_wrong(tmp_path: Path, job: str, said: str) -> None:
    good = '[[job]]\nname = "good"\n' + BOXES
    with pytest.raises(ManifestError, match=said) as told:
        read_manifest(written(tmp_path, f"{good}[[job]]\n{job}\n"), DEFAULTS)
    name = '"' if "name = " in job else "2"
    assert f"jobs.toml: job {name}" in str(told.value)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.toml", "job = ", "is no valid TOML"),
        ("a.json", "{", "is no valid JSON"),
        ("a.json", "[" * 100_000, "is no valid JSON"),
        ("a.json", "[]", "is no manifest"),
        ("a.toml", "", "lists no jobs"),
        ("a.toml", "job = 3", "lists no jobs"),
        ("a.toml", "video = 'a'\n[[job]]", 'there is no key "video" for all jobs'),
        ("a.toml", f"[[job]]\n{BOXES}[[job]]\n{BOXES.replace('a.mp4', 'b/A.avi')}", 'two jobs are called "A"'),
    ],
)
def test_what_is_no_manifest_is_refused_in_one_line(tmp_path: Path, name: str, text: str, said: str) -> None:
    with pytest.raises(ManifestError, match=said) as told:
        read_manifest(written(tmp_path, text, name=name), DEFAULTS)
    assert "\n" not in str(told.value)


def test_a_file_that_is_missing_or_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match="cannot be read"):
        read_manifest(tmp_path / "none.toml", DEFAULTS)
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ManifestError, match="is not a text file"):
        read_manifest(tmp_path / "bytes.toml", DEFAULTS)
