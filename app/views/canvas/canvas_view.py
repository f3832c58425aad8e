"""The canvas: the frame with its boxes, where a person draws, selects and corrects."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDropEvent,
    QFocusEvent,
    QFont,
    QFontInfo,
    QKeyEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QWidget

from app.language import tr
from app.views.canvas import guides, messages
from app.views.canvas.box_editor import BoxEditor
from app.views.canvas.box_painter import paint_boxes
from app.views.canvas.gesture import GestureKind
from app.views.canvas.looked_at import LookedAt
from app.views.canvas.navigator import Navigator
from app.views.canvas.overlay import MapOverlay
from app.views.canvas.picture_layer import PictureLayer, look_of
from app.views.canvas.shown_box import ShownBox
from app.views.canvas.suggestions import paint_suggestions
from app.views.canvas.trails import Trail, paint_trails
from tracker_core.geometry import Box
from tracker_core.tracker import LookAlike

BACKGROUND: Final = QColor("#1b1d20")
"""Neutral and dark in the light theme too, so that it does not distort the picture's colours."""
SMALLEST_FONT: Final = 11
HIDING_KEY: Final = Qt.Key.Key_QuoteLeft
"""While held, it hides all boxes."""


class CanvasView(QWidget):
    """Shows what it is given and emits what a person wants. Its only annotation is the boxes of the shown frame.

    Signals:
        box_drawn(Box), box_edited(track, Box): once, when the gesture is over.
        gesture_started: a drag has begun; a good moment to stop playing.
        suggestion_clicked(number of the suggestion). track_clicked(track or -1 for none, whether to add to the
        selection). zoom_changed(percent): 100 is one widget pixel for one image pixel. cursor_moved(x, y): in image
        pixels; nan when off the picture. paths_dropped(list of Path). drawing_changed: drawing mode was switched on or
        off. menu_requested(QPoint): the right button was released at this point of the screen; a box there was selected
        first. space_tapped: Space was pressed and released without panning (``Navigator`` says why the canvas keeps
        that key).
    """

    box_drawn = Signal(object)
    box_edited = Signal(int, object)
    gesture_started = Signal()
    track_clicked = Signal(int, bool)
    suggestion_clicked = Signal(int)
    zoom_changed = Signal(float)
    cursor_moved = Signal(float, float)
    paths_dropped = Signal(object)
    drawing_changed = Signal()
    space_tapped = Signal()
    menu_requested = Signal(QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.frame_index: int | None = None
        self._picture: PictureLayer | None = None
        self._image: NDArray[np.uint8] | None = None
        self._trails: tuple[Trail, ...] = ()
        self._hides_boxes = False
        self.look = (0, 0)  # brightness and contrast
        self._overlay: MapOverlay | None = None
        self._looked_at: LookedAt | None = None
        self._has_tracks = False
        self._explains = True
        self._notice = ""
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(tr("Video picture"))

        self._navigator = Navigator(self)
        self._navigator.zoom_changed.connect(self.zoom_changed)
        self._navigator.space_tapped.connect(self.space_tapped)

        self._editor = BoxEditor(self, self._navigator)
        self._editor.box_drawn.connect(self.box_drawn)
        self._editor.box_edited.connect(self.box_edited)
        self._editor.gesture_started.connect(self.gesture_started)
        self._editor.track_clicked.connect(self.track_clicked)
        self._editor.suggestion_clicked.connect(self.suggestion_clicked)
        self._editor.cursor_moved.connect(self.cursor_moved)
        self._editor.menu_requested.connect(self.menu_requested)
        self._editor.changed.connect(self.update)

        # The last installed filter is asked first, so a pan is not mistaken for dragging a box.
        self.installEventFilter(self._editor)
        self.installEventFilter(self._navigator)

    def sizeHint(self) -> QSize:
        return QSize(960, 540)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 180)

    # Content

    def show_frame(self, index: int, image: NDArray[np.uint8]) -> None:
        """Show a frame; zoom and position stay. ``image``: RGB, (height, width, 3). It is not copied, so do not write
        to it.
        """
        self._picture = PictureLayer(image, look_of(*self.look))
        self._image = image
        self.frame_index = index
        self._set_picture_size((self._picture.width, self._picture.height))
        self.update()

    def clear(self) -> None:
        """No video is open."""
        self._image = None
        self._trails = ()
        self._picture = self.frame_index = self._overlay = self._looked_at = None
        self._notice = ""
        self._editor.set_boxes(())
        self._set_picture_size(None)
        self.update()

    def set_boxes(self, boxes: Sequence[ShownBox]) -> None:
        """Set the boxes, in painting order. The arrow keys move the last selected one."""
        self._editor.set_boxes(boxes)

    @property
    def boxes(self) -> Sequence[ShownBox]:
        """The painted boxes; a dragged one as it would be if released now."""
        return self._editor.boxes

    def set_suggestions(self, suggestions: Sequence[LookAlike]) -> None:
        """Set the ghosts that a click accepts, the best first."""
        self._editor.suggestions = tuple(suggestions)
        self._editor.refresh()

    @property
    def suggestions(self) -> Sequence[LookAlike]:
        return self._editor.suggestions

    def set_has_tracks(self, has_tracks: bool) -> None:
        """Without tracks, the canvas explains how to begin."""
        self._has_tracks = has_tracks
        self.update()

    def set_explains(self, explains: bool) -> None:
        """Switch the explanation off while something else explains, because it covers the picture."""
        self._explains = explains
        self.update()

    @Slot(str)
    def set_notice(self, notice: str) -> None:
        """Set a notice about the shown picture; empty for none."""
        if notice != self._notice:
            self._notice = notice
            self.update()

    @property
    def notice(self) -> str:
        return self._notice

    @property
    def is_drawing(self) -> bool:
        """Whether a drag always draws a new box, even where it begins on another one."""
        return self._editor.drawing

    def set_drawing(self, drawing: bool) -> None:
        """Switch drawing mode on or off."""
        if drawing != self.is_drawing:
            self._editor.set_drawing(drawing)
            self.drawing_changed.emit()

    @property
    def redraws(self) -> bool:
        """Whether a drag draws the selected box again, unless it resizes it by a handle."""
        return self._editor.redraws

    def set_redraws(self, redraws: bool) -> None:
        self._editor.set_redraws(redraws)

    def set_overlay(self, score_map: NDArray[np.floating], map_box: Box, opacity: float) -> None:
        """Lay a score map, (S, S) in [0, 1], as a heatmap over the part of the image that it covers."""
        self._overlay = MapOverlay(score_map, map_box, opacity=opacity)
        self.update()

    def clear_overlay(self) -> None:
        self._overlay = None
        self.update()

    def set_looked_at(self, looked_at: LookedAt | None) -> None:
        """Outline the tracker's search region and distractors; None for neither."""
        self._looked_at = looked_at
        self.update()

    def set_look(self, brightness: int, contrast: int) -> None:
        """Set brightness and contrast of the shown picture, each from -100 to 100."""
        self.look = (brightness, contrast)
        if self._image is not None and self.frame_index is not None:
            self.show_frame(self.frame_index, self._image)

    def set_trails(self, trails: Sequence[Trail]) -> None:
        """Set the trails: where targets come from and go to."""
        if tuple(trails) != self._trails:
            self._trails = tuple(trails)
            self.update()

    def _set_hides_boxes(self, hides: bool) -> None:
        if hides != self._hides_boxes:
            self._hides_boxes = hides
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == HIDING_KEY and not event.modifiers():
            self._set_hides_boxes(True)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == HIDING_KEY and not event.isAutoRepeat():
            self._set_hides_boxes(False)
        else:
            super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._set_hides_boxes(False)
        super().focusOutEvent(event)

    # Zoom and coordinates

    def fit(self) -> None:
        """Fit the whole picture into the view, until the person zooms or pans."""
        self._navigator.fit()

    def zoom_by(self, factor: float) -> None:
        """Zoom around the middle of the view."""
        self._navigator.zoom_by(factor)

    def zoom_to(self, percent: float) -> None:
        """Zoom around the middle of the view; 100 is one widget pixel for one image pixel."""
        self._navigator.zoom_to(percent)

    @property
    def zoom(self) -> float:
        """Widget pixels for one image pixel."""
        return self._navigator.transform.scale

    def centre_on(self, x: float, y: float) -> None:
        """Centre the view on a point of the image."""
        self._navigator.centre_on(x, y)

    def image_point(self, point: QPointF) -> tuple[float, float]:
        """The image point, in pixels, under a widget point."""
        return self._navigator.transform.to_image(point.x(), point.y())

    def widget_point(self, x: float, y: float) -> QPointF:
        """The widget point at which an image point, in pixels, is shown."""
        return QPointF(*self._navigator.transform.to_view(x, y))

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        view = QRectF(self.rect())
        painter.fillRect(view, BACKGROUND)
        painter.setFont(self._tag_font())
        if self._picture is None:
            messages.paint_invitation(painter, view=view)
            return
        self._paint_picture(painter, self._picture, view)
        if self._hides_boxes:
            return
        paint_trails(painter, self._trails, self._navigator.transform)
        tags = paint_boxes(
            painter,
            self._editor.boxes,
            self._navigator.transform,
            view=view,
            hovered_track_id=self._editor.hovered_track_id,
        )
        paint_suggestions(
            painter,
            self._editor.suggestions,
            self._navigator.transform,
            view=view,
            hovered=self._editor.hovered_suggestion,
            tags=tags,
        )
        self._paint_guides(painter, view)
        if self._notice:
            messages.paint_notice(painter, self._notice, view=view)
        if self._explains and not self._has_tracks and self._editor.gesture is None:
            messages.paint_first_box_hint(painter, view=view)

    def _paint_picture(self, painter: QPainter, picture: PictureLayer, view: QRectF) -> None:
        transform = self._navigator.transform
        picture.paint(painter, transform)
        if self._overlay is not None:
            whole = transform.box_to_view(Box(0, 0, picture.width, picture.height))
            self._overlay.paint(painter, transform, picture=QRectF(whole.x, whole.y, whole.width, whole.height))
        if self._looked_at is not None:
            self._looked_at.paint(painter, transform, view=view)

    def _paint_guides(self, painter: QPainter, view: QRectF) -> None:
        gesture, cursor = self._editor.gesture, self._editor.cursor
        if cursor is None:
            return
        draws = gesture is not None and gesture.kind is GestureKind.DRAW
        if draws or self._editor.is_ready_to_draw:
            guides.paint_cross(painter, self.widget_point(*self._editor.pixel_corner()), view=view)
        if gesture is not None and gesture.dragged:
            if draws:
                guides.paint_draft(painter, self._navigator.transform.box_to_view(gesture.box))
            if gesture.kind is not GestureKind.MOVE:
                guides.paint_size(painter, gesture.box, cursor, view=view)

    def _tag_font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(max(SMALLEST_FONT, QFontInfo(font).pixelSize() - 2))
        return font

    # Files

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.paths_dropped.emit([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def _set_picture_size(self, size: tuple[float, float] | None) -> None:
        self._navigator.set_picture_size(size)
        self._editor.set_picture_size(size)
