"""A viewport on a long strip of frames and many rows, with zoom, pan and scroll."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from app.views.timeline.layout import ROW_HEIGHT, TimelineLayout
from app.views.timeline.time_axis import TimeAxis

NOTCH = 120  # Qt's value for one notch of the wheel
ZOOM_PER_NOTCH = 1.25
PAN_PER_NOTCH = 96  # pixels
ROWS_PER_NOTCH = 3


class TimeScrollArea(QAbstractScrollArea):
    """The horizontal scroll bar pans the time axis, the vertical one scrolls the rows.

    The wheel zooms around the cursor, pans with Shift and scrolls the rows with Ctrl.

    Signals:
        axis_changed.
        arranged: the height of the viewport changed, for example because the horizontal bar appeared.
    """

    axis_changed = Signal()
    arranged = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row_count = 0
        self._axis = TimeAxis.fitted(frame_count=0, width=1)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.verticalScrollBar().setSingleStep(ROW_HEIGHT)
        self.horizontalScrollBar().setSingleStep(PAN_PER_NOTCH)

    @property
    def axis(self) -> TimeAxis:
        return self._axis

    @property
    def parts(self) -> TimelineLayout:
        viewport = self.viewport()
        return TimelineLayout(viewport.width(), viewport.height(), self._row_count, self.verticalScrollBar().value())

    def set_axis(self, axis: TimeAxis) -> None:
        if axis != self._axis:
            self._axis = axis
            self.axis_changed.emit()
            self._arrange_scroll_bars()
            self.viewport().update()

    def set_row_count(self, row_count: int) -> None:
        self._row_count = row_count
        self._arrange_scroll_bars()
        self.viewport().update()

    def fit(self) -> None:
        """Show the whole video in the available width."""
        self.set_axis(TimeAxis.fitted(frame_count=self._axis.frame_count, width=self.parts.time_width))

    def zoom(self, factor: float, *, around_frame: int) -> None:
        """Make frames ``factor`` times as wide, around this frame, or around the middle if it is not visible."""
        x = self._axis.x_of(around_frame + 0.5)
        self.set_axis(self._axis.zoomed(factor, at_x=x if 0 <= x <= self._axis.width else self._axis.width / 2))

    def _arrange_scroll_bars(self) -> None:
        bar = self.horizontalScrollBar()
        bar.setPageStep(self._axis.width)
        # A range too short for the value would change it and move the axis, so widen the range first and cut it last.
        bar.setMaximum(max(bar.maximum(), self._axis.max_offset))
        bar.setValue(self._axis.offset)
        bar.setMaximum(self._axis.max_offset)
        self.verticalScrollBar().setPageStep(max(self.parts.rows_height, 1))
        self.verticalScrollBar().setMaximum(self.parts.max_scroll)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.set_axis(self._axis.panned_to(self.horizontalScrollBar().value()))
        if dy:
            self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.set_axis(self._axis.resized(self.parts.time_width))
        self._arrange_scroll_bars()
        self.arranged.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        x, turn = event.position().x(), event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() - round(turn.y() / NOTCH * ROWS_PER_NOTCH * ROW_HEIGHT))
        elif turn.x() or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            pixels = -(turn.x() or turn.y()) / NOTCH * PAN_PER_NOTCH
            self.set_axis(self._axis.panned_to(self._axis.offset + round(pixels)))
        else:
            self.set_axis(self._axis.zoomed(ZOOM_PER_NOTCH ** (turn.y() / NOTCH), at_x=x))
        event.accept()
