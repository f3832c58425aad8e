"""Colours with the same meaning everywhere."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QColor

DOUBT: Final = QColor("#f5a524")
"""Amber, for doubtful boxes, frames and scores. Differs clearly from white, black, and every track's colour."""
ON_DOUBT: Final = QColor("#1a1300")
"""For text and signs on amber."""
REVIEWED: Final = QColor("#2e9e5b")
"""Green: reviewed, and a finished review."""
