"""Asks what to export and where, and then shows what was written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.exchange.export import ExportReport
from app.exchange.format import Export, Rendering
from app.language import message, tr, translated
from app.views.exporting.options_form import ExportOptionsForm
from app.views.style.button_box import button_box
from app.views.style.kept_focus import KeptFocus
from app.views.style.wrapped import WrappedLabel

OUTCOME_HEIGHT = 100  # pixels; a longer report is scrolled


class ExportDialog(QDialog):
    """Stays open during the export, then shows its report or the error. Closing it during the export cancels that.

    Signals:
        export_requested(str, object, object): the format's name, the Path and the ExportOptions.
        cancel_requested
        review_requested: review the doubts first. The dialog closes.
    """

    export_requested = Signal(str, object, object)
    cancel_requested = Signal()
    review_requested = Signal()

    def __init__(
        self,
        formats: Sequence[Export],
        *,
        stem: Path,
        format_name: str = "",
        labels: Sequence[str] = (),
        frame_count: int = 1,
        parent: QWidget | None = None,
    ) -> None:
        """
        Args:
            formats: the formats to choose from; renderings come last, after a separator.
            stem: the proposed path without a suffix; the format's own is added.
            format_name: the format chosen at first; the first one if there is none of this name.
            labels: those that tracks have, in the order of their classes.
            frame_count: the video's.
        """
        super().__init__(parent)
        self._focus = KeptFocus(self)
        self.setWindowTitle(tr("Export tracks"))
        self._formats = tuple(formats)
        self.format_box = QComboBox()
        for before, choice in zip((None, *self._formats), self._formats, strict=False):
            if isinstance(choice, Rendering) and not isinstance(before, Rendering):
                self.format_box.insertSeparator(self.format_box.count())
            self.format_box.addItem(translated(choice.label), choice.name)
        self.description = _dim_label()
        self.path_field = QLineEdit()
        self.browse_button = QPushButton(tr("Browse…"))
        self.browse_button.setAutoDefault(False)
        self.path_note = _dim_label()
        self.path_note.setMinimumHeight(self.path_note.fontMetrics().height())  # nothing jumps while a path is typed
        self.form = ExportOptionsForm(labels, frame_count)
        self.doubts_label = QLabel()
        self.review_button = QPushButton(tr("Review first"))
        self.review_button.setAutoDefault(False)
        self.doubts_row = QWidget()
        self.doubts_row.hide()
        self.outcome = WrappedLabel()
        self.bar = QProgressBar(textVisible=False, maximum=0)
        self.bar.setFixedHeight(8)
        self.bar.hide()
        buttons = button_box(QDialogButtonBox.StandardButton.Close)
        self.close_button = buttons.button(QDialogButtonBox.StandardButton.Close)
        self.close_button.setAutoDefault(False)
        self._close_text = self.close_button.text()
        self.export_button = buttons.addButton(tr("Export"), QDialogButtonBox.ButtonRole.ActionRole)
        self.export_button.setDefault(True)
        buttons.rejected.connect(self.reject)
        self._lay_out(buttons)

        self.format_box.currentIndexChanged.connect(self._on_format_changed)
        self.path_field.textChanged.connect(self._on_path_changed)
        self.browse_button.clicked.connect(self._on_browse)
        self.review_button.clicked.connect(self._on_review)
        self.export_button.clicked.connect(self._on_export)
        self._stem = stem
        self._proposed = ""
        self.format_box.setCurrentIndex(max(0, self.format_box.findData(format_name)))
        self._on_format_changed()
        for changed in (
            self.format_box.currentIndexChanged,
            self.path_field.textChanged,
            self.form.changed,
        ):
            changed.connect(self.outcome.clear)  # the report belongs to an export with other options

    @property
    def choice(self) -> Export:
        name = self.format_box.currentData()
        return next(entry for entry in self._formats if entry.name == name)

    @property
    def is_exporting(self) -> bool:
        return self.bar.isVisibleTo(self)

    def show_doubts(self, text: str) -> None:
        """Say what is left to review, as in "12 doubtful, 1 gap"; an empty text says nothing."""
        self.doubts_label.setText(tr("{text}: review first?", text=text))
        self.doubts_row.setVisible(bool(text))

    def show_step(self, what: str) -> None:
        """Show the current step."""
        if self.close_button.isEnabled():  # otherwise the export is being cancelled
            self.outcome.setText(tr("Exporting: {what}…", what=what))

    def show_report(self, report: ExportReport) -> None:
        """Show what was written, and all notes."""
        checked = tr("; read back and compared") if report.is_read_back else ""
        lines = [tr("Wrote {amount}{checked}.", amount=report.amount, checked=checked)]
        if report.numbered_classes:
            lines.append(tr("• Classes: {numbered_classes}.", numbered_classes=report.numbered_classes))
        self._finish("\n".join(lines + [f"• {message(note)}" for note in report.notes]))

    def show_failure(self, sentence: str) -> None:
        """Show why nothing was written."""
        self._finish(sentence)

    def show_cancelled(self) -> None:
        self._finish(tr("Cancelled; nothing was changed."))

    def reject(self) -> None:
        """Close the dialog, or cancel a running export."""
        if not self.is_exporting:
            super().reject()
            return
        self.outcome.setText(tr("Cancelling…"))
        self.close_button.setEnabled(False)
        self.cancel_requested.emit()

    def _lay_out(self, buttons: QDialogButtonBox) -> None:
        path_row = QHBoxLayout()
        path_row.setSpacing(4)
        path_row.addWidget(self.path_field, 1)
        path_row.addWidget(self.browse_button)
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(4)
        form.addRow(tr("&Format"), self.format_box)
        form.addRow("", self.description)
        path_label = QLabel(tr("&Path"))
        path_label.setBuddy(self.path_field)
        form.addRow(path_label, path_row)
        form.addRow("", self.path_note)
        doubts = QHBoxLayout(self.doubts_row)
        doubts.setContentsMargins(0, 0, 0, 0)
        doubts.addWidget(self.doubts_label, 1)
        doubts.addWidget(self.review_button)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addWidget(self.doubts_row)
        layout.addLayout(form)
        layout.addWidget(self.form)
        layout.addWidget(self.bar)
        layout.addWidget(self._scrolled_outcome(), 1)
        layout.addWidget(buttons)
        layout.addStrut(720)

    def _scrolled_outcome(self) -> QScrollArea:
        """The outcome in a scroll area, because a report may be long and the screen small."""
        self.outcome.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.outcome.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        area = QScrollArea(widgetResizable=True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(self.outcome)
        area.setMinimumHeight(OUTCOME_HEIGHT)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return area

    def _finish(self, text: str) -> None:
        self._set_exporting(False)
        self.outcome.setText(message(text))
        self._on_path_changed()
        self._focus.give_back()

    def _on_format_changed(self) -> None:
        self.description.setText(translated(self.choice.description))
        self.form.show_format(self.choice)
        path = self.path_field.text()
        suffixes = [choice.suffix for choice in self._formats if choice.suffix and path.endswith(choice.suffix)]
        if path == self._proposed:
            self._proposed = str(_with_suffix(self._stem, self.choice.suffix))
            self.path_field.setText(self._proposed)
        elif suffixes:
            self.path_field.setText(path.removesuffix(max(suffixes, key=len)) + self.choice.suffix)

    def _on_path_changed(self) -> None:
        text = self.path_field.text().strip()
        path = Path(text)
        can_be_written = bool(text) and path.parent.is_dir()
        if not text:
            note = tr("Choose where to write.")
        elif not can_be_written:
            note = tr("There is no folder {parent}.", parent=path.parent)
        elif path.exists():
            note = tr("What is already there will be replaced.")
        else:
            note = ""
        self.path_note.setText(note)
        self.export_button.setEnabled(can_be_written)

    def _on_browse(self) -> None:
        chooser = QFileDialog(self, tr("Export to"), self.path_field.text())
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        patterns = self.choice.file_filter.rpartition("(")[2].rstrip(")")
        chooser.setNameFilters([f"{translated(self.choice.label)} ({patterns})", tr("All files (*)")])
        chooser.setDefaultSuffix(self.choice.suffix.lstrip("."))
        chooser.fileSelected.connect(self.path_field.setText)
        chooser.open()

    def _set_exporting(self, is_exporting: bool) -> None:
        self.bar.setVisible(is_exporting)
        self.close_button.setText(tr("Cancel") if is_exporting else self._close_text)
        self.close_button.setEnabled(True)
        for part in (self.format_box, self.path_field, self.browse_button, self.form, self.review_button):
            part.setEnabled(not is_exporting)

    def _on_export(self) -> None:
        self._focus.keep()
        self._set_exporting(True)
        self.outcome.setText(tr("Exporting…"))
        self.export_button.setEnabled(False)
        self.export_requested.emit(self.choice.name, Path(self.path_field.text().strip()), self.form.options)

    def _on_review(self) -> None:
        self.reject()
        self.review_requested.emit()


def _with_suffix(stem: Path, suffix: str) -> Path:
    """Append the suffix; a stem such as "car.v2" keeps its dot."""
    return stem.with_name(stem.name + suffix)


def _dim_label() -> QLabel:
    label = WrappedLabel()
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label
