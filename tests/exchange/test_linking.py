from __future__ import annotations

import pytest

from app.exchange.annotations import Detection
from app.exchange.importing import ImportedTracks
from app.exchange.linking import linked
from app.model.box_record import BoxRecord, Source, keyframe
from app.model.track import Track
from tracker_core.geometry import Box


def found(frame: int, x: float, label: str = "car") -> Detection:
    return Detection(frame, label, keyframe(Box(x, 0, 10, 10)))


def imported(*detections: Detection, listed: tuple[int, ...] | None = None) -> ImportedTracks:
    return ImportedTracks((), ("car",), (), detections=detections, listed=listed)


def frames_of(result: ImportedTracks) -> list[list[int]]:
    return [[frame for frame, _ in track.items()] for track in result.tracks]


def test_boxes_that_overlap_from_frame_to_frame_are_one_track() -> None:
    result = linked(imported(found(0, 0), found(1, 2), found(2, 4), found(0, 100), found(1, 102)))
    assert frames_of(result) == [[0, 1, 2], [0, 1]]
    assert result.detections == ()
    assert result.notes == (
        "5 boxes that name no track are joined to 2 tracks: boxes of a label that overlap by 0.5 or more (IoU) from "
        "frame to frame.",
    )


def test_pairs_are_joined_so_that_all_together_overlap_most() -> None:
    result = linked(imported(found(0, 0), found(0, 3), found(1, 2), found(1, 5)))
    assert [[record.box.x for _, record in track.items() if record.box] for track in result.tracks] == [
        [0, 2],
        [3, 5],
    ]


@pytest.mark.parametrize(
    ("detections", "expected"),
    [
        ((found(0, 0), found(1, 8)), [[0], [1]]),  # too little overlap
        ((found(0, 0), found(1, 0, "bus")), [[0], [1]]),  # another label
        ((found(0, 0), found(2, 0)), [[0], [2]]),  # a frame without a detection between
    ],
)
def test_other_boxes_are_tracks_of_their_own(detections: tuple[Detection, ...], expected: list[list[int]]) -> None:
    assert frames_of(linked(imported(*detections))) == expected


def test_where_every_tenth_frame_has_a_picture_those_are_neighbours() -> None:
    result = linked(imported(found(0, 0), found(10, 1), found(30, 2), listed=(0, 10, 20, 30)))
    assert frames_of(result) == [[0, 10], [30]]


def test_tracks_that_the_file_names_keep_their_ids_and_every_box_stays_what_it_is() -> None:
    named = Track(7, "car", "#3b82f6")
    named.put({0: keyframe(Box(0, 0, 1, 1))})
    record = BoxRecord(Box(5, 5, 9, 9), Source.TRACKER, 0.4)
    result = linked(ImportedTracks((named,), ("car",), (), detections=(Detection(3, "car", record),)))
    assert [track.id for track in result.tracks] == [7, 8]
    assert result.tracks[1].get(3) == record


def test_without_detections_nothing_changes() -> None:
    assert linked(imported()) == imported()
