"""The about page: versions, for the curious and for bug reports."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.language import marked, tr, translated
from app.views.style.button_box import button_box
from app.views.style.icons import app_icon

# From the installed packages' metadata, because importing torch takes seconds.
PARTS = (
    ("PySide6", "PySide6-Essentials"),
    ("PyTorch", "torch"),
    ("PyAV", "av"),
    ("NumPy", "numpy"),
    ("OpenCV", "opencv-python-headless"),
    ("pyqtgraph", "pyqtgraph"),
)
PURPOSE = marked("Turns one drawn box into a corrected track.")
LICENCE = marked("Apache License 2.0. Qt and PySide6 are used under the LGPL, version 3.")


class AboutDialog(QDialog):
    """Versions, the trackers' device, and the licence; all of it can be copied."""

    def __init__(self, *, siamark_version: str, device: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("About Siamark"))
        self._facts = [
            ("Siamark", siamark_version),
            (tr("Device"), device),
            ("Python", platform.python_version()),
            *((name, _version_of(package)) for name, package in PARTS),
            (tr("System"), platform.platform(terse=True)),
        ]
        picture = QLabel()
        picture.setPixmap(app_icon().pixmap(64, 64))
        picture.setAlignment(Qt.AlignmentFlag.AlignTop)
        name = QLabel("Siamark")
        large = name.font()
        large.setPointSizeF(large.pointSizeF() * 1.6)
        large.setBold(True)
        name.setFont(large)

        facts = QFormLayout()
        facts.setHorizontalSpacing(16)
        facts.setVerticalSpacing(4)
        facts.setContentsMargins(0, 12, 0, 12)
        for title, value in self._facts:
            label = QLabel(value)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            facts.addRow(title, label)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(name)
        column.addWidget(QLabel(translated(PURPOSE)))
        column.addLayout(facts)
        column.addWidget(QLabel(translated(LICENCE)))
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(picture)
        row.addLayout(column, 1)

        buttons = button_box(QDialogButtonBox.StandardButton.Close)
        self.copy_button = buttons.addButton(tr("Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        self.copy_button.setToolTip(tr("Copy the versions, to paste into a report"))
        self.copy_button.clicked.connect(self._on_copy)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.setSpacing(12)
        layout.addLayout(row)
        layout.addWidget(buttons)
        layout.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)

    @property
    def text(self) -> str:
        """The text for the clipboard, a line for each fact."""
        return "\n".join(f"{title}: {value}" for title, value in self._facts)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text)


def _version_of(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return tr("not installed")
