"""Definitions of attributes in CVAT's terms: mutable or not, with an input type and values."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from xml.etree.ElementTree import Element

from app.exchange.xml_file import add_child
from app.model.attributes import LARGEST_BOUND, AttributeDefinition, AttributeKind, number_text
from app.model.names import clean_name

INPUT_TYPES = {
    AttributeKind.TEXT: "text", AttributeKind.NUMBER: "number", AttributeKind.CHOICE: "select",
    AttributeKind.YES_NO: "checkbox",
}  # fmt: skip
KINDS = {name: kind for kind, name in INPUT_TYPES.items()} | {"radio": AttributeKind.CHOICE}


def add_definition(parent: Element, definition: AttributeDefinition) -> None:
    """Add an ``attribute`` to a label. A number has minimum, maximum and step, a choice its choices, one per line."""
    attribute = add_child(parent, "attribute")
    add_child(attribute, "name", definition.name)
    add_child(attribute, "mutable", definition.per_frame)
    add_child(attribute, "input_type", INPUT_TYPES[definition.kind])
    add_child(attribute, "default_value")
    values: tuple[str, ...] = definition.choices
    if definition.kind is AttributeKind.NUMBER:
        low = -LARGEST_BOUND if definition.low is None else definition.low
        high = LARGEST_BOUND if definition.high is None else definition.high
        values = number_text(low), number_text(high), "1"
    elif definition.kind is AttributeKind.YES_NO:
        values = ("false",)
    add_child(attribute, "values", "\n".join(values))


def read_definitions(root: Element) -> Mapping[str, AttributeDefinition]:
    """The definitions by name. An invalid definition becomes a text, so that its values are still read."""
    found: dict[str, AttributeDefinition] = {}
    for entry in root.iterfind("meta//label/attributes/attribute"):
        said, name = (entry.findtext("name") or "").strip(), clean_name(entry.findtext("name") or "")
        if not name:
            continue
        per_frame = (entry.findtext("mutable") or "").strip().casefold() == "true"
        kind = KINDS.get((entry.findtext("input_type") or "").strip(), AttributeKind.TEXT)
        definition = AttributeDefinition(name, AttributeKind.TEXT, per_frame)
        with suppress(ValueError):
            definition = _typed(name, kind, per_frame=per_frame, values=(entry.findtext("values") or "").split("\n"))
        before = found.get(said)
        found[said] = definition if before in (None, definition) else AttributeDefinition(name, per_frame=per_frame)
    return found


def _typed(name: str, kind: AttributeKind, *, per_frame: bool, values: list[str]) -> AttributeDefinition:
    if kind is AttributeKind.CHOICE:
        choices = tuple(dict.fromkeys(filter(None, map(clean_name, values))))
        return AttributeDefinition(name, kind, per_frame, choices)
    if kind is AttributeKind.NUMBER:
        bounds = [float(value) if value.strip() else None for value in (*values, "", "")[:2]]
        low, high = (None if bound is None or abs(bound) >= LARGEST_BOUND else bound for bound in bounds)
        return AttributeDefinition(name, kind, per_frame, low=low, high=high)
    return AttributeDefinition(name, kind, per_frame)
