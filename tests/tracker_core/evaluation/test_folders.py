from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

import av
import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst
from numpy.typing import NDArray

from tracker_core.evaluation.folders import read_sequence, read_sequences
from tracker_core.evaluation.sequences import SequenceError
from tracker_core.evaluation.truth_files import read_regions
from tracker_core.geometry import Box

ROW = "10,20,30,40\n"


def write_pictures(folder: Path, count: int, *, digits: int = 8) -> None:
    """Picture number k (from 1) is of grey level k, with one red pixel row on top."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(1, count + 1):
        picture = np.full((48, 64, 3), number, dtype=np.uint8)
        picture[0] = (0, 0, 255)  # BGR
        cv2.imwrite(str(folder / f"{number:0{digits}d}.png"), picture)


def write_video(path: Path, count: int) -> None:
    """Frame k is of grey level 10 * k or white; with B-frames, so that packets come in another order than frames."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with av.open(path, "w") as container:
        stream = container.add_stream("libx264", rate=Fraction(25), options={"bf": "3", "qp": "4"})
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for index in range(count):
            grey = np.full((48, 64, 3), min(10 * index, 255), dtype=np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(grey, format="rgb24")))
        container.mux(stream.encode())


def test_a_folder_with_a_video(tmp_path: Path) -> None:
    write_video(tmp_path / "car" / "video.mp4", 12)
    (tmp_path / "car" / "groundtruth.txt").write_text(ROW * 12)
    (sequence,) = read_sequences(tmp_path)
    assert (sequence.name, len(sequence), sequence.first_pixel) == ("car", 12, 0)
    assert sequence.true_box(3) == Box(10, 20, 30, 40)
    frames = list(sequence.open_frames())
    assert frames[0].shape == (48, 64, 3)
    assert frames[0].dtype == np.uint8
    assert [round(float(frame.mean()) / 10) for frame in frames] == list(range(12))


def test_frames_can_be_read_again(tmp_path: Path) -> None:
    write_video(tmp_path / "video.mp4", 3)
    (tmp_path / "groundtruth.txt").write_text(ROW * 3)
    (sequence,) = read_sequences(tmp_path)
    assert len(list(sequence.open_frames())) == len(list(sequence.open_frames())) == 3


def test_a_got10k_folder(tmp_path: Path) -> None:
    write_pictures(tmp_path / "GOT_1", 11)
    (tmp_path / "GOT_1" / "groundtruth.txt").write_text(ROW * 11)
    (tmp_path / "GOT_1" / "absence.label").write_text("0\n" * 9 + "1\n1\n")
    (sequence,) = read_sequences(tmp_path)
    assert sequence.visible.tolist() == [True] * 9 + [False] * 2
    assert sequence.true_box(10) is None
    frames = list(sequence.open_frames())
    assert [int(frame[1, 0, 0]) for frame in frames] == list(range(1, 12))
    assert frames[0][0, 0].tolist() == [255, 0, 0]  # red first


def test_pictures_without_leading_zeros_come_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    write_pictures(tmp_path, 11, digits=1)
    (tmp_path / "groundtruth.txt").write_text(ROW * 11)
    (sequence,) = read_sequences(tmp_path)
    assert [int(frame[1, 0, 0]) for frame in sequence.open_frames()] == list(range(1, 12))


def test_otb_truth_is_1_based(tmp_path: Path) -> None:
    write_pictures(tmp_path / "Jogging" / "img", 2)
    (tmp_path / "Jogging" / "groundtruth_rect.1.txt").write_text("1,1,30,40\n" * 2)
    (tmp_path / "Jogging" / "groundtruth_rect.2.txt").write_text("11,21,30,40\n" * 2)
    first, second = read_sequences(tmp_path)
    assert (first.name, first.true_box(0), first.first_pixel) == ("Jogging.1", Box(0, 0, 30, 40), 1)
    assert (second.name, second.true_box(0)) == ("Jogging.2", Box(10, 20, 30, 40))


def test_an_otb_sequence_that_is_annotated_in_part(tmp_path: Path) -> None:
    write_pictures(tmp_path / "Football1" / "img", 80)
    (tmp_path / "Football1" / "groundtruth_rect.txt").write_text(ROW * 74)
    (sequence,) = read_sequences(tmp_path)
    assert len(list(sequence.open_frames())) == 74


@pytest.mark.parametrize("row", ["10,20,30,40", "10\t20\t30\t40", "10 20  30 40", " 10, 20,\t30 ,40 "])
def test_separators(tmp_path: Path, row: str) -> None:
    write_pictures(tmp_path, 2)
    (tmp_path / "groundtruth.txt").write_text(f"\ufeff{row}\r\n{row}\r\n\r\n", encoding="utf-8")
    assert read_sequence(tmp_path / "groundtruth.txt").true_box(1) == Box(10, 20, 30, 40)


@pytest.mark.parametrize("row", ["NaN,NaN,NaN,NaN", "0,0,0,0", "5,5,0,9", "5,5,9,-1", "inf,5,9,9"])
def test_rows_that_are_no_box_say_absent(tmp_path: Path, row: str) -> None:
    write_pictures(tmp_path, 2)
    (tmp_path / "groundtruth.txt").write_text(ROW + row)
    sequence = read_sequence(tmp_path / "groundtruth.txt")
    assert sequence.visible.tolist() == [True, False]
    assert np.isnan(sequence.truth[1]).all()


def _rows_short(folder: Path) -> None:
    (folder / "groundtruth.txt").write_text(ROW * 2)


def _a_word(folder: Path) -> None:
    (folder / "groundtruth.txt").write_text(ROW * 2 + "10,20,wide,40")


def _a_polygon(folder: Path) -> None:
    (folder / "groundtruth.txt").write_text(ROW * 2 + "1,2,3,4,5,6,7,8")


def _short_absence(folder: Path) -> None:
    (folder / "absence.label").write_text("0\n0\n")


def _no_frames(folder: Path) -> None:
    for picture in folder.glob("*.png"):
        picture.unlink()


def _two_videos(folder: Path) -> None:
    write_video(folder / "a.mp4", 3)
    write_video(folder / "b.mp4", 3)


def _no_video_inside(folder: Path) -> None:
    (folder / "video.mp4").write_bytes(b"not a video")


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (_rows_short, r"groundtruth\.txt has 2 rows, but there are 3 frames"),
        (_a_word, r"groundtruth\.txt, line 3: '10,20,wide,40' is not a row of numbers"),
        (_a_polygon, r"groundtruth\.txt, line 3: 8 numbers"),
        (_short_absence, r"absence\.label has 2 labels, but the truth beside it has 3 rows"),
        (_no_frames, r"neither a video nor pictures"),
        (_two_videos, r"holds 2 videos"),
        (_no_video_inside, r"video\.mp4 cannot be read as a video"),
    ],
)
def test_what_cannot_be_used_is_named(tmp_path: Path, damage: Callable[[Path], None], message: str) -> None:
    write_pictures(tmp_path, 3)
    (tmp_path / "groundtruth.txt").write_text(ROW * 3)
    damage(tmp_path)
    with pytest.raises(SequenceError, match=message):
        read_sequences(tmp_path)


def test_a_broken_picture_is_named_when_it_is_reached(tmp_path: Path) -> None:
    write_pictures(tmp_path, 2)
    (tmp_path / "00000002.png").write_bytes(b"no picture")
    (tmp_path / "groundtruth.txt").write_text(ROW * 2)
    frames = read_sequence(tmp_path / "groundtruth.txt").open_frames()
    next(frames)
    with pytest.raises(SequenceError, match=r"00000002\.png cannot be read as a picture"):
        next(frames)


def test_a_folder_without_sequences_or_no_folder(tmp_path: Path) -> None:
    with pytest.raises(SequenceError, match="holds no sequence"):
        read_sequences(tmp_path)
    with pytest.raises(SequenceError, match="is not a folder"):
        read_sequences(tmp_path / "missing")


def test_a_vot_folder_with_polygons_tags_and_a_sequence_file(tmp_path: Path) -> None:
    folder = tmp_path / "VOT2018" / "ants"
    write_pictures(folder / "color", 3)
    (folder / "groundtruth.txt").write_text("10,20,30,20,30,50,10,50\n1\n11,21,31,21,31,51,11,51\n")
    (folder / "sequence").write_text("channels.color=color/%08d.jpg\nfps=30\nname=ants\n")
    (folder / "occlusion.tag").write_text("0\n1\n")  # VOT leaves zeros at the end out
    (tmp_path / "VOT2018" / "list.txt").write_text("ants\n")
    (sequence,) = read_sequences(tmp_path / "VOT2018")
    # Corners are the outermost pixels: from 10 to 30 are 21.
    assert sequence.true_box(0) == Box(10, 20, 21, 31)
    assert sequence.true_box(1) is None
    assert sequence.true_polygon(1) is None
    polygon = sequence.true_polygon(2)
    assert polygon is not None
    assert polygon.tolist() == [[11, 21], [31, 21], [31, 51], [11, 51]]
    assert {name: flags.tolist() for name, flags in sequence.tags.items()} == {"occlusion": [False, True, False]}
    assert (sequence.benchmark, sequence.first_pixel) == ("vot2018", 0)
    assert len(list(sequence.open_frames())) == 3


def test_an_old_vot_folder_has_its_pictures_beside_the_truth(tmp_path: Path) -> None:
    write_pictures(tmp_path / "ball", 2)
    (tmp_path / "ball" / "groundtruth.txt").write_text("10,20,30,20,30,50,10,50\n" * 2)
    (sequence,) = read_sequences(tmp_path)
    assert sequence.true_box(1) == Box(10, 20, 21, 31)
    assert sequence.benchmark == ""


def test_regions_as_the_vot_toolkit_writes_them(tmp_path: Path) -> None:
    # A rectangle, a mask of 4 x 3 from 5, 6 whose pixels fill columns 1 to 2 of rows 1 to 2, a triangle, nothing.
    rows = ["10,20,30,40", "m5,6,4,3,5,2,2,2,1", "0,0,8,0,0,8", "nan,nan,nan,nan", "0"]
    write_pictures(tmp_path / "color", len(rows))
    (tmp_path / "groundtruth.txt").write_text("\n".join(rows))
    (sequence,) = read_sequences(tmp_path)
    assert sequence.true_box(0) == Box(10, 20, 30, 40)
    assert sequence.true_box(1) == Box(6, 7, 2, 2)
    triangle = sequence.true_polygon(2)
    assert triangle is not None
    assert triangle.shape == (3, 2)
    assert sequence.visible.tolist() == [True, True, True, False, False]


def test_a_huge_mask_is_read_without_drawing_it(tmp_path: Path) -> None:
    size = "20000,20000"
    rows = [f"m7,8,{size},0,400000000", f"m0,0,{size},20003,2,19998,2", f"m0,0,{size},19999,2", "m0,0,9,9,81"]
    write_pictures(tmp_path / "color", len(rows))
    (tmp_path / "groundtruth.txt").write_text("\n".join(rows))
    tracemalloc.start()
    (sequence,) = read_sequences(tmp_path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 10e6
    assert sequence.true_box(0) == Box(7, 8, 20000, 20000)
    assert sequence.true_box(1) == Box(3, 1, 2, 2)
    assert sequence.true_box(2) == Box(0, 0, 20000, 2)  # the end of a row and the beginning of the next
    assert sequence.true_box(3) is None


@given(npst.arrays(np.bool_, st.tuples(st.integers(1, 6), st.integers(1, 6))))
def test_the_box_round_a_mask_is_that_of_its_drawn_pixels(pixels: NDArray[np.bool_]) -> None:
    height, width = pixels.shape
    runs, value = [0], False
    for pixel in pixels.ravel().tolist():
        if pixel == value:
            runs[-1] += 1
        else:
            runs.append(1)
            value = pixel
    with TemporaryDirectory() as folder:
        path = Path(folder, "groundtruth.txt")
        path.write_text(f"m5,6,{width},{height},{','.join(map(str, runs))}\n")
        (region,) = read_regions(path)
    rows, columns = np.nonzero(pixels)
    if len(rows) == 0:
        assert region is None
        return
    assert region is not None
    assert region.min(axis=0).tolist() == [5 + columns.min(), 6 + rows.min()]
    assert region.max(axis=0).tolist() == [5 + columns.max(), 6 + rows.max()]


def test_lasot_lies_in_folders_of_classes_and_is_1_based(tmp_path: Path) -> None:
    for number in (2, 10):
        folder = tmp_path / "car" / f"car-{number}"
        write_pictures(folder / "img", 4)
        (folder / "groundtruth.txt").write_text("11,21,30,40\n" * 4)
        (folder / "full_occlusion.txt").write_text("0,1,0,0")
        (folder / "out_of_view.txt").write_text("0,0,0,1")
    second, tenth = read_sequences(tmp_path)
    assert (second.name, tenth.name) == ("car-2", "car-10")
    assert (second.true_box(0), second.first_pixel) == (Box(10, 20, 30, 40), 1)
    assert second.visible.tolist() == [True, False, True, False]


def test_got10k_says_how_much_of_the_target_is_seen(tmp_path: Path) -> None:
    write_pictures(tmp_path, 2)
    (tmp_path / "groundtruth.txt").write_text(ROW * 2)
    (tmp_path / "cover.label").write_text("8\n0\n")
    (sequence,) = read_sequences(tmp_path)
    assert sequence.cover is not None
    assert sequence.cover.tolist() == [8, 0]


def test_a_list_says_which_sequences_and_in_what_order(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        write_pictures(tmp_path / name, 2)
        (tmp_path / name / "groundtruth.txt").write_text(ROW * 2)
    (tmp_path / "list.txt").write_text("c\na\n")
    assert [sequence.name for sequence in read_sequences(tmp_path)] == ["c", "a"]
    (tmp_path / "list.txt").write_text("a\nd\n")
    with pytest.raises(SequenceError, match=r"list\.txt names d, but .*d holds no truth file"):
        read_sequences(tmp_path)


def test_an_otb_sequence_that_was_cut_to_its_annotated_part_already(tmp_path: Path) -> None:
    folder = tmp_path / "David"
    (folder / "img").mkdir(parents=True)
    for number in (300, 301, 302):
        cv2.imwrite(str(folder / "img" / f"{number:04d}.png"), np.full((48, 64, 3), number - 290, dtype=np.uint8))
    (folder / "groundtruth_rect.txt").write_text(ROW * 3)
    (sequence,) = read_sequences(tmp_path)
    assert [int(frame[1, 0, 0]) for frame in sequence.open_frames()] == [10, 11, 12]


def test_an_otb_video_is_cut_to_its_annotated_part(tmp_path: Path) -> None:
    write_video(tmp_path / "Football1" / "video.mp4", 80)
    (tmp_path / "Football1" / "groundtruth_rect.txt").write_text(ROW * 74)
    (sequence,) = read_sequences(tmp_path)
    assert len(list(sequence.open_frames())) == 74


def test_the_one_empty_truth_of_two_targets_is_passed_over(tmp_path: Path) -> None:
    write_pictures(tmp_path / "Human4" / "img", 2)
    (tmp_path / "Human4" / "groundtruth_rect.1.txt").write_text("")
    (tmp_path / "Human4" / "groundtruth_rect.2.txt").write_text(ROW * 2)
    assert [sequence.name for sequence in read_sequences(tmp_path)] == ["Human4.2"]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("groundtruth.txt", "1,2,3,4,5,6,7\n" * 2, r"groundtruth\.txt, line 1: 7 numbers, but a region is"),
        ("groundtruth.txt", "1,2,8,2,8,9\nm1,1,2,2,9\n", r"groundtruth\.txt, line 2: the runs of the mask do not fit"),
        (
            "groundtruth.txt",
            "1,2,8,2,8,9\nm1,1,2,2,1,-1\n",
            r"groundtruth\.txt, line 2: the runs of the mask do not fit",
        ),
        ("groundtruth.txt", "1,2,8,2,8,9\nm1,1,2\n", r"groundtruth\.txt, line 2: a mask is mX,Y,WIDTH,HEIGHT"),
        ("groundtruth.txt", "1,2,8,2,8,9\nm1,1,nan,2,1\n", r"groundtruth\.txt, line 2: a mask is mX,Y,WIDTH,HEIGHT"),
        ("groundtruth.txt", "1,2,8,2,8,9\nm1,1,1e9,1e9,1\n", r"groundtruth\.txt, line 2: a mask is mX,Y,WIDTH,HEIGHT"),
        ("occlusion.tag", "0\n0\n1\n", r"occlusion\.tag has 3 labels, but the truth beside it has 2 rows"),
        ("occlusion.tag", "0\nyes\n", r"occlusion\.tag, line 2: 'yes' is not a row of numbers"),
        ("sequence", "channels.color\n", r"sequence, line 1: 'channels\.color' is not key=value"),
        ("sequence", "channels.color=rgb/%08d.jpg\n", r"neither a video nor pictures, nor does .*rgb"),
    ],
)
def test_what_is_wrong_in_a_vot_folder_is_named(tmp_path: Path, name: str, content: str, message: str) -> None:
    write_pictures(tmp_path / "color", 2)
    (tmp_path / "groundtruth.txt").write_text("10,20,30,20,30,50,10,50\n" * 2)
    (tmp_path / name).write_text(content)
    with pytest.raises(SequenceError, match=message):
        read_sequences(tmp_path)
