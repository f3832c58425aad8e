"""Trackers that the processes of a batch load by name: functions of a module, so that other processes find them."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from app.assist.loaded_tracker import LoadedTracker
from app.settings.tracker_choice import TrackerChoice
from tests.support.trackers import IdentityTracker
from tracker_core.geometry import Box
from tracker_core.tracker import Image, Prediction

MARKS = "SIAMARK_TEST_MARKS"
"""The environment variable that names a folder in which these trackers note what they have done."""


class Drifting:
    """A target that moves two pixels to the right in each frame."""

    def __init__(self, box: Box, seconds: float, dies: bool) -> None:
        self.box = box
        self._seconds = seconds
        self._dies = dies

    def update(self, image: Image, *, with_evidence: bool = False) -> Prediction:
        if self._dies:
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(self._seconds)
        self.box = self.box.translated(dx=2, dy=0)
        return Prediction(self.box, 0.9, None)

    def move_to(self, box: Box) -> None:
        self.box = box


class DriftingTracker(IdentityTracker):
    """Ignores the picture; its boxes and scores identify the frame."""

    name = "drifting"

    def __init__(self, *, seconds: float = 0.0, dies: bool = False) -> None:
        super().__init__()
        self._seconds = seconds
        self._dies = dies

    def init(self, image: Image, box: Box) -> Drifting:  # type: ignore[override]
        return Drifting(box, self._seconds, self._dies)


def load_drifting(choice: TrackerChoice, cores: int) -> LoadedTracker:
    """ "slow" takes its time, "deadly" kills its process, "deadly once" only the first; "broken" cannot be loaded."""
    if choice.name == "broken":
        raise ValueError("its weights are cut off")
    dies = choice.name == "deadly" or (choice.name == "deadly once" and _is_first("died"))
    tracker = DriftingTracker(seconds=0.05 if choice.name == "slow" else 0.0, dies=dies)
    return LoadedTracker(tracker, "drifting", "d1" * 32)


def _is_first(mark: str) -> bool:
    path = Path(os.environ[MARKS], mark)
    is_first = not path.exists()
    path.touch()
    return is_first
