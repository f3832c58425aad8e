from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.support.sequences import ABSENT, black_sequence
from tests.support.trackers import ScriptedTracker
from tracker_core.evaluation.results import (
    GOT10K_LAYOUT,
    OTB_LAYOUT,
    VOT_LAYOUT,
    VOTLT_LAYOUT,
    ResultLayout,
)
from tracker_core.evaluation.runner import SequenceRun, track_once, track_supervised
from tracker_core.evaluation.sequences import SequenceError
from tracker_core.geometry import Box

SEEN = (20.0, 20.0, 10.0, 10.0)
LAYOUTS = (OTB_LAYOUT, GOT10K_LAYOUT, VOT_LAYOUT, VOTLT_LAYOUT)


@pytest.fixture
def supervised() -> SequenceRun:
    tracker = ScriptedTracker([Box(21.25, 20, 10, 10), Box(60, 60, 10, 10)], scores=[0.75, 0.125])
    run = track_supervised(tracker, black_sequence([SEEN] * 9))
    run.seconds[:] = [0.5, 0.25, 0.25, *[np.nan] * 4, 0.5, 0.25]
    return run


@pytest.fixture
def once() -> SequenceRun:
    tracker = ScriptedTracker([Box(21.25, 20, 10, 10)], scores=[0.75, 0.125])
    run = track_once(tracker, black_sequence([SEEN, SEEN, ABSENT], first_pixel=1))
    run.seconds[:] = [0.5, 0.25, 0.25]
    return run


def files(folder: Path) -> dict[str, list[str]]:
    return {
        path.relative_to(folder).as_posix(): path.read_text().splitlines()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_vot_writes_codes_where_no_box_counts(supervised: SequenceRun, tmp_path: Path) -> None:
    VOT_LAYOUT.write(supervised, tmp_path, tracker="it")
    written = files(tmp_path)
    box = "21.2500,20.0000,10.0000,10.0000"
    assert written["it/baseline/black/black_001.txt"] == ["1", box, "2", "0", "0", "0", "0", "1", box]
    assert written["it/baseline/black/black_001_time.value"] == [
        *["0.50000000", "0.25000000", "0.25000000"],
        *[""] * 4,
        *["0.50000000", "0.25000000"],
    ]


def test_long_term_vot_has_a_confidence_for_each_frame_but_the_first(once: SequenceRun, tmp_path: Path) -> None:
    VOTLT_LAYOUT.write(once, tmp_path, tracker="it")
    written = files(tmp_path)
    assert written["it/longterm/black/black_001.txt"] == ["1", *["22.2500,21.0000,10.0000,10.0000"] * 2]
    assert written["it/longterm/black/black_001_confidence.value"] == ["", "0.75000000", "0.12500000"]


def test_otb_and_got10k_lie_as_their_toolkits_lay_them_in_the_pixels_of_the_data_set(
    once: SequenceRun, tmp_path: Path
) -> None:
    OTB_LAYOUT.write(once, tmp_path / "otb", tracker="it")
    GOT10K_LAYOUT.write(once, tmp_path / "got", tracker="it")
    rows = ["21.0000,21.0000,10.0000,10.0000", *["22.2500,21.0000,10.0000,10.0000"] * 2]
    times = ["0.50000000", "0.25000000", "0.25000000"]
    assert files(tmp_path / "otb") == {"it/black.txt": rows, "it/times/black_time.txt": times}
    assert files(tmp_path / "got") == {"it/black/black_001.txt": rows, "it/black/black_time.txt": times}


def test_what_was_written_is_read_again(once: SequenceRun, tmp_path: Path) -> None:
    for layout in LAYOUTS:
        assert layout.read(once.sequence, tmp_path, tracker="it") is None
        layout.write(once, tmp_path, tracker="it")
        run = layout.read(once.sequence, tmp_path, tracker="it")
        assert run is not None
        assert run.boxes.tolist() == once.boxes.tolist()
        assert run.states.tolist() == once.states.tolist()
        assert run.fps == once.fps
        if layout is VOTLT_LAYOUT:
            assert np.array_equal(run.scores, once.scores, equal_nan=True)


def test_a_supervised_run_is_read_again_but_for_its_failures(supervised: SequenceRun, tmp_path: Path) -> None:
    VOT_LAYOUT.write(supervised, tmp_path, tracker="it")
    run = VOT_LAYOUT.read(supervised.sequence, tmp_path, tracker="it")
    assert run is not None
    assert run.states.tolist() == supervised.states.tolist()
    assert run.fps == supervised.fps
    assert np.isnan(run.boxes[2]).all()
    assert run.boxes[[0, 1, 7, 8]].tolist() == supervised.boxes[[0, 1, 7, 8]].tolist()


def test_a_tracker_named_by_its_file_has_a_folder_without_its_slashes(once: SequenceRun, tmp_path: Path) -> None:
    OTB_LAYOUT.write(once, tmp_path, tracker="runs/a b/weights.safetensors")
    assert (tmp_path / "runs_a_b_weights.safetensors" / "black.txt").is_file()


@pytest.mark.parametrize(
    ("layout", "content", "message"),
    [
        (OTB_LAYOUT, "1,2,3,4\n", r"black\.txt has 1 rows, but the sequence has 3 frames"),
        (OTB_LAYOUT, "1,2,3,4\n1\n1,2,3,4\n", r"black\.txt, row 2: 1 numbers"),
        (OTB_LAYOUT, "x\n", r"black\.txt is not a file of results"),
        (VOT_LAYOUT, "1\n3\n0\n", r"black_001\.txt, row 2: 1 numbers"),
    ],
)
def test_a_file_that_is_no_result_of_the_sequence_is_named(
    once: SequenceRun, tmp_path: Path, layout: ResultLayout, content: str, message: str
) -> None:
    path = tmp_path / layout.boxes.format(tracker="it", sequence="black")
    path.parent.mkdir(parents=True)
    path.write_text(content)
    with pytest.raises(SequenceError, match=message):
        layout.read(once.sequence, tmp_path, tracker="it")
