"""Attributes in Siamark's own JSON keys: their definitions, and where they change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.exchange.bounds import frame_index, number
from app.exchange.json_file import Entry, value_text
from app.model.attributes import AttributeChanges, AttributeDefinition, AttributeKind
from app.model.names import clean_name


def definition_entry(definition: AttributeDefinition) -> Entry:
    """An entry of the list ``attributes`` of a file."""
    entry: Entry = {"name": definition.name, "kind": str(definition.kind), "per_frame": definition.per_frame}
    if definition.choices:
        entry["choices"] = list(definition.choices)
    return entry | {
        key: bound for key, bound in (("low", definition.low), ("high", definition.high)) if bound is not None
    }


def read_definitions(entries: Iterable[Mapping[str, object]]) -> dict[str, AttributeDefinition]:
    """The definitions by name. An entry of another kind is left out; its values are still read, as texts."""
    found: dict[str, AttributeDefinition] = {}
    for entry in entries:
        try:
            choices = entry.get("choices", [])
            bounds = [None if key not in entry else number(entry[key], key) for key in ("low", "high")]
            several = tuple(map(str, choices)) if isinstance(choices, list) else ()
            kind = AttributeKind(str(entry.get("kind", "")))
            name = clean_name(str(entry["name"]))
            found[name] = AttributeDefinition(name, kind, entry.get("per_frame") is True, several, *bounds)
        except ValueError:
            continue
    return found


def changes_of(entry: Entry) -> AttributeChanges:
    """The ``attribute_changes`` of a track: pairs of frame and value, by attribute name.

    Raises:
        ValueError, TypeError: if the entry is something else.
    """
    said = entry.get("attribute_changes")
    if not said:
        return AttributeChanges({})
    if not isinstance(said, dict):
        raise ValueError("attribute_changes are not lists by name")
    return AttributeChanges(
        {
            name: tuple(sorted((frame_index(frame), value_text(value)) for frame, value in several))
            for name, several in said.items()
        }
    )
