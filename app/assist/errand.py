"""Errands: questions to a video's pictures that take too long for the window's thread ("what looks like this box?")."""

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
    """The answer is no longer wanted."""


class ErrandError(Exception):
    """The errand failed; the text is the sentence for the person."""


class Comparer(Protocol):
    """The part of a verifier that errands use."""

    def embed_many(self, image: Image, boxes: Sequence[Box]) -> FloatArray: ...

    def same_object(self, exemplars: FloatArray, embedding: FloatArray) -> float: ...


class Tools(Protocol):
    """What an errand may use. All of it belongs to the errand's thread."""

    def picture(self, frame: int) -> Image:
        """The picture that is shown for a frame, RGB (height, width, 3).

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
        """Report progress, and a part of the answer if one was found. Call it often.

        Raises:
            ErrandStoppedError: once the answer is no longer wanted.
        """
        ...


class Errand(ABC):
    """A question. It is immutable, because it crosses threads. ``known_as`` is the fingerprint of the video."""

    video: Path
    known_as: str

    @abstractmethod
    def run(self, tools: Tools) -> object:
        """Find the answer, which is immutable too.

        Raises:
            ErrandStoppedError: from ``tools.note``.
            ErrandError: if there is no answer. VideoError, TrackerLoadError: from the tools.
        """
