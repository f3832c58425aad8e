"""The results of one job."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.batch.doing import do_job
from app.batch.job import FirstBox, Job, JobError, JobResult
from app.exchange.formats import check
from app.model.box_record import Source, keyframe
from app.model.project import Label, Project, VideoReference
from app.model.track import Track
from app.settings.tracker_choice import TrackerChoice
from app.store.looking import look_at_video
from app.store.project_store import ProjectStore
from app.video.source import open_source
from tests.batch.conftest import FRAMES
from tests.support.batch_trackers import load_drifting
from tests.support.batches import BOX, box_job, places, project_in
from tests.support.numbered_clips import Coding, write_clip
from tracker_core.geometry import Box

Do = Callable[[Job], JobResult]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


@pytest.fixture
def do(out: Path) -> Do:
    def done(job: Job) -> JobResult:
        return do_job(job, out, lambda name: load_drifting(TrackerChoice(name), 0), lambda done, total: None)

    return done


def drawn(clip: Path, folder: Path, boxes: dict[int, Box | None]) -> Path:
    """A project with one track of keyframes."""
    source = open_source(clip, is_proven=True)
    info = source.info
    source.close()
    video = VideoReference(clip, info.frame_count, info.width, info.height, info.frame_rate, info.fingerprint)
    project = Project(video, {"car": Label("car", "#3b82f6")})
    project.tracks[1] = Track(1, "car", "#3b82f6")
    project.tracks[1].put({frame: keyframe(box) for frame, box in boxes.items()})
    store = ProjectStore.create(folder / "drawn.siamark", video)
    store.put_project(project)
    store.close()
    return folder / "drawn.siamark"


def test_boxes_become_a_project_and_exports_that_pass_the_check(do: Do, out: Path, clip: Path) -> None:
    result = do(box_job("a", clip, exports=("mot", "coco", "yolo")))
    assert (result.frames, result.tracks, result.boxes, result.lost) == (FRAMES - 1, 1, FRAMES, 0)
    assert result.outputs == ("tracks.siamark", "tracks.mot.txt", "tracks.coco.json", "tracks.yolo")
    assert sorted(path.name for path in out.iterdir()) == sorted(result.outputs)
    assert check(out / "tracks.mot.txt", "mot") == check(out / "tracks.coco.json", "coco") == []
    project = project_in(out)
    assert places(project) == {1: [(frame, BOX.translated(dx=2 * frame, dy=0).as_tuple()) for frame in range(FRAMES)]}
    assert project.runs[1].tracker == "drifting"


def test_boxes_may_begin_on_several_frames_and_go_both_ways(do: Do, out: Path, clip: Path) -> None:
    boxes = (FirstBox(BOX, 10, "car"), FirstBox(Box(80, 20, 20, 10), 25))
    result = do(Job("a", "drifting", video=clip, boxes=boxes, way="both", most_frames=4))
    project = project_in(out)
    spans = {track.id: (track.first_frame, track.last_frame, track.label) for track in project.tracks.values()}
    assert spans == {1: (6, 14, "car"), 2: (21, 29, "")}
    assert [run.direction for run in project.runs.values()] == [1, -1]
    assert list(project.labels) == ["car"]  # none is made up
    assert result.boxes == 18


@pytest.mark.parametrize(
    ("first", "said"),
    [
        (FirstBox(Box(500, 20, 20, 10)), "lies outside the picture of 192 x 64"),
        (FirstBox(Box(0, 0, 900, 10)), "far larger than the picture"),
        (FirstBox(BOX, FRAMES), f"is on frame {FRAMES}; the last frame is {FRAMES - 1}"),
        (FirstBox(BOX, FRAMES - 1), "nothing to track"),
    ],
)
def test_a_box_that_cannot_be_followed_is_an_error(do: Do, clip: Path, first: FirstBox, said: str) -> None:
    with pytest.raises(JobError, match=said):
        do(Job("a", "drifting", video=clip, boxes=(first,)))


def test_a_project_is_carried_on_and_filled_between_keyframes_and_stays_as_it_was(
    do: Do, out: Path, clip: Path, tmp_path: Path
) -> None:
    path = drawn(clip, tmp_path, {3: BOX, 8: BOX.translated(dx=10, dy=0), 9: BOX.translated(dx=12, dy=0)})
    before = path.read_bytes()
    do(Job("a", "drifting", project=path))
    assert path.read_bytes() == before
    track = project_in(out).tracks[1]
    assert [frame for frame, _ in track.items()] == list(range(3, FRAMES))
    drawn_at = [frame for frame, record in track.items() if record.source is Source.HUMAN]
    assert drawn_at == [3, 8, 9]


def test_a_project_whose_video_was_renamed_is_told_where_it_is_now(
    do: Do, out: Path, clip: Path, tmp_path: Path
) -> None:
    old = Path(shutil.copy(clip, tmp_path / "old.mp4"))
    path = drawn(old, tmp_path, {3: BOX})
    new = old.rename(tmp_path / "new.mp4")
    with pytest.raises(JobError, match=r"old\.mp4"):
        do(Job("a", "drifting", project=path))
    other = write_clip(out, Coding(), frames=FRAMES + 5)
    with pytest.raises(JobError, match="another video than the one that the boxes were drawn on"):
        do(Job("a", "drifting", project=path, video=other))
    do(Job("a", "drifting", project=path, video=new))
    assert project_in(out).video.path == new
    assert [frame for frame, _ in project_in(out).tracks[1].items()] == list(range(3, FRAMES))


def test_a_track_that_a_person_has_ended_is_not_carried_on(do: Do, out: Path, clip: Path, tmp_path: Path) -> None:
    do(Job("a", "drifting", project=drawn(clip, tmp_path, {3: BOX, 6: None}), exports=("csv",)))
    assert [frame for frame, _ in project_in(out).tracks[1].items()] == [3, 6]
    assert (out / "tracks.csv.csv").exists()


def test_a_project_that_is_missing_empty_or_open_is_an_error(do: Do, clip: Path, tmp_path: Path) -> None:
    path = drawn(clip, tmp_path, {3: BOX})
    with pytest.raises(JobError, match=r"none\.siamark does not exist"):
        do(Job("a", "drifting", project=tmp_path / "none.siamark"))
    ProjectStore.create(tmp_path / "empty.siamark", look_at_video(path)).close()
    with pytest.raises(JobError, match="has no tracks; draw a first box"):
        do(Job("a", "drifting", project=tmp_path / "empty.siamark"))
    store = ProjectStore.open(path)
    with pytest.raises(JobError, match="is open in another window"):
        do(Job("a", "drifting", project=path))
    store.close()


def detections(folder: Path, boxes: dict[int, list[tuple[float, float]]]) -> Path:
    """``det.txt``: for each frame the left side and the score of boxes of 20 x 10."""
    lines = [
        f"{frame + 1},-1,{left + 1},21,20,10,{score},-1,-1,-1" for frame, of in boxes.items() for left, score in of
    ]
    path = folder / "det.txt"
    path.write_text("\n".join(lines) + "\n")
    return path


def test_detections_are_linked_and_the_tracker_bridges_what_the_detector_has_missed(
    do: Do, out: Path, clip: Path, tmp_path: Path
) -> None:
    seen = {frame: [(10.0 + 2 * frame, 0.9)] for frame in (*range(5), *range(9, 14))}  # moves as the tracker drifts
    seen[2].append((150.0, 0.1))  # nothing is there
    job = Job("a", "drifting", video=clip, detections=detections(tmp_path, seen), format_name="mot-det", exports=())
    result = do(replace(job, minimum_score=0.5))
    (track,) = project_in(out).tracks.values()
    assert [(frame, record.box.x) for frame, record in track.items() if record.box] == [
        (frame, 10 + 2 * frame) for frame in range(14)
    ]
    assert any("1 detections scored below 0.5" in note for note in result.notes)


def test_without_carrying_detections_are_only_linked(do: Do, out: Path, clip: Path, tmp_path: Path) -> None:
    seen = {frame: [(10.0 + 2 * frame, 0.0 if frame == 0 else 0.9)] for frame in (*range(5), *range(9, 14))}
    job = Job("a", "none", video=clip, detections=detections(tmp_path, seen), format_name="mot-det", carry=0)
    result = do(replace(job, minimum_score=0.0))
    assert (result.frames, result.tracks, result.boxes) == (0, 2, 10)


def test_a_file_without_boxes_of_the_video_is_an_error(do: Do, clip: Path, tmp_path: Path) -> None:
    empty = detections(tmp_path, {FRAMES + 5: [(10.0, 0.9)]})
    with pytest.raises(JobError, match="holds no boxes of this video"):
        do(Job("a", "drifting", video=clip, detections=empty, format_name="mot-det"))
