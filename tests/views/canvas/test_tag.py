"""A tag with a very long name leaves the picture free, and says which track it is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QFontMetrics, QFontMetricsF, QImage, QPainter

from app.model.box_record import BoxRecord, Source
from app.views.canvas.box_painter import paint_boxes, that_fits
from app.views.canvas.picture_transform import PictureTransform
from app.views.canvas.shown_box import ShownBox
from app.views.canvas.suggestions import COLOUR, paint_suggestions
from app.views.canvas.tag import LONGEST, PADDING, tag_size
from tracker_core.geometry import Box
from tracker_core.tracker import LookAlike


@pytest.mark.usefixtures("qapp")
def test_a_long_name_is_cut_and_a_short_one_is_not() -> None:
    image = QImage(10, 10, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    short = tag_size(painter, "car #1").width()
    assert short == round(QFontMetricsF(painter.font()).horizontalAdvance("car #1")) + 2 * PADDING
    assert short < tag_size(painter, "x" * 500 + " #1").width() <= LONGEST + 2 * PADDING + 1
    painter.end()


@pytest.mark.usefixtures("qapp")
def test_a_score_is_shown_whole_or_not_at_all() -> None:
    metrics = QFontMetrics(QFont())
    box = ShownBox(1, BoxRecord(Box(0, 0, 50, 50), Source.TRACKER, score=0.85), "#3b82f6", "car")
    whole, name, number = "car #1  0.85", "car #1", "#1"
    for room in range(1, metrics.horizontalAdvance(whole) + 2):
        text = that_fits(box, whole, metrics, room)
        assert "0" not in text or text == whole
        assert text == number or metrics.horizontalAdvance(text) <= room
    assert that_fits(box, whole, metrics, metrics.horizontalAdvance(whole)) == whole
    assert that_fits(box, whole, metrics, metrics.horizontalAdvance(whole) - 1) == name


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("count", [1, 2])
def test_the_score_of_a_ghost_leaves_the_tags_of_tracks_on_the_same_target_free(count: int) -> None:
    view = QRectF(0, 0, 200, 200)
    on_target = Box(60, 80, 80, 50)
    record = BoxRecord(on_target, Source.HUMAN)
    boxes = [ShownBox(number, record, "#3b82f6", "car") for number in range(1, count + 1)]

    def painted(*ghosts: LookAlike) -> tuple[QImage, list[Box]]:
        image = QImage(200, 200, QImage.Format.Format_RGB32)
        image.fill(QColor("white"))
        painter = QPainter(image)
        tags = paint_boxes(painter, boxes, PictureTransform(), view=view, hovered_track_id=None)
        paint_suggestions(painter, ghosts, PictureTransform(), view=view, hovered=None, tags=tags)
        painter.end()
        return image, tags

    (without, tags), (with_ghost, _) = painted(), painted(LookAlike(on_target, 0.8))
    assert len(tags) == count
    for tag in tags:
        place = QRectF(tag.x, tag.y, tag.width, tag.height).toAlignedRect().adjusted(0, 2, 0, -2)  # outlines touch it
        assert without.copy(place) == with_ghost.copy(place)
    ghost = QColor(COLOUR).rgb()
    assert sum(with_ghost.pixel(x, y) == ghost for x in range(200) for y in range(200)) > 100  # its score is there
