from __future__ import annotations

import numpy as np

from tracker_core.geometry import Box
from tracker_core.training.pictures.prepared import Instance
from tracker_core.training.sources.reach import within_reach


def test_a_part_reaches_around_some_and_moves_all() -> None:
    near, far = Instance(1, "car", Box(100, 100, 20, 20)), Instance(2, "car", Box(150, 110, 20, 20))
    image = np.zeros((400, 600, 3), np.uint8)
    part, (one, other) = within_reach(image, [near, far], around=[near], sides=2)
    side = 40  # of the exemplar: a box of 20 x 20 with its context
    assert part.shape == (2 * side, 2 * side, 3)
    assert one.box == Box(30, 30, 20, 20)
    assert other.box == Box(80, 40, 20, 20)
    assert within_reach(image, [near, far], around=[near], sides=2, longest=40)[0].shape == (40, 40, 3)
