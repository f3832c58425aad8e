"""Many doubts side by side. Each plays its boxes in a loop, so that a person can see whether any is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPalette, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.assist.doubt_page import PagedDoubt
from app.language import tr
from app.views.review.picture_grid import PictureGrid, least_size
from app.views.style.colours import DOUBT, REVIEWED
from app.views.style.theme import SPACING

FRAME = 3
PROGRESS = 3  # pixels
FRAME_MILLISECONDS = 90
"""How long each frame is shown: long enough to notice a single wrong box."""


@dataclass(slots=True)
class Clip:
    """A doubt with those of its pictures that have been read."""

    paged: PagedDoubt
    title: str
    pictures: dict[int, QPixmap] = field(default_factory=dict)  # by frame
    place: int = 0  # of the shown box among the doubt's boxes
    is_seen: bool = False

    @property
    def frame(self) -> int:
        return self.paged.boxes[self.place][0]

    @property
    def picture(self) -> QPixmap | None:
        return self.pictures.get(self.frame)

    def play_on(self) -> None:
        """Go to the next frame, unless its picture has not been read yet."""
        following = (self.place + 1) % len(self.paged.boxes)
        if self.paged.boxes[following][0] in self.pictures:
            self.place = following


class DoubtSheet(QWidget):
    """
    Signals:
        box_seen: track, frame and box that have just been painted.
        doubt_clicked: a doubt, and its shown frame.
        room_changed: how many doubts there is room for.
    """

    box_seen = Signal(int, int, object)
    doubt_clicked = Signal(object, int)
    room_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.clips: tuple[Clip, ...] = ()
        self._hovered: int | None = None
        self._playing = QTimer(self, interval=FRAME_MILLISECONDS)
        self._playing.timeout.connect(self._play_on)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(least_size(self.fontMetrics().height()))

    def show_clips(self, clips: Sequence[Clip]) -> None:
        self.clips = tuple(clips)
        self._hovered = None
        self.setAccessibleName(tr("Doubts side by side"))
        if clips:
            self._playing.start()
        else:
            self._playing.stop()
        self.update()

    @property
    def room(self) -> int:
        """How many doubts can be judged side by side."""
        return self._grid().room

    def cell(self, number: int) -> QRect:
        """The rectangle of a picture and its title."""
        return self._grid().cells(len(self.clips))[number]

    def sizeHint(self) -> QSize:
        return QSize(280, 420)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for clip, cell in zip(self.clips, self._grid().cells(len(self.clips)), strict=True):
            self._paint(painter, cell, clip, painted=event.rect())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.room_changed.emit(self.room)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show the doubt's frame at the mouse: the first at the left edge of the picture, the last at the right."""
        number = self._cell_at(event.position().toPoint())
        self._hovered = number
        if number is None:
            return
        clip, cell = self.clips[number], self.cell(number)
        share = (event.position().x() - cell.left()) / max(cell.width(), 1)
        clip.place = min(max(int(share * len(clip.paged.boxes)), 0), len(clip.paged.boxes) - 1)
        self.update(cell)

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.mouseMoveEvent(event)
        if self._hovered is not None and event.button() == Qt.MouseButton.LeftButton:
            clip = self.clips[self._hovered]
            self.doubt_clicked.emit(clip.paged.doubt, clip.frame)

    # Implementation

    def _grid(self) -> PictureGrid:
        return PictureGrid(self.size(), self.fontMetrics().height())

    def _cell_at(self, point: QPoint) -> int | None:
        cells = self._grid().cells(len(self.clips))
        return next((number for number, cell in enumerate(cells) if cell.contains(point)), None)

    @Slot()
    def _play_on(self) -> None:
        if not self.isVisible():
            return
        for number, clip in enumerate(self.clips):
            if number != self._hovered:
                clip.play_on()
        self.update()

    def _paint(self, painter: QPainter, cell: QRect, clip: Clip, *, painted: QRect) -> None:
        """``painted``: the part of the widget that is painted now. A picture counts as seen only if all of it is in
        there.
        """
        palette = self.palette()
        side = cell.width()
        frame = QRect(cell.topLeft(), QSize(side, side))
        inner = frame.adjusted(FRAME, FRAME, -FRAME, -FRAME)
        picture = clip.picture
        if picture is None:
            painter.fillRect(inner, palette.color(QPalette.ColorRole.AlternateBase))
        else:
            painter.drawPixmap(inner, picture)
            if painted.contains(inner):
                self.box_seen.emit(clip.paged.doubt.track_id, *clip.paged.boxes[clip.place])
        painter.setPen(QPen(REVIEWED if clip.is_seen else DOUBT, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(frame.adjusted(1, 1, -1, -1))
        done = round(inner.width() * (clip.place + 1) / len(clip.paged.boxes))
        painter.fillRect(inner.left(), inner.bottom() - PROGRESS + 1, done, PROGRESS, DOUBT)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        below = QRect(frame.left(), frame.bottom() + SPACING // 2, side, cell.height() - side)
        title = self.fontMetrics().elidedText(clip.title, Qt.TextElideMode.ElideRight, side)
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, title)
