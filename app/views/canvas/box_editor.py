"""Edits boxes by mouse and keys: select, draw, move, resize, nudge. Emits what a person wants; paints nothing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QSinglePointEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.model.box_record import keyframe
from app.views.canvas.gesture import Gesture, nudged, resized
from app.views.canvas.hit_test import Handle, HitKind, Hittable, HitTarget, boxes_under, hit_test
from app.views.canvas.navigator import Navigator
from app.views.canvas.shown_box import ShownBox
from app.views.canvas.suggestions import suggestion_at
from tracker_core.tracker import LookAlike

ARROWS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
NUDGE: Final = 1.0
NUDGE_WITH_SHIFT: Final = 10.0

HANDLE_CURSORS: Final = {
    Handle.TOP_LEFT: Qt.CursorShape.SizeFDiagCursor,
    Handle.TOP: Qt.CursorShape.SizeVerCursor,
    Handle.TOP_RIGHT: Qt.CursorShape.SizeBDiagCursor,
    Handle.RIGHT: Qt.CursorShape.SizeHorCursor,
    Handle.BOTTOM_RIGHT: Qt.CursorShape.SizeFDiagCursor,
    Handle.BOTTOM: Qt.CursorShape.SizeVerCursor,
    Handle.BOTTOM_LEFT: Qt.CursorShape.SizeBDiagCursor,
    Handle.LEFT: Qt.CursorShape.SizeHorCursor,
}


class BoxEditor(QObject):
    """An event filter of the canvas, for events that the navigator leaves.

    Drags move by whole image pixels: a drawn box lies on pixel borders, a moved one keeps its fractions.

    Only a selected box can be moved. A press on another box selects it; further clicks at the same place walk through
    the boxes that lie there.

    Signals: as the canvas has them, and ``changed`` when there is something to repaint.
    """

    box_drawn = Signal(object)
    box_edited = Signal(int, object)
    gesture_started = Signal()
    track_clicked = Signal(int, bool)
    suggestion_clicked = Signal(int)
    cursor_moved = Signal(float, float)
    menu_requested = Signal(QPoint)
    changed = Signal()

    def __init__(self, widget: QWidget, navigator: Navigator) -> None:
        super().__init__(widget)
        self.cursor: QPointF | None = None
        self.gesture: Gesture | None = None
        self.drawing = False
        self.redraws = False
        self.suggestions: Sequence[LookAlike] = ()
        self._widget = widget
        self._navigator = navigator
        self._picture: tuple[float, float] | None = None
        self._boxes: tuple[ShownBox, ...] = ()
        self._hit: HitTarget | None = None
        self._grabbed: ShownBox | None = None
        self._meant: tuple[Gesture, ...] = ()  # what the drag may mean
        self._pressed_at = QPointF()
        self._clicked_at: QPointF | None = None  # where a click selected a box
        navigator.transform_changed.connect(self.refresh)
        navigator.hand_changed.connect(self._refresh_cursor_shape)

    def set_picture_size(self, size: tuple[float, float] | None) -> None:
        if size != self._picture:
            self._picture, self.gesture = size, None
            self.refresh()

    def set_boxes(self, boxes: Sequence[ShownBox]) -> None:
        self._boxes = tuple(boxes)
        self.refresh()

    def set_drawing(self, drawing: bool) -> None:
        self.drawing = drawing
        self.refresh()

    def set_redraws(self, redraws: bool) -> None:
        """Let a drag redraw the selected box, even if it begins inside a box. Its handles still resize it, and its
        middle moves it.
        """
        if redraws != self.redraws:
            self.redraws = redraws
            self.refresh()

    @property
    def boxes(self) -> tuple[ShownBox, ...]:
        """The boxes; a dragged one as the keyframe that it will become, even if its track has changed since."""
        is_changed = self.gesture is not None and self.gesture.dragged and self.gesture.track_id is not None
        if self._grabbed is None or self.gesture is None or not is_changed:
            return self._boxes
        record = keyframe(self.gesture.box, occluded=self._grabbed.record.occluded)
        dragged = replace(self._grabbed, record=record, doubtful=False)
        others = (box for box in self._boxes if box.ghost or box.track_id != dragged.track_id)
        return *others, dragged

    @property
    def hovered_suggestion(self) -> int | None:
        """The number of the suggestion under the cursor, if no box lies over it."""
        if not self.suggestions or self._hit is not None or not self.is_over_picture:
            return None
        return suggestion_at(self.suggestions, *self._image_point())

    @property
    def hovered_track_id(self) -> int | None:
        return None if self._hit is None else self._hit.track_id

    @property
    def is_ready_to_draw(self) -> bool:
        """Whether a drag from here draws although a box may be in the way."""
        is_asked = self.drawing or (self.redraws and self._hit is None)
        return is_asked and self.gesture is None and self.is_over_picture

    @property
    def is_over_picture(self) -> bool:
        if self._picture is None or self.cursor is None:
            return False
        left, top = self._navigator.transform.to_view(0, 0)
        right, bottom = self._navigator.transform.to_view(*self._picture)
        return QRectF(left, top, right - left, bottom - top).contains(self.cursor)

    @Slot()
    def refresh(self) -> None:
        """Find out again what is under the cursor."""
        if self.gesture is None:
            self._hit = None if self.drawing else self._hit_at_cursor()
            self._refresh_cursor_shape()
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if isinstance(event, QKeyEvent):
            return self._handle_key(event)
        if kind == QEvent.Type.Leave:
            self._on_left()
        elif kind == QEvent.Type.Enter and isinstance(event, QSinglePointEvent):
            self._move(event.position())
        elif isinstance(event, QMouseEvent) and self._picture is not None:
            return self._handle_mouse(event)
        return False

    # Mouse

    def _handle_mouse(self, event: QMouseEvent) -> bool:
        if event.type() == QEvent.Type.MouseMove:
            self._move(event.position(), keep_aspect=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif event.button() == Qt.MouseButton.RightButton and event.type() == QEvent.Type.MouseButtonPress:
            self._ask_for_menu(event)
        elif event.button() != Qt.MouseButton.LeftButton:
            return False
        elif event.type() == QEvent.Type.MouseButtonRelease:
            self._release(adds=_adds(event))
        elif event.type() == QEvent.Type.MouseButtonPress:
            self._press(event.position(), adds=_adds(event))
        elif event.type() == QEvent.Type.MouseButtonDblClick:
            self._double_click(event.position(), adds=_adds(event))
        return True

    def _press(self, position: QPointF, *, adds: bool) -> None:
        self.cursor = self._pressed_at = position
        self.refresh()
        box = self._box_of(self._hit)
        self._grabbed = None
        if box is not None and (adds or not box.selected):
            self._clicked_at = position
            self.track_clicked.emit(box.track_id, adds)
        else:
            self._grabbed = box
            self._meant = self._begun_gestures()
            self.gesture = self._meant[0]
        self.changed.emit()

    def _ask_for_menu(self, event: QMouseEvent) -> None:
        """Ask for the context menu of the box under the cursor, selecting it first; elsewhere, of the selection."""
        if self.gesture is not None:
            return
        self.cursor = event.position()
        self.refresh()
        under = self._boxes_at_cursor()
        selected = [box.track_id for box in self._boxes if box.selected and not box.ghost]
        if under and not set(under) & set(selected):
            self.track_clicked.emit(under[0], False)
        self.menu_requested.emit(event.globalPosition().toPoint())

    def _double_click(self, position: QPointF, *, adds: bool) -> None:
        if self._hit is None and not (self.drawing or self.redraws):
            self._navigator.fit()
        else:
            self._press(position, adds=adds)

    def _move(self, position: QPointF, *, keep_aspect: bool = False) -> None:
        self.cursor = position
        x, y = self._image_point() if self.is_over_picture else (math.nan, math.nan)
        self.cursor_moved.emit(x, y)
        if self.gesture is None:
            self.refresh()
        elif self.gesture.dragged or self._is_drag():
            if not self.gesture.dragged:
                self.gesture_started.emit()
            meant = [one.dragged_to(*self.pixel_corner(), keep_aspect=keep_aspect) for one in self._meant]
            self.gesture = max(meant, key=lambda one: one.box.area)
            self.changed.emit()

    def _release(self, *, adds: bool) -> None:
        gesture, self.gesture = self.gesture, None
        if gesture is None:
            return
        if not gesture.dragged:
            if gesture.handle is None:
                self._click(adds=adds)
        elif gesture.track_id is None:
            self.box_drawn.emit(gesture.box)
        elif gesture.box != gesture.origin:
            self.box_edited.emit(gesture.track_id, gesture.box)
        self.refresh()

    def _click(self, *, adds: bool) -> None:
        """Select the smallest box here, or the next one after another click at the same place; -1 for none."""
        suggested = self.hovered_suggestion
        if suggested is not None:
            self.suggestion_clicked.emit(suggested)
            return
        under = self._boxes_at_cursor()
        active = self._active_box()
        chosen = under[0] if under else -1
        if active is not None and active.track_id in under and self._is_clicked_again():
            chosen = under[(under.index(active.track_id) + 1) % len(under)]
        self._clicked_at = self.cursor if under else None
        if active is None or chosen != active.track_id:
            self.track_clicked.emit(chosen, adds)

    def _is_clicked_again(self) -> bool:
        assert self.cursor is not None
        before = self._clicked_at
        return before is not None and (self.cursor - before).manhattanLength() < QApplication.startDragDistance()

    def _begun_gestures(self) -> tuple[Gesture, ...]:
        """What this drag may mean; the result is the largest of these boxes. Usually there is one. A drag from a handle
        of the box to redraw may resize it or draw a new one, because the right box often begins near a corner of the
        wrong one.
        """
        assert self._picture is not None
        x, y = self.pixel_corner()
        draws = Gesture.draw(x, y, picture=self._picture)
        if self._hit is None or self._grabbed is None:
            return (draws,)
        track_id, box = self._grabbed.track_id, self._grabbed.box
        if self._hit.handle is None:
            return (Gesture.move(track_id, box, x=x, y=y, picture=self._picture),)
        resizes = Gesture.resize(track_id, box, self._hit.handle, x=x, y=y, picture=self._picture)
        return (resizes, draws) if self.redraws else (resizes,)

    def _is_drag(self) -> bool:
        assert self.cursor is not None
        return (self.cursor - self._pressed_at).manhattanLength() >= QApplication.startDragDistance() / 2

    def _on_left(self) -> None:
        if self.gesture is None:
            self.cursor = None
            self.refresh()
        self.cursor_moved.emit(math.nan, math.nan)

    # Keys

    def _handle_key(self, event: QKeyEvent) -> bool:
        """Handle the keys that mean something here now; all others go to the window's shortcuts."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        shift = modifiers == Qt.KeyboardModifier.ShiftModifier
        plain = modifiers == Qt.KeyboardModifier.NoModifier
        with_ctrl = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        pressed = event.type() == QEvent.Type.KeyPress
        if event.key() == Qt.Key.Key_Escape and self.gesture is not None:
            if pressed:
                self.gesture = None
                self.refresh()
        elif event.key() == Qt.Key.Key_F and plain:
            if pressed:
                self._navigator.fit()
        elif event.key() in ARROWS and with_ctrl and self._active_box() is not None:
            if pressed:
                step = NUDGE_WITH_SHIFT if modifiers & Qt.KeyboardModifier.ShiftModifier else NUDGE
                self._nudge(Qt.Key(event.key()), step, resizes=True)
        elif event.key() in ARROWS and (plain or shift) and self._active_box() is not None:
            if pressed:
                self._nudge(Qt.Key(event.key()), NUDGE_WITH_SHIFT if shift else NUDGE)
        else:
            return False
        event.accept()
        return True

    def _nudge(self, key: Qt.Key, step: float, *, resizes: bool = False) -> None:
        active = self._active_box()
        if active is None or self._picture is None or self.gesture is not None:
            return
        dx, dy = ARROWS[key]
        change = resized if resizes else nudged
        box = change(active.box, dx=step * dx, dy=step * dy, picture=self._picture)
        if box != active.box:
            self.box_edited.emit(active.track_id, box)

    # What is where

    def _active_box(self) -> ShownBox | None:
        return next((box for box in reversed(self._boxes) if box.selected), None)

    def _box_of(self, hit: HitTarget | None) -> ShownBox | None:
        if hit is None:
            return None
        return next((box for box in self._boxes if box.track_id == hit.track_id and not box.ghost), None)

    def _hit_at_cursor(self) -> HitTarget | None:
        if self._picture is None or self.cursor is None:
            return None
        hit = hit_test(self._hittable_boxes(), x=self.cursor.x(), y=self.cursor.y())
        if not self.redraws or (
            hit is not None and (hit.kind is HitKind.HANDLE or self._is_in_middle_of(hit.track_id))
        ):
            return hit
        return None

    def _is_in_middle_of(self, track_id: int) -> bool:
        """Whether the cursor is in the middle ninth of this selected box."""
        x, y = self._image_point()
        return any(
            abs(x - box.box.cx) < box.box.width / 6 and abs(y - box.box.cy) < box.box.height / 6
            for box in self._boxes
            if box.selected and not box.ghost and box.track_id == track_id
        )

    def _boxes_at_cursor(self) -> list[int]:
        assert self.cursor is not None
        return boxes_under(self._hittable_boxes(), x=self.cursor.x(), y=self.cursor.y())

    def _hittable_boxes(self) -> list[Hittable]:
        to_view = self._navigator.transform.box_to_view
        return [
            Hittable(box.track_id, to_view(box.box), box.selected)
            for box in self._boxes
            if not (box.ghost or box.locked)
        ]

    def _image_point(self) -> tuple[float, float]:
        assert self.cursor is not None
        return self._navigator.transform.to_image(self.cursor.x(), self.cursor.y())

    def pixel_corner(self) -> tuple[float, float]:
        """The pixel corner nearest to the cursor, where drawn boxes begin and end."""
        x, y = self._image_point()
        return float(round(x)), float(round(y))

    @Slot()
    def _refresh_cursor_shape(self) -> None:
        shape = self._navigator.hand or self._cursor_shape()
        if shape != self._widget.cursor().shape():
            self._widget.setCursor(shape)

    def _cursor_shape(self) -> Qt.CursorShape:
        if self._picture is None:
            return Qt.CursorShape.ArrowCursor
        if self.hovered_suggestion is not None:
            return Qt.CursorShape.PointingHandCursor
        if self._hit is None:
            return Qt.CursorShape.CrossCursor
        if self._hit.kind is HitKind.HANDLE and self._hit.handle is not None:
            return HANDLE_CURSORS[self._hit.handle]
        hovered = self._box_of(self._hit)
        selected = hovered is not None and hovered.selected
        return Qt.CursorShape.SizeAllCursor if selected else Qt.CursorShape.PointingHandCursor


def _adds(event: QMouseEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
