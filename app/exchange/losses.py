"""Says what a format cannot hold."""

from __future__ import annotations

from collections.abc import Mapping, Set

import numpy as np

from app.exchange.annotations import Annotations
from app.exchange.box_rows import BoxRows
from app.exchange.format import Holds
from app.model.attributes import AttributeKind
from app.model.record_block import HUMAN, Flag, RecordColumns
from app.model.words import counted


def lost_in(annotations: Annotations, holds: Set[Holds]) -> tuple[str, ...]:
    """One sentence that names everything in these annotations that the format cannot hold; none if nothing is lost."""
    lost = [f"{what} ({amount})" for what, amount in _said(annotations).items() if what not in holds]
    return (f"The format has no place for {_listed(lost)}.",) if lost else ()


def _said(annotations: Annotations) -> Mapping[Holds, str]:
    """Each kind of information in the annotations, with its amount."""
    records = RecordColumns(np.zeros(0, np.int64), BoxRows.of(annotations.rows).records)
    human, scored = records.sources == HUMAN, records.has(Flag.HAS_SCORE)
    numbers = {
        Holds.TRACKS: len(annotations.tracks),
        Holds.LABELS: len({head.label for head in annotations.tracks}),
        Holds.SCORES: int(np.count_nonzero(scored)),
        Holds.SOURCES: int(np.count_nonzero(~human)),
        Holds.OCCLUDED: int(np.count_nonzero(records.has(Flag.OCCLUDED))),
        Holds.REVIEWED: int(np.count_nonzero(records.has(Flag.REVIEWED) & ~human)),
        Holds.ATTRIBUTES: sum(bool(head.attributes) for head in annotations.tracks),
        Holds.ATTRIBUTE_CHANGES: sum(bool(head.changes) for head in annotations.tracks),
        Holds.ATTRIBUTE_KINDS: sum(one.kind is not AttributeKind.TEXT for one in annotations.attributes.values()),
    }
    units = {
        Holds.TRACKS: "track", Holds.LABELS: "label", Holds.ATTRIBUTES: "track", Holds.ATTRIBUTE_CHANGES: "track",
        Holds.ATTRIBUTE_KINDS: "attribute",
    }  # fmt: skip
    what = {Holds.SOURCES: " of a tracker or interpolated"}
    return {
        kind: (counted(n, units[kind]) if kind in units else counted(n, "box", "boxes")) + what.get(kind, "")
        for kind, n in numbers.items()
        if n
    }


def _listed(things: list[str]) -> str:
    return things[0] if len(things) == 1 else f"{', '.join(things[:-1])} and {things[-1]}"
