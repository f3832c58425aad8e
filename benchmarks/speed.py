"""Milliseconds a frame, and where they go: decoding, cropping, the network, the decision; and all of it end to end."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from app.cli_track import project_with, track_through
from app.video.source import open_source
from benchmarks.moving_clip import true_box, write_moving_clip
from tracker_core.crops import crop_square, exemplar_side, mean_colour
from tracker_core.evidence import conclude
from tracker_core.images import Image
from tracker_core.runtime import Precision, available_devices, leave_cores, place
from tracker_core.siamrpnpp import SiamRPNPP
from tracker_core.target import EXEMPLAR_SIZE
from tracker_core.weights.catalog import load_tracker

WARM_UP = 10  # frames that count for nothing: the first ones choose kernels and fill caches
STEP_FRAMES = 40  # decoded pictures kept at a time: 110 MB


@dataclass(frozen=True, slots=True)
class SpeedRow:
    """One tracker in one place. Times are in milliseconds a frame, medians but for decoding."""

    tracker: str
    device: str
    precision: str
    frames: int
    decode_ms: float
    crop_ms: float
    network_ms: float
    decision_ms: float
    step_fps: float  # the tracking step alone: picture in, box out
    end_to_end_fps: float  # a 720p file in, records out, as the command `track` does it


def measure_speed(tracker_name: str, *, frames: int) -> Iterator[SpeedRow]:
    """A row for every device and precision of this machine, on a 720p file that is made for it.

    Raises:
        CatalogError, WeightsError: if there is no such tracker.
    """
    with TemporaryDirectory(prefix="siamark-bench-") as folder:
        clip = Path(folder, "moving.mp4")
        write_moving_clip(clip, frames=frames)
        decode_ms, pictures = _decoding(clip), _pictures(clip)
        for device, precision in placements():
            tracker = load_tracker(tracker_name, device=device, precision=precision)
            assert isinstance(tracker, SiamRPNPP)
            crop_ms, network_ms, decision_ms = _parts(tracker, pictures, frames)
            yield SpeedRow(
                tracker=tracker_name,
                device=device,
                precision=precision,
                frames=frames,
                decode_ms=decode_ms,
                crop_ms=crop_ms,
                network_ms=network_ms,
                decision_ms=decision_ms,
                step_fps=_stepping(tracker, pictures, frames),
                end_to_end_fps=_end_to_end(tracker, clip),
            )


def placements() -> Iterator[tuple[str, Precision]]:
    """Devices with the precisions that they compute in without emulation."""
    for device in available_devices():
        yield device, "float32"
        if str(place(device, "auto")).endswith("bf16"):
            yield device, "bf16"


def _decoding(clip: Path) -> float:
    """The mean, not the median: a decoder works ahead, and some frames come for nothing."""
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
    """All but the first, then back again, and so on without a jump."""
    while True:
        yield from pictures[1:]
        yield from pictures[-2::-1]


def _parts(tracker: SiamRPNPP, pictures: list[Image], steps: int) -> tuple[float, float, float]:
    """Crop, network and decision: ``RPNTarget.update`` taken apart."""
    engine, box, first = tracker.engine, true_box(0), pictures[0]
    fill, image_size = mean_colour(first), (first.shape[1], first.shape[0])
    side, size = exemplar_side(box), engine.instance_size
    exemplar = crop_square(first, cx=box.cx, cy=box.cy, side=side, size=EXEMPLAR_SIZE, fill=fill).image
    kernels = engine.template(exemplar)
    clock: list[tuple[float, float, float, float]] = []
    for image in islice(_there_and_back(pictures), WARM_UP + steps):
        began = time.perf_counter()
        side = exemplar_side(box) * size / EXEMPLAR_SIZE
        crop = crop_square(image, cx=box.cx, cy=box.cy, side=side, size=size, fill=fill)
        cropped = time.perf_counter()
        (response,) = engine.respond([kernels], [crop.image])
        responded = time.perf_counter()
        prediction, _ = conclude(response, crop, tracker.constants, last_box=box, image_size=image_size)
        clock.append((began, cropped, responded, time.perf_counter()))
        box = prediction.box
    crop_ms, network_ms, decision_ms = 1000 * np.median(np.diff(clock[WARM_UP:], axis=1), axis=0)
    return float(crop_ms), float(network_ms), float(decision_ms)


def _stepping(tracker: SiamRPNPP, pictures: list[Image], steps: int) -> float:
    """Frames a second of the tracking step, over all of it."""
    target = tracker.init(pictures[0], true_box(0))
    images = _there_and_back(pictures)
    for image in islice(images, WARM_UP):
        target.update(image)
    began = time.perf_counter()
    for image in islice(images, steps):
        target.update(image)
    return steps / (time.perf_counter() - began)


def _end_to_end(tracker: SiamRPNPP, clip: Path) -> float:
    """Frames a second of the command ``track``, opening the file included, loading the tracker not."""
    leave_cores(1)
    began = time.perf_counter()
    source = open_source(clip)
    source.close()
    frames = range(source.info.frame_count)
    project = project_with([true_box(0)], source.info, frames, tracker)
    track_through(project, frames, tracker, on_frame=lambda done: None)
    seconds = time.perf_counter() - began
    leave_cores(0)
    return len(frames) / seconds
