"""The class numbers of labels in exports. An export tells others of them, so from then on a label keeps its number,
also when its last track goes or a label before it gets its first box. Only a person who moves labels numbers them anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.model.project import Project
from app.model.track import Track


def class_numbers(project: Project) -> dict[str, int]:
    """The number, from 1, of each label: first those that the project keeps, then those that have boxes, in its order.
    Tracks without a label have none.
    """
    numbers = project.class_numbers
    tracks = [track for track in project.tracks.values() if track.label and track.label not in numbers]
    if not tracks:
        return dict(numbers)
    new = dict.fromkeys(track.label for track in sorted(tracks, key=lambda track: track.id) if has_box(track))
    ordered = [label for label in project.labels if label in new]
    return _with_more(numbers, [*ordered, *(label for label in new if label not in project.labels)])


def renamed_class(numbers: Mapping[str, int], old: str, new: str) -> dict[str, int]:
    """If the new name has no number yet, it takes over the old one's."""
    if new in numbers or old not in numbers:
        return dict(numbers)
    return {new if label == old else label: number for label, number in numbers.items()}


def numbered_anew(numbers: Mapping[str, int], labels: Iterable[str]) -> dict[str, int]:
    """Number the labels that have one in this order. Labels that were deleted lose theirs."""
    return {label: number for number, label in enumerate((one for one in labels if one in numbers), start=1)}


def has_box(track: Track) -> bool:
    return any(not record.absent for _, record in track.items())


def _with_more(numbers: Mapping[str, int], labels: Iterable[str]) -> dict[str, int]:
    first = max(numbers.values(), default=0) + 1
    return {**numbers, **{label: number for number, label in enumerate(labels, start=first)}}
