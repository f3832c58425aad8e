"""Many targets, one forward pass."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tracker_core.crops import Crop
from tracker_core.images import Image
from tracker_core.target import Engine, NetworkTarget
from tracker_core.tracker import Prediction, Target


def update_all(targets: Sequence[Target], image: Image, *, evidence_of: Target | None = None) -> list[Prediction]:
    """What ``update`` of each target would give, with one call of the network for all that share one.

    Search regions of one size go together: a target that looks farther because it has lost its object waits for those
    that do the same. Targets without a network are updated one by one.

    Args:
        evidence_of: the one target whose prediction shall say why.
    """
    looks = {i: target.look(image) for i, target in enumerate(targets) if isinstance(target, NetworkTarget)}
    answers = _respond(targets, looks)
    predictions = []
    for i, target in enumerate(targets):
        with_evidence = target is evidence_of
        if isinstance(target, NetworkTarget):
            predictions.append(target.conclude(image, looks[i], answers[i], with_evidence=with_evidence))
        else:
            predictions.append(target.update(image, with_evidence=with_evidence))
    return predictions


def _respond(targets: Sequence[Target], looks: dict[int, tuple[Crop, ...]]) -> dict[int, list[Any]]:
    """The network's answers for each target by its place, those of one engine and one size from one call."""
    passes: dict[tuple[int, int], list[int]] = {}
    for i, crops in looks.items():
        passes.setdefault((id(_engine(targets[i])), crops[0].image.shape[0]), []).append(i)
    answers: dict[int, list[Any]] = {}
    for together in passes.values():
        kernels = [_kernels(targets[i]) for i in together for _ in looks[i]]
        regions = [crop.image for i in together for crop in looks[i]]
        said = iter(_engine(targets[together[0]]).respond(kernels, regions))
        for i in together:
            answers[i] = [next(said) for _ in looks[i]]
    return answers


def _engine(target: Target) -> Engine[Any, Any]:
    assert isinstance(target, NetworkTarget)
    return target.engine


def _kernels(target: Target) -> Any:  # noqa: ANN401  (each network has its own)
    assert isinstance(target, NetworkTarget)
    return target.kernels
