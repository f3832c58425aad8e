from __future__ import annotations

import sys

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.support.plots import points_of, values_of
from tracker_core.evaluation.plot import LINE, MARK, Plot, can_draw, draw, figure_of

X: NDArray[np.float64] = np.array([0.0, 10.0, 20.0, 30.0, 40.0])
Y: NDArray[np.float64] = np.array([1.0, 0.8, np.nan, 0.4, 0.2])


def test_a_curve_has_its_values_and_its_gaps() -> None:
    (axes,) = figure_of(Plot(X, Y, "pixels", x_end=50), title="precision 0.5").axes
    (line,) = axes.get_lines()
    np.testing.assert_array_equal(values_of(line), np.column_stack([X, Y]))
    assert (line.get_color(), line.get_linestyle()) == (LINE, "-")
    assert (axes.get_xlim(), axes.get_ylim()) == ((0, 50), (0, 1))
    assert (axes.get_xlabel(), axes.get_ylabel(), axes.get_title()) == ("pixels", "share of frames", "precision 0.5")


def test_marks_stand_at_their_places() -> None:
    (axes,) = figure_of(Plot(X, Y, "frame", verticals=(5.0, 30.0)), title="failures").axes
    marks = [line for line in axes.get_lines() if line.get_color() == MARK]
    assert [values_of(mark)[:, 0].tolist() for mark in marks] == [[5, 5], [30, 30]]


def test_of_points_the_last_is_the_large_one() -> None:
    x, y = np.array([0.1, 0.2, 0.6]), np.array([0.5, 0.4, 0.9])
    (axes,) = figure_of(Plot(x, y, "robustness", x_end=1, points=True), title="points").axes
    others, last = axes.collections
    np.testing.assert_allclose(points_of(others), np.column_stack([x, y])[:2])
    np.testing.assert_allclose(points_of(last), [[0.6, 0.9]])
    assert not axes.get_lines()


def test_a_diagonal_is_there_to_compare_with() -> None:
    (axes,) = figure_of(Plot(X / 40, X / 50, "promised", x_end=1, diagonal=True), title="reliability").axes
    diagonal, curve = axes.get_lines()
    assert values_of(diagonal).tolist() == [[0, 0], [1, 1]]
    assert curve.get_marker() == "o"


def test_a_title_is_shown_as_it_is_written() -> None:
    """Dollars are no formula, and a sign that the font lacks is no warning (which here would be an error)."""
    assert draw(Plot(X, Y, "frame"), title="car_1 $x$ 图").startswith(b"\x89PNG")


def test_without_matplotlib_nothing_can_be_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    assert can_draw()
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    assert not can_draw()
