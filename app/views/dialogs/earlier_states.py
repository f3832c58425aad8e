"""The dialog of a project's earlier states."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QDateTime, Signal, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QListWidget, QVBoxLayout, QWidget

from app.language import tr, tr_counted
from app.store.backups import KEPT, EarlierState
from app.views.style.button_box import button_box
from app.views.style.wrapped import WrappedLabel

WIDTH = 420


class EarlierStatesDialog(QDialog):
    """
    Signals:
        chosen(EarlierState): go back to it.
    """

    chosen = Signal(object)

    def __init__(self, states: Sequence[EarlierState], parent: QWidget | None = None) -> None:
        """``states``: the newest first."""
        super().__init__(parent)
        self.setWindowTitle(tr("Earlier states"))
        self._states = tuple(states)
        told = WrappedLabel(
            tr(
                "Each time this project was opened, a copy was kept. If you go back to one, the present state is added "
                "to this list."
            )
            if states
            else tr("There is no earlier state yet. One is kept each time that the project is opened.")
        )
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Earlier states"))
        self.list.addItems([_line(state) for state in states])
        self.list.setVisible(bool(states))
        self.list.setFixedHeight(KEPT * self.list.sizeHintForRow(0) + 4 * self.list.frameWidth())
        buttons = button_box(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        self.back_button = buttons.addButton(tr("Go back to it"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.back_button.setEnabled(bool(states))
        self.back_button.setDefault(True)
        buttons.accepted.connect(self._on_accepted)
        self.list.itemDoubleClicked.connect(self._on_accepted)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addWidget(told)
        layout.addWidget(self.list)
        layout.addWidget(buttons)
        layout.addStrut(WIDTH)
        if states:
            self.list.setCurrentRow(0)
            self.list.setFocus()

    @Slot()
    def _on_accepted(self) -> None:
        self.accept()
        self.chosen.emit(self._states[self.list.currentRow()])


def _line(state: EarlierState) -> str:
    when = QDateTime.fromSecsSinceEpoch(round(state.changed_at)).toString("yyyy-MM-dd HH:mm:ss")  # as `recover --list`
    if state.tracks is None:
        return tr("{when}: cannot be read", when=when)
    return f"{when}: {tr_counted(state.tracks, 'track')}"
