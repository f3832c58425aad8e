"""A job of a batch: what to track in one video, and what to write."""

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
CARRY = 30  # frames; if a detector misses a target for longer, it seldom finds it again


@dataclass(frozen=True, slots=True)
class FirstBox:
    """The box of a target in one frame."""

    box: Box
    frame: int = 0
    label: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """Boxes or detections on a video, or a project whose tracks are continued. Paths are absolute.

    ``way``: the directions to track in. ``most_frames``: how far from each box; None for the whole video.
    ``minimum_score``: leaves out detections below it. ``link``: the overlap (IoU) from which boxes belong to one
    target. ``carry``: for how many frames the tracker follows a target that the detector no longer finds. ``film``: the
    stream to use in a file with several. ``detector``: a plug-in's, instead of a file of detections.
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
        """The file by which a person knows the job."""
        source = self.project or self.video
        assert source is not None
        return source

    def digest(self) -> str:
        """Changes when the job or its input files change.

        Raises:
            OSError: if an input file cannot be read.
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
    """The result of a job. ``lost``: tracks that the tracker lost before the end.

    ``outputs``: names of the files in the job's folder. ``notes``: sentences for the person.
    """

    frames: int = 0  # tracked frames, counted once for each run
    tracks: int = 0
    boxes: int = 0
    doubts: int = 0
    lost: int = 0
    seconds: float = 0.0
    outputs: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class JobError(Exception):
    """A job cannot be done; the text is the sentence for the person."""
