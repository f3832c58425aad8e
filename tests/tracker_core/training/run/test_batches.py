from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from tests.support.training_data import passing_boxes, write_source
from tracker_core.training.pairs.pairs import Pair, PairConfig
from tracker_core.training.pictures.prepared import PreparedDataError, Source
from tracker_core.training.processes import ALONE, Processes
from tracker_core.training.run.batches import batches_of, sampler_of
from tracker_core.training.run.config import ConfigError, Schedule, TrainingConfig

SHORT = Schedule(steps=3, batch=4, workers=0)


def config(folder: Path, schedule: Schedule = SHORT) -> TrainingConfig:
    return TrainingConfig(folder, folder / "run", pairs=PairConfig(mix={"*": 1.0}), schedule=schedule)


def test_the_processes_see_together_what_one_sees_and_a_later_start_the_rest(tmp_path: Path) -> None:
    source = write_source(tmp_path, "video.red", "video", passing_boxes(6))
    sampler = sampler_of(config(tmp_path), [source])

    def searches(first_step: int, processes: Processes) -> list[NDArray[np.uint8]]:
        batches = batches_of(sampler, SHORT, first_step=first_step, processes=processes)
        return [np.asarray(batch.search) for batch in batches if isinstance(batch, Pair)]

    whole = searches(0, ALONE)
    assert [len(search) for search in whole] == [4, 4, 4]
    together = [np.concatenate(pair) for pair in zip(*(searches(1, Processes(n, 2)) for n in range(2)), strict=True)]
    assert np.array_equal(together, whole[1:])


@pytest.mark.parametrize("workers", [0, 1])
def test_a_damaged_picture_is_named_in_one_line(tmp_path: Path, workers: int) -> None:
    write_source(tmp_path, "video.red", "video", passing_boxes(6))
    blob = tmp_path / "video.red.bin"
    blob.write_bytes(bytes(blob.stat().st_size))
    schedule = replace(SHORT, workers=workers)
    sampler = sampler_of(config(tmp_path, schedule), [Source.open(tmp_path / "video.red.json")])
    with pytest.raises(PreparedDataError) as caught:
        next(batches_of(sampler, schedule, first_step=0, processes=ALONE))
    assert str(caught.value) == "a picture of video.red is damaged; prepare it again"


def test_workers_start_while_opencv_has_threads_of_its_own(tmp_path: Path) -> None:
    """A forked worker would wait for them for ever."""
    cv2.GaussianBlur(np.zeros((2000, 2000, 3), np.float32), (31, 31), 5)  # so large that OpenCV starts them
    threads = cv2.getNumThreads()
    write_source(tmp_path, "video.red", "video", passing_boxes(6))
    schedule = replace(SHORT, workers=1)
    sampler = sampler_of(config(tmp_path, schedule), [Source.open(tmp_path / "video.red.json")])
    assert next(batches_of(sampler, schedule, first_step=0, processes=ALONE)) is not None
    assert cv2.getNumThreads() == threads


def test_sources_that_the_mix_does_not_name_are_refused(tmp_path: Path) -> None:
    source = write_source(tmp_path, "video.red", "video", passing_boxes(2))
    with pytest.raises(ConfigError, match=r"do not suit \[pairs\]: no prepared source with boxes matches 'film"):
        sampler_of(replace(config(tmp_path), pairs=PairConfig(mix={"film.*": 1.0})), [source])
