"""The worst sequences as pictures: some of their frames with truth and prediction, and the overlap over time."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from tracker_core.evaluation.otb import overlaps
from tracker_core.evaluation.plot import Plot, draw
from tracker_core.evaluation.runner import SequenceRun, State
from tracker_core.images import Image

Floats = NDArray[np.float64]

SHOWN_FRAMES = 6
COLUMNS = 3
TILE_WIDTH = 480

TRUTH, PREDICTION, BAR = (34, 197, 94), (249, 115, 22), (20, 20, 20)  # RGB


def encoded(picture: Image) -> bytes:
    """A PNG of an RGB picture."""
    done, png = cv2.imencode(".png", cv2.cvtColor(picture, cv2.COLOR_RGB2BGR))
    assert done
    return png.tobytes()


def overlaps_over_time(run: SequenceRun) -> Floats:
    """(N,): overlap of upright boxes; 0 in a failure; NaN if there is no truth or the frame was skipped."""
    found = overlaps(run.boxes, run.sequence.truth)
    found[(run.states == State.FAILED) & run.sequence.visible] = 0
    return found


def worst_first(runs: list[SequenceRun]) -> list[SequenceRun]:
    """The runs by their mean overlap, the lowest first; runs without any overlap come last."""
    means = [_mean(overlaps_over_time(run)) for run in runs]
    order = sorted(range(len(runs)), key=lambda index: (np.isnan(means[index]), means[index]))
    return [runs[index] for index in order]


def contact_sheet(run: SequenceRun) -> bytes:
    """A PNG of up to six frames: where it began to go wrong, where it was worst, and others spread evenly."""
    chosen = shown_frames(overlaps_over_time(run))
    tiles = [_tile(run, frame, image) for frame, image in enumerate(run.sequence.open_frames()) if frame in chosen]
    height = max(tile.shape[0] for tile in tiles)
    tiles = [np.pad(tile, ((0, height - tile.shape[0]), (0, 0), (0, 0)), constant_values=255) for tile in tiles]
    while len(tiles) % COLUMNS:
        tiles.append(np.full_like(tiles[0], 255))
    rows = [np.hstack(tiles[start : start + COLUMNS]) for start in range(0, len(tiles), COLUMNS)]
    return encoded(np.vstack(rows))


def overlap_plot(run: SequenceRun) -> bytes:
    """A PNG of the overlap over time, with a mark at each failure."""
    found = overlaps_over_time(run)
    failures = tuple(float(frame) for frame in np.flatnonzero(run.states == State.FAILED))
    plot = Plot(np.arange(len(found), dtype=np.float64), found, "frame", "overlap", verticals=failures)
    return draw(plot, title=run.sequence.name)


def shown_frames(found: Floats) -> list[int]:
    """Indices of the frames to show, rising."""
    count = len(found)
    chosen = {0}
    if (lost := np.flatnonzero(found < 0.5)).size:
        chosen |= {int(lost[0]), int(np.nanargmin(found))}
    spread = np.linspace(0, count - 1, SHOWN_FRAMES).round().astype(int)
    # First the wanted ones, then those of an even spread that are farthest from all chosen so far.
    while len(chosen) < min(SHOWN_FRAMES, count):
        distances = {int(frame): min(abs(int(frame) - other) for other in chosen) for frame in spread}
        farthest = max(distances, key=lambda frame: distances[frame])
        if distances[farthest] == 0:
            break
        chosen.add(farthest)
    return sorted(chosen)


def _tile(run: SequenceRun, frame: int, image: Image) -> Image:
    scale = TILE_WIDTH / image.shape[1]
    tile = np.asarray(cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), dtype=np.uint8).copy()
    truth = run.sequence.true_polygon(frame)
    if truth is not None:
        _outline(tile, (truth + 0.5) * scale, TRUTH)
    if run.states[frame] == State.TRACKED:
        x, y, width, height = run.boxes[frame]
        corners = np.array([[x, y], [x + width, y], [x + width, y + height], [x, y + height]])
        _outline(tile, corners * scale, PREDICTION)
    found = overlaps_over_time(run)[frame]
    state = {State.STARTED: "start", State.FAILED: "failure", State.SKIPPED: "skipped"}.get(State(run.states[frame]))
    said = state or ("no truth" if np.isnan(found) else f"overlap {found:.2f}")
    bar: Image = np.full((22, tile.shape[1], 3), BAR, dtype=np.uint8)
    cv2.putText(bar, f"frame {frame}: {said}", (6, 15), cv2.FONT_HERSHEY_SIMPLEX, 0.45, (255, 255, 255), 1, cv2.LINE_AA)
    return np.vstack([bar, tile])


def _outline(tile: Image, corners: Floats, colour: tuple[int, int, int]) -> None:
    # A diverged box may lie millions of pixels away, farther than OpenCV can draw.
    points = np.rint(np.clip(corners, -10_000, 10_000)).astype(np.int32)
    cv2.polylines(tile, [points], isClosed=True, color=colour, thickness=2, lineType=cv2.LINE_AA)


def _mean(found: Floats) -> float:
    known = found[~np.isnan(found)]
    return float(known.mean()) if known.size else float("nan")
