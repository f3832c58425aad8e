"""An errand: one question to the pictures of a video that no window can wait for, such as what looks like this box."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from app.assist.loaded_tracker import LoadedTracker
from app.settings.tracker_choice import TrackerChoice
from tracker_core.geometry import Box
from tracker_core.images import FloatArray, Image


class ErrandStoppedError(Exception):
    """The person wants no answer any more."""


class ErrandError(Exception):
    """There is no answer; the text is the sentence for the person."""


class Comparer(Protocol):
    """The part of a verifier that errands use."""

    def embed_many(self, image: Image, boxes: Sequence[Box]) -> FloatArray: ...

    def same_object(self, exemplars: FloatArray, embedding: FloatArray) -> float: ...


class Tools(Protocol):
    """What an errand may use. All of it belongs to the errand's thread."""

    def picture(self, frame: int) -> Image:
        """What is shown for a frame.

        Raises:
            VideoError: if the video cannot be read.
        """
        ...

    def tracker(self, choice: TrackerChoice) -> LoadedTracker:
        """The tracker, loaded if it is not yet."""
        ...

    def comparer(self) -> Comparer:
        """The verifier, loaded if it is not yet."""
        ...

    def note(self, done: int, total: int, found: object = None) -> None:
        """Say how far it is, and hand over what was found on the way. To be called often.

        Raises:
            ErrandStoppedError: once nobody wants the answer any more.
        """
        ...


class Errand(ABC):
    """A question as an immutable value, so that it may cross threads. ``known_as`` is the fingerprint of the video."""

    video: Path
    known_as: str

    @abstractmethod
    def run(self, tools: Tools) -> object:
        """The answer, an immutable value as well.

        Raises:
            ErrandStoppedError: from ``tools.note``.
            ErrandError: where there is no answer.
            VideoError, TrackerLoadError: from the tools.
        """
