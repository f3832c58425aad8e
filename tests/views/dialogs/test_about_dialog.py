from __future__ import annotations

import platform
import subprocess
import sys
from pathlib import Path

import PySide6
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.views.dialogs.about import AboutDialog


def test_copy_puts_the_versions_and_the_device_on_the_clipboard(qtbot: QtBot) -> None:
    dialog = AboutDialog(siamark_version="1.2.3", device="CPU, 2 threads")
    qtbot.addWidget(dialog)
    dialog.copy_button.click()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[:4] == [
        "Siamark: 1.2.3",
        "Device: CPU, 2 threads",
        f"Python: {platform.python_version()}",
        f"PySide6: {PySide6.__version__}",
    ]
    assert any(line.startswith("PyTorch: 2") for line in lines)


def test_the_version_of_torch_is_told_without_importing_torch(project_root: Path) -> None:
    program = (
        "import sys; from PySide6.QtWidgets import QApplication; application = QApplication([]);"
        "from app.views.dialogs.about import AboutDialog;"
        "print('PyTorch: ' in AboutDialog(siamark_version='0', device='-').text, 'torch' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", program], cwd=project_root, capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["True", "False"]
