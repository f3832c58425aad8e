"""Converts attributes, their changes in tracks, and detections between rows and the model."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Final

from app.model.attributes import AttributeChanges, AttributeDefinition, AttributeKind, Change
from app.model.detection import MOST_DETECTIONS, Detection, Detections
from app.store.bounds import check_frame, check_id, check_number, check_share, check_text
from tracker_core.geometry import Box

ATTRIBUTES_SINCE: Final = 10
"""The version of project files from which on they have these tables."""
ATTRIBUTE_COLUMNS = "name, kind, per_frame, choices, low, high"
CHANGE_COLUMNS = "track_id, name, frame, value"
DETECTION_COLUMNS = "id, frame, label, x, y, width, height, score"


def write_attributes(connection: sqlite3.Connection, definitions: Iterable[AttributeDefinition]) -> None:
    """Replace all definitions, keeping their order."""
    connection.execute("DELETE FROM attribute")
    connection.executemany(
        f"INSERT INTO attribute ({ATTRIBUTE_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)",
        [(one.name, one.kind.value, int(one.per_frame), _json(one.choices), one.low, one.high) for one in definitions],
    )  # fmt: skip


def _json(choices: tuple[str, ...]) -> str:
    return json.dumps(choices, ensure_ascii=False)


def write_changes(connection: sqlite3.Connection, track_id: int, changes: AttributeChanges) -> None:
    """Replace all changes of a track."""
    connection.execute("DELETE FROM attribute_change WHERE track_id = ?", (track_id,))
    if changes:
        connection.executemany(
            "INSERT INTO attribute_change VALUES (?, ?, ?, ?)",
            [(track_id, name, int(frame), value) for name, frame, value in changes],
        )


def read_attributes(connection: sqlite3.Connection) -> dict[str, AttributeDefinition]:
    """
    Raises:
        ValueError: if one is of a kind that no Siamark writes, as in the other readers.
    """
    return dict(map(attribute_of, connection.execute(f"SELECT {ATTRIBUTE_COLUMNS} FROM attribute ORDER BY id")))


def attribute_of(row: tuple[Any, ...]) -> tuple[str, AttributeDefinition]:
    """From ``ATTRIBUTE_COLUMNS``."""
    name, kind, per_frame, choices, low, high = row
    try:
        several = json.loads(choices)
    except RecursionError:
        raise ValueError("something in it is nested too deeply") from None
    if not isinstance(several, list) or not all(isinstance(choice, str) for choice in several):
        raise ValueError("the choices of an attribute are no list of texts")
    bounds = [None if bound is None else check_number(bound, "an attribute") for bound in (low, high)]
    return name, AttributeDefinition(name, AttributeKind(kind), per_frame == 1, tuple(several), *bounds)


def read_changes(connection: sqlite3.Connection) -> Mapping[int, AttributeChanges]:
    """By track."""
    found: dict[int, dict[str, list[Change]]] = defaultdict(lambda: defaultdict(list))
    for row in connection.execute(f"SELECT {CHANGE_COLUMNS} FROM attribute_change ORDER BY track_id, name, frame"):
        track_id, name, change = change_of(row)
        found[track_id][name].append(change)
    return {
        track_id: AttributeChanges({name: tuple(changes) for name, changes in by_name.items()})
        for track_id, by_name in found.items()
    }


def change_of(row: tuple[Any, ...]) -> tuple[int, str, Change]:
    """From ``CHANGE_COLUMNS``."""
    track_id, name, frame, value = row
    check_frame(frame, "a value of an attribute")
    return check_id(track_id, "a track"), check_text(name, "an attribute"), (frame, check_text(value, "a value"))


def write_detections(connection: sqlite3.Connection, detections: Iterable[Detection]) -> None:
    """Add detections."""
    connection.executemany(
        "INSERT INTO detection VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [(one.id, one.frame, one.label, *one.box.as_tuple(), one.score) for one in detections],
    )  # fmt: skip


def read_detections(connection: sqlite3.Connection) -> Detections:
    (count,) = connection.execute("SELECT count(*) FROM detection").fetchone()
    if count > MOST_DETECTIONS:
        raise ValueError(f"it holds {count} detections; at most {MOST_DETECTIONS} are possible")
    return Detections(map(detection_of, connection.execute(f"SELECT {DETECTION_COLUMNS} FROM detection")))


def detection_of(row: tuple[Any, ...]) -> Detection:
    """From ``DETECTION_COLUMNS``."""
    number, frame, label, x, y, width, height, score = row
    check_frame(frame, "a detection")
    box = Box(*(check_number(side, "a detection") for side in (x, y, width, height)))
    share = None if score is None else check_share(score, "a score")
    return Detection(check_id(number, "a detection"), frame, check_text(label, "a label"), box, share)
