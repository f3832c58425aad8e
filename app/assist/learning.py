"""Learning from a project: teach a copy of a tracker a person's boxes, then compare it with the original on boxes that
were held back. Everything runs on this machine, and the person's own files are only read.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Protocol

from app.assist.learning_plan import LearningPlan
from app.assist.learnt_model import Learnt
from app.assist.tracker_comparison import LEAST_GAIN, Comparison, compare
from app.language import tr, tr_counted
from app.video.source import open_source, picture_shown
from tracker_core.images import Image
from tracker_core.tracker import DeviceName, PrecisionName, Tracker
from tracker_core.training.pictures.prepared import Instance, SourceWriter
from tracker_core.training.sources.reach import within_reach
from tracker_core.weights.catalog import SUFFIX, Model, load_tracker

if TYPE_CHECKING:  # these import torch
    from tracker_core.training.run.config import TrainingConfig
    from tracker_core.training.run.loop import StepLog

REACH_SIDES = 6.0  # times the exemplar's side: leaves room for search regions that do not show the target
LONGEST_SIDE = 960  # of a picture, in pixels
PROBE_STEPS = 4  # to measure how long a step takes on this machine; the first does not count
LEAST_STEPS, MOST_STEPS = 20, 1500
FRAMES_A_SECOND = 50  # assumed until the tracker's speed is measured
SECONDS_BETWEEN_NEWS = 0.2


class Trainer(Protocol):
    """``tracker_core.training.run.loop.train``, or a stand-in for it."""

    def __call__(
        self,
        config: TrainingConfig,
        *,
        on_log: Callable[[StepLog], None],
        log_every: int,
        should_stop: Callable[[], bool],
    ) -> Path: ...


@dataclass(frozen=True, slots=True)
class LearningTask:
    """What to learn. ``project`` is the project's name, ``minutes`` how long the teaching may take."""

    plan: LearningPlan
    model: Model
    project: str
    minutes: float
    device: DeviceName = "auto"
    precision: PrecisionName = "auto"

    @property
    def expected_seconds(self) -> float:
        """A rough estimate for teaching and comparison together."""
        return self.minutes * 60 + _seconds_to_compare(self.plan)


@dataclass(frozen=True, slots=True)
class LearningProgress:
    """``what`` is being done, in words, and ``done``, the share of it that is done.

    ``seconds_left`` is for everything that is left, None if unknown.
    """

    what: str
    done: float
    seconds_left: float | None = None


@dataclass(frozen=True, slots=True)
class LearningOutcome:
    """``learnt`` is None if it is no better than the original. ``sentence`` gives both numbers."""

    comparison: Comparison
    learnt: Learnt | None
    sentence: str


class LearningStoppedError(Exception):
    """The person has stopped the learning."""


class LearningError(Exception):
    """The learning failed; the text is the sentence for the person."""


class Learning:
    """One learning, from the pictures to the verdict. Call ``run`` once; it removes its files before it returns.

    ``on_step`` is called between pictures, steps and frames. It may wait, and may raise ``LearningStoppedError``.
    """

    def __init__(
        self,
        task: LearningTask,
        *,
        on_progress: Callable[[LearningProgress], None] = lambda progress: None,
        on_step: Callable[[], None] = lambda: None,
        trainer: Trainer | None = None,
    ) -> None:
        self._task = task
        self._on_progress = on_progress
        self._on_step = on_step
        self._trainer = trainer
        self._told, self._told_at = "", 0.0

    def run(self) -> LearningOutcome:
        """
        Raises:
            LearningStoppedError: if ``on_step`` did.
            VideoError: if a frame cannot be read.
            LearningError: if the weights became infinite or NaN.
        """
        with TemporaryDirectory(prefix="siamark-learning-") as name:
            room = Path(name)
            self._take_pictures(room / "pictures")
            taught = self._teach(room, steps=self._affordable_steps(room))
            file = self._kept_between(taught, room / f"learnt{SUFFIX}")
            comparison = self._compare(file)
            learnt = self._learnt(file, comparison) if comparison.is_better else None
            return LearningOutcome(comparison, learnt, sentence_of(comparison, self._task.model.name))

    # Pictures

    def _take_pictures(self, folder: Path) -> None:
        """Store a crop around each teaching box, in one source for each track. One crop of all boxes would show each
        too small.
        """
        plan = self._task.plan
        source = open_source(plan.video.path, decoding_threads=1, known_as=plan.video.fingerprint)
        writers = {track: SourceWriter(folder, f"track.{track}", "video") for track in plan.tracks}
        try:
            for done, (frame, boxes) in enumerate(plan.by_frame.items()):
                self._on_step()
                self._tell(
                    tr("reading {teaching} boxes", teaching=len(plan.teaching)),
                    done / len(plan.by_frame),
                    self._task.expected_seconds,
                )
                image = picture_shown(source, frame).image  # for a damaged frame, the same stand-in that the person saw
                instances = [Instance(known.track_id, known.label, known.box) for known in boxes]
                for own in instances:
                    near = [other for other in instances if other is not own]
                    part = within_reach(image, [own, *near], around=[own], sides=REACH_SIDES, longest=LONGEST_SIDE)
                    writers[own.track].add(*_visible(*part))
        finally:
            source.close()
            for writer in writers.values():
                writer.close()

    # Teaching

    def _affordable_steps(self, room: Path) -> int:
        """How many steps this machine can do in the given minutes."""
        seconds = self._train(room, "probe", steps=PROBE_STEPS)
        return int(min(max(self._task.minutes * 60 / seconds, LEAST_STEPS), MOST_STEPS))

    def _teach(self, room: Path, *, steps: int) -> Path:
        self._train(room, "taught", steps=steps)
        return room / "taught" / f"weights{SUFFIX}"

    def _train(self, room: Path, name: str, *, steps: int) -> float:
        """Train, and return the seconds of a step."""
        task = self._task
        what = tr("learning from {teaching} boxes", teaching=len(task.plan.teaching))
        self._tell(what, 0.0, None)
        from tracker_core.training.run.finetuning import finetuning_config  # imports torch, which takes a while
        from tracker_core.training.run.loop import train

        threads = max(1, (os.cpu_count() or 1) - 1)  # leave a core to the window
        config = finetuning_config(task.model, data=room / "pictures", out=room / name, steps=steps, threads=threads)
        afterwards = _seconds_to_compare(task.plan)
        began, durations = time.monotonic(), []

        def on_log(log: StepLog) -> None:
            durations.append(time.monotonic() - began)
            left = None if name == "probe" else (steps - log.step) * median(durations) + afterwards
            self._tell(what, 0.0 if name == "probe" else log.step / steps, left)

        def should_stop() -> bool:
            nonlocal began
            self._on_step()
            began = time.monotonic()  # time spent waiting does not count
            return False

        (self._trainer or train)(config, on_log=on_log, log_every=1, should_stop=should_stop)
        return median(durations[1:] or durations)

    def _kept_between(self, taught: Path, file: Path) -> Path:
        """Write the weights to be judged to ``file``. Constants and calibration are those of the old tracker: a project
        has too few true boxes to calibrate scores again.
        """
        from tracker_core.training.run.finetuning import between
        from tracker_core.weights.files import read_weights

        old, new = read_weights(self._task.model.path), read_weights(taught)
        tensors = between(old.tensors, new.tensors)
        if not all(tensor.isfinite().all() for tensor in tensors.values()):
            raise LearningError("The learning failed: the weights grew without bound. Nothing was kept.")
        replace(old, tensors=tensors).save(file)
        return file

    # The verdict

    def _compare(self, file: Path) -> Comparison:
        plan, done, waited = self._task.plan, 0, 0.0
        before, after = self._loaded(self._task.model.path), self._loaded(file)
        began = time.monotonic()

        def on_frame() -> None:
            nonlocal done, waited
            paused_at = time.monotonic()
            self._on_step()
            waited += time.monotonic() - paused_at
            done += 1
            left = (plan.frames_to_compare - done) * (time.monotonic() - began - waited) / done
            self._tell(
                tr(
                    "comparing on {held_back_boxes}",
                    held_back_boxes=tr_counted(plan.held_back, "held-back box", "held-back boxes"),
                ),
                done / plan.frames_to_compare,
                left,
            )

        return compare(before, after, plan.legs, plan.video.path, on_frame=on_frame)

    def _loaded(self, path: Path) -> Tracker:
        tracker = load_tracker(str(path), device=self._task.device, precision=self._task.precision)
        from tracker_core.runtime.placement import share_cores  # torch is loaded by now

        share_cores(targets=1)
        return tracker

    def _learnt(self, file: Path, comparison: Comparison) -> Learnt:
        """Write the file again with its origin in the header."""
        from tracker_core.weights.files import read_weights

        task, content = self._task, read_weights(file)
        source = {
            "base": task.model.name,
            "base_sha256": task.model.sha256,
            "project": task.project,
            "video": task.plan.video.path.name,
            "date": datetime.now(UTC).date().isoformat(),
            "boxes": str(len(task.plan.teaching)),
            "drawn": str(task.plan.drawn),
            "held_back": str(comparison.boxes),
            "overlap_before": f"{comparison.before.overlap:.3f}",
            "overlap_after": f"{comparison.after.overlap:.3f}",
        }
        if "licence" in task.model.source:  # of the original weights
            source["licence"] = task.model.source["licence"]
        replace(content, source=source).save(file)
        return Learnt(task.project, file.read_bytes(), source)

    def _tell(self, what: str, done: float, seconds_left: float | None) -> None:
        now = time.monotonic()
        if what != self._told or now - self._told_at >= SECONDS_BETWEEN_NEWS:
            self._told, self._told_at = what, now
            self._on_progress(LearningProgress(what, done, seconds_left))


def sentence_of(comparison: Comparison, name: str) -> str:
    """A sentence with both numbers. ``name`` is the original tracker's."""
    before, after = comparison.before.overlap, comparison.after.overlap
    numbers = tr(
        "On {held_back_boxes} the learnt tracker overlaps ",
        held_back_boxes=tr_counted(comparison.boxes, "held-back box", "held-back boxes"),
    )
    numbers += tr("{after:.2f} on average, {name} {before:.2f}", after=after, name=name, before=before)
    if comparison.is_better:
        return f"{numbers}."
    if comparison.is_clear:
        return tr("{numbers}, but it lost its target more often, so nothing was kept.", numbers=numbers)
    if after - before >= LEAST_GAIN:
        return tr("{numbers}: that may be luck, so nothing was kept.", numbers=numbers)
    return tr("{numbers}: no better, so nothing was kept.", numbers=numbers)


def _seconds_to_compare(plan: LearningPlan) -> float:
    return 2 * plan.frames_to_compare / FRAMES_A_SECOND


def _visible(image: Image, instances: Sequence[Instance]) -> tuple[Image, list[Instance]]:
    """Leave out boxes that lie mostly outside the picture; the first box is the one it was cut out for."""
    height, width = image.shape[:2]
    near = [i for i in instances[1:] if i.box.clipped(width=width, height=height).area >= 0.5 * i.box.area]
    return image, [instances[0], *near]
