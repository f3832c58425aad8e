"""The list of a workspace's videos, each with a small picture, name and progress."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from enum import IntEnum, StrEnum
from pathlib import Path

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.language import marked, message, tr, tr_counted
from app.model.words import time_text
from app.views.style.colours import DOUBT, REVIEWED
from app.views.style.pictures import pixmap_of
from app.views.timeline.colours import SELECTION_OPACITY, faded
from app.workspace.entries import THUMBNAIL, Progress, VideoEntry
from app.workspace.videos import natural_key

MARGIN = 8
METER_HEIGHT = 4
STRIPE = 4  # pixels, at the left edge of the open video's row
WIDE = 300  # pixels; a narrower list has smaller pictures and more room for text
SMALLER = 0.6

Index = QModelIndex | QPersistentModelIndex


class Role(IntEnum):
    ENTRY = Qt.ItemDataRole.UserRole
    PICTURE = Qt.ItemDataRole.UserRole + 1
    IS_CURRENT = Qt.ItemDataRole.UserRole + 2


class SortBy(StrEnum):
    NAME = marked("Name")
    DOUBTS = marked("Most doubts first")
    REVIEWED = marked("Least reviewed first")
    LENGTH = marked("Longest first")
    OPENED = marked("Last opened first")


class Shown(StrEnum):
    ALL = marked("All")
    UNFINISHED = marked("Unfinished")
    NOT_BEGUN = marked("Not begun")
    FINISHED = marked("Finished")


class VideoListModel(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._entries: list[VideoEntry] = []
        self._pictures: dict[Path, QPixmap] = {}
        self._current: Path | None = None

    def set_entries(self, entries: Sequence[VideoEntry]) -> None:
        self.beginResetModel()
        self._entries = list(entries)
        self._pictures = {}
        self.endResetModel()

    def set_entry(self, row: int, entry: VideoEntry) -> None:
        self._entries[row] = entry
        self._pictures.pop(entry.path, None)
        self.dataChanged.emit(self.index(row), self.index(row))

    def set_current(self, video: Path | None) -> None:
        """Mark the open video."""
        self._current = video
        if self._entries:
            self.dataChanged.emit(self.index(0), self.index(len(self._entries) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self._entries[index.row()]
        match role:
            case Role.ENTRY:
                return entry
            case Role.PICTURE:
                return self._picture(entry)
            case Role.IS_CURRENT:
                return entry.path == self._current
            case Qt.ItemDataRole.DisplayRole:
                return entry.name
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return sentence(entry)
        return None

    def _picture(self, entry: VideoEntry) -> QPixmap | None:
        if entry.picture is None:
            return None
        if entry.path not in self._pictures:
            self._pictures[entry.path] = pixmap_of(entry.picture)
        return self._pictures[entry.path]


class VideoOrder(QSortFilterProxyModel):
    """Filters and sorts the entries."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._sort_by = SortBy.NAME
        self._shown = Shown.ALL
        self._words: list[str] = []
        self.setDynamicSortFilter(True)
        self.sort(0)

    def set_words(self, text: str) -> None:
        """Show only videos whose name or labels contain all of these words."""
        self._words = text.casefold().split()
        self.invalidate()

    def set_shown(self, shown: Shown) -> None:
        self._shown = shown
        self.invalidate()

    def set_sort(self, sort_by: SortBy) -> None:
        self._sort_by = sort_by
        self.invalidate()

    def entries(self) -> list[VideoEntry]:
        """The entries in the shown order."""
        return [self.index(row, 0).data(Role.ENTRY) for row in range(self.rowCount())]

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        entry: VideoEntry = self.sourceModel().index(row, 0).data(Role.ENTRY)
        is_wanted = {
            Shown.ALL: True,
            Shown.UNFINISHED: not entry.is_finished,
            Shown.NOT_BEGUN: entry.progress is Progress.NOT_BEGUN,
            Shown.FINISHED: entry.is_finished,
        }[self._shown]
        labels = () if entry.figures is None else entry.figures.tracks
        text = "\n".join((entry.name, *labels)).casefold()
        return is_wanted and all(word in text for word in self._words)

    def lessThan(self, left: Index, right: Index) -> bool:
        return self._key(left.data(Role.ENTRY)) < self._key(right.data(Role.ENTRY))

    def _key(self, entry: VideoEntry) -> tuple[float, list[tuple[int, int, str]]]:
        figures = entry.figures
        first = {
            SortBy.NAME: 0.0,
            SortBy.DOUBTS: -float(figures.doubts) if figures else 0.0,
            SortBy.REVIEWED: figures.reviewed_share if figures else 0.0,
            SortBy.LENGTH: -entry.seconds,
            SortBy.OPENED: -entry.opened_at,
        }[self._sort_by]
        return first, natural_key(entry.path)


def facts(entry: VideoEntry) -> str:
    """As in "0:24 · 3 tracks · today 08:12"."""
    parts = [time_text(entry.seconds).rpartition(".")[0]] if entry.seconds else []
    if entry.figures is not None and entry.figures.track_count:
        parts.append(tr_counted(entry.figures.track_count, "track"))
    if entry.opened_at:
        parts.append(day_text(entry.opened_at))
    return " · ".join(parts)


def state(entry: VideoEntry) -> str:
    """As in "12 doubts left, 40 % reviewed"."""
    figures = entry.figures
    if entry.problem:
        return message(entry.problem).removeprefix(f"{entry.path} ")  # a row has no room for the path
    if figures is None:
        return "…"
    if not figures.track_count:
        return tr("not begun")
    reviewed = tr("{share} reviewed", share=f"{figures.reviewed_share:.0%}".replace("%", " %"))
    return (
        reviewed
        if figures.doubts == 0
        else tr("{doubts} left, {reviewed}", doubts=tr_counted(figures.doubts, "doubt"), reviewed=reviewed)
    )


def sentence(entry: VideoEntry) -> str:
    """For the tooltip and for screen readers."""
    return "\n".join(filter(None, (entry.name, facts(entry), state(entry), str(entry.project or ""))))


def day_text(seconds: float) -> str:
    """A point in time in words, such as "today 08:12", "3 May" or "3 May 2024"."""
    moment, today = datetime.fromtimestamp(seconds), date.today()
    if moment.date() == today:
        return tr("today {moment:%H:%M}", moment=moment)
    if moment.year == today.year:
        return tr("{moment.day} {moment:%b}", moment=moment)
    return tr("{moment.day} {moment:%b} {moment.year}", moment=moment)


class _VideoCell(QStyledItemDelegate):
    """Paints a picture, the name, facts, progress, and a meter of what is reviewed."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(160, max(3 * option.fontMetrics.height() + 2 * MARGIN + METER_HEIGHT, THUMBNAIL[1] + MARGIN))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: VideoEntry = index.data(Role.ENTRY)
        palette, rect = option.palette, option.rect
        accent = palette.color(QPalette.ColorRole.Accent)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, faded(accent, SELECTION_OPACITY))
        if index.data(Role.IS_CURRENT):
            painter.fillRect(QRect(rect.topLeft(), QSize(STRIPE, rect.height())), accent)
        size = QSize(*THUMBNAIL) if rect.width() >= WIDE else QSize(*THUMBNAIL) * SMALLER
        self._paint_picture(painter, rect, size, index.data(Role.PICTURE), palette)
        inner = rect.adjusted(STRIPE + MARGIN + size.width() + MARGIN, MARGIN - 2, -MARGIN, -MARGIN + 2)
        line = option.fontMetrics.height()
        bold = QFont(option.font)
        bold.setBold(True)
        painter.setFont(bold)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        name = painter.fontMetrics().elidedText(entry.name, Qt.TextElideMode.ElideMiddle, inner.width())
        painter.drawText(QRect(inner.topLeft(), QSize(inner.width(), line)), Qt.AlignmentFlag.AlignLeft, name)
        painter.setFont(option.font)
        dim = palette.color(QPalette.ColorRole.PlaceholderText)
        for number, text in enumerate((facts(entry), state(entry)), start=1):
            place = QRect(inner.left(), inner.top() + number * line, inner.width(), line)
            painter.setPen(dim)
            shown = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft, shown)
        self._paint_meter(painter, inner, inner.top() + 3 * line + 2, entry, palette)
        painter.restore()

    def _paint_picture(
        self, painter: QPainter, rect: QRect, size: QSize, picture: QPixmap | None, palette: QPalette
    ) -> None:
        place = QRect(QPoint(rect.left() + STRIPE + MARGIN // 2, rect.center().y() - size.height() // 2), size)
        painter.fillRect(place, palette.color(QPalette.ColorRole.Window))
        if picture is not None:
            fitting = picture.size().scaled(size, Qt.AspectRatioMode.KeepAspectRatio)
            inside = QRect(QPoint(), fitting.boundedTo(picture.size()))
            inside.moveCenter(place.center())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(inside, picture)

    def _paint_meter(self, painter: QPainter, inner: QRect, top: int, entry: VideoEntry, palette: QPalette) -> None:
        """Paint how much is reviewed. The rest has the colour of doubts while any are left."""
        figures = entry.figures
        if figures is None or not figures.track_count:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        meter = QRectF(inner.left(), top, inner.width(), METER_HEIGHT)
        painter.setBrush(DOUBT if figures.doubts else palette.color(QPalette.ColorRole.Mid))
        painter.drawRoundedRect(meter, METER_HEIGHT / 2, METER_HEIGHT / 2)
        if figures.reviewed_share > 0:
            meter.setWidth(max(METER_HEIGHT, meter.width() * figures.reviewed_share))
            painter.setBrush(REVIEWED)
            painter.drawRoundedRect(meter, METER_HEIGHT / 2, METER_HEIGHT / 2)


class VideoListView(QListView):
    """
    Signals:
        video_chosen: the Path of a video that the person wants to work on.
    """

    video_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.videos = VideoListModel(self)
        self.order = VideoOrder(self)
        self.order.setSourceModel(self.videos)
        self.setModel(self.order)
        self.setItemDelegate(_VideoCell(self))
        self.setAccessibleName(tr("Videos of the workspace"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setAlternatingRowColors(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.activated.connect(lambda index: self.video_chosen.emit(index.data(Role.ENTRY).path))

    @property
    def selected(self) -> list[VideoEntry]:
        return [index.data(Role.ENTRY) for index in self.selectionModel().selectedIndexes()]

    def show_current(self, video: Path | None) -> None:
        """Mark the open video and scroll to it."""
        self.videos.set_current(video)
        for row, entry in enumerate(self.order.entries()):
            if entry.path == video:
                self.scrollTo(self.order.index(row, 0))
