"""Two tracks side by side, before their meeting and after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QPalette, QPixmap
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.language import marked, tr
from app.model.meeting import Meeting, MeetingKind, Sight
from app.views.review.answer_button import answer_button
from app.views.style.theme import SPACING

CROP_SIDE = 96
MOST_SAID = 0.99
"""The highest probability shown: a guess is never called certain."""


@dataclass(frozen=True, slots=True)
class Question:
    """A meeting, and how likely its tracks are mixed up there."""

    meeting: Meeting
    mixed_up: float

    @property
    def sentence(self) -> str:
        one, other = self.meeting.one, self.meeting.other
        likely = f"{min(self.mixed_up, MOST_SAID):.0%}".replace("%", "\N{NO-BREAK SPACE}%")
        if self.meeting.kind is MeetingKind.RELAY:
            return tr(
                "Is #{other} the same object as #{one}? The verifier guesses {likely}.",
                other=other,
                one=one,
                likely=likely,
            )
        return tr(
            "Have #{one} and #{other} swapped? The verifier guesses {likely}.", one=one, other=other, likely=likely
        )

    @property
    def rows(self) -> tuple[tuple[Sight, Sight], ...]:
        """Pairs to show side by side: in a relay, one track and then the other; in a crossing, each track before and
        after.
        """
        meeting = self.meeting
        if meeting.kind is MeetingKind.RELAY:
            return ((meeting.before[0], meeting.after[0]),)
        return tuple((_first(meeting.before, key), _first(meeting.after, key)) for key in (meeting.one, meeting.other))


def _first(sights: tuple[Sight, ...], track_id: int) -> Sight:
    return next(sight for sight in sights if sight.track_id == track_id)


class WhoIsWho(QWidget):
    """The question, the crops and the answer buttons."""

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.question: Question | None = None
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self._pictures: dict[Sight, QLabel] = {}
        self._grid = QGridLayout()
        self._grid.setSpacing(SPACING)
        self.join_button = answer_button(actions["join_here"], marked("Join"))
        self.swap_button = answer_button(actions["swap_here"], marked("Swap"), key_of=actions["previous_keyframe"])
        self.leave_button = answer_button(actions["accept_doubt"], marked("Leave"))
        self.next_button = answer_button(actions["next_doubt"], marked("Next"))
        answers = QHBoxLayout()
        answers.setSpacing(SPACING)
        for button in (self.join_button, self.swap_button, self.leave_button, self.next_button):
            answers.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACING, 0, SPACING, SPACING)
        column.setSpacing(2 * SPACING)
        column.addWidget(self.sentence)
        column.addLayout(self._grid)
        column.addLayout(answers)
        self.hide()

    def ask(self, question: Question | None) -> None:
        """Show a question; its pictures follow by ``set_picture``."""
        if question == self.question:
            return
        self.question = question
        self._pictures.clear()
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        if question is None:
            return
        self.sentence.setText(question.sentence)
        is_relay = question.meeting.kind is MeetingKind.RELAY
        self.join_button.setVisible(is_relay)
        self.swap_button.setVisible(not is_relay)
        for number, row in enumerate(question.rows):
            for column, sight in enumerate(row):
                picture, caption = _cell(sight)
                self._pictures[sight] = picture
                self._grid.addWidget(picture, 2 * number, column, Qt.AlignmentFlag.AlignCenter)
                self._grid.addWidget(caption, 2 * number + 1, column, Qt.AlignmentFlag.AlignCenter)

    @property
    def has_all_pictures(self) -> bool:
        return all(not picture.pixmap().isNull() for picture in self._pictures.values())

    def set_picture(self, sight: Sight, pixmap: QPixmap) -> None:
        picture = self._pictures.get(sight)
        if picture is not None:
            picture.setPixmap(pixmap)


def _cell(sight: Sight) -> tuple[QLabel, QLabel]:
    picture, caption = QLabel(), QLabel(tr("#{track_id}, frame {frame}", track_id=sight.track_id, frame=sight.frame))
    picture.setFixedSize(CROP_SIDE, CROP_SIDE)
    picture.setAutoFillBackground(True)
    picture.setBackgroundRole(QPalette.ColorRole.Midlight)
    picture.setAccessibleName(caption.text())
    caption.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return picture, caption
