"""Previews what a training file teaches: a sheet of sampled pairs or triples with their labels drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import cv2

from tracker_core.evaluation.pictures import encoded
from tracker_core.images import Image
from tracker_core.training.pictures.prepared import open_sources
from tracker_core.training.run.batches import sampler_of
from tracker_core.training.run.config import TrainingConfig
from tracker_core.training.teaching.cards import FAINT, INK, blank, put, width_of, write
from tracker_core.training.teaching.teaching import Colour, teaching_of

PAPER = (246, 246, 247)  # RGB
GAP, HEAD = 16, 64
SHEET_WIDTH = 1740


def preview(config: TrainingConfig, *, count: int, title: str) -> bytes:
    """The first ``count`` pairs or triples of a training, as a PNG.

    Raises:
        PreparedDataError: if there are no prepared pictures.
        ConfigError: if they do not suit the training file.
    """
    sampler = sampler_of(config, list(open_sources(config.data)))
    teaching = teaching_of(config.family)
    origins = [sampler.describe(number) for number in range(count)]
    cards = [
        teaching.card(sampler[number], origin, config.network, config.loss) for number, origin in enumerate(origins)
    ]
    kinds = Counter(origin.kind for origin in origins).most_common()
    told = "   ".join(f"{kind} {number}" for kind, number in kinds)
    title = f"{title}: {count} {teaching.samples} for {config.family.title}"
    return encoded(_sheet(cards, title=title, told=told, key=teaching.key))


def _sheet(cards: list[Image], *, title: str, told: str, key: Sequence[tuple[str, Colour]]) -> Image:
    height, width = cards[0].shape[:2]
    columns = max(1, min(len(cards), (SHEET_WIDTH - GAP) // (width + GAP)))
    rows = -(-len(cards) // columns)
    sheet = blank(HEAD + GAP + rows * (height + GAP), max(GAP + columns * (width + GAP), 900), PAPER)
    write(sheet, title, GAP, 28, 0.6, INK)
    write(sheet, told, GAP, 54, 0.42, FAINT)
    right = sheet.shape[1] - GAP
    for words, colour in reversed(key):
        right -= width_of(words, 0.42)
        write(sheet, words, right, 28, 0.42, INK)
        right -= 18
        cv2.rectangle(sheet, (right, 18), (right + 11, 29), colour, cv2.FILLED)
        right -= 18
    for number, card in enumerate(cards):
        row, column = divmod(number, columns)
        put(sheet, card, GAP + column * (width + GAP), HEAD + GAP + row * (height + GAP))
    return sheet


def write_preview(config: TrainingConfig, path: Path, *, count: int, title: str) -> None:
    """Write ``preview`` into a file. A file is never left half-written.

    Raises:
        OSError: if it cannot be written.
    """
    png = preview(config, count=count, title=title)
    partial = path.with_name(f"{path.name}.partial")
    partial.write_bytes(png)
    partial.replace(path)
