from __future__ import annotations

import math

import numpy as np
import torch

from tracker_core.decision.anchors import AnchorGrid
from tracker_core.geometry import Box
from tracker_core.training.losses.labels import label_anchors

GRID = AnchorGrid(9)
ANCHORS = torch.from_numpy(GRID.boxes)
NAN = math.nan


def centred(values: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> Box:
    cx, cy, width, height = (float(v) for v in values)
    return Box.from_centre(cx, cy, width=width, height=height)


def test_labels_are_those_of_a_slow_loop_over_boxes() -> None:
    truth = np.array([[0, 0, 64, 64], [10, -13, 50, 90], [-30, 20, 110, 30], [200, 0, 40, 40]], np.float32)
    labels = label_anchors(ANCHORS, torch.from_numpy(truth))
    for place in np.ndindex(len(truth), 5, 9, 9):
        row, anchor = truth[place[0]], GRID.boxes[(slice(None), *place[1:])]
        iou = centred(row).iou(centred(anchor))
        if min(abs(iou - 0.6), abs(iou - 0.3)) < 1e-5:
            continue
        assert bool(labels.positive[place]) == (iou > 0.6)
        assert bool(labels.negative[place]) == (iou < 0.3)
    assert labels.positive[:3].flatten(1).any(dim=1).all()
    assert not labels.positive[3].any()


def test_decoding_the_wanted_deltas_gives_the_truth() -> None:
    truth = np.array([[3, -7, 50, 90]], np.float32)
    deltas = label_anchors(ANCHORS, torch.from_numpy(truth)).deltas[0].numpy()
    decoded = GRID.decode(deltas.astype(np.float32)).reshape(4, -1)
    np.testing.assert_allclose(decoded, np.repeat(truth.T, decoded.shape[1], axis=1), atol=1e-3)


def test_without_a_target_every_anchor_is_negative() -> None:
    truth = torch.tensor([[0, 0, 64, 64], [NAN, NAN, NAN, NAN]])
    labels = label_anchors(ANCHORS, truth)
    assert labels.positive[0].any()
    assert not labels.positive[1].any()
    assert labels.negative[1].all()
    assert not (labels.positive & labels.negative).any()
    alone = label_anchors(ANCHORS, truth[:1])
    assert torch.equal(labels.positive[:1], alone.positive)
    assert torch.equal(labels.deltas[:1], alone.deltas)
