from __future__ import annotations

from app.exchange.importing import ImportedTracks, doubled, fitted_to, new_labels
from app.model.box_record import keyframe
from app.model.project import LABEL_COLOURS, Label
from app.model.track import Track
from tests.support.annotated_projects import street
from tracker_core.geometry import Box


def imported(*ids: int, labels: tuple[str, ...] = ()) -> ImportedTracks:
    tracks = tuple(Track(track_id, "car", "#3b82f6") for track_id in ids)
    for track in tracks:
        track.put({0: keyframe(Box(1, 2, 3, 4))})
    return ImportedTracks(tracks, labels, ("a note",))


def test_ids_that_the_project_uses_are_replaced_by_free_ones_and_said_so() -> None:
    fitted = fitted_to(street(), imported(1, 6, 5))
    assert [track.id for track in fitted.tracks] == [7, 6, 8]
    assert fitted.notes == (
        "a note",
        "Track 1 becomes track 7: the project has a track 1 already.",
        "Track 5 becomes track 8: the project has a track 5 already.",
    )
    assert all(len(track) == 1 for track in fitted.tracks)


def test_ids_that_are_free_stay() -> None:
    project = street()
    project.tracks.clear()
    assert fitted_to(project, imported(1, 6)) == imported(1, 6)


def test_labels_that_the_project_lacks_get_the_next_colours() -> None:
    labels = new_labels(street(), imported(labels=("car", "tram", "bus")))
    assert labels == (Label("tram", LABEL_COLOURS[2]), Label("bus", LABEL_COLOURS[3]))


def test_an_id_that_was_given_before_is_not_given_again() -> None:
    project = street()
    project.last_track_id = 9
    fitted = fitted_to(project, imported(7, 12))
    assert [track.id for track in fitted.tracks] == [13, 12]
    assert fitted.notes[-1] == "Track 7 becomes track 13: the project had a track 7 already."


def test_a_track_that_the_project_has_already_is_noticed() -> None:
    project = street()
    again, elsewhere, other = project.tracks[1].copy(), project.tracks[1].copy(), project.tracks[1].copy()
    again.id, elsewhere.id, other.id, other.label = 7, 8, 9, "person"
    elsewhere.put({
        frame: keyframe(record.box.translated(dx=200, dy=0)) for frame, record in elsewhere.items() if record.box
    })  # fmt: skip
    assert doubled(project, ImportedTracks((again, elsewhere, other), (), ())) == {7: 1}
