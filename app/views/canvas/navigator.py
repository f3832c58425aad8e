"""Navigation in the picture: zoom with the wheel, pan with the middle button or Space, fit."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from app.views.canvas.picture_transform import LARGEST_SCALE, SMALLEST_SHARE_OF_FIT, PictureTransform

MARGIN: Final = 8.0
ZOOM_PER_NOTCH: Final = 1.2
DEGREES_8TH_PER_NOTCH: Final = 120
KEPT_IN_VIEW: Final = 48.0
"""However far the picture is panned, at least this many of its pixels stay in the widget."""


class Navigator(QObject):
    """An event filter of a widget that holds the transform of its picture. Until a person zooms or pans, the picture
    stays fitted when the widget is resized; afterwards its middle stays in the middle.

    Signals:
        transform_changed: also when the widget was only resized.
        zoom_changed(percent): 100 is one widget pixel for one image pixel.
        hand_changed: the cursor shape in ``hand`` changed.
        space_tapped: Space was pressed and released without panning. Shortcuts do not get this key, because it is held
            to pan; connect the window's action for Space to this signal.
    """

    transform_changed = Signal()
    zoom_changed = Signal(float)
    hand_changed = Signal()
    space_tapped = Signal()

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.transform = PictureTransform()
        self.hand: Qt.CursorShape | None = None
        self._widget = widget
        self._picture: tuple[float, float] | None = None
        self._fitted = True
        self._centre = (0.0, 0.0)
        self._space_held = False
        self._space_panned = False
        self._pan_from: QPointF | None = None

    def set_picture_size(self, size: tuple[float, float] | None) -> None:
        """(width, height), or None if there is no picture. The view stays if the size does."""
        if size != self._picture:
            self._picture = size
            self._pan_from = None
            self._refresh_hand()
            self.fit()

    def fit(self) -> None:
        self._fitted = True
        self._set_transform(self._fitting())

    def zoom_by(self, factor: float, *, at: QPointF | None = None) -> None:
        """Zoom around a point of the widget, by default its middle."""
        self.zoom_to(100 * self.transform.scale * factor, at=at)

    def zoom_to(self, percent: float, *, at: QPointF | None = None) -> None:
        if self._picture is None:
            return
        smallest = min(self._fitting().scale, 1.0) * SMALLEST_SHARE_OF_FIT
        point = QPointF(self._widget.rect().center()) if at is None else at
        self._fitted = False
        scale = min(max(percent / 100, smallest), LARGEST_SCALE)
        self._set_transform(self.transform.scaled_to(scale, x=point.x(), y=point.y()))

    def centre_on(self, x: float, y: float) -> None:
        """Centre the widget on a point of the picture; the zoom stays."""
        if self._picture is not None:
            view_x, view_y = self.transform.to_view(x, y)
            middle = QPointF(self._widget.rect().center())
            self._fitted = False
            self._set_transform(self.transform.moved(dx=middle.x() - view_x, dy=middle.y() - view_y))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event.type():
            case QEvent.Type.Resize:
                self._on_resized()
            case QEvent.Type.FocusOut:
                self._space_held = False
                self._refresh_hand()
            case QEvent.Type.Wheel if isinstance(event, QWheelEvent):
                notches = event.angleDelta().y() / DEGREES_8TH_PER_NOTCH
                self.zoom_by(ZOOM_PER_NOTCH**notches, at=event.position())
                return True
            case QEvent.Type.ShortcutOverride | QEvent.Type.KeyPress | QEvent.Type.KeyRelease:
                return isinstance(event, QKeyEvent) and self._handle_key(event)
            case _ if isinstance(event, QMouseEvent):
                return self._handle_mouse(event)
        return False

    def _handle_key(self, event: QKeyEvent) -> bool:
        if event.key() != Qt.Key.Key_Space or event.modifiers() != Qt.KeyboardModifier.NoModifier:
            return False
        event.accept()
        if event.type() == QEvent.Type.KeyPress and not event.isAutoRepeat():
            self._space_held, self._space_panned = True, False
        elif event.type() == QEvent.Type.KeyRelease and not event.isAutoRepeat() and self._space_held:
            self._space_held = False
            if not self._space_panned:
                self.space_tapped.emit()
        self._refresh_hand()
        return True

    def _handle_mouse(self, event: QMouseEvent) -> bool:
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            with_left = event.button() == Qt.MouseButton.LeftButton and self._space_held
            starts = event.button() == Qt.MouseButton.MiddleButton or with_left
            if not starts or self._picture is None or event.buttons() != event.button():
                return False
            self._pan_from = event.position()
            self._space_panned = True
        elif self._pan_from is None:
            return False
        elif event.type() == QEvent.Type.MouseMove:
            self._pan(event.position() - self._pan_from)
            self._pan_from = event.position()
        elif event.type() == QEvent.Type.MouseButtonRelease and event.buttons() == Qt.MouseButton.NoButton:
            self._pan_from = None
        self._refresh_hand()
        return True

    def _pan(self, by: QPointF) -> None:
        assert self._picture is not None
        width, height = (side * self.transform.scale for side in self._picture)
        left = _kept_in_view(self.transform.dx + by.x(), width, view=self._widget.width())
        top = _kept_in_view(self.transform.dy + by.y(), height, view=self._widget.height())
        self._fitted = False
        self._set_transform(PictureTransform(self.transform.scale, left, top))

    def _on_resized(self) -> None:
        if self._fitted:
            self.fit()
        else:
            view_x, view_y = self.transform.to_view(*self._centre)
            middle = QPointF(self._widget.rect().center())
            self._set_transform(self.transform.moved(dx=middle.x() - view_x, dy=middle.y() - view_y))

    def _fitting(self) -> PictureTransform:
        if self._picture is None:
            return PictureTransform()
        return PictureTransform.fitting(
            width=self._picture[0],
            height=self._picture[1],
            view_width=self._widget.width(),
            view_height=self._widget.height(),
            margin=MARGIN,
        )

    def _set_transform(self, transform: PictureTransform) -> None:
        scale_before, self.transform = self.transform.scale, transform
        middle = QPointF(self._widget.rect().center())
        self._centre = transform.to_image(middle.x(), middle.y())
        self.transform_changed.emit()
        if transform.scale != scale_before:
            self.zoom_changed.emit(100 * transform.scale)

    def _refresh_hand(self) -> None:
        hand = None
        if self._pan_from is not None:
            hand = Qt.CursorShape.ClosedHandCursor
        elif self._space_held:
            hand = Qt.CursorShape.OpenHandCursor
        if hand != self.hand:
            self.hand = hand
            self.hand_changed.emit()


def _kept_in_view(start: float, length: float, *, view: float) -> float:
    kept = min(KEPT_IN_VIEW, length, view)
    return min(max(start, kept - length), view - kept)
