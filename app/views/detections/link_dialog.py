"""Asks how detections are linked to tracks, and shows the expected result while the person chooses."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QSpinBox,
    QWidget,
)

from app.language import marked, tr, tr_counted, translated
from app.model.linking import LEAST_IOU, LONGEST_GAP, LinkRules
from app.views.style.button_box import button_box

MILLISECONDS = 150
"""Milliseconds from the last change of a number until the result is counted again."""
LONGEST_ASKED = 1_000_000
HINT = marked("Boxes of one label that overlap from frame to frame become a track. The others stay ghosts.")


class LinkDialog(QDialog):
    """
    Signals:
        count_requested(LinkRules): count what these rules would link. take_requested: link.
    """

    count_requested = Signal(object)
    take_requested = Signal()

    def __init__(self, count: int, parent: QWidget | None = None) -> None:
        """``count``: how many detections there are."""
        super().__init__(parent)
        self.setWindowTitle(tr("Link detections"))
        self._count = count
        self.overlap = QDoubleSpinBox(decimals=2, singleStep=0.05, minimum=0.05, maximum=1.0, value=LEAST_IOU)
        self.gap = QSpinBox(minimum=0, maximum=LONGEST_GAP, value=5)
        self.gap.setSuffix(tr(" frames"))
        self.shortest = QSpinBox(minimum=1, maximum=LONGEST_ASKED, value=3)
        self.shortest.setSuffix(tr(" detections"))
        self.score = QDoubleSpinBox(decimals=2, singleStep=0.05, minimum=0.0, maximum=1.0, value=0.3)
        self.outcome = QLabel(wordWrap=True)
        hint = QLabel(translated(HINT), wordWrap=True)
        hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        kinds = QDialogButtonBox.StandardButton
        buttons = button_box(kinds.Ok | kinds.Cancel)
        self.ok = buttons.button(kinds.Ok)
        self.ok.setText(tr("Link"))
        buttons.accepted.connect(self.take_requested)
        buttons.rejected.connect(self.reject)
        form = QFormLayout(self)
        form.addRow(hint)
        for title, field, tip in (
            (
                tr("&Overlap from"), self.overlap,
                tr("Overlap (IoU) of a box with the last box of its track, or with the predicted one"),
            ),
            (tr("Longest &gap"), self.gap, tr("A track continues across this many frames without a detection")),
            (tr("&Shortest track"), self.shortest, tr("Shorter tracks stay detections")),
            (
                tr("&Least score"), self.score,
                tr("Detections with a lower score stay as they are; those without a score are used"),
            ),
        ):  # fmt: skip
            field.setToolTip(tip)
            field.valueChanged.connect(self._on_changed)
            form.addRow(title, field)
        form.addRow(self.outcome)
        form.addRow(buttons)
        self.setMinimumWidth(max(380, self.minimumSizeHint().width()))
        self._soon = QTimer(self, singleShot=True, interval=MILLISECONDS)
        self._soon.timeout.connect(self._ask)

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self._on_changed()

    @property
    def rules(self) -> LinkRules:
        return LinkRules(self.overlap.value(), self.gap.value(), self.shortest.value(), self.score.value())

    def show_outcome(self, tracks: int, used: int, rules: LinkRules) -> None:
        """Show what these rules would link. Ignored if the fields have other rules by now."""
        if rules == self.rules:
            self.outcome.setText(
                tr(
                    "{tracks} of {used} of {detections}.",
                    tracks=tr_counted(tracks, "track"),
                    used=f"{used:,}",
                    detections=tr_counted(self._count, "detection"),
                )
            )
            self.ok.setEnabled(tracks > 0)

    @Slot()
    def _on_changed(self) -> None:
        self.outcome.setText(tr("Counting…"))
        self.ok.setEnabled(False)
        self._soon.start()

    @Slot()
    def _ask(self) -> None:
        self.count_requested.emit(self.rules)
