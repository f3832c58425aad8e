"""Edits of a span of frames: interpolate, smooth, thin out, copy. Each returns the records to write."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.assist.box_edits import BoxEdit
from app.assist.fusion import as_place, from_place, ious
from app.language import tr
from app.model.box_record import BoxRecord, Source, keyframe
from app.model.interpolation import shown_records
from app.model.track import Track
from tracker_core.geometry import Box

Floats = NDArray[np.float64]

FRAMES_SMOOTHED: Final = 2.0
"""Standard deviation, in frames, of the Gaussian weights that smooth jitter."""

NEAR_ENOUGH: Final = 0.8
"""IoU. If smoothing moved a box so far that the overlap is lower, it would remove real movement, so the box stays."""


def interpolate_linear(track: Track, first: int, last: int) -> BoxEdit:
    """Keep only the boxes that a person has drawn or reviewed, and interpolate linearly between them.

    The boxes at ``first`` and ``last`` themselves stay.
    """
    refusal = _refusal(track, first, last)
    if refusal:
        return BoxEdit(refusal=refusal)
    gone = {frame: None for frame, record in track.items(first + 1, last - 1) if not record.reviewed}
    return BoxEdit({**_kept_ends(track, first, last), **gone})


def interpolate_smooth(track: Track, first: int, last: int) -> BoxEdit:
    """Like ``interpolate_linear``, but along a smooth curve. Its slope at a box is that of the line between the box's
    neighbours.
    """
    refusal = _refusal(track, first, last)
    if refusal:
        return BoxEdit(refusal=refusal)
    ends = _kept_ends(track, first, last)
    shown = dict(shown_records(track, first, last))
    knots = {first, last, *(frame for frame, record in track.items(first, last) if record.reviewed)}
    frames = sorted(knots)
    places = as_place(np.array([_tuple_of(shown[frame].box) for frame in frames]))
    inner = [frame for frame in range(first + 1, last) if frame not in knots]
    curve = from_place(_hermite(np.array(frames, np.float64), places, np.array(inner, np.float64)))
    found = {frame: BoxRecord(Box(*row), Source.INTERPOLATED) for frame, row in zip(inner, curve.tolist(), strict=True)}
    return BoxEdit({**ends, **found})


def smooth(track: Track, first: int, last: int) -> BoxEdit:
    """Remove jitter from the tracker's boxes, by weighted means over their neighbours.

    Boxes that a person has drawn or reviewed stay. A box that would move too far stays too, because that is not jitter.
    """
    shown = [(frame, record) for frame, record in track.items(first, last) if record.box is not None]
    boxes = np.array([_tuple_of(record.box) for _, record in shown], np.float64).reshape(-1, 4)
    frames = np.array([frame for frame, _ in shown], np.float64)
    smoothed = from_place(_weighted_means(frames, as_place(boxes)))
    near = ious(boxes, smoothed) >= NEAR_ENOUGH
    records: dict[int, BoxRecord | None] = {
        frame: record.at(Box(*row))
        for (frame, record), row, is_near in zip(shown, smoothed.tolist(), near.tolist(), strict=True)
        if is_near and record.source is Source.TRACKER and not record.reviewed and Box(*row) != record.box
    }
    if not records:
        return BoxEdit(
            refusal=tr(
                "Track {id} has no unreviewed box of the tracker from frame {first} to {last}.",
                id=track.id,
                first=first,
                last=last,
            )
        )
    return BoxEdit(records)


def thin_out(track: Track, first: int, last: int, *, least_iou: float) -> BoxEdit:
    """Keep as few boxes as possible: every deleted box must overlap the line that replaces it by ``least_iou``.

    The kept boxes become keyframes. Boxes that a person has drawn always stay.

    Raises:
        ValueError: for an overlap that is not in (0, 1].
    """
    if not 0 < least_iou <= 1:
        raise ValueError(f"least_iou must be above 0 and at most 1, not {least_iou}")
    refusal = _refusal(track, first, last)
    if refusal:
        return BoxEdit(refusal=refusal)
    shown = {frame: record for frame, record in shown_records(track, first, last) if record.box is not None}
    if len(shown) != last - first + 1:
        return BoxEdit(
            refusal=tr(
                "Track {id} has gaps from frame {first} to {last}; fill them first.",
                id=track.id,
                first=first,
                last=last,
            )
        )
    boxes = np.array([_tuple_of(shown[frame].box) for frame in range(first, last + 1)])
    drawn = [frame - first for frame in shown if _is_drawn(track, frame)]
    kept = {first + place for place in _needed(boxes, drawn, least_iou)}
    records: dict[int, BoxRecord | None] = {}
    for frame, record in shown.items():
        if frame in kept and not _is_drawn(track, frame):
            records[frame] = keyframe(record.box, occluded=record.occluded)
        elif frame not in kept and track.get(frame) is not None:
            records[frame] = None
    if not records:
        return BoxEdit(
            refusal=tr("Track {id} needs every box from frame {first} to {last}.", id=track.id, first=first, last=last)
        )
    return BoxEdit(records)


def copy_span(source: Track, goal: Track, first: int, last: int) -> BoxEdit:
    """Copy what one track shows in a span to another. Where the source shows nothing, the goal's records stay."""
    shown: Mapping[int, BoxRecord | None] = dict(shown_records(source, first, last))
    if not shown:
        return BoxEdit(
            refusal=tr("Track {id} shows nothing from frame {first} to {last}.", id=source.id, first=first, last=last)
        )
    return BoxEdit(shown)


def _refusal(track: Track, first: int, last: int) -> str:
    """Why the span cannot be interpolated; empty if it can."""
    if last - first < 2:
        return tr("Choose a span of at least three frames.")
    shown = dict(shown_records(track, first, last))
    for frame in (first, last):
        if frame not in shown or shown[frame].box is None:
            return tr(
                "Track {id} has no box on frame {frame}; the span must begin and end with one.",
                id=track.id,
                frame=frame,
            )
    absent = next((frame for frame, record in shown.items() if record.box is None), None)
    return (
        ""
        if absent is None
        else tr("Track {id} is absent on frame {absent}; choose a span without that.", id=track.id, absent=absent)
    )


def _kept_ends(track: Track, first: int, last: int) -> dict[int, BoxRecord | None]:
    """Records for interpolated boxes at the ends, because the line they lie on is about to be deleted."""
    return {
        frame: record
        for frame, record in shown_records(track, first, last)
        if frame in (first, last) and track.get(frame) is None
    }


def _is_drawn(track: Track, frame: int) -> bool:
    record = track.get(frame)
    return record is not None and record.is_keyframe


def _tuple_of(box: Box | None) -> tuple[float, float, float, float]:
    assert box is not None
    return box.as_tuple()


def _hermite(knots: Floats, values: Floats, at: Floats) -> Floats:
    """Cubic Hermite interpolation: (n,) knots, (n, 4) values and (m,) places -> (m, 4). The slope at a knot is that
    between its neighbours.
    """
    slopes = np.gradient(values, knots, axis=0, edge_order=1)
    piece = np.clip(np.searchsorted(knots, at, side="right") - 1, 0, len(knots) - 2)
    width = (knots[piece + 1] - knots[piece])[:, None]
    t = ((at - knots[piece]) / width[:, 0])[:, None]
    left = (2 * t**3 - 3 * t**2 + 1) * values[piece] + (t**3 - 2 * t**2 + t) * width * slopes[piece]
    right = (3 * t**2 - 2 * t**3) * values[piece + 1] + (t**3 - t**2) * width * slopes[piece + 1]
    return np.asarray(left + right, np.float64)


def _weighted_means(frames: Floats, places: Floats) -> Floats:
    """(n, 4) -> (n, 4): means over neighbours, with more weight on near ones; straight lines stay unchanged."""
    reach = int(np.ceil(3 * FRAMES_SMOOTHED))
    places_of = np.arange(len(frames))[:, None] + np.arange(-reach, reach + 1)  # (n, 2 * reach + 1)
    there = (places_of >= 0) & (places_of < len(frames))
    neighbours = places_of.clip(0, max(len(frames) - 1, 0))
    away = frames[neighbours] - frames[:, None]
    weights = np.exp(-0.5 * (away / FRAMES_SMOOTHED) ** 2) * there
    total = weights.sum(1)
    middle = (weights * away).sum(1) / total
    spread = (weights * away**2).sum(1) - middle**2 * total
    near = places[neighbours]  # (n, 2 * reach + 1, 4)
    mean = np.einsum("nk,nkd->nd", weights, near) / total[:, None]
    slope = np.einsum("nk,nkd->nd", weights * (away - middle[:, None]), near) / np.maximum(spread, 1e-12)[:, None]
    on_line = mean - middle[:, None] * slope  # a weighted linear fit to the neighbours, at this frame
    return np.asarray(np.where(spread[:, None] > 1e-9, on_line, mean), np.float64)


def _needed(boxes: Floats, drawn: list[int], least_iou: float) -> list[int]:
    """(n, 4) boxes -> indices of those to keep. After each comes the farthest one to which a line overlaps all boxes in
    between by ``least_iou``.
    """
    fixed = sorted({0, len(boxes) - 1, *drawn})
    kept = [0]
    while kept[-1] < len(boxes) - 1:
        here = kept[-1]
        limit = next(place for place in fixed if place > here)
        reach = here + 1
        for goal in range(here + 2, limit + 1):
            share = (np.arange(1, goal - here) / (goal - here))[:, None]
            line = boxes[here] * (1 - share) + boxes[goal] * share
            if ious(line, boxes[here + 1 : goal]).min() < least_iou:
                break
            reach = goal
        kept.append(reach)
    return kept
