"""Colours that mean the same wherever they are seen."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QColor

DOUBT: Final = QColor("#f5a524")
"""Amber: of boxes, frames and scores that are doubtful. It can be told from white, from black, and from any track."""
ON_DOUBT: Final = QColor("#1a1300")
"""Text and signs on it."""
REVIEWED: Final = QColor("#2e9e5b")
"""Green: what a person has looked at and let stand, and a review that is done."""
