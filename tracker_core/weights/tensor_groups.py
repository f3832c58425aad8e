"""Finds the weights in a checkpoint, under any name and at any depth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tracker_core.weights.plain_pickle import PickleError, StoredTensor

WRAPPERS = ("state_dict", "model_state_dict", "model", "net", "network")
"""Names under which programs keep the weights; groups with other names come second."""
DATA_PARALLEL = "module."
MOST_DEPTH = 6
MOST_PLACES = 200_000
MOST_GROUPS = 12

Group = Mapping[str, StoredTensor]


def groups_of_tensors(content: object) -> list[Group]:
    """The groups of tensors by name, the likeliest first: the one under the best known name, then the one with the most
    tensors. After each comes the same group without a prefix that all its names share (a network inside another).

    Raises:
        PickleError: if there is none.
    """
    found = sorted(_groups(content), key=_likelihood)[:MOST_GROUPS]
    if not found:
        raise PickleError("holds no tensors by name; save the model's state_dict() and add that")
    groups: list[Group] = []
    for _, group in found:
        group = _without(group, DATA_PARALLEL) or group
        groups.append(group)
        first = next(iter(group))
        if "." in first and (shorter := _without(group, first.partition(".")[0] + ".")):
            groups.append(shorter)
    return groups


Path = tuple[str, ...]


def _groups(content: object) -> Iterator[tuple[Path, Group]]:
    """Every dictionary that holds tensors; if only dictionaries inside it do, all of these together."""
    seen: set[int] = set()
    left = MOST_PLACES  # a part may be in many dictionaries, and each visit counts
    waiting: list[tuple[Path, object]] = [((), content)]
    while waiting and left > 0:
        path, place = waiting.pop()
        if id(place) in seen or len(path) > MOST_DEPTH:
            continue
        seen.add(id(place))
        if isinstance(place, dict):
            left -= len(place) + 1
            if own := _own(place):
                yield path, own
            else:
                parts = {name: value for name, value in place.items() if isinstance(value, dict)}
                left -= sum(map(len, parts.values()))
                if left > 0 and (together := _together(parts)):
                    yield path, together
            inner = ((name, value) for name, value in place.items() if isinstance(value, dict | list | tuple))
            waiting += (((*path, name), value) for name, value in inner)
        elif isinstance(place, list | tuple):
            left -= len(place) + 1
            waiting += ((path, value) for value in place if isinstance(value, dict))


def _own(place: Mapping[str, object]) -> Group:
    return {name: value for name, value in place.items() if isinstance(value, StoredTensor)}


def _together(parts: Mapping[str, Mapping[str, object]]) -> Group:
    """Parts that were saved separately: {"backbone": {...}, "head": {...}}."""
    owns = {name: own for name, part in parts.items() if (own := _own(part))}
    if len(owns) < 2:
        return {}
    return {f"{part}.{name}": value for part, own in owns.items() for name, value in own.items()}


def _likelihood(found: tuple[Path, Group]) -> tuple[int, list[int], int]:
    """A sort key: the lower, the likelier are these the weights."""
    path, group = found
    if path and all(name in WRAPPERS for name in path):
        return 0, [WRAPPERS.index(name) for name in path], -len(group)
    return 1, [], -len(group)


def _without(group: Group, beginning: str) -> Group | None:
    """The tensors without this prefix, if all names have it."""
    if not all(name.startswith(beginning) for name in group):
        return None
    return {name.removeprefix(beginning): tensor for name, tensor in group.items()}
