"""A job of a batch: what is to be tracked in one video, and what is to come out."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from app.exchange.linking import LEAST_IOU
from tracker_core.geometry import Box

Way = Literal["forward", "backward", "both"]
WAYS: tuple[Way, ...] = ("forward", "backward", "both")
CARRY = 30  # frames; a detector that misses a target for a second finds it again or does not


@dataclass(frozen=True, slots=True)
class FirstBox:
    """Where a target is, in one frame."""

    box: Box
    frame: int = 0
    label: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """Boxes or detections on a video, or a project whose tracks are to be carried on. Paths are absolute.

    ``way``: to which side of the first boxes, or of a project's, is tracked. ``most_frames``: how far from each box at
    most; None for as far as the video goes. ``minimum_score``: leaves out detections below it. ``link``: from which
    overlap on (IoU) boxes are one target's. ``carry``: for how many frames the tracker follows a target that the
    detector finds no more. ``film``: the stream of a file with several. ``detector``: of a plug-in, in
    place of a file of detections.
    """

    name: str
    tracker: str
    video: Path | None = None
    boxes: tuple[FirstBox, ...] = ()
    detections: Path | None = None
    detector: str = ""
    format_name: str = ""
    project: Path | None = None
    exports: tuple[str, ...] = ()
    way: Way = "forward"
    most_frames: int | None = None
    minimum_score: float = 0.0
    link: float = LEAST_IOU
    carry: int = CARRY
    columns: str = ""
    film: int | None = None

    @property
    def source(self) -> Path:
        """What a person calls it by."""
        source = self.project or self.video
        assert source is not None
        return source

    def digest(self) -> str:
        """Changes when the job asks for something else, or when what it starts from is something else.

        Raises:
            OSError: if what it starts from cannot be read.
        """
        told = hashlib.sha256(json.dumps(asdict(self), default=str, sort_keys=True).encode(errors="surrogateescape"))
        for path in filter(None, (self.detections, self.project)):
            files = sorted(path.rglob("*")) if path.is_dir() else [path]
            for file in files:
                if file.is_file():
                    with file.open("rb") as opened:
                        told.update(hashlib.file_digest(opened, "sha256").digest())
        if self.video is not None:
            told.update(str(self.video.stat().st_size if self.video.is_file() else "a folder").encode())
        return told.hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class JobResult:
    """What came of a job. ``lost``: tracks that the tracker gave up before the end of the way.

    ``outputs``: the names of what lies in the folder of the job. ``notes``: what a person should know, a sentence each.
    """

    frames: int = 0  # that were tracked, counted once for each run
    tracks: int = 0
    boxes: int = 0
    doubts: int = 0
    lost: int = 0
    seconds: float = 0.0
    outputs: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class JobError(Exception):
    """A job cannot be done; its text is the sentence for the person."""
