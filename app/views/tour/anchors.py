"""The control beside which each step of the tour is shown."""

from __future__ import annotations

from PySide6.QtWidgets import QToolBar, QWidget

from app.controllers.tour import TourStep
from app.views.tour.places import Side
from app.views.tour.presenter import Anchor
from app.views.window.action_set import Actions
from app.views.window.actions import HELP
from app.views.window.main_window import MainWindow
from app.views.window.menus import place_of_menu


def tour_anchors(
    window: MainWindow,
    actions: Actions,
    *,
    toolbar: QToolBar,
    picture: QWidget,
    label_field: QWidget,
    timeline: QWidget,
    review: QWidget,
) -> dict[TourStep, Anchor]:
    at_picture = Anchor(lambda: picture, takes_in=True)
    at_timeline = Anchor(lambda: timeline, lambda: window.show_panel("Timeline", True))
    at_review = Anchor(lambda: review, lambda: window.bring_forward("Review"))
    return {
        TourStep.OFFER: at_picture,
        TourStep.DRAW: at_picture,
        TourStep.NAME: Anchor(lambda: label_field, prefers=Side.RIGHT),
        TourStep.TRACK: Anchor(lambda: toolbar.widgetForAction(actions.by_id["track_forward"])),
        TourStep.WATCH: at_timeline,
        TourStep.SCORE: at_timeline,
        TourStep.CORRECT: at_picture,
        TourStep.FIND: at_review,
        TourStep.ANSWER: at_review,
        TourStep.EXPORT: Anchor(lambda: toolbar.widgetForAction(actions.by_id["export"])),
        TourStep.END: Anchor(window.menuBar, part=lambda: place_of_menu(window, HELP)),
    }
