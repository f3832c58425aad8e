"""Which videos a folder holds, which project is whose, and what is said of each."""

from __future__ import annotations

import os
from pathlib import Path

import cv2
import numpy as np
import pytest

from app.batch.manifest import Defaults, ManifestError
from app.batch.workspace_jobs import jobs_of_workspace
from app.model.box_record import keyframe
from app.model.doubt import DoubtRules
from app.model.project import Label, Project, VideoReference
from app.model.track import Track
from app.store.autosave import autosave_path, note_saved_as
from app.store.project_store import ProjectStore
from app.workspace.entries import Progress, VideoEntry, WorkspacePlaces, list_videos, looked_into, next_unfinished
from app.workspace.figures import figures_of, together
from app.workspace.figures_cache import FiguresCache
from app.workspace.projects import projects_of_videos
from app.workspace.videos import WorkspaceError, find_videos, folder_name
from tests.support.annotated_projects import street, tracked
from tests.support.blank_video import video_reference
from tests.support.numbered_clips import Coding, write_clip
from tracker_core.geometry import Box

RULES = DoubtRules()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two videos, one of them damaged, and a folder of images; and what is none of them."""
    folder = tmp_path / "videos"
    (folder / "day 1" / "frames").mkdir(parents=True)
    (folder / ".hidden").mkdir()
    write_clip(folder, Coding(), frames=50, name="cam10")
    (folder / "cam9.MP4").write_bytes(b"no film")
    (folder / ".hidden" / "cam.mp4").write_bytes(b"")
    (folder / "poster.png").write_bytes(b"")
    for number in range(3):
        cv2.imwrite(str(folder / "day 1" / "frames" / f"{number}.png"), np.full((60, 80, 3), 9 * number, np.uint8))
    return folder


@pytest.fixture
def places(tmp_path: Path) -> WorkspacePlaces:
    (tmp_path / "projects").mkdir()
    return WorkspacePlaces(tmp_path / "projects", tmp_path / "figures")


def saved(path: Path, video: Path, *, reviewed: bool = False, frames: int = 50) -> Project:
    """A project with a track of a drawn box and ten tracked ones, the last of which may be wrong."""
    reference = video_reference(frames)
    project = Project(VideoReference(video, frames, reference.width, reference.height, reference.frame_rate))
    project.labels["car"] = Label("car", "#3b82f6")
    track = project.tracks[1] = Track(1, "car", "#3b82f6")
    track.put({0: keyframe(Box(10, 10, 20, 20))})
    if reviewed:
        track.put({frame: keyframe(Box(10, 10, 20, 20)) for frame in range(1, 11)})
        track.put({11: keyframe(None)})  # else it is asked what became of the target
    else:
        track.put({frame: tracked(Box(10, 10, 20, 20), 0.99) for frame in range(1, 10)})
        track.put({10: tracked(Box(60, 10, 20, 20), 0.05)})
    store = ProjectStore.create(path, project.video)
    store.put_project(project)
    store.close()
    return project


def names(entries: list[VideoEntry]) -> list[str]:
    return [entry.name for entry in entries]


def test_videos_and_folders_of_images_are_found_in_natural_order(folder: Path, places: WorkspacePlaces) -> None:
    assert names(list_videos(folder, places)) == ["cam9.MP4", "cam10.mp4", os.path.join("day 1", "frames")]


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="cannot be read"):
        find_videos(tmp_path / "none")


def test_a_circle_of_links_comes_to_an_end(folder: Path, places: WorkspacePlaces) -> None:
    (folder / "day 1" / "again").symlink_to(folder, target_is_directory=True)
    assert len(list_videos(folder, places)) == 3


def test_each_video_has_its_length_its_picture_and_its_figures(folder: Path, places: WorkspacePlaces) -> None:
    saved(places.autosaves / "cam10-1.siamark", folder / "cam10.mp4")
    broken, cam, images = looked_into(list_videos(folder, places), places, RULES)
    assert (cam.frames, cam.seconds, cam.progress) == (50, 2.0, Progress.OPEN)
    assert cam.figures is not None
    assert (cam.figures.track_count, cam.figures.box_count, cam.figures.doubts) == (1, 11, 2)  # the leap; no more boxes
    assert cam.figures.reviewed_share == pytest.approx(1 / 11)
    assert cam.picture is not None
    assert cam.picture.shape == (32, 96, 3)
    assert cam.opened_at > 0
    assert (images.frames, images.progress, images.project) == (3, Progress.NOT_BEGUN, None)
    assert images.picture is not None
    assert images.picture.shape == (54, 72, 3)
    assert "cam9.MP4" in broken.problem


def test_of_several_projects_the_one_that_a_person_named_counts(
    folder: Path, places: WorkspacePlaces, tmp_path: Path
) -> None:
    video = folder / "cam10.mp4"
    own = autosave_path(places.autosaves, saved(tmp_path / "x.siamark", video).video)
    saved(own, video)

    def found() -> Path:
        return projects_of_videos([video], folder=folder, autosaves=places.autosaves)[video]

    assert found() == own
    saved(folder / "cam10.siamark", video)
    assert found() == folder / "cam10.siamark"
    note_saved_as(own, tmp_path / "x.siamark")
    assert found() == tmp_path / "x.siamark"


def test_what_a_batch_has_made_is_not_what_a_person_works_in(folder: Path, places: WorkspacePlaces) -> None:
    (folder / "results" / "cam10").mkdir(parents=True)
    saved(folder / "results" / "cam10" / "tracks.siamark", folder / "cam10.mp4")
    (folder / "results" / "cam10" / "job.json").write_text("{}")
    assert projects_of_videos([folder / "cam10.mp4"], folder=folder, autosaves=places.autosaves) == {}


def test_a_project_that_is_open_or_damaged_says_so_and_hides_no_other(folder: Path, places: WorkspacePlaces) -> None:
    saved(places.autosaves / "cam10-1.siamark", folder / "cam10.mp4")
    store = ProjectStore.open(places.autosaves / "cam10-1.siamark")
    (_, cam, _) = looked_into(list_videos(folder, places), places, RULES)
    assert cam.problem == "It is open in another window."
    assert cam.figures is None
    in_hand = {places.autosaves / "cam10-1.siamark": store.load()}
    (_, cam, _) = looked_into(list_videos(folder, places), places, RULES, in_hand=in_hand)
    assert cam.figures is not None
    store.close()


def test_figures_are_kept_until_the_project_changes(folder: Path, places: WorkspacePlaces) -> None:
    path = places.autosaves / "cam10-1.siamark"
    project = saved(path, folder / "cam10.mp4")
    cache = FiguresCache(places.figures)
    assert cache.get(path, RULES) is None
    list(looked_into(list_videos(folder, places), places, RULES))
    assert cache.get(path, RULES) == figures_of(project, RULES)
    assert cache.get(path, DoubtRules(0.99)) is None
    store = ProjectStore.open(path)
    store.delete_track(1)
    store.close()
    assert cache.get(path, RULES) is None


@pytest.mark.parametrize("kept", [b"", b"{}", b"[]", b'{"mark": 3, "figures": []}', b"\xff"])
def test_figures_that_cannot_be_read_are_made_anew(folder: Path, places: WorkspacePlaces, kept: bytes) -> None:
    path = places.autosaves / "cam10-1.siamark"
    saved(path, folder / "cam10.mp4")
    list(looked_into(list_videos(folder, places), places, RULES))
    for file in places.figures.iterdir():
        file.write_bytes(kept)
    assert FiguresCache(places.figures).get(path, RULES) is None


def test_figures_count_every_box_once_and_add_up() -> None:
    project = street()
    figures = figures_of(project)
    boxes = [r for t in project.tracks.values() for _, r in t.items() if r.box is not None]
    assert figures.box_count == sum(figures.sizes) == len(boxes)
    assert figures.track_count == sum(figures.lengths) == 3
    assert figures.tracks == {"car": 2, "person": 1}
    assert figures.labels == (("person", "#f97316"), ("car", "#3b82f6"))
    both = together([figures, figures])
    assert (both.box_count, both.doubts, both.labels) == (2 * len(boxes), 2 * figures.doubts, figures.labels)
    assert together([]).box_count == 0


def test_the_next_unfinished_comes_round_again(folder: Path, places: WorkspacePlaces) -> None:
    saved(places.autosaves / "cam10-1.siamark", folder / "cam10.mp4", reviewed=True)
    entries = list(looked_into(list_videos(folder, places), places, RULES))
    broken, cam, images = entries
    assert cam.progress is Progress.FINISHED
    assert next_unfinished(entries, None) == broken
    assert next_unfinished(entries, broken.path) == images
    assert next_unfinished(entries, images.path) == broken
    assert next_unfinished([cam], cam.path) is None


def test_a_workspace_is_a_list_of_jobs(folder: Path, places: WorkspacePlaces) -> None:
    defaults = Defaults("siamfc", ("mot",))
    with pytest.raises(ManifestError, match="None of the 3 videos"):
        jobs_of_workspace(folder, places.autosaves, defaults)
    project = places.autosaves / "frames-1.siamark"
    saved(project, folder / "day 1" / "frames", frames=3)
    (job,), notes = jobs_of_workspace(folder, places.autosaves, defaults)
    assert (job.name, job.project, job.tracker, job.exports) == ("day 1-frames", project, "siamfc", ("mot",))
    assert notes == ["2 videos without a project: left out."]
    assert len(folder_name(folder / ("x" * 200) / "y.mp4", folder).encode()) <= 100
