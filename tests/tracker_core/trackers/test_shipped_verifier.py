"""The verifier that is shipped knows the things of the demo clip again, whose truth is known and which it never saw."""

from __future__ import annotations

import av
import numpy as np
import pytest

from app.demo.clip import demo_truth
from resources import DEMO_VIDEO
from tracker_core.images import Image
from tracker_core.weights.catalog import load_verifier, model_named

LOOKED_AT = tuple(range(5, 150, 12))


@pytest.fixture(scope="module")
def frames() -> dict[int, Image]:
    with av.open(DEMO_VIDEO) as container:
        decoded = enumerate(container.decode(video=0))
        wanted = {0, *LOOKED_AT}
        return {number: np.asarray(f.to_ndarray(format="rgb24"), np.uint8) for number, f in decoded if number in wanted}


def test_it_is_a_verifier_with_a_card_and_under_twelve_megabytes() -> None:
    model = model_named("verifier")
    assert (model.family.name, model.family.is_tracker) == ("verifier", False)
    assert model.size < 12e6
    assert model.card.startswith("# verifier")


def test_things_of_the_demo_clip_are_known_again_among_the_others(frames: dict[int, Image]) -> None:
    verifier = load_verifier(device="cpu", precision="float32")
    truth = demo_truth()
    first = {name: boxes[0] for name, boxes in truth.items()}
    exemplars = {name: verifier.embed(frames[0], box) for name, box in first.items() if box is not None}
    assert len(exemplars) == 5
    own, best = [], []
    for frame in LOOKED_AT:
        there = {name: box for name, boxes in truth.items() if (box := boxes[frame]) is not None}
        embeddings = verifier.embed_many(frames[frame], list(there.values()))
        for name, exemplar in exemplars.items():
            if name not in there:
                continue
            chances = dict(zip(there, (verifier.same_object(exemplar, one) for one in embeddings), strict=True))
            own.append(chances[name])
            best.append(max(chances, key=lambda other: chances[other]) == name)
    assert np.mean(best) > 0.85
    assert np.median(own) > 0.7
