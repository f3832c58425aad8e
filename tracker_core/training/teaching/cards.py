"""Cards of a preview: a training sample with its labels drawn and words beneath."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from tracker_core.images import Image
from tracker_core.target import EXEMPLAR_SIZE
from tracker_core.training.pairs.pairs import Pair
from tracker_core.training.pairs.verifier_samples import Triple
from tracker_core.training.pictures.places import Origin
from tracker_core.training.teaching.teaching import Colour

CARD, FAINT, INK = (255, 255, 255), (110, 110, 115), (40, 40, 40)  # RGB
TRUTH, LABEL, NEGATIVE = (34, 197, 94), (59, 130, 246), (220, 38, 38)
PADDING = 10
BADGE_HEIGHT, LINE_HEIGHT = 20, 17


@dataclass(frozen=True, slots=True, eq=False)
class Labels:
    """What the classification learns as the target, in search pixels from the centre."""

    unit: str  # cells, anchors
    places: NDArray[np.floating]  # (n, 2) centres
    boxes: NDArray[np.floating] | None = None  # (n, 4) cx, cy, width, height, if they have an extent


def pair_card(pair: Pair, origin: Origin, labels: Labels) -> Image:
    """Exemplar and search region side by side, the words under the exemplar, the labels in the search region."""
    size = pair.search.shape[0]
    is_negative = bool(np.isnan(pair.box).any())
    card = blank(size + 2 * PADDING, EXEMPLAR_SIZE + size + 3 * PADDING, CARD)
    search = pair.search.copy()
    _draw_labels(search, labels)
    if not is_negative:
        cx, cy, width, height = (float(v) for v in pair.box)
        left, top = cx - width / 2 + size / 2, cy - height / 2 + size / 2
        _rectangle(search, (left, top, left + width, top + height), TRUTH, 2)
    put(card, pair.exemplar, PADDING, PADDING)
    put(card, search, 2 * PADDING + EXEMPLAR_SIZE, PADDING)
    _frame(card, 2 * PADDING + EXEMPLAR_SIZE, PADDING, size, NEGATIVE if is_negative else TRUTH)
    words = [origin.source, origin.category]
    if not is_negative:
        words.append(f"{len(labels.places)} positive {labels.unit}")
    below = 2 * PADDING + EXEMPLAR_SIZE
    below = _badge(card, PADDING, below, origin.kind, NEGATIVE if is_negative else TRUTH)
    _words(card, PADDING, below + 4, words, width=EXEMPLAR_SIZE)
    return card


def triple_card(triple: Triple, origin: Origin) -> Image:
    """Exemplar, the same object, and something else."""
    side = EXEMPLAR_SIZE
    card = blank(side + 3 * PADDING + 2 * LINE_HEIGHT, 3 * side + 4 * PADDING, CARD)
    for number, (crop, colour) in enumerate(((triple.exemplar, INK), (triple.same, TRUTH), (triple.other, NEGATIVE))):
        left = PADDING + number * (side + PADDING)
        put(card, crop, left, PADDING)
        _frame(card, left, PADDING, side, colour)
    top, third = 2 * PADDING + side, 3 * PADDING + 2 * side
    _words(card, PADDING, top, [origin.source, origin.category], width=2 * side)
    _badge(card, third, top, origin.kind, NEGATIVE)
    return card


def _draw_labels(search: Image, labels: Labels) -> None:
    middle = search.shape[0] / 2
    faint = search.copy()
    for cx, cy, width, height in [] if labels.boxes is None else labels.boxes.tolist():
        left, top = cx - width / 2 + middle, cy - height / 2 + middle
        _rectangle(faint, (left, top, left + width, top + height), LABEL, 1)
    search[:] = cv2.addWeighted(faint, 0.35, search, 0.65, 0)
    for cx, cy in np.unique(labels.places, axis=0).tolist():
        _dot(search, cx + middle, cy + middle)


def _badge(card: Image, left: int, top: int, kind: str, colour: Colour) -> int:
    """Write the kind on a coloured badge as wide as an exemplar. Returns the badge's bottom in pixels."""
    lines = _wrapped(kind, EXEMPLAR_SIZE - 12, 0.4)
    bottom = top + BADGE_HEIGHT + (len(lines) - 1) * LINE_HEIGHT
    cv2.rectangle(card, (left, top), (left + EXEMPLAR_SIZE - 1, bottom - 1), colour, cv2.FILLED)
    for number, line in enumerate(lines):
        write(card, line, left + 6, top + 14 + LINE_HEIGHT * number, 0.4, CARD)
    return bottom


def _words(card: Image, left: int, top: int, words: list[str], *, width: int) -> None:
    for number, line in enumerate(word for word in words if word):
        write(card, _shortened(line, width, 0.4), left, top + 12 + LINE_HEIGHT * number, 0.4, FAINT)


def _wrapped(text: str, width: int, size: float) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width_of(longer, size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _shortened(text: str, width: int, size: float) -> str:
    text = text.encode("ascii", "replace").decode()  # OpenCV's font has nothing else
    if width_of(text, size) <= width:
        return text
    while text and width_of(f"{text}...", size) > width:
        text = text[:-1]
    return f"{text}..."


def width_of(text: str, size: float) -> int:
    (width, _), _ = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, size, 1)
    return int(width)


def write(picture: Image, text: str, left: int, baseline: int, size: float, colour: Colour) -> None:
    cv2.putText(picture, text, (left, baseline), cv2.FONT_HERSHEY_SIMPLEX, size, colour, 1, cv2.LINE_AA)


def _rectangle(picture: Image, edges: tuple[float, float, float, float], colour: Colour, thickness: int) -> None:
    left, top, right, bottom = (round(v * 8) for v in np.clip(edges, -4000, 4000).tolist())
    corners = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.int32) - 4
    cv2.polylines(picture, [corners], isClosed=True, color=colour, thickness=thickness, lineType=cv2.LINE_AA, shift=3)


def _dot(picture: Image, x: float, y: float) -> None:
    centre = (round((x - 0.5) * 8), round((y - 0.5) * 8))
    cv2.circle(picture, centre, 20, CARD, cv2.FILLED, cv2.LINE_AA, shift=3)
    cv2.circle(picture, centre, 14, LABEL, cv2.FILLED, cv2.LINE_AA, shift=3)


def _frame(card: Image, left: int, top: int, side: int, colour: Colour) -> None:
    cv2.rectangle(card, (left - 2, top - 2), (left + side + 1, top + side + 1), colour, 2)


def blank(height: int, width: int, colour: Colour) -> Image:
    return np.full((height, width, 3), colour, np.uint8)


def put(picture: Image, part: Image, left: int, top: int) -> None:
    picture[top : top + part.shape[0], left : left + part.shape[1]] = part
