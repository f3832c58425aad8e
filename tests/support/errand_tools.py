"""The tools of an errand, without a video or a thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from app.assist.errand import ErrandStoppedError
from app.assist.loaded_tracker import LoadedTracker
from app.settings.tracker_choice import TrackerChoice
from tracker_core.geometry import Box
from tracker_core.images import FloatArray, Image
from tracker_core.tracker import Tracker

CHOICE = TrackerChoice("fake")


class ColourComparer:
    """Compares crops by their mean colour: the closer two colours, the more likely they show the same object."""

    def embed_many(self, image: Image, boxes: Sequence[Box]) -> FloatArray:
        height, width = image.shape[:2]
        clipped = [box.clipped(width=width, height=height) for box in boxes]
        if any(box.area <= 0 for box in clipped):
            raise ValueError("a box lies outside the picture")
        crops = [image[int(b.y) : max(int(b.bottom), int(b.y) + 1), int(b.x) : max(int(b.right), int(b.x) + 1)]
                 for b in clipped]  # fmt: skip
        return np.array([crop.reshape(-1, 3).mean(axis=0) for crop in crops], np.float32).reshape(-1, 3)

    def same_object(self, exemplars: FloatArray, embedding: FloatArray) -> float:
        distance = np.abs(np.atleast_2d(exemplars) - embedding).max(axis=1).min()
        return float(np.exp(-distance / 50))


class FakeTools:
    """Tools with pictures from a function. ``stop_at``: the call of ``note`` at which the person stops the errand."""

    def __init__(self, tracker: Tracker, picture: Callable[[int], Image], *, stop_at: int | None = None) -> None:
        self._tracker = LoadedTracker(tracker, "fake", "ab12")
        self._picture = picture
        self._stop_at = stop_at
        self.read: list[int] = []
        self.notes: list[tuple[int, int]] = []
        self.found: list[object] = []

    def picture(self, frame: int) -> Image:
        self.read.append(frame)
        return self._picture(frame)

    def tracker(self, choice: TrackerChoice) -> LoadedTracker:
        return self._tracker

    def comparer(self) -> ColourComparer:
        return ColourComparer()

    def note(self, done: int, total: int, found: object = None) -> None:
        if len(self.notes) == self._stop_at:
            raise ErrandStoppedError
        self.notes.append((done, total))
        if found is not None:
            self.found.append(found)
