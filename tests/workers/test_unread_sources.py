from __future__ import annotations

import subprocess
import sys

WINDOW_THAT_IMPORTS = """
import linecache, sys
from app.application import make_qt_application
qt = make_qt_application()
assert "smtplib" not in sys.modules
import smtplib
print([name for name in linecache.cache if name.endswith("smtplib.py")])
"""


def test_the_source_of_a_module_that_is_imported_is_not_kept() -> None:
    window = subprocess.run([sys.executable, "-c", WINDOW_THAT_IMPORTS], capture_output=True, text=True, check=True)

    assert window.stdout.strip() == "[]"
