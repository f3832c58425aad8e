from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor

from app.views.canvas.canvas_view import CanvasView
from tests.views.canvas.canvas_samples import at
from tracker_core.geometry import Box


def colour_at(canvas: CanvasView, x: float, y: float) -> QColor:
    return canvas.grab().toImage().pixelColor(at(canvas, x, y))


def on_grey(canvas: CanvasView, score_map: np.ndarray, map_box: Box, *, opacity: float = 1.0) -> None:
    canvas.show_frame(0, np.full((200, 320, 3), 100, np.uint8))
    canvas.set_overlay(score_map.astype(np.float32), map_box, opacity)


def test_a_high_score_glows_at_its_place(canvas: CanvasView) -> None:
    scores = np.zeros((25, 25))
    scores[5, 20] = 1.0
    on_grey(canvas, scores, Box(50, 50, 100, 100))
    peak = colour_at(canvas, 50 + 20.5 * 4, 50 + 5.5 * 4)
    assert peak.red() > 230
    assert peak.green() > 200
    assert colour_at(canvas, 50 + 10.5 * 4, 50 + 5.5 * 4) == QColor(100, 100, 100)


def test_a_score_of_nothing_leaves_the_picture_as_it_is(canvas: CanvasView) -> None:
    on_grey(canvas, np.zeros((25, 25)), Box(50, 50, 100, 100))
    assert colour_at(canvas, 100, 100) == QColor(100, 100, 100)


def test_the_colours_mean_the_same_in_every_map(canvas: CanvasView) -> None:
    mixed = np.full((25, 25), 0.6)
    on_grey(canvas, mixed, Box(50, 50, 100, 100))
    among_equals = colour_at(canvas, 100, 100)
    mixed[0, 0] = 1.0
    on_grey(canvas, mixed, Box(50, 50, 100, 100))
    assert colour_at(canvas, 100, 100) == among_equals


def test_opacity_lets_the_picture_through(canvas: CanvasView) -> None:
    on_grey(canvas, np.ones((25, 25)), Box(50, 50, 100, 100), opacity=0.0)
    assert colour_at(canvas, 100, 100) == QColor(100, 100, 100)


def test_the_map_is_cut_at_the_border_of_the_picture(canvas: CanvasView) -> None:
    on_grey(canvas, np.ones((25, 25)), Box(-50, 50, 100, 100))
    seen = canvas.grab().toImage()
    assert seen.pixelColor(QPoint(3, 200)) == QColor("#1b1d20")
    assert seen.pixelColor(QPoint(20, 200)).red() > 200


def test_the_map_goes_when_it_is_cleared(canvas: CanvasView) -> None:
    on_grey(canvas, np.ones((25, 25)), Box(50, 50, 100, 100))
    canvas.clear_overlay()
    assert colour_at(canvas, 100, 100) == QColor(100, 100, 100)
