"""The dialog that exports the videos of a workspace together, optionally split into training, validation and test."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.exchange.annotations import ExportOptions
from app.exchange.format import Export, Option
from app.language import message, tr, tr_counted, translated
from app.views.exporting.options_form import PICTURES
from app.views.style.button_box import button_box
from app.views.style.kept_focus import KeptFocus
from app.views.style.theme import SPACING
from app.views.style.wrapped import WrappedLabel
from app.workspace.exporting import WorkspaceReport
from app.workspace.merging import MERGED
from app.workspace.splits import NAMES, Shares

FIRST_WIDTH = 480
FIRST_SHARES = (80, 10, 10)
LARGEST_SEED = 999_999
MOST_PROBLEMS = 5  # the problems shown; others are only counted
MOST_NOTES = 8  # likewise


class WorkspaceExportDialog(QDialog):
    """
    Signals:
        export_requested: whether only the chosen videos, the format's name, the folder, ExportOptions, Shares or None,
            and whether as one data set.
        cancel_requested: cancel the running export.
    """

    export_requested = Signal(bool, str, object, object, object, bool)
    cancel_requested = Signal()

    def __init__(
        self,
        formats: Sequence[Export],
        *,
        chosen: int,
        every: int,
        doubts: int,
        folder: Path,
        format_name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """``chosen``: how many of the videos chosen in the list have a project; ``every``: how many of all videos.
        ``doubts``: how many doubts are left in them.
        """
        super().__init__(parent)
        self.setWindowTitle(tr("Export the workspace"))
        self.resize(FIRST_WIDTH, 0)
        self._formats = formats
        self._counts = {True: chosen, False: every}
        self.all_button = QRadioButton(tr("All {videos} that have a project", videos=tr_counted(every, "video")))
        self.chosen_button = QRadioButton(tr("The {videos} chosen in the list", videos=tr_counted(chosen, "video")))
        self.chosen_button.setEnabled(chosen > 0)
        (self.chosen_button if chosen > 1 else self.all_button).setChecked(True)
        self.format_box = QComboBox()
        for entry in formats:
            self.format_box.addItem(translated(entry.label), entry.name)
        self.format_box.setCurrentIndex(max(self.format_box.findData(format_name), 0))
        self.description = WrappedLabel()
        self.description.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.folder_field = QLineEdit(str(folder))
        self.browse_button = QPushButton(tr("Browse…"))
        self.reviewed_box = QCheckBox(tr("Only boxes that a person has drawn or reviewed"))
        self.pictures = QComboBox()
        for text, kind in PICTURES:
            self.pictures.addItem(translated(text), kind)
        self.pictures.setToolTip(tr("Also write the frames, where the format expects them"))
        self.merged_box = QCheckBox(tr("One data set of all videos, with unique ids"))
        self.merged_box.setToolTip(tr("COCO and YOLO; else each video gets a folder of its own"))
        self.split_box = QCheckBox(tr("Split by video"))
        self.share_fields = []
        for name, share in zip(NAMES, FIRST_SHARES, strict=True):
            field = QSpinBox()
            field.setRange(0, 100)
            field.setValue(share)
            field.setPrefix(f"{name} ")
            field.setSuffix(" %")
            self.share_fields.append(field)
        self.seed_field = QSpinBox()
        self.seed_field.setRange(0, LARGEST_SEED)
        self.seed_field.setPrefix(tr("seed "))
        self.seed_field.setToolTip(tr("The same seed gives the same split again"))
        self.doubt_label = QLabel(
            tr("{doubts} left in these videos: review them first?", doubts=tr_counted(doubts, "doubt"))
            if doubts
            else ""
        )
        self.doubt_label.setVisible(bool(doubts))
        self.bar = QProgressBar()
        self.bar.setVisible(False)
        self.told = WrappedLabel()
        self.told.setVisible(False)
        self._is_running = False
        self._focus = KeptFocus(self)
        self._lay_out()
        self._join()
        self._describe()
        self._enable()

    def _lay_out(self) -> None:
        place = QHBoxLayout()
        place.addWidget(self.folder_field, 1)
        place.addWidget(self.browse_button)
        shares = QHBoxLayout()
        shares.setSpacing(SPACING)
        for field in (*self.share_fields, self.seed_field):
            shares.addWidget(field)
        form = self._form = QFormLayout()
        form.setSpacing(2 * SPACING)
        which = QVBoxLayout()
        which.addWidget(self.all_button)
        which.addWidget(self.chosen_button)
        form.addRow(tr("Videos"), which)
        form.addRow(tr("&Format"), self.format_box)
        form.addRow("", self.description)
        form.addRow(tr("New folder"), place)
        form.addRow(tr("Pictu&res"), self.pictures)
        form.addRow("", self.reviewed_box)
        form.addRow("", self.merged_box)
        form.addRow("", self.split_box)
        form.addRow("", shares)
        self.buttons = button_box(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.export_button = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.export_button.setText(tr("Export"))
        column = QVBoxLayout(self)
        column.setSpacing(2 * SPACING)
        column.addLayout(form)
        for widget in (self.doubt_label, self.bar, self.told, self.buttons):
            column.addWidget(widget)

    def _join(self) -> None:
        self.format_box.currentIndexChanged.connect(self._describe)
        self.browse_button.clicked.connect(self._on_browse)
        self.split_box.toggled.connect(self._enable)
        self.folder_field.textChanged.connect(self._enable)
        for field in self.share_fields:
            field.valueChanged.connect(self._enable)
        self.buttons.accepted.connect(self._on_export)
        self.buttons.rejected.connect(self._on_cancel)

    @Slot(int, str)
    def show_step(self, done: int, name: str) -> None:
        self.bar.setValue(done)
        self.bar.setFormat(name.replace("%", "%%"))

    @Slot(object)
    def show_report(self, report: WorkspaceReport) -> None:
        """Show what was written. The dialog stays open, so that the person can read it."""
        boxes, tracks = tr_counted(report.boxes, "box", "boxes"), tr_counted(report.tracks, "track")
        parts = ", ".join(f"{count} {name}" for name, count in (report.parts or {}).items())
        lines = [
            tr(
                "{videos} written: {boxes} of {tracks}.",
                videos=tr_counted(report.videos, "video"),
                boxes=boxes,
                tracks=tracks,
            )
            + (tr(" Split: {parts}.", parts=parts) if parts else "")
        ]
        lines += [f"{name}: {message(problem)}" for name, problem in report.failed[:MOST_PROBLEMS]]
        if (more := len(report.failed) - MOST_PROBLEMS) > 0:
            lines.append(tr("And {more} more that could not be written.", more=more))
        lines += [f"• {message(note)}" for note in report.notes[:MOST_NOTES]]
        if (more := len(report.notes) - MOST_NOTES) > 0:
            lines.append(tr("• And {more} more notes; the command export-all shows all.", more=more))
        self._end("\n".join(lines))
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(tr("Close"))

    @Slot(str)
    def show_failure(self, sentence: str) -> None:
        self._end(sentence)

    def reject(self) -> None:
        self.cancel_requested.emit()
        super().reject()

    def _end(self, sentence: str) -> None:
        self._is_running = False
        self.bar.setVisible(False)
        self.told.setText(message(sentence))
        self.told.setVisible(True)
        self._enable()
        self._focus.give_back()

    @Slot()
    def _describe(self) -> None:
        entry = self._formats[self.format_box.currentIndex()]
        self.description.setText(translated(entry.description))
        self._form.setRowVisible(self.pictures, Option.PICTURES in entry.options)
        self.merged_box.setEnabled(self.format_box.currentData() in MERGED)

    @Slot()
    def _enable(self) -> None:
        is_split = self.split_box.isChecked()
        for field in (*self.share_fields, self.seed_field):
            field.setEnabled(is_split)
        has_share = not is_split or any(field.value() for field in self.share_fields)
        has_place = bool(self.folder_field.text().strip())
        self.export_button.setEnabled(not self._is_running and has_share and has_place and self._counts[False] > 0)

    @Slot()
    def _on_browse(self) -> None:
        chooser = QFileDialog(self, tr("Export into"))
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.fileSelected.connect(self.folder_field.setText)
        chooser.finished.connect(chooser.deleteLater)
        chooser.open()

    @Slot()
    def _on_export(self) -> None:
        shares = None
        if self.split_box.isChecked():
            train, val, test = (field.value() for field in self.share_fields)
            shares = Shares(train, val, test, seed=self.seed_field.value())
        only_chosen = self.chosen_button.isChecked()
        self._focus.keep()
        self._is_running = True
        self.told.setVisible(False)
        self.bar.setRange(0, self._counts[only_chosen])
        self.bar.setValue(0)
        self.bar.setVisible(True)
        self._enable()
        folder = Path(self.folder_field.text().strip()).expanduser().absolute()
        has_pictures = self._form.isRowVisible(self.pictures)
        pictures = str(self.pictures.currentData()) if has_pictures else ""
        options = ExportOptions(reviewed_only=self.reviewed_box.isChecked(), pictures=pictures)
        merged = self.merged_box.isEnabled() and self.merged_box.isChecked()
        self.export_requested.emit(only_chosen, self.format_box.currentData(), folder, options, shares, merged)

    @Slot()
    def _on_cancel(self) -> None:
        if self._is_running:
            self.cancel_requested.emit()
        else:
            self.reject()
