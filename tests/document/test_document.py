"""Opening, closing, saving elsewhere, and the news that a document sends."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.document.commands import AddTrack, EditTrack, PutLabel, PutRecords, RemoveTracks
from app.document.document import Document
from app.model.box_record import BoxRecord, keyframe
from app.model.interpolation import record_at
from app.model.project import Label, Project, Run
from app.model.track import Track
from app.store.project_store import ProjectStore, StoreError
from tests.support.annotated_projects import VIDEO, tracked
from tests.support.news import News
from tests.support.stores import RUN, FillingStore, assert_same, certified_street, load_as_after_a_crash
from tracker_core.geometry import Box

BOX = Box(1, 2, 3, 4)


def test_an_opened_project_is_the_one_in_the_file(document: Document, store: FillingStore) -> None:
    assert_same(document.project, certified_street())
    assert document.store_path == store.path


def test_closing_lets_go_of_everything(document: Document, store: FillingStore) -> None:
    document.undo_stack.push(RemoveTracks(document, [1]))
    news = News(document)
    document.close()
    assert (document.project, document.store_path, document.undo_stack.count()) == (None, None, 0)
    document.close()
    assert news.take() == [("project_closed",)]
    ProjectStore.open(store.path).close()


def test_opening_another_project_closes_the_first(document: Document, store: FillingStore, tmp_path: Path) -> None:
    document.undo_stack.push(RemoveTracks(document, [1]))
    news = News(document)
    document.open(ProjectStore.create(tmp_path / "other.siamark", VIDEO))
    assert news.take() == [("project_closed",), ("project_opened",)]
    assert document.undo_stack.count() == 0
    assert document.project is not None
    assert document.project.tracks == {}
    ProjectStore.open(store.path).close()


def test_a_project_that_cannot_be_read_leaves_the_open_one_alone(document: Document, tmp_path: Path) -> None:
    class DamagedStore(ProjectStore):
        def load(self) -> Project:
            raise StoreError("It is damaged.")

    news, project = News(document), document.project
    with pytest.raises(StoreError, match=r"It is damaged\."):
        document.open(DamagedStore.create(tmp_path / "damaged.siamark", VIDEO))
    assert document.project is project
    assert news.take() == []
    ProjectStore.open(tmp_path / "damaged.siamark").close()


def test_edits_after_saving_elsewhere_go_there(document: Document, store: FillingStore, tmp_path: Path) -> None:
    news, before, other = News(document), deepcopy(document.opened_project), tmp_path / "other.siamark"
    document.save_as(other)
    assert news.take() == [("store_path_changed",)]
    assert document.store_path == other
    document.undo_stack.push(RemoveTracks(document, [1]))
    assert list(load_as_after_a_crash(other).tracks) == [2, 5]
    assert_same(load_as_after_a_crash(store.path), before)


def test_saving_where_it_cannot_be_written_stays_with_the_file(
    document: Document, store: FillingStore, tmp_path: Path
) -> None:
    news = News(document)
    with pytest.raises(StoreError):
        document.save_as(tmp_path / "missing" / "other.siamark")
    assert document.store_path == store.path
    assert news.take() == []
    document.undo_stack.push(RemoveTracks(document, [1]))
    assert list(load_as_after_a_crash(store.path).tracks) == [2, 5]


def test_each_edit_sends_its_own_news(document: Document) -> None:
    news, stack = News(document), document.undo_stack
    stack.push(AddTrack(document, Track(6, "van", "#000000")))
    assert news.take() == [("track_added", 6)]
    stack.push(EditTrack(document, 6, label="bus"))
    assert news.take() == [("track_changed", 6)]
    stack.push(PutLabel(document, Label("bus", "#000000")))
    assert news.take() == [("labels_changed",)]
    stack.push(PutRecords(document, "Draw box", 6, {3: keyframe(BOX)}))
    assert news.take() == [("boxes_changed", 6, 3, 3)]
    stack.push(RemoveTracks(document, [6, 1]))
    assert news.take() == [("track_removed", 6), ("track_removed", 1)]
    stack.undo()
    assert sorted(news.take()) == [("track_added", 1), ("track_added", 6)]


def test_news_comes_when_file_and_model_have_both_changed(document: Document, store: FillingStore) -> None:
    seen: list[bool] = []
    document.boxes_changed.connect(
        lambda track_id: seen.append(
            document.opened_project.tracks[track_id].get(3)
            == keyframe(BOX)
            == load_as_after_a_crash(store.path).tracks[track_id].get(3)
        )
    )
    document.undo_stack.push(PutRecords(document, "Draw box", 2, {3: keyframe(BOX)}))
    assert seen == [True]


def test_a_run_is_noted_before_its_records_come(document: Document, store: FillingStore) -> None:
    news = News(document)
    run = Run(2, "siamrpnpp_small", "2024-05-01T12:00:00+00:00", 0, 29, "cpu")
    document.add_run(run)
    assert news.take() == [("run_added", 2)]
    assert document.opened_project.runs[2] == run
    assert load_as_after_a_crash(store.path).runs[2] == run
    store.is_full = True
    with pytest.raises(StoreError):
        document.add_run(Run(3, "siamrpnpp_small", "2024-05-01T12:00:00+00:00", 0, 29, "cpu"))
    assert 3 not in document.opened_project.runs


# The street's car: keyframes at 0 and 10, tracked 11..14, absent from 15, a keyframe at 20, 30 frames in all.


@pytest.mark.parametrize(
    ("records", "span"),
    [
        ({5: keyframe(BOX)}, (1, 9)),  # the lines to both neighbours bend
        ({0: keyframe(BOX)}, (0, 9)),
        ({10: None}, (1, 10)),
        ({12: keyframe(BOX)}, (12, 12)),
        ({20: None}, (16, 29)),  # the absence that began at 15 now lasts to the end of the video
        ({20: keyframe(None)}, (16, 29)),
        ({20: keyframe(BOX)}, (16, 20)),
        ({25: keyframe(BOX)}, (21, 25)),
        ({3: keyframe(BOX), 13: None}, (1, 13)),
    ],
)
def test_boxes_changed_reaches_to_the_neighbouring_records(
    document: Document, records: dict[int, BoxRecord | None], span: tuple[int, int]
) -> None:
    news = News(document)
    document.undo_stack.push(PutRecords(document, "Edit", 1, records))
    document.undo_stack.undo()
    assert news.take() == [("boxes_changed", 1, *span)] * 2


RECORDS = st.none() | st.sampled_from([keyframe(BOX), keyframe(None), keyframe(BOX, occluded=True), tracked(BOX, 0.5)])
CHANGES = st.dictionaries(st.integers(0, VIDEO.frame_count - 1), RECORDS, min_size=1, max_size=6)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=CHANGES, changes=CHANGES)
def test_outside_the_span_nothing_looks_different(
    document: Document, start: dict[int, BoxRecord | None], changes: dict[int, BoxRecord | None]
) -> None:
    def shown() -> list[BoxRecord | None]:
        track = document.opened_project.tracks[2]
        return [record_at(track, frame) for frame in range(VIDEO.frame_count)]

    document.put_records({2: start})
    before, news = shown(), News(document)
    document.put_records({2: changes})
    ((_, _, first, last),) = news.take()
    assert isinstance(first, int)
    assert isinstance(last, int)
    differing = [frame for frame, (old, new) in enumerate(zip(before, shown(), strict=True)) if old != new]
    assert all(first <= frame <= last for frame in differing)
    assert last < VIDEO.frame_count


def test_an_id_is_not_given_again_after_an_undo_or_a_reopening(document: Document, store: FillingStore) -> None:
    project = document.opened_project
    given = project.next_track_id()
    document.undo_stack.push(AddTrack(document, Track(given, "car", "#3b82f6")))
    document.undo_stack.undo()
    assert given not in project.tracks
    assert project.next_track_id() == given + 1
    assert load_as_after_a_crash(store.path).next_track_id() == given + 1
    document.undo_stack.redo()
    assert list(project.tracks)[-1] == given
    document.undo_stack.push(RemoveTracks(document, [given]))
    assert load_as_after_a_crash(store.path).next_track_id() == given + 1


def test_an_id_of_a_run_is_not_given_again(document: Document, store: FillingStore) -> None:
    document.add_run(replace(RUN, id=8))
    assert document.opened_project.next_run_id() == 9
    assert load_as_after_a_crash(store.path).next_run_id() == 9


def test_an_edit_after_the_file_was_renamed_is_in_the_renamed_file(document: Document, store: FillingStore) -> None:
    renamed = store.path.rename(store.path.with_name("renamed.siamark"))
    news = News(document)
    document.undo_stack.push(RemoveTracks(document, [1]))
    names = [entry[0] for entry in news.take()]
    assert names == ["store_path_changed", "file_moved", "track_removed"]
    assert document.store_path == renamed
    assert 1 not in load_as_after_a_crash(renamed).tracks
    document.undo_stack.undo()
    assert "file_moved" not in [entry[0] for entry in news.take()]
    assert_same(load_as_after_a_crash(renamed), certified_street())


def test_a_project_whose_folder_is_gone_stays_open_until_it_is_saved_elsewhere(
    document: Document, store: FillingStore, tmp_path: Path
) -> None:
    folder = store.path.parent
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()
    news = News(document)
    document.undo_stack.push(RemoveTracks(document, [1]))
    ((name, sentence),) = news.take()
    assert name == "write_failed"
    assert "Save the project elsewhere" in str(sentence)
    assert document.undo_stack.count() == 0
    with pytest.raises(StoreError, match="Save the project elsewhere"):
        document.close()
    assert_same(document.project, certified_street())
    document.save_as(tmp_path / "saved.siamark")
    document.undo_stack.push(RemoveTracks(document, [1]))
    assert 1 not in load_as_after_a_crash(tmp_path / "saved.siamark").tracks
    document.close()
    folder.mkdir()  # which the fixture removes


def test_a_file_deleted_before_the_project_is_closed_is_written_again(document: Document, store: FillingStore) -> None:
    document.undo_stack.push(RemoveTracks(document, [1]))
    store.path.unlink()
    news = News(document)
    document.close()
    assert [entry[0] for entry in news.take()] == ["project_closed", "file_moved"]
    assert 1 not in load_as_after_a_crash(store.path).tracks


def test_no_record_is_taken_on_a_frame_whose_number_may_still_change(
    document: Document, store: FillingStore, tmp_path: Path
) -> None:
    before = deepcopy(document.opened_project)
    refusals: list[str] = []
    document.write_failed.connect(refusals.append)
    document.set_sure_frames(12)
    document.undo_stack.push(PutRecords(document, "Draw box", 1, {12: keyframe(BOX)}))
    track = Track(9, "bicycle", "#e11d48")
    track.put({12: keyframe(BOX)})
    document.undo_stack.push(AddTrack(document, track))
    assert_same(document.project, before)
    assert document.undo_stack.count() == 0
    assert len(refusals) == 2
    assert "frame 12 may get another number" in refusals[0]
    assert "Up to frame 11 all is sure" in refusals[0]

    document.undo_stack.push(PutRecords(document, "Draw box", 1, {11: keyframe(BOX)}))
    document.set_sure_frames(13)
    document.undo_stack.push(PutRecords(document, "Draw box", 1, {12: keyframe(BOX)}))
    assert document.undo_stack.count() == 2


def test_the_next_video_is_sure_until_told_otherwise(document: Document, tmp_path: Path) -> None:
    document.set_sure_frames(1)
    document.open(ProjectStore.create(tmp_path / "other.siamark", VIDEO))
    track = Track(1, "bicycle", "#e11d48")
    track.put({12: keyframe(BOX)})
    document.undo_stack.push(AddTrack(document, track))
    assert list(document.opened_project.tracks) == [1]
