"""Update many targets with few forward passes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from tracker_core.camera import View
from tracker_core.images import Image
from tracker_core.target import NetworkTarget, runs_on_device, update_on_device
from tracker_core.tracker import Prediction, Target

MOST_AT_ONCE = 8
"""Search regions in one forward pass on the host. With more, the feature maps outgrow the caches and the memory that
the allocator keeps: 24 regions at once (SiamFC, 8 targets) take longer than three passes of 8.
"""


def update_all(targets: Sequence[Target], image: Image, *, evidence_of: Target | None = None) -> list[Prediction]:
    """The predictions that ``update`` of each target would give. Targets that share a network share its forward passes.

    Only search regions of one size can share a pass, so lost targets, whose regions are larger, have a pass of their
    own. Targets without a network are updated one by one.

    Args:
        evidence_of: the one target whose prediction carries its evidence.
    """
    predictions: dict[int, Prediction] = {}
    passes: dict[tuple[int, int, bool], dict[int, NetworkTarget[Any, Any]]] = {}
    view: View | None = None
    for i, target in enumerate(targets):
        if isinstance(target, NetworkTarget):
            if target.heeds_camera:
                view = view or View.of(image)
                target.notice(view)
            on_device = runs_on_device(target, with_evidence=target is evidence_of)
            shared = id(target.engine), target.squares()[0].size, on_device
            passes.setdefault(shared, {})[i] = target
        else:
            predictions[i] = target.update(image, with_evidence=target is evidence_of)
    for (_, _, on_device), together in passes.items():
        members = list(together.values())
        found = update_on_device(members, image) if on_device else _update_on_host(members, image, evidence_of)
        predictions.update(zip(together, found, strict=True))
    return [predictions[i] for i in range(len(targets))]


def _update_on_host(
    targets: Sequence[NetworkTarget[Any, Any]], image: Image, evidence_of: Target | None
) -> list[Prediction]:
    """For targets that share an engine and a size of search regions: each cuts its own, the network gets all."""
    looks = [target.look(image) for target in targets]
    kernels = [target.kernels for target, crops in zip(targets, looks, strict=True) for _ in crops]
    answers = _responses(targets[0].engine, kernels, [crop.image for crops in looks for crop in crops])
    return [
        target.conclude(image, crops, [next(answers) for _ in crops], with_evidence=target is evidence_of)
        for target, crops in zip(targets, looks, strict=True)
    ]


def _responses(engine: Any, kernels: list[Any], regions: list[Image]) -> Iterator[Any]:  # noqa: ANN401  (any family)
    for start in range(0, len(regions), MOST_AT_ONCE):
        some = slice(start, start + MOST_AT_ONCE)
        yield from engine.respond(kernels[some], regions[some])
