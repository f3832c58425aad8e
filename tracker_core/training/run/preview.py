"""A sheet of sampled pairs or triples with their labels drawn: what a training file teaches, seen before it does."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from tracker_core.decision.anchors import AnchorGrid
from tracker_core.decision.scale_pyramid import STRIDE
from tracker_core.evaluation.pictures import TRUTH
from tracker_core.evaluation.plot import INK, LINE, encoded
from tracker_core.images import Image
from tracker_core.target import EXEMPLAR_SIZE
from tracker_core.training.losses.labels import label_anchors
from tracker_core.training.losses.siamfc import label_cells
from tracker_core.training.pairs.pairs import Pair
from tracker_core.training.pairs.verifier_samples import Triple, TripleSampler
from tracker_core.training.pictures.places import Origin
from tracker_core.training.pictures.prepared import open_sources
from tracker_core.training.run.batches import sampler_of
from tracker_core.training.run.config import TrainingConfig

Colour = tuple[int, int, int]

PAPER, CARD, FAINT = (246, 246, 247), (255, 255, 255), (110, 110, 115)  # RGB
NEGATIVE = (220, 38, 38)
GAP, PADDING, HEAD = 16, 10, 64
SHEET_WIDTH = 1740
BADGE_HEIGHT, LINE_HEIGHT = 20, 17


def preview(config: TrainingConfig, *, count: int, title: str) -> bytes:
    """A PNG of the first ``count`` pairs, or triples, of a training.

    Raises:
        PreparedDataError: if there are no prepared pictures.
        ConfigError: if they do not suit the file.
    """
    sampler = sampler_of(config, list(open_sources(config.data)))
    origins = [sampler.describe(number) for number in range(count)]
    if isinstance(sampler, TripleSampler):
        cards = [triple_card(sampler[number], origin) for number, origin in enumerate(origins)]
        key = [("the same object", TRUTH), ("not it", NEGATIVE)]
    else:
        cards = [pair_card(sampler[number], origin, config) for number, origin in enumerate(origins)]
        places = "cells of the target" if config.family.name == "siamfc" else "positive anchors"
        key = [("true box", TRUTH), (places, LINE), ("negative", NEGATIVE)]
    kinds = Counter(origin.kind for origin in origins).most_common()
    told = "   ".join(f"{kind} {number}" for kind, number in kinds)
    samples = "triples" if isinstance(sampler, TripleSampler) else "pairs"
    return encoded(_sheet(cards, title=f"{title}: {count} {samples} for {config.family.title}", told=told, key=key))


def pair_card(pair: Pair, origin: Origin, config: TrainingConfig) -> Image:
    """Exemplar and search region side by side, the words under the exemplar, the labels in the search region."""
    size = pair.search.shape[0]
    is_negative = bool(np.isnan(pair.box).any())
    card = _blank(size + 2 * PADDING, EXEMPLAR_SIZE + size + 3 * PADDING, CARD)
    search = pair.search.copy()
    positives = _mark_labels(search, pair.box, config)
    if not is_negative:
        cx, cy, width, height = (float(v) for v in pair.box)
        left, top = cx - width / 2 + size / 2, cy - height / 2 + size / 2
        _rectangle(search, (left, top, left + width, top + height), TRUTH, 2)
    _put(card, pair.exemplar, PADDING, PADDING)
    _put(card, search, 2 * PADDING + EXEMPLAR_SIZE, PADDING)
    _frame(card, 2 * PADDING + EXEMPLAR_SIZE, PADDING, size, NEGATIVE if is_negative else TRUTH)
    words = [origin.source, origin.category]
    if not is_negative:
        unit = "cells" if config.family.name == "siamfc" else "anchors"
        words.append(f"{positives} positive {unit}")
    below = 2 * PADDING + EXEMPLAR_SIZE
    below = _badge(card, PADDING, below, origin.kind, NEGATIVE if is_negative else TRUTH)
    _words(card, PADDING, below + 4, words, width=EXEMPLAR_SIZE)
    return card


def triple_card(triple: Triple, origin: Origin) -> Image:
    """Exemplar, the same object, and what is not it."""
    side = EXEMPLAR_SIZE
    card = _blank(side + 3 * PADDING + 2 * LINE_HEIGHT, 3 * side + 4 * PADDING, CARD)
    for number, (crop, colour) in enumerate(((triple.exemplar, INK), (triple.same, TRUTH), (triple.other, NEGATIVE))):
        left = PADDING + number * (side + PADDING)
        _put(card, crop, left, PADDING)
        _frame(card, left, PADDING, side, colour)
    top, third = 2 * PADDING + side, 3 * PADDING + 2 * side
    _words(card, PADDING, top, [origin.source, origin.category], width=2 * side)
    _badge(card, third, top, origin.kind, NEGATIVE)
    return card


def _mark_labels(search: Image, box: NDArray[np.float32], config: TrainingConfig) -> int:
    """Draws what the classification learns to be the target into the search region; tells how many that are."""
    middle = search.shape[0] / 2
    network: Any = config.network
    truth = torch.from_numpy(box[None])
    faint = search.copy()
    if config.family.name == "siamfc":
        cells = label_cells(network.score_size, truth, radius=config.loss.radius, distance=config.loss.distance)
        rows, columns = np.nonzero(cells[0].numpy())
        centres = (np.arange(network.score_size) - (network.score_size - 1) / 2) * STRIDE
        places = np.column_stack([centres[columns], centres[rows]])
    else:
        anchors = AnchorGrid(network.score_size).boxes
        positive = label_anchors(torch.from_numpy(anchors), truth).positive[0].numpy()
        chosen = anchors[:, positive].T  # (n, 4)
        for cx, cy, width, height in chosen.tolist():
            left, top = cx - width / 2 + middle, cy - height / 2 + middle
            _rectangle(faint, (left, top, left + width, top + height), LINE, 1)
        places = chosen[:, :2]
    search[:] = cv2.addWeighted(faint, 0.35, search, 0.65, 0)
    for cx, cy in np.unique(places, axis=0).tolist():
        _dot(search, cx + middle, cy + middle)
    return len(places)


def _sheet(cards: list[Image], *, title: str, told: str, key: list[tuple[str, Colour]]) -> Image:
    height, width = cards[0].shape[:2]
    columns = max(1, min(len(cards), (SHEET_WIDTH - GAP) // (width + GAP)))
    rows = -(-len(cards) // columns)
    sheet = _blank(HEAD + GAP + rows * (height + GAP), max(GAP + columns * (width + GAP), 900), PAPER)
    _text(sheet, title, GAP, 28, 0.6, INK)
    _text(sheet, told, GAP, 54, 0.42, FAINT)
    right = sheet.shape[1] - GAP
    for words, colour in reversed(key):
        right -= _width_of(words, 0.42)
        _text(sheet, words, right, 28, 0.42, INK)
        right -= 18
        cv2.rectangle(sheet, (right, 18), (right + 11, 29), colour, cv2.FILLED)
        right -= 18
    for number, card in enumerate(cards):
        row, column = divmod(number, columns)
        _put(sheet, card, GAP + column * (width + GAP), HEAD + GAP + row * (height + GAP))
    return sheet


def _badge(card: Image, left: int, top: int, kind: str, colour: Colour) -> int:
    """The kind on a coloured ground as wide as an exemplar; gives its bottom."""
    lines = _wrapped(kind, EXEMPLAR_SIZE - 12, 0.4)
    bottom = top + BADGE_HEIGHT + (len(lines) - 1) * LINE_HEIGHT
    cv2.rectangle(card, (left, top), (left + EXEMPLAR_SIZE - 1, bottom - 1), colour, cv2.FILLED)
    for number, line in enumerate(lines):
        _text(card, line, left + 6, top + 14 + LINE_HEIGHT * number, 0.4, CARD)
    return bottom


def _words(card: Image, left: int, top: int, words: list[str], *, width: int) -> None:
    for number, line in enumerate(word for word in words if word):
        _text(card, _shortened(line, width, 0.4), left, top + 12 + LINE_HEIGHT * number, 0.4, FAINT)


def _wrapped(text: str, width: int, size: float) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and _width_of(longer, size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _shortened(text: str, width: int, size: float) -> str:
    text = text.encode("ascii", "replace").decode()  # all that OpenCV's font has
    if _width_of(text, size) <= width:
        return text
    while text and _width_of(f"{text}...", size) > width:
        text = text[:-1]
    return f"{text}..."


def _width_of(text: str, size: float) -> int:
    (width, _), _ = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, size, 1)
    return int(width)


def _text(picture: Image, text: str, left: int, baseline: int, size: float, colour: Colour) -> None:
    cv2.putText(picture, text, (left, baseline), cv2.FONT_HERSHEY_SIMPLEX, size, colour, 1, cv2.LINE_AA)


def _rectangle(picture: Image, edges: tuple[float, float, float, float], colour: Colour, thickness: int) -> None:
    left, top, right, bottom = (round(v * 8) for v in np.clip(edges, -4000, 4000).tolist())
    corners = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.int32) - 4
    cv2.polylines(picture, [corners], isClosed=True, color=colour, thickness=thickness, lineType=cv2.LINE_AA, shift=3)


def _dot(picture: Image, x: float, y: float) -> None:
    centre = (round((x - 0.5) * 8), round((y - 0.5) * 8))
    cv2.circle(picture, centre, 20, CARD, cv2.FILLED, cv2.LINE_AA, shift=3)
    cv2.circle(picture, centre, 14, LINE, cv2.FILLED, cv2.LINE_AA, shift=3)


def _frame(card: Image, left: int, top: int, side: int, colour: Colour) -> None:
    cv2.rectangle(card, (left - 2, top - 2), (left + side + 1, top + side + 1), colour, 2)


def _blank(height: int, width: int, colour: Colour) -> Image:
    return np.full((height, width, 3), colour, np.uint8)


def _put(picture: Image, part: Image, left: int, top: int) -> None:
    picture[top : top + part.shape[0], left : left + part.shape[1]] = part


def write_preview(config: TrainingConfig, path: Path, *, count: int, title: str) -> None:
    """``preview`` into a file, which is there whole or not at all.

    Raises:
        OSError: if it cannot be written.
    """
    png = preview(config, count=count, title=title)
    partial = path.with_name(f"{path.name}.partial")
    partial.write_bytes(png)
    partial.replace(path)
