"""The models dialog: describes, adds, removes and chooses models."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QTextDocument, QTextOption, QTextTable
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QMessageBox,
    QProgressBar,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from app.language import marked, tr, translated
from app.views.models.model_details import (
    details_of,
    details_of_damaged,
    details_of_gone,
    details_of_plugin,
    details_of_published,
)
from app.views.models.model_list import Entry, ModelList
from app.views.style.button_box import drop_icons
from app.views.style.kept_focus import KeptFocus
from app.views.style.wrapped import WrappedLabel
from tracker_core.weights.catalog import DamagedModel, Model
from tracker_core.weights.published import PublishedModel

FILTERS = (marked("Weights (*.pth *.pt *.model *.safetensors *.bin *.onnx)"), marked("All files (*)"))
FIRST_SIZE = QSize(1080, 640)

# With tables, but without HTML, because a card comes from outside.
MARKDOWN = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML


class ModelsDialog(QDialog):
    """The list of models, and the description of the selected one. It stays open while a model is added.

    Signals:
        add_requested(Path, str): a file, and the model's name or an empty text. fetch_requested(PublishedModel),
        cancel_requested: download one; cancel the download. remove_requested(str), choose_requested(str): the name of a
        model. digest_wanted(Model): compute its sha256.
    """

    add_requested = Signal(object, str)
    fetch_requested = Signal(object)
    cancel_requested = Signal()
    remove_requested = Signal(str)
    choose_requested = Signal(str)
    digest_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Models"))
        self.setAcceptDrops(True)
        self._digests: dict[Path, str] = {}
        self._chosen = ""
        self._is_busy = False
        self._focus = KeptFocus(self)
        self.list = ModelList()
        self.details = QTextBrowser()
        self.add_button = QPushButton(tr("&Add file…"))
        self.name_field = QLineEdit()
        self.remove_button = QPushButton(tr("&Remove"))
        self.choose_button = QPushButton(tr("Set as &default"))
        self.outcome = WrappedLabel()
        self.fetch_button = QPushButton(tr("Down&load"))
        self.progress = QProgressBar()
        self.cancel_button = QPushButton(tr("Cancel"))
        self._build()
        self.list.currentItemChanged.connect(self._on_selected)
        self.list.itemActivated.connect(self._on_choose)
        self.add_button.clicked.connect(self._on_add)
        self.fetch_button.clicked.connect(lambda: self.fetch_requested.emit(self.list.selected))
        self.cancel_button.clicked.connect(self.cancel_requested)
        self.remove_button.clicked.connect(self._on_remove)
        self.choose_button.clicked.connect(self._on_choose)
        self._on_selected()

    def show_models(
        self,
        models: Iterable[Model],
        damaged: Iterable[DamagedModel],
        published: Iterable[PublishedModel],
        *,
        chosen: str,
    ) -> None:
        """List these models and keep the selection. ``chosen``: the name of the chosen tracker."""
        self._chosen = chosen
        self.list.show_models(models, damaged, published, chosen=chosen)

    def show_busy(self, what: str) -> None:
        """Show what is being done; an empty text when it is done."""
        if what and not self._is_busy:
            self._focus.keep()
        self._is_busy = bool(what)
        self.progress.setVisible(self._is_busy)
        self.progress.setRange(0, 0)
        self.cancel_button.setVisible(False)
        if what:
            self.outcome.setText(what)
        self._enable()
        if not what:
            self._focus.give_back()

    def show_progress(self, done: int, total: int) -> None:
        """Show the progress of a download in bytes; it can be cancelled."""
        self.cancel_button.setVisible(self._is_busy)
        self.progress.setRange(0, 1000 if total else 0)
        if total:
            self.progress.setValue(1000 * done // total)

    def show_outcome(self, sentence: str) -> None:
        self.outcome.setText(sentence)

    def show_added(self, name: str) -> None:
        self.name_field.clear()
        self.list.select(name)
        self.show_outcome(tr("{name} was added.", name=name))

    def show_digest(self, path: Path, digest: str) -> None:
        self._digests[path] = digest
        self._show_details()

    # Files that are dropped

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if not self._is_busy and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        self._request(files[0])

    # How it is done

    def _build(self) -> None:
        self.details.setOpenExternalLinks(True)
        self.details.document().setDocumentMargin(12)
        self.details.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)  # a digest is one long word
        self.add_button.setToolTip(tr("Add a published checkpoint or a weights file; you can also drop it here"))
        self.name_field.setPlaceholderText(tr("name (optional)"))
        self.name_field.setToolTip(tr("The name of the added model; by default that of its file or layout"))
        self.name_field.setAccessibleName(tr("Name of the added model"))
        self.name_field.setMinimumWidth(120)
        self.name_field.setMaximumWidth(160)
        self.choose_button.setToolTip(tr("Follow with this tracker from the next run on, in every project"))
        self.fetch_button.setToolTip(tr("Download this model from its publisher and add it to yours"))
        self.progress.setMaximumWidth(160)
        self.progress.setVisible(False)
        self.cancel_button.setVisible(False)
        self.outcome.setTextFormat(Qt.TextFormat.PlainText)
        self.outcome.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        splitter = QSplitter()
        splitter.addWidget(self.list)
        splitter.addWidget(self.details)
        splitter.setSizes([430, 620])
        splitter.setChildrenCollapsible(False)
        close = QPushButton(tr("Close"))
        close.clicked.connect(self.reject)
        news = QHBoxLayout()
        news.setSpacing(8)
        news.addWidget(self.outcome, 1)
        news.addWidget(self.progress)
        news.addWidget(self.cancel_button)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        actions = self.add_button, self.name_field, self.fetch_button, self.remove_button, self.choose_button
        for widget in actions:
            buttons.addWidget(widget)
        buttons.addStretch(1)
        buttons.addWidget(close)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)  # Return in the list or the name must not close the dialog
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addWidget(splitter, 1)
        layout.addLayout(news)
        layout.addLayout(buttons)
        self.resize(FIRST_SIZE)

    def _on_selected(self) -> None:
        self._show_details()
        self._enable()
        entry = self.list.selected
        if isinstance(entry, Model) and not entry.plugin and entry.path not in self._digests:
            self.digest_wanted.emit(entry)

    def _show_details(self) -> None:
        entry = self.list.selected
        if entry is None:
            self.details.clear()
            return
        text = self._text_of(entry)
        self.details.document().setMarkdown(text, MARKDOWN)
        _drop_empty_headings(self.details.document())

    def _text_of(self, entry: Entry) -> str:
        if isinstance(entry, DamagedModel):
            return details_of_damaged(entry)
        if isinstance(entry, PublishedModel):
            return details_of_published(entry)
        if entry.plugin:
            return details_of_plugin(entry)
        if not entry.path.is_file():  # never replace or delete files without asking
            return details_of_gone(entry)
        return details_of(entry, digest=self._digests.get(entry.path, ""))

    def _enable(self) -> None:
        entry = self.list.selected
        self.add_button.setEnabled(not self._is_busy)
        is_built_in = isinstance(entry, Model) and entry.is_built_in
        is_added = isinstance(entry, Model | DamagedModel) and not is_built_in and not entry.plugin
        self.remove_button.setEnabled(is_added and not self._is_busy)
        can_be_fetched = isinstance(entry, PublishedModel) and entry.is_plain_download
        self.fetch_button.setEnabled(can_be_fetched and not self._is_busy)
        self.remove_button.setToolTip(
            tr("What comes with Siamark cannot be removed") if is_built_in else tr("Delete this model from your models")
        )
        can_follow = isinstance(entry, Model) and entry.family.is_tracker and entry.name != self._chosen
        self.choose_button.setEnabled(can_follow and not self._is_busy)

    def _on_add(self) -> None:
        chooser = QFileDialog(self, tr("Add a model"))
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.setNameFilters([translated(one) for one in FILTERS])
        chooser.fileSelected.connect(lambda path: self._request(Path(path)))
        chooser.finished.connect(chooser.deleteLater)
        chooser.open()

    def _request(self, path: Path) -> None:
        self.add_requested.emit(path, self.name_field.text().strip())

    def _on_choose(self) -> None:
        if self.choose_button.isEnabled() and self.list.selected is not None:
            self.choose_requested.emit(self.list.selected.name)

    def _on_remove(self) -> None:
        entry = self.list.selected
        if entry is None:
            return
        told = tr("Remove {entry}? Its file is deleted; runs that it made stay as they are.", entry=entry.name)
        if entry.name == self._chosen:
            told += tr(" It is the default: Siamark's own takes its place.")
        box = QMessageBox(QMessageBox.Icon.Question, tr("Models"), told, parent=self)
        box.setTextFormat(Qt.TextFormat.PlainText)
        remove = box.addButton(tr("Remove"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        remove.clicked.connect(lambda: self.remove_requested.emit(entry.name))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        drop_icons(box)
        box.open()


def _drop_empty_headings(document: QTextDocument) -> None:
    """Remove the empty heading rows of tables, because Markdown has no tables without one."""
    for table in document.rootFrame().childFrames():
        if isinstance(table, QTextTable):
            cells = [table.cellAt(0, column) for column in range(table.columns())]
            if not any(cell.firstCursorPosition().block().text() for cell in cells):
                table.removeRows(0, 1)
