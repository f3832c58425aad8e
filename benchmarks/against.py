"""Compares the speed of our SiamRPN++ with the public code. Both run in turns in one process, so that other load slows
both.

The public code (STVIR/pysot) is a checkout that the user names; none of it is included here. Both track the same
pictures from the same boxes, so that crops have the same size, and neither computes gradients. All ratios are relative
to the public code's float32.
"""

from __future__ import annotations

import importlib
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch

from benchmarks.moving_clip import picture, true_box
from benchmarks.published import LAYOUTS, Layout, untrained
from tracker_core.geometry import Box
from tracker_core.images import Image
from tracker_core.runtime.placement import place
from tracker_core.tracker import PrecisionName

PICTURES = 12
Step = Callable[[Image, Box], object]
"""Tracks one picture; the box is the target's in the previous picture."""


class PublicCodeError(Exception):
    """The folder is not a checkout of the public code, or the code does not run here; the text says why."""


@dataclass(frozen=True, slots=True)
class AgainstRow:
    """One contender. Times are those of a whole step, from picture to box.

    Processor time is the sum over all threads. Its ratio holds even if other programs share the cores.
    """

    tracker: str
    contender: str
    ms: float  # median
    ms_low: float
    ms_high: float
    ratio: float  # the public code's median time, divided by this one
    processor_ms: float
    processor_ratio: float


def measure_against(folder: Path, *, rounds: int, layouts: Sequence[Layout] = LAYOUTS) -> Iterator[AgainstRow]:
    """Three rows per layout: the public code, our float32 and our bf16.

    Raises:
        PublicCodeError: if the folder is not a checkout of the public code, or the code does not run here.
    """
    pictures = [picture(number) for number in range(PICTURES)]
    for layout in layouts:
        with public_code(folder, layout) as public_tracker:
            contenders = {"public code, float32": _public_step(public_tracker, pictures[0])}
            for precision in ("float32", "bf16"):
                contenders[f"ours, {precision}"] = _our_step(layout, precision, pictures[0])
            times = _in_turns(list(contenders.values()), pictures, rounds)
        medians = np.median(times, axis=1)  # (contenders, 2)
        for (name, _), measured, (wall, processor) in zip(contenders.items(), times, medians, strict=True):
            yield AgainstRow(
                tracker=layout.name,
                contender=name,
                ms=float(wall),
                ms_low=float(measured[:, 0].min()),
                ms_high=float(measured[:, 0].max()),
                ratio=float(medians[0, 0] / wall),
                processor_ms=float(processor),
                processor_ratio=float(medians[0, 1] / processor),
            )


def _in_turns(steps: Sequence[Step], pictures: Sequence[Image], rounds: int) -> np.ndarray[Any, np.dtype[np.float64]]:
    """(steps, rounds, 2): milliseconds of wall-clock and processor time. The first round is not counted."""
    times = np.empty((len(steps), rounds + 1, 2))
    for turn in range(rounds + 1):
        number = 1 + turn % (len(pictures) - 1)
        for place_in_turn, step in enumerate(steps):
            clock, processor = time.perf_counter(), time.process_time()
            step(pictures[number], true_box(number - 1))
            times[place_in_turn, turn] = time.perf_counter() - clock, time.process_time() - processor
    return 1000 * times[:, 1:]


def _our_step(layout: Layout, precision: PrecisionName, first: Image) -> Step:
    target = untrained(layout, place("cpu", precision)).init(first, true_box(0))

    def step(image: Image, last_box: Box) -> None:
        target.move_to(last_box)
        target.update(image)

    return step


def _public_step(tracker: Any, first: Image) -> Step:  # noqa: ANN401  (untyped code)
    with torch.no_grad():
        tracker.init(_bgr(first), list(true_box(0).as_tuple()))

    def step(image: Image, last_box: Box) -> None:
        x, y, width, height = last_box.as_tuple()
        tracker.center_pos = np.array([x + (width - 1) / 2, y + (height - 1) / 2])
        tracker.size = np.array([width, height])
        with torch.no_grad(), np.errstate(all="ignore"):  # boxes from random weights may have no area
            tracker.track(image)

    return step


def _bgr(image: Image) -> Image:
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2BGR), np.uint8)


@contextmanager
def public_code(folder: Path, layout: Layout) -> Iterator[Any]:
    """The public tracker of a layout, with random weights on the CPU. Its modules are unloaded afterwards, because they
    share one global configuration, which the next layout must not inherit.
    """
    configuration = folder / "experiments" / layout.experiment / "config.yaml"
    if not (folder / "pysot").is_dir() or not configuration.is_file():
        raise PublicCodeError(f"{folder} is not a checkout of pysot: it needs pysot/ and {configuration}")
    sys.path.insert(0, str(folder))
    try:
        settings = importlib.import_module("pysot.core.config").cfg
        settings.merge_from_file(str(configuration))
        settings.CUDA = False
        torch.manual_seed(0)
        model = importlib.import_module("pysot.models.model_builder").ModelBuilder()
        yield importlib.import_module("pysot.tracker.siamrpn_tracker").SiamRPNTracker(model)
    except ImportError as error:
        raise PublicCodeError(
            f"the public code in {folder} cannot be loaded ({error}); install what it needs"
        ) from error
    finally:
        sys.path.remove(str(folder))
        for name in [name for name in sys.modules if name.partition(".")[0] == "pysot"]:
            del sys.modules[name]
