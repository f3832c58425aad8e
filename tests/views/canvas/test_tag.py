"""A tag with a very long name leaves the picture free, and says which track it is."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter

from app.views.canvas.tag import LONGEST, PADDING, tag_size


@pytest.mark.usefixtures("qapp")
def test_a_long_name_is_cut_and_a_short_one_is_not() -> None:
    image = QImage(10, 10, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    short = tag_size(painter, "car #1").width()
    assert short == round(QFontMetricsF(painter.font()).horizontalAdvance("car #1")) + 2 * PADDING
    assert short < tag_size(painter, "x" * 500 + " #1").width() <= LONGEST + 2 * PADDING + 1
    painter.end()
