"""Converts a certificate between rows and the model."""

from __future__ import annotations

import sqlite3

from app.model.box_codes import BoxCodes
from app.model.certificate import Certificate, DrawnBox, Stratum
from app.store.bounds import (
    MOST_FRAMES,
    check_count,
    check_frame,
    check_id,
    check_number,
    check_share,
    check_text,
)
from tracker_core.geometry import Box

TABLES = ("certificate", "certificate_stratum", "certificate_box", "certificate_codes")


def write_certificate(connection: sqlite3.Connection, certificate: Certificate | None) -> None:
    """Replace the certificate."""
    for table in TABLES:
        connection.execute(f"DELETE FROM {table}")
    if certificate is None:
        return
    connection.execute("INSERT INTO certificate VALUES (1, ?, ?)", (certificate.drawn_at, certificate.target_iou))
    connection.executemany(
        "INSERT INTO certificate_stratum VALUES (?, ?, ?)",
        [(number, stratum.name, int(stratum.box_count)) for number, stratum in enumerate(certificate.strata)],
    )
    connection.executemany(
        "INSERT INTO certificate_box VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [_box_row(place, drawn) for place, drawn in enumerate(certificate.drawn)],
    )
    connection.executemany(
        "INSERT INTO certificate_codes VALUES (?, ?, ?)",
        [(track_id, kept.first_frame, kept.codes) for track_id, kept in certificate.codes.items()],
    )


def read_certificate(connection: sqlite3.Connection) -> Certificate | None:
    """
    Raises:
        ValueError, TypeError: if it contains something that Siamark never writes.
    """
    head = connection.execute("SELECT drawn_at, target_iou FROM certificate").fetchone()
    if head is None:
        return None
    strata = [
        Stratum(check_text(name, "a stratum"), check_count(count, "a stratum"))
        for name, count in connection.execute("SELECT name, box_count FROM certificate_stratum ORDER BY number")
    ]
    columns = "track_id, frame, x, y, width, height, stratum, is_right"
    drawn = [
        _drawn_box(row, len(strata))
        for row in connection.execute(f"SELECT {columns} FROM certificate_box ORDER BY place")
    ]
    if not drawn:
        raise ValueError("its certificate rests on no box")
    for number, stratum in enumerate(strata):
        if sum(box.stratum == number for box in drawn) > stratum.box_count:
            raise ValueError("its certificate rests on more boxes than there were")
    codes = {}
    for track_id, first, kept in connection.execute("SELECT track_id, first_frame, codes FROM certificate_codes"):
        check_frame(first, "a certificate")
        if not isinstance(kept, bytes) or len(kept) % 4 or first + len(kept) // 4 > MOST_FRAMES:
            raise ValueError(f"what its certificate knows of track {track_id} is damaged")
        codes[check_id(track_id, "a track")] = BoxCodes(first, kept)
    drawn_at = check_text(head[0], "the time of a certificate")
    target_iou = check_share(head[1], "the overlap of a certificate")
    return Certificate(drawn_at, target_iou, tuple(strata), tuple(drawn), codes)


def _box_row(place: int, drawn: DrawnBox) -> tuple[object, ...]:
    box = (float(side) for side in drawn.box.as_tuple())
    answer = None if drawn.is_right is None else int(drawn.is_right)
    return place, int(drawn.track_id), int(drawn.frame), *box, int(drawn.stratum), answer


def _drawn_box(row: tuple[object, ...], strata: int) -> DrawnBox:
    track_id, frame, *sides, stratum, is_right = row
    check_frame(frame, "a box of the certificate")
    if not isinstance(stratum, int) or not 0 <= stratum < strata:
        raise ValueError(f"a box of its certificate is of stratum {stratum}")
    assert isinstance(frame, int)
    box = Box(*(check_number(side, "a box of the certificate") for side in sides))
    return DrawnBox(check_id(track_id, "a track"), frame, box, stratum, None if is_right is None else bool(is_right))
