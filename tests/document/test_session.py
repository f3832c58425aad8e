from __future__ import annotations

from pathlib import Path

import pytest

from app.document.commands import RemoveTracks
from app.document.document import Document
from app.document.session import Session
from app.store.project_store import ProjectStore
from tests.support.annotated_projects import VIDEO
from tests.support.news import News


@pytest.fixture
def session(document: Document) -> Session:
    return Session(document)


@pytest.mark.parametrize(("wanted", "frame"), [(7, 7), (-3, 0), (29, 29), (30, 29), (10**9, 29)])
def test_the_frame_is_one_that_the_video_has(session: Session, wanted: int, frame: int) -> None:
    session.set_frame(wanted)
    assert session.current_frame == frame


def test_without_a_project_there_is_frame_0_and_nothing_to_select(document: Document, session: Session) -> None:
    document.close()
    session.set_frame(5)
    session.select(1)
    assert (session.current_frame, session.selected_track_ids) == (0, ())


def test_the_first_of_the_selection_is_active(session: Session) -> None:
    assert session.active_track_id is None
    session.select(5, 1, 5, 77)
    assert session.selected_track_ids == (5, 1)
    assert session.active_track_id == 5


def test_news_comes_once_and_only_for_a_real_change(session: Session) -> None:
    news = News(session)
    for _ in range(2):
        session.set_frame(7)
        session.select(1, 2)
        session.set_hidden(1, True)
        session.set_map_overlay_opacity(1.5)
    assert news.take() == [
        ("frame_changed", 7),
        ("selection_changed",),
        ("visibility_changed", 1),
        ("map_overlay_changed",),
    ]
    assert session.is_hidden(1)
    assert session.map_overlay_opacity == 1.0
    session.set_hidden(1, False)
    assert not session.is_hidden(1)
    assert news.take() == [("visibility_changed", 1)]


def test_a_removed_track_is_neither_selected_nor_hidden_when_it_comes_back(
    document: Document, session: Session
) -> None:
    session.select(1, 2)
    session.set_hidden(1, True)
    news = News(session)
    document.undo_stack.push(RemoveTracks(document, [1]))
    assert session.selected_track_ids == (2,)
    assert news.take() == [("selection_changed",)]
    document.undo_stack.undo()
    assert not session.is_hidden(1)


def test_another_project_starts_afresh(document: Document, session: Session, tmp_path: Path) -> None:
    session.set_frame(7)
    session.select(1)
    session.set_hidden(2, True)
    document.open(ProjectStore.create(tmp_path / "other.siamark", VIDEO))
    assert (session.current_frame, session.selected_track_ids, session.is_hidden(2)) == (0, (), False)
