"""Asks what to import, and previews what it would add and by which rule before adding it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.controllers.importing import ImportPreview
from app.exchange.annotations import ImportOptions
from app.exchange.format import Format, Option
from app.exchange.linking import LEAST_IOU
from app.exchange.match_rules import Match, Rule
from app.exchange.matching import Matching
from app.exchange.text_columns import DARKLABEL
from app.language import listed, marked, message, tr, tr_counted, translated
from app.views.style.button_box import button_box
from app.views.style.kept_focus import KeptFocus

RULES: tuple[tuple[str, Match | None], ...] = (
    (marked("pictures as the whole file tells"), None),
    (marked("pictures by their names in the folder"), Match(Rule.NAME)),
    (marked("pictures by the number in their names, from 0"), Match(Rule.NUMBER, 0)),
    (marked("pictures by the number in their names, from 1"), Match(Rule.NUMBER, 1)),
    (marked("pictures by their frame numbers, from 0"), Match(Rule.FRAME_ID, 0)),
    (marked("pictures by their frame numbers, from 1"), Match(Rule.FRAME_ID, 1)),
    (marked("pictures in the order of the file"), Match(Rule.ORDER)),
)
AS = ((marked("tracks"), False), (marked("ghosts to accept"), True))
MOST_DOUBLES = 5  # named in the message


class ImportDialog(QDialog):
    """Reads the file again whenever a choice changes the result. Nothing is added before "Import" is pressed.

    Signals:
        read_requested(str, object, object, float): the format's name (empty to recognise it), the Path, the
        ImportOptions, the overlap from which boxes without a track are joined, and whether all boxes are to be
        detections instead. take_requested: add what is shown.
        cancel_requested: stop adding it.
    """

    read_requested = Signal(str, object, object, float, bool)
    take_requested = Signal()
    cancel_requested = Signal()

    def __init__(
        self, formats: Sequence[Format], *, folder: Path, labels: Sequence[str] = (), parent: QWidget | None = None
    ) -> None:
        """
        Args:
            folder: where the file dialog starts.
            labels: the project's; they name the classes of a file that only numbers them.
        """
        super().__init__(parent)
        self._focus = KeptFocus(self)
        self.setWindowTitle(tr("Import tracks"))
        self._formats = tuple(formats)
        self._folder = folder
        self._labels = tuple(labels)
        self._asked: tuple[object, ...] = ()
        self.path_field = QLineEdit(placeholderText=tr("A file, or the folder of a data set"))
        self.file_button, self.folder_button = QPushButton(tr("File…")), QPushButton(tr("Folder…"))
        self.format_box = QComboBox()
        self.format_box.addItem(tr("told from the file"), "")
        for entry in self._formats:
            self.format_box.addItem(translated(entry.label), entry.name)
        self.description = QLabel(wordWrap=True)
        self.description.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.rule_box = QComboBox()
        for text, match in RULES:
            self.rule_box.addItem(translated(text), match)
        self.overlap_field = QDoubleSpinBox(decimals=2, singleStep=0.05, minimum=0.05, maximum=1.0, value=LEAST_IOU)
        self.as_box = QComboBox()
        for text, as_ghosts in AS:
            self.as_box.addItem(translated(text), as_ghosts)
        self.zero_based = QCheckBox(tr("Pixels count from 0, where the format says 1"))
        self.columns_field = QLineEdit(placeholderText=DARKLABEL)
        self.preview = QPlainTextEdit(readOnly=True)
        self.preview.setMinimumHeight(160)
        self.bar = QProgressBar(textVisible=False, maximum=0)
        self.bar.setFixedHeight(8)
        self.bar.hide()
        self._previewed = ""
        buttons = button_box(QDialogButtonBox.StandardButton.Close)
        self.close_button = buttons.button(QDialogButtonBox.StandardButton.Close)
        self._close_text = self.close_button.text()
        self.import_button = buttons.addButton(tr("Import"), QDialogButtonBox.ButtonRole.ActionRole)
        self.import_button.setEnabled(False)
        self.import_button.setDefault(True)
        self.close_button.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        self._lay_out(buttons)
        self._join()
        self._show_fields()

    @property
    def match(self) -> Match | None:
        return RULES[self.rule_box.currentIndex()][1]

    @property
    def format_name(self) -> str:
        """The chosen format; empty to recognise it from the file."""
        return str(self.format_box.currentData())

    def show_preview(self, preview: ImportPreview) -> None:
        """Show what would be added, and conflicts."""
        label = next(translated(entry.label) for entry in self._formats if entry.name == preview.format_name)
        tracks = preview.tracks.tracks
        if preview.ghosts:
            self._show_ghosts(label, preview)
            return
        lines = [
            f"{label}: {tr_counted(len(tracks), 'track')}, {tr_counted(preview.boxes, 'box', 'boxes')}{_span(preview)}."
        ]
        if tracks:
            worn = Counter(track.label for track in tracks)
            lines.append(tr("Labels: {join}.", join=listed(f"{name} ({count})" for name, count in worn.items())))
        if preview.labels:
            lines.append(tr("New to the project: {labels}.", labels=listed(preview.labels)))
        lines += filter(None, (message(preview.tracks.matched), _doubles(preview)))
        lines += [f"• {message(note)}" for note in preview.tracks.notes]
        self._previewed = "\n".join(lines)
        self._show(self._previewed, can_be_taken=bool(tracks))

    def _show_ghosts(self, label: str, preview: ImportPreview) -> None:
        worn = Counter(one.label for one in preview.ghosts)
        lines = [
            tr(
                "{label}: {boxes}{span}, as ghosts.",
                label=label,
                boxes=tr_counted(preview.boxes, "box", "boxes"),
                span=_span(preview),
            ),
            tr("Labels: {join}.", join=listed(f"{name} ({count})" for name, count in worn.items())),
            *filter(None, (message(preview.tracks.matched),)),
            *(f"• {message(note)}" for note in preview.tracks.notes),
            tr(
                "Ghosts are kept with the project. Enter takes all of a frame, a click takes one; Link detections in "
                "the menu Review turns them into tracks."
            ),
        ]
        self._previewed = "\n".join(lines)
        self._show(self._previewed, can_be_taken=True)

    @property
    def is_importing(self) -> bool:
        return self.bar.isVisibleTo(self)

    def show_step(self, what: str) -> None:
        """Show the current step while tracks are added."""
        if self.is_importing and self.close_button.isEnabled():  # otherwise it is being cancelled
            self.preview.setPlainText(tr("Importing: {what}…", what=what))

    def show_cancelled(self) -> None:
        """Nothing was added; show the preview again."""
        self._show(tr("Cancelled; nothing was added.\n{previewed}", previewed=self._previewed), can_be_taken=True)

    def reject(self) -> None:
        """Close the dialog, or cancel while tracks are added."""
        if not self.is_importing:
            super().reject()
            return
        self.preview.setPlainText(tr("Cancelling…"))
        self.close_button.setEnabled(False)
        self.cancel_requested.emit()

    def show_failure(self, sentence: str) -> None:
        """Show why the file cannot be read."""
        self._show(sentence, can_be_taken=False)

    def show_choices(self, sentence: str, matchings: Sequence[Matching]) -> None:
        """Show that two rules disagree, and the result of each. Nothing can be added before one is chosen."""
        choices = [f"• {matching.sentence}" for matching in matchings]
        self._show("\n".join([sentence, *choices, tr("Choose how pictures are matched.")]), can_be_taken=False)
        self.rule_box.setFocus()

    def _show(self, text: str, *, can_be_taken: bool) -> None:
        self._set_importing(False)
        self.preview.setPlainText(text)
        self.import_button.setEnabled(can_be_taken)
        self._focus.give_back()

    def _lay_out(self, buttons: QDialogButtonBox) -> None:
        path_row = QHBoxLayout()
        path_row.setSpacing(4)
        path_row.addWidget(self.path_field, 1)
        for button in (self.file_button, self.folder_button):
            button.setAutoDefault(False)
            path_row.addWidget(button)
        form = self._form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(4)
        path_label = QLabel(tr("&Path"))
        path_label.setBuddy(self.path_field)
        form.addRow(path_label, path_row)
        form.addRow(tr("&Format"), self.format_box)
        form.addRow("", self.description)
        form.addRow(tr("&Matching"), self.rule_box)
        form.addRow(tr("Take &as"), self.as_box)
        form.addRow(tr("&Linking from"), self.overlap_field)
        form.addRow(tr("&Columns"), self.columns_field)
        form.addRow("", self.zero_based)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addLayout(form)
        layout.addWidget(self.preview, 1)
        layout.addWidget(self.bar)
        layout.addWidget(buttons)
        layout.addStrut(600)
        self.overlap_field.setSuffix(tr(" overlap"))
        self.overlap_field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.overlap_field.setKeyboardTracking(False)
        self.overlap_field.setToolTip(tr("Boxes without a track: those of one label that overlap this much "
                                         "(IoU) from frame to frame are joined"))  # fmt: skip

    def _join(self) -> None:
        self.file_button.clicked.connect(lambda: self._browse(QFileDialog.FileMode.ExistingFile))
        self.folder_button.clicked.connect(lambda: self._browse(QFileDialog.FileMode.Directory))
        self.format_box.currentIndexChanged.connect(self._on_format_changed)
        self.import_button.clicked.connect(self._on_import)
        for changed in (
            self.path_field.editingFinished,
            self.rule_box.currentIndexChanged,
            self.overlap_field.valueChanged,
            self.zero_based.toggled,
            self.as_box.currentIndexChanged,
            self.columns_field.editingFinished,
        ):
            changed.connect(self._read)

    def _browse(self, mode: QFileDialog.FileMode) -> None:
        chooser = QFileDialog(self, tr("Import from"), self.path_field.text() or str(self._folder))
        chooser.setFileMode(mode)
        chooser.fileSelected.connect(self.choose_path)
        chooser.open()

    def choose_path(self, path: str) -> None:
        """Choose a path and read it."""
        self.path_field.setText(path)
        self._read()

    def _on_format_changed(self) -> None:
        self._show_fields()
        self._read()

    def _show_fields(self) -> None:
        entry = next((entry for entry in self._formats if entry.name == self.format_name), None)
        self.description.setText("" if entry is None else translated(entry.description))
        self._form.setRowVisible(self.description, entry is not None)
        self._form.setRowVisible(self.columns_field, entry is not None and Option.COLUMNS in entry.options)

    def _read(self) -> None:
        text = self.path_field.text().strip()
        if not text:
            return
        options = ImportOptions(
            label_names=self._labels,
            first_pixel=0 if self.zero_based.isChecked() else 1,
            match=self.match,
            columns=self.columns_field.text().strip() if self._form.isRowVisible(self.columns_field) else "",
        )
        asked = self.format_name, Path(text), options, self.overlap_field.value(), bool(self.as_box.currentData())
        if asked != self._asked:  # leaving a field unchanged does nothing
            self._asked = asked
            self._show(tr("Reading…"), can_be_taken=False)
            self.read_requested.emit(*asked)

    def _on_import(self) -> None:
        self._focus.keep()
        self._set_importing(True)
        self.import_button.setEnabled(False)
        self.take_requested.emit()

    def _set_importing(self, is_importing: bool) -> None:
        self.bar.setVisible(is_importing)
        self.close_button.setText(tr("Cancel") if is_importing else self._close_text)
        self.close_button.setEnabled(True)
        for part in (
            self.path_field, self.file_button, self.folder_button, self.format_box, self.rule_box, self.overlap_field,
            self.zero_based, self.columns_field, self.as_box,
        ):  # fmt: skip
            part.setEnabled(not is_importing)


def _span(preview: ImportPreview) -> str:
    return (
        ""
        if preview.frames is None
        else tr(" in frames {frames} to {frames2}", frames=preview.frames[0], frames2=preview.frames[1])
    )


def _doubles(preview: ImportPreview) -> str:
    if not preview.doubled:
        return ""
    named = [tr("{new} on {old}", new=new, old=old) for new, old in list(preview.doubled.items())[:MOST_DOUBLES]]
    more = ", …" if len(preview.doubled) > MOST_DOUBLES else ""
    tracks = tr_counted(len(preview.doubled), "track lies", "tracks lie")
    return tr(
        "{tracks} where the project has one of that label already: {named}{more}.",
        tracks=tracks,
        named=listed(named),
        more=more,
    )
