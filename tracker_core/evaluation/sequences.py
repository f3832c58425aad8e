"""An annotated sequence: frames with the truth about one target. ``folders.py`` reads them from disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tracker_core.evaluation.regions import Polygon, polygon_of_box
from tracker_core.geometry import Box
from tracker_core.images import Image


class SequenceError(Exception):
    """A sequence, or a result for one, cannot be used; the text tells the person why."""


@dataclass(frozen=True, slots=True, eq=False)
class Sequence:
    """Frames with the true box of one target.

    Raises:
        SequenceError: if there is no second frame, or no true box in the first.
    """

    name: str
    truth: NDArray[np.float64]  # (N, 4) x, y, width, height; 0-based; NaN rows where the target is absent
    open_frames: Callable[[], Iterator[Image]]  # N frames from the first on
    first_pixel: int = 0  # the data set's coordinate of the left-top pixel, used for raw results too
    polygons: tuple[Polygon | None, ...] | None = None  # for each frame, if the truth consists of regions (VOT)
    cover: NDArray[np.float64] | None = None  # (N,) how much of the target is seen, 0 to 8 eighths (GOT-10k)
    tags: Mapping[str, NDArray[np.bool_]] = field(default_factory=dict)  # (N,) each: camera_motion, occlusion ... (VOT)
    benchmark: str = ""  # "vot2018" and so on, from the name of a folder above

    def __post_init__(self) -> None:
        if len(self.truth) < 2:
            raise SequenceError(f"sequence {self.name} has {len(self.truth)} frame(s); tracking needs at least 2.")
        if not self.visible[0]:
            raise SequenceError(f"sequence {self.name} has no true box in its first frame; a tracker cannot start.")

    def __len__(self) -> int:
        return len(self.truth)

    @property
    def visible(self) -> NDArray[np.bool_]:
        """(N,): whether the frame has a true box."""
        return ~np.isnan(self.truth[:, 0])

    def true_box(self, frame: int) -> Box | None:
        return Box(*self.truth[frame].tolist()) if self.visible[frame] else None

    def true_polygon(self, frame: int) -> Polygon | None:
        """The true region, or the outline of the true box. As in VOT its corners are the outermost pixels."""
        if not self.visible[frame]:
            return None
        return polygon_of_box(self.truth[frame]) if self.polygons is None else self.polygons[frame]

    def image_size(self) -> tuple[int, int]:
        """Width and height of the frames. Reads the first one."""
        height, width = next(self.open_frames()).shape[:2]
        return width, height
