"""Measures tracking speed: the parts of a step, the whole step, file to records, the first box, and many targets."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import torch

from app.assist.headless_run import carry_out, project_of_boxes
from app.assist.loaded_tracker import LoadedTracker
from app.assist.run_plan import plan_run
from app.assist.runs import new_run
from app.model.direction import FORWARD
from app.video.source import open_source
from benchmarks.moving_clip import true_box, true_boxes, write_moving_clip
from tracker_core.group import update_all
from tracker_core.images import Image
from tracker_core.runtime.placement import available_devices, place, share_cores
from tracker_core.target import NetworkTarget
from tracker_core.tracker import DeviceName, PrecisionName, Tracker

WARM_UP = 5  # uncounted steps in which kernels are chosen and caches are filled
STEP_FRAMES = 40  # decoded pictures kept at a time: 110 MB
SECONDS = 5.0  # the longest measurement; a slow network gets fewer steps
CROWD = (8, 16)  # targets at once
LATENCY_TRIES = 7


@dataclass(frozen=True, slots=True)
class SpeedRow:
    """One tracker on one device. Times are in milliseconds per frame: medians, but the mean for decoding."""

    tracker: str
    device: str
    precision: str
    decode_ms: float
    crop_ms: float
    network_ms: float
    decision_ms: float
    step_fps: float  # the tracking step alone: picture in, box out
    end_to_end_fps: float  # from a 720p file to records, as in the command `track`
    first_box_ms: float  # from a drawn box to the first prediction, with a warm network
    cost_of_8: float  # time of a frame with 8 targets, divided by that with one
    cost_of_16: float
    target_fps_of_16: float  # frames a second times targets
    end_to_end_cost_of_8: float  # time of a frame of the command `track` with 8 boxes, divided by that with one


def measure_speed(trackers: Iterable[Tracker], *, frames: int) -> Iterator[SpeedRow]:
    """A row for each tracker, measured on a generated 720p file. Trackers are loaded one after another."""
    with TemporaryDirectory(prefix="siamark-bench-") as folder:
        clip = Path(folder, "moving.mp4")
        write_moving_clip(clip, frames=frames)
        decode_ms, pictures = _decoding(clip), _pictures(clip)
        for tracker in trackers:
            device, precision, _ = tracker.place
            crop_ms, network_ms, decision_ms = _parts(tracker, pictures, frames)
            one, *crowds = (_seconds_a_frame(tracker, pictures, frames, targets=count) for count in (1, *CROWD))
            whole, whole_of_8 = (
                _end_to_end(tracker, clip, frames=min(frames, max(20, int(SECONDS / step))), targets=count)
                for count, step in ((1, one), (CROWD[0], crowds[0]))
            )
            yield SpeedRow(
                tracker=tracker.name,
                device=device,
                precision=precision,
                decode_ms=decode_ms,
                crop_ms=crop_ms,
                network_ms=network_ms,
                decision_ms=decision_ms,
                step_fps=1 / one,
                end_to_end_fps=whole,
                first_box_ms=_first_box(tracker, pictures),
                cost_of_8=crowds[0] / one,
                cost_of_16=crowds[1] / one,
                target_fps_of_16=CROWD[1] / crowds[1],
                end_to_end_cost_of_8=whole / whole_of_8,
            )


def placements() -> Iterator[tuple[DeviceName, PrecisionName]]:
    """The devices, each with the precisions that it does not emulate."""
    for device in available_devices():
        yield device, "float32"
        if place(device, "auto").place.precision == "bf16":
            yield device, "bf16"


def _decoding(clip: Path) -> float:
    """Mean milliseconds per frame. Not the median, because a decoder works ahead and delivers some frames at once."""
    source = open_source(clip)
    frames = source.info.frame_count
    began = time.perf_counter()
    for frame in range(frames):
        source.read(frame)
    seconds = time.perf_counter() - began
    source.close()
    return 1000 * seconds / frames


def _pictures(clip: Path) -> list[Image]:
    source = open_source(clip)
    pictures = [source.read(frame) for frame in range(min(source.info.frame_count, STEP_FRAMES))]
    source.close()
    return pictures


def _there_and_back(pictures: list[Image]) -> Iterator[Image]:
    """The pictures forward and backward repeatedly, without a jump."""
    while True:
        yield from pictures[1:]
        yield from pictures[-2::-1]


def _for_a_while(pictures: list[Image], steps: int) -> Iterator[Image]:
    """Pictures for the warm-up and at most ``steps`` more, until the time is up."""
    ends: float | None = None
    for number, image in enumerate(islice(_there_and_back(pictures), WARM_UP + steps)):
        if number == WARM_UP:
            ends = time.perf_counter() + SECONDS
        if ends is not None and number > WARM_UP and time.perf_counter() > ends:
            return
        yield image


def _parts(tracker: Tracker, pictures: list[Image], steps: int) -> tuple[float, float, float]:
    """Milliseconds of crop, network and decision, the three parts of ``NetworkTarget.update`` on the host. On CUDA they
    are one launch (``device_step``) and cannot be timed separately.
    """
    target = tracker.init(pictures[0], true_box(0))
    assert isinstance(target, NetworkTarget)
    clock: list[tuple[float, float, float, float]] = []
    for image in _for_a_while(pictures, steps):
        began = time.perf_counter()
        crops = target.look(image)
        cropped = time.perf_counter()
        answers = target.engine.respond([target.kernels] * len(crops), [crop.image for crop in crops])
        responded = time.perf_counter()
        target.conclude(image, crops, answers)
        clock.append((began, cropped, responded, time.perf_counter()))
    crop_ms, network_ms, decision_ms = 1000 * np.median(np.diff(clock[WARM_UP:], axis=1), axis=0)
    return float(crop_ms), float(network_ms), float(decision_ms)


def _seconds_a_frame(tracker: Tracker, pictures: list[Image], steps: int, *, targets: int) -> float:
    """The median time of a whole step with this many targets."""
    followed = [tracker.init(pictures[0], box) for box in true_boxes(0, targets)]
    seconds = []
    for image in _for_a_while(pictures, steps):
        began = time.perf_counter()
        update_all(followed, image)
        seconds.append(time.perf_counter() - began)
    return float(np.median(seconds[WARM_UP:]))


def _first_box(tracker: Tracker, pictures: list[Image]) -> float:
    """Milliseconds from a newly drawn box to its first prediction."""
    milliseconds = []
    for _ in range(LATENCY_TRIES):
        began = time.perf_counter()
        tracker.init(pictures[0], true_box(0)).update(pictures[1])
        milliseconds.append(1000 * (time.perf_counter() - began))
    return float(np.median(milliseconds))


def _end_to_end(tracker: Tracker, clip: Path, *, frames: int, targets: int) -> float:
    """Frames per second of the command ``track``, including opening the file but not loading the tracker. If the
    tracker loses its target, the run ends early and only its frames count.
    """
    threads = torch.get_num_threads()
    began = time.perf_counter()
    source = open_source(clip)
    source.close()
    last = min(frames, source.info.frame_count) - 1
    project = project_of_boxes(true_boxes(0, targets), source.info, 0)
    plan = plan_run(project, project.tracks, 0, FORWARD, until=last)
    loaded = LoadedTracker(tracker, prepare_for=share_cores)
    seen = 0

    def on_frame(done: int) -> None:
        nonlocal seen
        seen = done

    carry_out(new_run(1, plan, loaded), plan, project, loaded, on_frame=on_frame)
    seconds = time.perf_counter() - began
    torch.set_num_threads(threads)
    return seen / seconds
