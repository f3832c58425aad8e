"""What importing a module loads; each is tried in a new interpreter."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

# A headless command makes no window, and the window is up before a network is first asked for.
LIGHT_IMPORTS = [
    ("app.cli.main", ["PySide6", "pyqtgraph", "torch"]),
    ("app.application", ["torch", "pyqtgraph"]),
    ("tracker_core", ["torch", "cv2", "numpy", "app", "PySide6"]),
    ("tracker_core.geometry", ["torch", "cv2", "PySide6"]),
    ("tracker_core.tracker", ["torch", "cv2", "PySide6"]),
    ("tracker_core.decision.score_map", ["torch", "cv2", "PySide6"]),
    ("tracker_core.decision.evidence", ["torch", "PySide6"]),
    ("tracker_core.weights.catalog", ["torch", "PySide6"]),
]


@pytest.mark.parametrize(("module", "heavy"), LIGHT_IMPORTS, ids=[module for module, _ in LIGHT_IMPORTS])
def test_importing_a_module_leaves_the_heavy_ones_alone(module: str, heavy: list[str], project_root: Path) -> None:
    program = f"import sys, {module}; print(*(name for name in {heavy!r} if name in sys.modules))"
    answer = subprocess.run(
        [sys.executable, "-c", program], cwd=project_root, capture_output=True, text=True, timeout=60, check=False
    )
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.split() == [], f"importing {module} also imports {answer.stdout}"
