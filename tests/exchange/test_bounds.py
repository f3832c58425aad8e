"""Numbers from foreign files have bounds, and errors about them are short and on one line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.bounds import LAST_FRAME, box_within_reach, frame_index, number, score_or_none, whole
from app.exchange.errors import ExchangeError, quoted
from app.exchange.formats import check
from app.exchange.importing import import_tracks
from tests.support.annotated_projects import VIDEO

DIGITS = "9" * 4000


@pytest.mark.parametrize("value", [True, None, [], {}, "", "x", "nan", "inf", DIGITS, 10**400, float("inf"), "1e999"])
def test_what_is_no_finite_number_is_refused_shortly(value: object) -> None:
    with pytest.raises(ValueError, match="number") as caught:
        number(value, "the width")
    assert len(str(caught.value)) < 150


@pytest.mark.parametrize("value", [0, 7, "7", "7.0", 7.0, " 7 "])
def test_whole_numbers_come_in_many_forms(value: object) -> None:
    assert whole(value, "the frame", low=0, high=9) in (0, 7)


@pytest.mark.parametrize("value", [-1, 10, 9.5, "1e30", 10**400, DIGITS])
def test_a_whole_number_has_bounds(value: object) -> None:
    with pytest.raises(ValueError, match=r"the frame|number"):
        whole(value, "the frame", low=0, high=9)


def test_frames_have_a_last_one() -> None:
    assert frame_index(LAST_FRAME + 1, first=1) == LAST_FRAME
    with pytest.raises(ValueError, match="the frame is 1000000000000"):
        frame_index(10**12)


@pytest.mark.parametrize("box", [(0, 0, 1e5, 1e5), (1e30, 0, 5, 5), (0, -1e5, 5, 5), (0, 0, 5, 1e30)])
def test_a_box_far_outside_its_picture_is_refused(box: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="lies far outside the picture of 640 x 360"):
        box_within_reach(*box, video=VIDEO)


def test_a_box_over_the_border_is_none_of_these() -> None:
    assert box_within_reach("-20", 300, 900.5, 200, video=VIDEO).width == 900.5


@pytest.mark.parametrize(("value", "score"), [(None, None), (0, 0.0), (1, 1.0), (0.5, 0.5), (87.3, None), (-2, None)])
def test_a_score_of_another_scale_is_none(value: object, score: float | None) -> None:
    assert score_or_none(value) == score


@given(
    st.recursive(
        st.text() | st.integers() | st.floats() | st.booleans() | st.none(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_whatever_is_quoted_is_short_and_printable(value: object) -> None:
    said = quoted(value)
    assert len(said) < 700  # sixty characters, each perhaps as an escape of ten
    assert "\n" not in said
    said.encode()


def coco(**changes: object) -> dict[str, Any]:
    annotation = {"id": 1, "image_id": 1, "category_id": 1, "track_id": 1, "bbox": [1, 2, 3, 4], "area": 12,
                  "iscrowd": 0}  # fmt: skip
    return {
        "images": [{"id": 1, "file_name": "1.jpg", "width": 640, "height": 360}],
        "categories": [{"id": 1, "name": "car"}],
        "annotations": [annotation | changes],
    }


HOSTILE: list[Callable[[], str]] = [
    lambda: json.dumps(coco(bbox=[1, 2, 3, 10**400])),
    lambda: json.dumps(coco(bbox=[1, 2, 1e30, 4])),
    lambda: json.dumps(coco(bbox=[0, 0, 100_000, 100_000])),
    lambda: json.dumps(coco(image_id="\ud800")),
    lambda: json.dumps(coco(category_id="\ud800\n")),
    lambda: json.dumps(coco(area=10**4000)),
    lambda: json.dumps(coco(track_id=[1])),
    lambda: json.dumps(coco(attributes={"score": "9" * 4000})),
    lambda: json.dumps(coco()).replace('"area": 12', '"area": ' + "9" * 5000),
    lambda: json.dumps(coco()).replace("[1, 2, 3, 4]", "[" * 10_000 + "]" * 10_000),
    lambda: json.dumps(coco()).replace("[1, 2, 3, 4]", "[" * 500 + "]" * 500),
    lambda: json.dumps(coco() | {"images": [{"id": 1, "frame_id": 10**12, "width": 1, "height": 1, "file_name": ""}]}),
    lambda: json.dumps(coco() | {"images": [{"id": 10**4000, "width": 1, "height": 1, "file_name": ""}]}),
    lambda: json.dumps(coco() | {"categories": [{"id": "9" * 5000}]}),
]


@pytest.mark.parametrize("content", HOSTILE)
def test_what_is_said_of_a_hostile_coco_file_is_short(tmp_path: Path, content: Callable[[], str]) -> None:
    path = tmp_path / "tracks.json"
    path.write_text(content())
    all_said = check(path, "coco")
    try:
        all_said += import_tracks("coco", path, VIDEO).notes
    except ExchangeError as error:
        all_said.append(str(error))
    assert all_said
    for said in all_said:
        assert len(said) < 400 + len(str(path))
        assert said.isprintable()


@pytest.mark.parametrize(
    "line",
    [
        f"1,1,1,1,{DIGITS},6,1,1,1",
        f"{DIGITS},1,1,1,5,6,1,1,1",
        f"1,{DIGITS},1,1,5,6,1,1,1",
        "1,1,0,0,100000,100000,1,1,1",
        "1,1,1e30,1,5,6,1,1,1",
        "1000000000000,1,1,1,5,6,1,1,1",
        f"1,1,1,1,5,6,1,{DIGITS},1",
        "1,1,1,1,5,6,1,1e30,1",
    ],
)
def test_a_hostile_mot_line_is_refused_in_a_short_sentence(tmp_path: Path, line: str) -> None:
    path = tmp_path / "gt.txt"
    path.write_text(f"{line}\n")
    with pytest.raises(ExchangeError, match=r"gt\.txt, line 1") as caught:
        import_tracks("mot", path, VIDEO)
    assert len(str(caught.value)) < 300 + len(str(path))
    assert all(len(fault) < 300 for fault in check(path, "mot"))


def test_a_sequence_of_five_thousand_digits_of_frames_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "street" / "gt").mkdir(parents=True)
    (tmp_path / "street" / "gt" / "gt.txt").write_text("1,1,1,1,5,6,1,1,1\n")
    (tmp_path / "street" / "seqinfo.ini").write_text(
        f"[Sequence]\nname=street\nimDir=img1\nframeRate=25\nseqLength={'9' * 5000}\nimWidth={'9' * 5000}\nimHeight=9\n"
        "imExt=.jpg\n"
    )
    faults = check(tmp_path / "street", "mot")
    assert [fault.split(",")[0][:40] for fault in faults] == [
        f"seqinfo.ini: {key} is {'9' * 40}"[:40] for key in ("seqLength", "imWidth")
    ]
    assert all(len(fault) < 200 for fault in faults)
    imported = import_tracks("mot", tmp_path / "street", VIDEO)
    assert all(len(note) < 200 for note in imported.notes)


@pytest.mark.parametrize("name", ["ball\r", "ba\nll", "\ud800ball", " ball  ", "\x00", "b" * 5000])
def test_a_label_is_cleaned_on_the_way_in_and_that_is_said(tmp_path: Path, name: str) -> None:
    path = tmp_path / "tracks.json"
    path.write_text(json.dumps(coco() | {"categories": [{"id": 1, "name": name}]}))
    imported = import_tracks("coco", path, VIDEO)
    (track,) = imported.tracks
    assert track.label.isprintable()
    assert 0 < len(track.label) <= 200
    assert imported.labels == (track.label,)
    assert any(note.startswith("The label ") for note in imported.notes)


def test_attributes_are_cleaned_on_the_way_in_and_that_is_said(tmp_path: Path) -> None:
    path = tmp_path / "tracks.json"
    tracks = [{"id": 1, "category_id": 1, "video_id": 1, "attributes": {"make": "x" * 20_000, "\x00": "lost"}}]
    path.write_text(json.dumps(coco() | {"tracks": tracks}))
    imported = import_tracks("coco", path, VIDEO)
    assert imported.tracks[0].attributes == {"make": "x" * 10_000}
    assert any(note.startswith("Attributes of track 1 ") for note in imported.notes)


def test_a_file_of_a_million_tracks_has_a_few_notes(tmp_path: Path) -> None:
    path = tmp_path / "tracks.json"
    tracks = [{"id": n, "category_id": 1, "video_id": 1} for n in range(2, 1000)]
    path.write_text(json.dumps(coco() | {"tracks": tracks}))
    imported = import_tracks("coco", path, VIDEO)
    assert imported.notes[-1] == "And 993 more tracks without boxes."
    assert len(imported.notes) == 6


@pytest.mark.parametrize("format_name", ["mot", "coco"])
@pytest.mark.parametrize("name", ["t" * 300, "a/" * 3000, "zero\0byte", "lone \ud800 surrogate"])
def test_a_path_that_no_file_can_have_is_said_in_a_sentence(tmp_path: Path, format_name: str, name: str) -> None:
    for use in (lambda path: check(path, format_name), lambda path: import_tracks(format_name, path, VIDEO)):
        with pytest.raises(ExchangeError) as caught:
            use(tmp_path / name)
        assert str(caught.value).isprintable()
