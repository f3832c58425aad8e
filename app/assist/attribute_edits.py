"""Computes the attributes of tracks after a person sets one from a frame on, or splits, joins or swaps tracks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.model.attributes import AttributeChanges, AttributeDefinition, Change
from app.model.track import Track


@dataclass(frozen=True, slots=True)
class AttributeEdit:
    """What a track has afterwards."""

    attributes: Mapping[str, str]
    changes: AttributeChanges


def set_value(track: Track, definition: AttributeDefinition, value: str, frame: int) -> AttributeEdit | None:
    """Set one value: for the whole track, or from ``frame`` until the next change. None if nothing changes.

    A value that holds from the track's first box, or from an earlier frame, belongs to the whole track.
    """
    name = definition.name
    first = track.first_frame
    if not definition.per_frame or first is None or frame <= first:
        attributes = {**track.attributes, name: value} if value else without(track.attributes, name)
        later = {other: list(changes) for other, changes in track.changes.by_name.items()}
        if not definition.per_frame:
            later.pop(name, None)
        else:
            later[name] = [change for change in later.get(name, ()) if change[0] > frame]
        edit = AttributeEdit(attributes, AttributeChanges.of(later, attributes))
    else:
        changes = {other: list(several) for other, several in track.changes.by_name.items()}
        changes[name] = [change for change in changes.get(name, ()) if change[0] != frame] + [(frame, value)]
        edit = AttributeEdit(track.attributes, AttributeChanges.of(changes, track.attributes))
    return None if (edit.attributes, edit.changes) == (track.attributes, track.changes) else edit


def forget_change(track: Track, name: str, frame: int) -> AttributeEdit | None:
    """Delete the change that holds at a frame, so that the value before it continues. None if no change holds there."""
    held = track.changes.held_since(name, frame)
    if held is None:
        return None
    changes = {**track.changes.by_name}
    changes[name] = tuple(change for change in changes[name] if change != held)
    return AttributeEdit(track.attributes, AttributeChanges.of(changes, track.attributes))


def renamed(track: Track, old: str, new: str) -> AttributeEdit | None:
    """Rename an attribute; None if the track has none of that name."""
    if old not in track.attributes and old not in track.changes.by_name:
        return None
    attributes = {new if name == old else name: value for name, value in track.attributes.items()}
    changes = {new if name == old else name: several for name, several in track.changes.by_name.items()}
    return AttributeEdit(attributes, AttributeChanges(changes))


def deleted(track: Track, name: str) -> AttributeEdit | None:
    """Delete all values of an attribute; None if the track has none."""
    if name not in track.attributes and name not in track.changes.by_name:
        return None
    changes = {other: several for other, several in track.changes.by_name.items() if other != name}
    return AttributeEdit(without(track.attributes, name), AttributeChanges(changes))


def as_whole(track: Track, name: str) -> AttributeEdit | None:
    """Make an attribute constant: the value of most stored boxes becomes the value of the whole track. None if nothing
    changes.
    """
    if name not in track.changes.by_name:
        return None
    held: dict[str, int] = {}
    for frame, _ in track.items():
        value = track.attributes_at(frame).get(name, "")
        held[value] = held.get(value, 0) + 1
    value = max(held, key=lambda one: held[one], default="")
    edit = deleted(track, name)
    assert edit is not None
    return AttributeEdit({**edit.attributes, name: value} if value else edit.attributes, edit.changes)


def from_frame(track: Track, frame: int) -> AttributeEdit:
    """The attributes of a track that begins at ``frame`` and continues this one."""
    attributes = track.attributes_at(frame)
    return AttributeEdit(attributes, AttributeChanges.of(track.changes.since(frame + 1), attributes))


def up_to(track: Track, frame: int) -> AttributeEdit:
    """The attributes of a track that is cut off before ``frame``."""
    return AttributeEdit(track.attributes, AttributeChanges.of(track.changes.before(frame), track.attributes))


def exchanged(track: Track, giver: Track, frame: int) -> AttributeEdit:
    """Take the changes of another track from ``frame`` on; values of the whole track stay."""
    names = track.changes.by_name.keys() | giver.changes.by_name.keys()
    return AttributeEdit(track.attributes, _continued(track, giver, frame, names, track.attributes))


def joined(first: Track, second: Track) -> AttributeEdit:
    """Join the attributes of two tracks. If both have a value for the whole track, the first one's holds. Changes come
    from the earlier track until the later one begins.
    """
    attributes = {**second.attributes, **first.attributes}
    early, late = sorted((first, second), key=lambda track: track.first_frame or 0)
    names = early.changes.by_name.keys() | late.changes.by_name.keys()
    for name in names:
        attributes.pop(name, None)
        if name in early.attributes:
            attributes[name] = early.attributes[name]
    return AttributeEdit(attributes, _continued(early, late, late.first_frame or 0, names, attributes))


def _continued(track: Track, giver: Track, frame: int, names: set[str], base: Mapping[str, str]) -> AttributeChanges:
    before, after, there = track.changes.before(frame), giver.changes.since(frame + 1), giver.attributes_at(frame)
    changes: dict[str, list[Change]] = {
        name: [*before.get(name, ()), (frame, there.get(name, "")), *after.get(name, ())] for name in names
    }
    return AttributeChanges.of(changes, base)


def without(attributes: Mapping[str, str], name: str) -> dict[str, str]:
    return {other: value for other, value in attributes.items() if other != name}
