"""Crops by track, and a video with the boxes drawn in."""

from __future__ import annotations

import csv
import os
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from av.audio.stream import AudioStream
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.annotations import ExportOptions, Row, TrackHead
from app.exchange.box_drawing import BoxDrawing, _Hershey
from app.exchange.crops import pixels_in
from app.exchange.drafts import DRAFT_PREFIX, draft_folder
from app.exchange.errors import ExchangeError
from app.exchange.export import export
from app.exchange.format import Rendering
from app.exchange.formats import EXPORTS, FORMATS, RENDERINGS, format_named
from app.model.box_record import BoxRecord, Source, keyframe
from app.model.project import Label, Project, VideoReference
from app.model.track import Track
from app.video.source import open_source
from tests.support.annotated_projects import VIDEO
from tests.support.numbered_clips import BLOCK, HEIGHT, WIDTH, Coding, number_in, write_clip
from tracker_core.geometry import Box
from tracker_core.images import Image

FRAMES = 12
TIMES = [0, 40, 200, 210, 400, 500, 640, 680, 900, 940, 1000, 2000]  # milliseconds


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_clip(tmp_path_factory.mktemp("clips"), Coding(), frames=FRAMES, milliseconds=TIMES)


SECOND_BLOCK = Box(BLOCK, 0, BLOCK, BLOCK)


def project_of(video: Path, box: Box = SECOND_BLOCK) -> Project:
    """A car in each frame, and a person who is outside the picture from frame 6 on."""
    info = open_source(video).info
    reference = VideoReference(video, FRAMES, WIDTH, HEIGHT, Fraction(25), info.fingerprint)
    car, person = Track(1, "car", "#ff0000"), Track(7, "a/person", "#00ff00")
    car.put({frame: keyframe(box) for frame in range(FRAMES)})
    person.put({frame: BoxRecord(Box(4, 4, 10, 20), Source.TRACKER, 0.5) for frame in range(6)})
    person.put({6: keyframe(Box(-50, 4, 10, 20)), 7: keyframe(None)})
    labels = {"car": Label("car", "#ff0000"), "a/person": Label("a/person", "#00ff00")}
    return Project(reference, labels, {1: car, 7: person})


def read(path: Path) -> Image:
    picture = cv2.imread(str(path), cv2.IMREAD_COLOR_RGB)
    assert picture is not None
    return np.asarray(picture, np.uint8)


def table_in(folder: Path) -> list[dict[str, str]]:
    with (folder / "crops.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def test_each_track_gets_a_folder_of_what_is_inside_its_boxes(clip: Path, tmp_path: Path) -> None:
    out = tmp_path / "crops"
    report = export(project_of(clip), "crops", out, ExportOptions(pictures="png"))
    assert (report.pictures, report.unit) == (FRAMES + 6, ("crop", "crops"))
    assert report.notes[-1] == "1 box outside the picture: left out."
    assert sorted(path.name for path in out.iterdir()) == ["a_person-7", "car-1", "crops.csv"]
    source = open_source(clip)
    for row in table_in(out):
        frame, left, top = int(row["frame"]), int(row["x"]), int(row["y"])
        whole = source.read(frame)[top : top + int(row["height"]), left : left + int(row["width"])]
        assert np.array_equal(read(out / row["file"]), whole)
    assert {row["file"] for row in table_in(out)} == {
        path.relative_to(out).as_posix() for path in out.rglob("*.png")
    }  # fmt: skip
    car = [row for row in table_in(out) if row["track"] == "1"]
    assert [(row["frame"], row["file"]) for row in car] == [
        (str(frame), f"car-1/{frame + 1:06d}.png") for frame in range(FRAMES)
    ]
    assert {(row["x"], row["y"], row["width"], row["height"]) for row in car} == {("32", "0", "32", "32")}


def test_crops_follow_the_options_of_every_export(clip: Path, tmp_path: Path) -> None:
    options = ExportOptions(keyframes_only=True, frames=range(0, 12, 5), label_map={"car": "vehicle"}, margin=0.5)
    export(project_of(clip), "crops", tmp_path / "crops", options)
    rows = table_in(tmp_path / "crops")
    assert [(row["label"], row["frame"], row["file"]) for row in rows] == [
        ("vehicle", str(frame), f"vehicle-1/{frame + 1:06d}.jpg") for frame in (0, 5, 10)
    ]
    assert {(row["x"], row["y"], row["width"], row["height"]) for row in rows} == {("16", "0", "64", "48")}


@given(st.floats(-500, 900), st.floats(-500, 900), st.floats(0.01, 900), st.floats(0.01, 900), st.floats(0, 10))
def test_a_crop_holds_its_box_and_nothing_outside_the_picture(
    x: float, y: float, width: float, height: float, margin: float
) -> None:
    box = Box(x, y, width, height)
    pixels = pixels_in(box, VIDEO, margin=margin)
    inside = box.clipped(width=VIDEO.width, height=VIDEO.height)
    if pixels is None:
        assert inside.area == 0
        return
    left, top, right, bottom = pixels
    assert 0 <= left < right <= VIDEO.width
    assert 0 <= top < bottom <= VIDEO.height
    assert left <= inside.x + 1e-9
    assert top <= inside.y + 1e-9
    assert right >= inside.right - 1e-9
    assert bottom >= inside.bottom - 1e-9


def test_a_project_without_a_box_in_the_picture_has_no_crops(clip: Path, tmp_path: Path) -> None:
    with pytest.raises(ExchangeError, match="nothing can be cut out"):
        export(project_of(clip), "crops", tmp_path / "crops", ExportOptions(label_map={"car": "", "a/person": ""}))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("suffix", [".mp4", ".mkv", ".mov"])
def test_every_frame_is_in_the_video_at_its_time_with_its_boxes(clip: Path, tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"boxes{suffix}"
    # In the corner of a block, where a box does not hide the number.
    report = export(project_of(clip, Box(2 * BLOCK, 0, 4 * BLOCK, 2 * BLOCK)), "video", out)
    assert (report.pictures, report.is_read_back) == (FRAMES, False)
    source = open_source(out, is_proven=True)
    assert (source.info.frame_count, source.info.width, source.info.height) == (FRAMES, WIDTH, HEIGHT)
    assert source.info.times * 1000 == pytest.approx(np.array(TIMES) - TIMES[0], abs=1.1)
    for frame in range(FRAMES):
        red = source.read(frame)[HEIGHT // 2, WIDTH - 1].astype(int)
        assert red[0] > 150, frame
        assert red[1:].max() < 110, frame


def test_only_the_frames_that_were_chosen_are_shown(clip: Path, tmp_path: Path) -> None:
    project = project_of(clip)
    project.tracks.clear()
    export(project, "video", tmp_path / "a.mp4", ExportOptions(frames=range(2, 12, 3)))
    source = open_source(tmp_path / "a.mp4", is_proven=True)
    assert [number_in(source.read(frame)) for frame in range(source.info.frame_count)] == [2, 5, 8, 11]
    assert source.info.times * 1000 == pytest.approx([0, 300, 700, 1800], abs=1.1)


def test_a_picture_with_odd_sides_gets_a_column_and_a_row_more(tmp_path: Path) -> None:
    folder = tmp_path / "shots"
    folder.mkdir()
    for frame in range(3):
        cv2.imwrite(str(folder / f"{frame}.png"), np.full((61, 101, 3), 40 * frame, np.uint8))
    project = Project(VideoReference(folder, 3, 101, 61, Fraction(25)))
    export(project, "video", tmp_path / "a.mp4")
    source = open_source(tmp_path / "a.mp4", is_proven=True)
    assert (source.info.frame_count, source.info.width, source.info.height) == (3, 102, 62)
    assert abs(int(source.read(2)[61, 101, 0]) - 80) < 6


def test_a_video_needs_a_name_that_players_know(clip: Path, tmp_path: Path) -> None:
    with pytest.raises(ExchangeError, match=r"tracks\.txt is no name for a video; let it end in \.mp4 or"):
        export(project_of(clip), "video", tmp_path / "tracks.txt")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("name", "goal"), [("video", "a.mp4"), ("crops", "crops")])
@pytest.mark.parametrize("last", ["collecting boxes", "frame 5 of 12", "putting it in place"])
def test_a_rendering_that_is_stopped_leaves_what_was_there(
    clip: Path, tmp_path: Path, name: str, goal: str, last: str
) -> None:
    class StopError(Exception):
        pass

    def stop(what: str) -> None:
        if what.endswith(last):
            raise StopError

    if name == "video":
        (tmp_path / goal).write_text("what was there")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(StopError):
        export(project_of(clip), name, tmp_path / goal, on_step=stop)
    assert sorted(tmp_path.rglob("*")) == before
    if name == "video":
        assert (tmp_path / goal).read_text() == "what was there"


@pytest.mark.parametrize("entry", RENDERINGS, ids=lambda entry: entry.name)
def test_the_video_of_another_content_is_not_taken(clip: Path, tmp_path: Path, entry: Rendering) -> None:
    project = project_of(clip)
    project.video = replace(project.video, fingerprint="another")
    with pytest.raises(ExchangeError, match=r"The frames cannot be written: .* another video"):
        export(project, entry.name, tmp_path / f"tracks{entry.suffix}")
    assert list(tmp_path.iterdir()) == []


def test_crops_are_never_written_among_the_pictures_of_the_video(tmp_path: Path) -> None:
    folder = tmp_path / "shots"
    folder.mkdir()
    cv2.imwrite(str(folder / "0.png"), np.zeros((61, 101, 3), np.uint8))
    track = Track(1, "car", "#ff0000")
    track.put({0: keyframe(Box(5, 5, 20, 20))})
    project = Project(VideoReference(folder, 1, 101, 61, Fraction(25)), tracks={1: track})
    with pytest.raises(ExchangeError, match="among those of the video"):
        export(project, "crops", folder)
    assert [path.name for path in folder.iterdir()] == ["0.png"]


def test_what_is_only_looked_at_is_no_format() -> None:
    assert [entry.name for entry in EXPORTS] == [entry.name for entry in FORMATS] + ["video", "crops"]
    with pytest.raises(ExchangeError, match='There is no format "video"'):
        format_named("video")


def drawn(row: Row, colour: str = "#ff0000") -> Image:
    image = np.full((200, 300, 3), 128, np.uint8)
    BoxDrawing([TrackHead(1, "", colour)], width=300, height=200).draw(image, [row])
    return image


@pytest.mark.parametrize("source", list(Source))
def test_a_persons_line_is_wider_and_an_interpolated_one_has_gaps(source: Source) -> None:
    image = drawn(Row(0, 1, BoxRecord(Box(40, 60, 200, 100), source)))
    column = image[100:150, 30:50]  # the left line, below the tag
    red = (column == (255, 0, 0)).all(axis=2)
    widths = set(red.sum(axis=1).tolist())
    assert widths == {Source.HUMAN: {2}, Source.TRACKER: {1}, Source.INTERPOLATED: {0, 1}}[source]


def test_a_box_far_over_the_border_is_drawn_where_it_is_seen() -> None:
    image = drawn(Row(0, 1, keyframe(Box(-3e6, 60, 3e6 + 100, 100))))
    assert (image[120, 98:102] == (255, 0, 0)).all(axis=1).any()
    assert (image[:, 200:] == 128).all()


def test_letters_of_opencv_4_that_cannot_be_drawn_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.exchange.box_drawing._letters", _Hershey)
    heads = [TrackHead(1, "car", "#ff0000"), TrackHead(2, "Straße", "#00ff00")]
    drawing = BoxDrawing(heads, width=300, height=200)
    assert drawing.notes == ("Letters that cannot be drawn here stand as ? in Straße.",)
    image = np.full((200, 300, 3), 128, np.uint8)
    drawing.draw(image, [Row(0, 2, keyframe(Box(40, 60, 100, 100)))])
    assert (image[:60] != 128).any()


def test_what_a_killed_export_left_goes_with_the_next_one(tmp_path: Path) -> None:
    with draft_folder(tmp_path) as mine:
        name, last_pid = mine.name, 2**22 + 1  # beyond the highest number of a process
        left = tmp_path / name.replace(f".{os.getpid()}.", f".{last_pid}.")
        left.mkdir()
        (left / "half.json").write_text("{")
        elsewhere = tmp_path / f"{DRAFT_PREFIX}another-machine.{last_pid}.abc"
        elsewhere.mkdir()
        with draft_folder(tmp_path) as second:
            assert {path.name for path in tmp_path.iterdir()} == {mine.name, second.name, elsewhere.name}
    assert [path.name for path in tmp_path.iterdir()] == [elsewhere.name]


def with_sound(clip: Path, goal: Path, codec: str) -> Path:
    """The clip, and a tone from its first picture to two seconds."""
    rate = 48_000
    with av.open(str(clip)) as source, av.open(str(goal), "w") as out:
        picture = out.add_stream_from_template(source.streams.video[0])
        tone = out.add_stream(codec, rate=rate, layout="mono")
        assert isinstance(tone, AudioStream)
        for packet in source.demux(source.streams.video[0]):
            if packet.dts is not None:
                packet.stream = picture
                out.mux(packet)
        samples = (9000 * np.sin(np.arange(2 * rate) / 30)).astype(np.int16)[None]
        frame = av.AudioFrame.from_ndarray(samples, format="s16", layout="mono")
        frame.sample_rate, frame.pts = rate, 0
        resampler = av.AudioResampler(tone.format, tone.layout, rate, frame_size=tone.codec_context.frame_size or 1024)
        for part in (*resampler.resample(frame), *resampler.resample(None), None):
            out.mux(tone.encode(part))
    return goal


def seconds_heard(path: Path) -> tuple[float, float]:
    """When the sound begins and how long it lasts, in seconds."""
    with av.open(str(path)) as container:
        heard = [(frame.time, frame.samples / frame.sample_rate) for frame in container.decode(audio=0)]
    return heard[0][0] or 0.0, sum(length for _, length in heard)


@pytest.mark.parametrize("suffix", [".mkv", ".mp4"])
def test_a_video_with_boxes_keeps_the_sound_of_what_is_shown(clip: Path, tmp_path: Path, suffix: str) -> None:
    loud = with_sound(clip, tmp_path / "loud.mkv", "aac")
    report = export(project_of(loud), "video", tmp_path / f"all{suffix}")
    assert not any("sound" in note for note in report.notes)
    begins, lasts = seconds_heard(tmp_path / f"all{suffix}")
    assert abs(begins) < 0.1
    assert abs(lasts - 2.0) < 0.1
    export(project_of(loud), "video", tmp_path / f"part{suffix}", ExportOptions(frames=range(4, 10)))  # 0.4 s to 1.0 s
    begins, lasts = seconds_heard(tmp_path / f"part{suffix}")
    assert abs(begins) < 0.1
    assert abs(lasts - 0.6) < 0.1


def test_sound_that_the_file_cannot_hold_is_said_to_be_left_out(clip: Path, tmp_path: Path) -> None:
    loud = with_sound(clip, tmp_path / "loud.mkv", "pcm_s16le")
    report = export(project_of(loud), "video", tmp_path / "all.mp4")
    assert "The sound (pcm_s16le) has no place in a .mp4 file and is left out; .mkv can hold it." in report.notes
    assert export(project_of(loud), "video", tmp_path / "all.mkv").boxes == 19
    assert seconds_heard(tmp_path / "all.mkv")[1] > 1.5
