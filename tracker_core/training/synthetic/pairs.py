"""A training pair from a synthetic clip: one frame for the exemplar, another for the search region."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from tracker_core.geometry import Box
from tracker_core.images import Image
from tracker_core.target import EXEMPLAR_SIZE
from tracker_core.training.pictures.views import Jitter, draw_view
from tracker_core.training.synthetic.clip import LEAST_VISIBLE, SyntheticClip
from tracker_core.training.synthetic.scenes import FRAMES

CLEARLY_VISIBLE = 0.6  # share of the target that an exemplar must show
TRIES = 12
SCAN = 3  # frames between two looks at a clip whose target is seldom seen


class SyntheticPair(NamedTuple):
    exemplar: Image  # (127, 127, 3)
    search: Image  # (S, S, 3)
    box: Box | None  # in search pixels from the top left; None if the target is absent
    visible: float  # share of the target that can be seen in the search region's frame


def draw_pair(
    clip: SyntheticClip,
    rng: np.random.Generator,
    *,
    gap: int,
    search_size: int,
    window: float = EXEMPLAR_SIZE,
    exemplar_jitter: Jitter,
    search_jitter: Jitter,
    flip: bool,
    with_target: bool,
    may_be_absent: bool,
) -> SyntheticPair:
    """Draw a pair from two frames of a clip that are at most ``gap`` apart.

    ``with_target=False`` leaves only the target out of the search region. Otherwise the target may still be hidden or
    outside the frame, unless ``may_be_absent`` is False.
    """
    start = _time_to_see_it(clip, rng)
    time = start + rng.uniform(-gap, gap)
    if not may_be_absent:
        for _ in range(TRIES):
            if clip.visible_share(time) >= LEAST_VISIBLE:
                break
            time = start + rng.uniform(-gap, gap)
        else:
            time = start
    visible = clip.visible_share(time)
    is_there = with_target and visible >= LEAST_VISIBLE
    found = clip.box(time) if is_there else clip.whole_box(time)
    shown = clip.box(start)
    exemplar_view = draw_view(
        shown if shown.area > 0 else clip.whole_box(start),
        size=EXEMPLAR_SIZE,
        window=window,
        jitter=exemplar_jitter,
        flip=flip,
        rng=rng,
    )
    view = draw_view(found, size=search_size, window=window, jitter=search_jitter, flip=flip, rng=rng)
    exemplar = clip.crop(start, exemplar_view.linear, exemplar_view.offset, size=EXEMPLAR_SIZE)
    search = clip.crop(time, view.linear, view.offset, size=search_size, with_target=with_target)
    box = clip.box(time, view.linear, view.offset) if is_there else None
    return SyntheticPair(exemplar, search, box, visible if with_target else 0.0)


def _time_to_see_it(clip: SyntheticClip, rng: np.random.Generator) -> float:
    """A time at which the target is clearly visible, or the best of a few tries."""
    best, most = 0.0, -1.0
    for _ in range(TRIES):
        time = float(rng.uniform(0, FRAMES))
        visible = clip.visible_share(time)
        if visible > most:
            best, most = time, visible
        if visible >= CLEARLY_VISIBLE:
            break
    if most < LEAST_VISIBLE:  # seldom in the frame: look at all of the clip
        best = max(range(0, FRAMES, SCAN), key=clip.visible_share)
    return best
