from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from app.document.document import Document
from app.document.session import Session
from app.model.box_record import BoxRecord, Source, keyframe
from app.model.project import Project, VideoReference
from app.model.track import Track
from app.store.project_store import ProjectStore
from app.views.canvas.shown_box import ShownBox, shown_boxes
from tracker_core.geometry import Box

BOX = Box(10, 20, 30, 40)


@pytest.fixture
def document(tmp_path: Path) -> Iterator[Document]:
    document = Document()
    video = VideoReference(tmp_path / "clip.mp4", 100, 320, 200, Fraction(25))
    document.open(ProjectStore.create(tmp_path / "clip.siamark", video))
    yield document
    document.close()


@pytest.fixture
def session(document: Document) -> Session:
    return Session(document)


def project_of(document: Document, *tracks: Track) -> Project:
    document.insert_tracks(tracks)
    return document.opened_project


def track_of(track_id: int, records: dict[int, BoxRecord | None]) -> Track:
    track = Track(track_id, "car", "#3b82f6")
    track.put(records)
    return track


def test_between_two_keyframes_the_line_is_shown(document: Document, session: Session) -> None:
    project = project_of(document, track_of(1, {0: keyframe(BOX), 10: keyframe(BOX.translated(dx=20, dy=0))}))
    (box,) = shown_boxes(project, session, 5)
    assert box.box == BOX.translated(dx=10, dy=0)
    assert box.record.source is Source.INTERPOLATED
    assert not box.selected


def test_hidden_and_absent_tracks_are_not_shown(document: Document, session: Session) -> None:
    project = project_of(document, track_of(1, {0: keyframe(BOX)}), track_of(2, {0: keyframe(None)}))
    session.set_hidden(1, True)
    assert shown_boxes(project, session, 0) == ()


def test_the_selected_tracks_are_painted_above_the_others_and_the_active_one_last(
    document: Document, session: Session
) -> None:
    project = project_of(document, *(track_of(track_id, {0: keyframe(BOX)}) for track_id in (1, 2, 3, 4)))
    session.select(2, 1)
    boxes = shown_boxes(project, session, 0)
    assert [box.track_id for box in boxes] == [3, 4, 1, 2]
    assert [box.selected for box in boxes] == [False, False, True, True]


def test_the_last_keyframe_of_the_active_track_is_a_ghost_beneath_all(document: Document, session: Session) -> None:
    tracked = BoxRecord(BOX.translated(dx=5, dy=5), Source.TRACKER, score=0.9)
    car, van = track_of(1, {0: keyframe(BOX), 1: tracked, 2: tracked}), track_of(2, {2: keyframe(BOX)})
    project = project_of(document, car, van)
    session.select(1)
    ghost, *others = shown_boxes(project, session, 2)
    assert (ghost.ghost, ghost.track_id, ghost.box) == (True, 1, BOX)
    assert not any(box.ghost for box in others)
    assert not any(box.ghost for box in shown_boxes(project, session, 2, with_ghost=False))
    assert not any(box.ghost for box in shown_boxes(project, session, 0))


def test_what_the_review_queue_asks_about_is_marked(document: Document, session: Session) -> None:
    records = {0: keyframe(BOX), 9: keyframe(BOX)}
    project = project_of(document, track_of(1, {**records}), track_of(2, {**records}))
    asked = {(2, 5)}
    for frame in (4, 5):
        boxes = shown_boxes(project, session, frame, is_doubtful=lambda *place: place in asked)
        assert [(box.track_id, box.doubtful) for box in boxes] == [(1, False), (2, frame == 5)]


def test_an_absent_target_is_not_a_box_to_show() -> None:
    with pytest.raises(ValueError, match="absent"):
        ShownBox(1, keyframe(None), "#ffffff", "car")


@pytest.mark.parametrize(
    ("record", "why"),
    [
        (BoxRecord(BOX, Source.TRACKER, score=0.36, accord=0.9), "both directions agree"),
        (BoxRecord(BOX, Source.TRACKER, score=0.36, accord=0.2), ""),
        (BoxRecord(BOX, Source.TRACKER, score=0.36), ""),
        (BoxRecord(BOX, Source.TRACKER, score=0.36, reviewed=True), "reviewed"),
        (BoxRecord(BOX, Source.TRACKER, score=0.95, accord=0.9), ""),
        (keyframe(BOX), ""),
    ],
)
def test_a_low_score_that_nobody_doubts_says_what_outweighs_it(
    document: Document, session: Session, record: BoxRecord, why: str
) -> None:
    project = project_of(document, track_of(1, {0: record}))
    (box,) = shown_boxes(project, session, 0)
    assert box.why_not_doubtful == why
    (doubted,) = shown_boxes(project, session, 0, is_doubtful=lambda track_id, frame: True)
    assert doubted.why_not_doubtful == ""
