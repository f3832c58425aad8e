"""Connects the bubble to the tour: its text, and the control beside which it lies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QTimer, Slot
from PySide6.QtWidgets import QWidget

from app.controllers.tour import TourController, TourStep
from app.language import marked, tr, translated
from app.views.tour.bubble import Bubble
from app.views.tour.places import Side

MOVES = {QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.LayoutRequest}


class Words(NamedTuple):
    """The words of a step. In ``text``, the id of an action in braces stands for its key."""

    text: str
    go_on: str = marked("Next")
    end: str = marked("End the tour")


WORDS: Mapping[TourStep, Words] = {
    TourStep.OFFER: Words(
        marked("A tour of two minutes on a short clip shows the whole job. You also find it in the Help menu."),
        go_on=marked("Begin the tour"),
        end=marked("Not now"),
    ),
    TourStep.DRAW: Words(
        marked("Drag a box around the red car at the left, as tight as you can. It shows the tracker what to follow.")
    ),
    TourStep.NAME: Words(marked("Type what it is, car for example, and press Enter.")),
    TourStep.TRACK: Words(marked("Press {track_forward}: the tracker follows the car through the clip.")),
    TourStep.WATCH: Words(
        marked("Each frame gets a box. {pause_run} pauses and {stop_run} stops; what is tracked until then stays.")
    ),
    TourStep.SCORE: Words(
        marked("The line is the score: how likely each box is right. Click into the timeline where it is low.")
    ),
    TourStep.CORRECT: Words(
        marked("Is the box off the car? Drag it or its edges: what lies around is tracked again. If it fits, go on.")
    ),
    TourStep.FIND: Words(
        marked("Press {next_doubt}: Siamark goes to the box that is most likely wrong, and says why.")
    ),
    TourStep.ANSWER: Words(
        marked(
            "Is it right? {accept_doubt}. Is the car gone? {toggle_absent}. Else draw the right box: nothing else is "
            "to be pressed. The ring closes as you answer."
        )
    ),
    TourStep.EXPORT: Words(
        marked("Answer the other doubts in the same way. Then {export} writes all boxes in the format that you need.")
    ),
    TourStep.END: Words(
        marked("That is the whole job. {shortcuts} shows every key, and {commands} finds every command."),
        go_on=marked("Close"),
        end="",
    ),
}


class Anchor(NamedTuple):
    """The widget that a step is about. ``reveal`` shows it if it is closed or behind a tab; ``part`` is a rectangle in
    the widget, in its pixels, if the step is not about all of it. ``takes_in``: the bubble lies inside the widget;
    ``prefers``: the side to try first.
    """

    widget: Callable[[], QWidget]
    reveal: Callable[[], object] = lambda: None
    part: Callable[[], QRect] | None = None
    takes_in: bool = False
    prefers: Side = Side.BELOW


class TourPresenter(QObject):
    def __init__(
        self,
        window: QWidget,
        *,
        tour: TourController,
        anchors: Mapping[TourStep, Anchor],
        key_of: Callable[[str], str],
        on_closed: Callable[[], object],
    ) -> None:
        """``anchors``: one for each step. ``key_of``: from the id of an action to its key, as a person reads it.
        ``on_closed``: called when a bubble that had the focus closes.
        """
        super().__init__(window)
        self._window = window
        self._tour = tour
        self._anchors = anchors
        self._key_of = key_of
        self._on_closed = on_closed
        self._anchor: Anchor | None = None
        self._widget: QWidget | None = None  # the anchor's
        self.bubble = Bubble(window)
        self.bubble.went_on.connect(tour.go_on)
        self.bubble.ended.connect(tour.end)
        self._placing = QTimer(self, singleShot=True, interval=0)
        self._placing.timeout.connect(self._place)
        tour.changed.connect(self._on_changed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The bubble follows its control."""
        if event.type() in MOVES:
            self._placing.start()
        return False

    @Slot()
    def _on_changed(self) -> None:
        step = self._tour.step
        if self._widget is not None:
            self._widget.removeEventFilter(self)
            self._anchor = self._widget = None
        if step is None:
            self._window.removeEventFilter(self)
            had_focus = self.bubble.isAncestorOf(self._window.focusWidget() or self._window)
            self.bubble.hide()
            if had_focus:
                self._on_closed()
            return
        self._window.installEventFilter(self)
        anchor = self._anchor = self._anchors[step]
        anchor.reveal()
        self._widget = anchor.widget()
        self._widget.installEventFilter(self)
        words = WORDS[step]
        self.bubble.tell(
            _count(step),
            _with_keys(translated(words.text), self._key_of),
            go_on=(translated(words.go_on), self._key_of("tour_on")),
            end=(translated(words.end), self._key_of("tour_end")),
        )
        self._place()
        self.bubble.announce()

    @Slot()
    def _place(self) -> None:
        """Place the bubble at its control, or at the upper right of the window while the control is closed."""
        anchor, widget = self._anchor, self._widget
        if anchor is None or widget is None:
            return
        if widget.isVisible() and widget.window() is self._window:
            part = widget.rect() if anchor.part is None else anchor.part()
            part.translate(widget.mapTo(self._window, QPoint(0, 0)))
            self.bubble.point_at(part, within=anchor.takes_in, prefers=anchor.prefers)
        else:
            self.bubble.point_at(self._window.rect(), within=True)


def _count(step: TourStep) -> str:
    if step is TourStep.OFFER:
        return tr("New to Siamark?")
    if step is TourStep.END:
        return tr("Done")
    return tr("Step {number} of {count}", number=int(step), count=TourStep.END - 1)


def _with_keys(text: str, key_of: Callable[[str], str]) -> str:
    class Keys(dict[str, str]):
        def __missing__(self, action_id: str) -> str:
            return key_of(action_id)

    return text.format_map(Keys())
