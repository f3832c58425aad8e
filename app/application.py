"""The composition root: builds every object of the window and connects them. It contains no rules.

Read ``Application.__init__`` first. The objects are built from the bottom up: workers (threads), controllers (what a
person can do), presenters (one for each panel), and the window around them. ``_join`` connects the rest.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QThreadPool, Slot
from PySide6.QtWidgets import QApplication

from app.assist.errand import Comparer
from app.assist.learning import Trainer
from app.controllers.arranging import ArrangingController
from app.controllers.attributes import AttributesController
from app.controllers.certificate import CertificateController
from app.controllers.detections import DetectionsController
from app.controllers.doubt_page import DoubtPageController
from app.controllers.editing import EditingController
from app.controllers.errands import ErrandsController
from app.controllers.exporting import ExportingController
from app.controllers.find_again import FindAgainController
from app.controllers.history import HistoryController
from app.controllers.identity import IdentityController
from app.controllers.importing import ImportingController
from app.controllers.labels import LabelsController
from app.controllers.learning import LearningController
from app.controllers.left_frame import LeftFrameController
from app.controllers.look_alikes import LookAlikesController
from app.controllers.models import ModelsController
from app.controllers.notes import NotesController
from app.controllers.playback import PlaybackController
from app.controllers.project import ProjectController
from app.controllers.proposals import ProposalsController
from app.controllers.redrawing import RedrawingController
from app.controllers.review import ReviewController
from app.controllers.score_map import ScoreMapController
from app.controllers.seeking import SeekingController
from app.controllers.settings import SettingsController
from app.controllers.showing import ShowingController
from app.controllers.shown_tracks import ShownTracks
from app.controllers.spans import SpanController
from app.controllers.tightening import TighteningController
from app.controllers.tour import TourController, TourStep
from app.controllers.tracker_choice import TrackerChoiceController
from app.controllers.tracking import TrackingController
from app.controllers.workspace import WorkspaceController
from app.document.document import Document
from app.document.session import Session
from app.language import marked
from app.settings.doubt_rules import doubt_rules
from app.settings.schema import CACHE_MEGABYTES, DOUBT_SCORE, LANGUAGE, TARGET_IOU, THEME, Setting
from app.settings.store import SettingsStore
from app.store.autosave import LeftOpen
from app.store.left_frames import LeftFrames
from app.store.places import Places
from app.views.attributes.presenter import PANEL as ATTRIBUTES_PANEL
from app.views.attributes.presenter import AttributesPresenter
from app.views.canvas.looking import LookingPresenter
from app.views.canvas.presenter import CanvasPresenter
from app.views.contact_sheet.presenter import ContactSheetPresenter
from app.views.detections.presenter import DetectionsPresenter
from app.views.errands.presenter import ErrandsPresenter
from app.views.exporting.presenter import ExportingPresenter
from app.views.importing.presenter import ImportingPresenter
from app.views.labels.presenter import LabelsPresenter
from app.views.learning.presenter import LearningPresenter
from app.views.models.presenter import ModelsPresenter
from app.views.notes.presenter import NotesPresenter
from app.views.review.certificate_presenter import CertificatePresenter
from app.views.review.doubt_sheet_presenter import DoubtSheetPresenter
from app.views.review.presenter import ReviewPresenter
from app.views.review.who_is_who_presenter import WhoIsWhoPresenter
from app.views.score_map.presenter import ScoreMapPresenter
from app.views.settings.presenter import SettingsPresenter, chosen_keys
from app.views.style.icons import app_icon
from app.views.style.languages import use_language
from app.views.style.theme import apply_theme
from app.views.timeline.presenter import TimelinePresenter
from app.views.tour.anchors import tour_anchors
from app.views.tour.presenter import TourPresenter
from app.views.track_list.presenter import TrackListPresenter
from app.views.tracking.presenter import TrackingPresenter
from app.views.tracking.toolbar_stop import ToolbarStop
from app.views.tracks.panel import TracksPanel
from app.views.transport.presenter import TransportPresenter
from app.views.window.action_set import Actions
from app.views.window.actions import panel_row
from app.views.window.context_menus import OF_TRACK, ContextMenus
from app.views.window.doers import Doers
from app.views.window.files import FilesPresenter
from app.views.window.help import HelpPresenter
from app.views.window.main_window import BOTTOM, LEFT, RIGHT, MainWindow, window_places
from app.views.window.menus import ThemeMenu, fill_menu_bar, make_toolbar
from app.views.window.status import StatusBar
from app.views.workspace.presenter import PANEL as WORKSPACE_PANEL
from app.views.workspace.presenter import WorkspacePresenter
from app.workers.crop_worker import CropWorker
from app.workers.errand_worker import ErrandWorker
from app.workers.explanation_worker import ExplanationWorker
from app.workers.frame_loader import FrameLoader
from app.workers.garbage import GarbageCollector
from app.workers.learning_worker import LearningWorker
from app.workers.tracker_pool import TrackerPool, load_from
from app.workers.tracking_worker import TrackingWorker
from app.workers.unread_sources import leave_sources_unread
from app.workspace.entries import WorkspacePlaces
from resources import DEMO_VIDEO
from tracker_core.weights.catalog import load_verifier

MEGABYTE = 1_000_000


class Application(QObject):
    """The window and everything behind it. Closing the window calls ``shutdown``, which ends every thread."""

    def __init__(
        self,
        qt: QApplication,
        *,
        pool: TrackerPool | None = None,
        trainer: Trainer | None = None,
        load_comparer: Callable[[], Comparer] | None = None,
        home: Path | None = None,
    ) -> None:
        """``home``: a folder for settings and projects instead of the person's own, so that no trace is left. ``pool``,
        ``trainer`` and ``load_comparer`` replace the functions that load trackers, train them and load the verifier.
        """
        super().__init__()
        self._is_shut_down = False
        self._places = Places.of_person() if home is None else Places.below(home)
        self.settings = SettingsStore(self._places.settings)
        use_language(qt, self.settings.get(LANGUAGE))
        apply_theme(qt, self.settings.get(THEME))
        self._build_workers(pool, trainer, load_comparer)
        self._build_controllers()
        self._build_window(qt)
        self._join()
        self.models.refresh()
        self.exporting.look_for_plugins()

    def _build_workers(
        self, pool: TrackerPool | None, trainer: Trainer | None, load_comparer: Callable[[], Comparer] | None
    ) -> None:
        self.pool = pool or TrackerPool(load_from(self._places.models))
        self.loader = FrameLoader(cache_bytes=self.settings.get(CACHE_MEGABYTES) * MEGABYTE, parent=self)
        self.tracking_worker = TrackingWorker(self.pool)
        self.explanation_worker = ExplanationWorker(self.pool)
        self.learning_worker = LearningWorker(trainer=trainer)
        self.errand_worker = ErrandWorker(self.pool, load_comparer or load_verifier)
        self.search_worker = ErrandWorker(self.pool, load_comparer or load_verifier, name="search")
        self.identity_worker = ErrandWorker(self.pool, load_comparer or load_verifier, name="identity")
        self.sheet_crops, self.doubt_crops, self.identity_crops = CropWorker(), CropWorker(), CropWorker()

    def _build_controllers(self) -> None:
        settings, places = self.settings, self._places
        document = self.document = Document(self)
        session = self.session = Session(document, self)
        session.set_doubt_rules(doubt_rules(settings))
        self.settings_controller = SettingsController(settings, self)
        self.project = ProjectController(
            document, self.loader, settings, LeftOpen(places.left_open), places.projects, self
        )
        self.playback = PlaybackController(document, session, self.loader, self)
        left_frames = LeftFrames(places.left_open.with_name("frames.json"))
        self.left_frame = LeftFrameController(document, session, left_frames, self)
        self.editing = EditingController(document, session, self)
        self.history = HistoryController(document, session, playback=self.playback, parent=self)
        self.review = ReviewController(document, session, playback=self.playback, editing=self.editing, parent=self)
        self.redrawing = RedrawingController(document, session, review=self.review, parent=self)
        self.doubt_page = DoubtPageController(document, review=self.review, playback=self.playback, parent=self)
        self.certificate = CertificateController(document, session, settings, playback=self.playback, parent=self)
        self.arranging = ArrangingController(document, session, review=self.review, parent=self)
        self.exporting = ExportingController(document, self.settings_controller, self)
        self.importing = ImportingController(document, self.settings_controller, self)
        self.tracking = TrackingController(document, session, self.tracking_worker, settings, self)
        self.errands = ErrandsController(document, self.errand_worker, self)
        self.tightening = TighteningController(document, session, self.errands, settings, self)
        self.labels = LabelsController(document, session, editing=self.editing, parent=self)
        self.seeking = SeekingController(document, session, playback=self.playback, parent=self)
        self.notes = NotesController(document, session, playback=self.playback, parent=self)
        self.attributes = AttributesController(document, session, playback=self.playback, parent=self)
        self.detections = DetectionsController(document, session, playback=self.playback, parent=self)
        self.showing = ShowingController(document, session, self)
        self.spans = SpanController(
            document, session, editing=self.editing, review=self.review, arranging=self.arranging,
            tracking=self.tracking, parent=self,
        )  # fmt: skip
        self.identity = IdentityController(
            document, session, self.identity_worker, review=self.review, arranging=self.arranging, parent=self
        )
        self.searches = ErrandsController(document, self.search_worker, self)
        self.find_again = FindAgainController(
            document, session, self.searches, settings, review=self.review, tracking=self.tracking, parent=self
        )
        self.look_alikes = LookAlikesController(document, session, self.errands, settings, self)
        self.models = ModelsController(places.models, self)
        self.tracker_choice = TrackerChoiceController(settings, self.pool, self.models, self)
        self.learning = LearningController(document, self.project, self.learning_worker, self.models, settings, self)
        self.score_map = ScoreMapController(
            document, session, self.explanation_worker, settings, self.models.constants_of, self
        )
        self.proposals = ProposalsController(
            document, session, tracking=self.tracking, playback=self.playback, parent=self
        )
        workspace_places = WorkspacePlaces(places.projects, places.left_open.with_name("workspace-figures"))
        self.workspace = WorkspaceController(document, session, self.project, workspace_places, self)
        self.tour = TourController(
            document, session, self.settings_controller, project=self.project, playback=self.playback,
            editing=self.editing, tracking=self.tracking, review=self.review, exporting=self.exporting, parent=self,
        )  # fmt: skip

    def _build_window(self, qt: QApplication) -> None:
        """Actions come first, because views show them as buttons; last, they get their doers."""
        self.window = MainWindow(window_places(self._places.settings.with_name("window.ini")))
        self.actions = Actions(self.window, chosen_keys(self.settings_controller))
        self._build_presenters()
        self._add_panels()
        self._add_bars(qt)
        self._add_tour()
        self.window.restore_places()
        self._join_actions()

    def _build_presenters(self) -> None:
        """Each presenter makes its view, fills it, and passes on what the person does."""
        document, session, settings = self.document, self.session, self.settings
        project, playback, editing, choice = self.project, self.playback, self.editing, self.tracker_choice
        window, actions, buttons = self.window, self.actions, self.actions.by_id

        # The picture and what lies around it
        self.canvas_presenter = CanvasPresenter(
            document, session, project=project, playback=playback, editing=editing, score_map=self.score_map,
            look_alikes=self.look_alikes, find_again=self.find_again, detections=self.detections, review=self.review,
            redrawing=self.redrawing, proposals=self.proposals,
        )  # fmt: skip
        canvas = self.canvas = self.canvas_presenter.view
        self.looking = LookingPresenter(document, session, view=canvas, playback=playback, editing=editing)
        self.transport_presenter = TransportPresenter(
            document, session, project=project, playback=playback, actions=buttons
        )
        self.tracking_presenter = TrackingPresenter(
            document, session, tracking=self.tracking, choice=choice, models=self.models, score_map=self.score_map,
            canvas=canvas, actions=buttons,
        )  # fmt: skip
        self.learning_presenter = LearningPresenter(learning=self.learning, canvas=canvas, actions=buttons)
        self.errands_presenter = ErrandsPresenter(self.errands, stop=buttons["stop_errand"])
        self.searches_presenter = ErrandsPresenter(self.searches, stop=buttons["stop_search"])

        # Dialogs
        self.files_presenter = FilesPresenter(window, document, project=project, loader=self.loader)
        self.exporting_presenter = ExportingPresenter(window, document, exporting=self.exporting, review=self.review)
        self.importing_presenter = ImportingPresenter(window, document, importing=self.importing)
        self.models_presenter = ModelsPresenter(window, models=self.models, choice=choice)
        self.settings_presenter = SettingsPresenter(window, settings=self.settings_controller, actions=actions)
        self.help_presenter = HelpPresenter(window, choice=choice, commands=actions.commands)
        self.labels_presenter = LabelsPresenter(window, document, labels=self.labels)
        self.notes_presenter = NotesPresenter(window, document, notes=self.notes)
        self.detections_presenter = DetectionsPresenter(window, document, detections=self.detections)

        # Panels
        self.workspace_presenter = WorkspacePresenter(
            window, workspace=self.workspace, project=project, bring_forward=window.bring_forward
        )
        self.attributes_presenter = AttributesPresenter(
            window, document, session, attributes=self.attributes, bring_forward=window.bring_forward
        )
        shown = self.shown_tracks = ShownTracks(
            document, session, is_doubtful=lambda track_id: bool(self.review.doubts_of(track_id)), parent=self
        )
        self.track_list_presenter = TrackListPresenter(
            document, session, shown=shown, editing=editing, review=self.review, showing=self.showing
        )
        self.timeline_presenter = TimelinePresenter(
            document, session, shown=shown, project=project, playback=playback, editing=editing, review=self.review,
            spans=self.spans, settings=self.settings_controller,
        )  # fmt: skip
        self.tracks_panel = TracksPanel(
            document, session, shown, table=self.track_list_presenter.view, timeline=self.timeline_presenter.view
        )
        self.contact_sheet_presenter = ContactSheetPresenter(
            document, session, playback=playback, review=self.review, tightening=self.tightening, crops=self.sheet_crops
        )
        self.score_map_presenter = ScoreMapPresenter(document, session, score_map=self.score_map, settings=settings)
        self.review_presenter = ReviewPresenter(
            document, session, review=self.review, crops=self.doubt_crops, actions=buttons
        )
        review_panel = self.review_presenter.view
        self.who_is_who_presenter = WhoIsWhoPresenter(
            document, identity=self.identity, crops=self.identity_crops, panel=review_panel
        )
        self.certificate_presenter = CertificatePresenter(
            document, certificate=self.certificate, crops=self.doubt_crops, panel=review_panel
        )
        self.doubt_sheet_presenter = DoubtSheetPresenter(
            document, doubt_page=self.doubt_page, review=self.review, crops=self.doubt_crops, panel=review_panel
        )

    def _add_panels(self) -> None:
        """The table of panels: title, key, view and side. A new panel is a row here."""
        for title, key, panel, area in (
            (marked("Timeline"), "Ctrl+1", self.tracks_panel, BOTTOM),
            (marked("Review"), "Ctrl+2", self.review_presenter.view, RIGHT),
            (marked("Score map"), "Ctrl+3", self.score_map_presenter.view, RIGHT),
            (marked("Contact sheet"), "Ctrl+4", self.contact_sheet_presenter.view, RIGHT),
            (ATTRIBUTES_PANEL, "Ctrl+5", self.attributes_presenter.view, RIGHT),
            (WORKSPACE_PANEL, "Ctrl+6", self.workspace_presenter.view, LEFT),
        ):
            self.window.add_panel(title, panel, area, shown=title != WORKSPACE_PANEL)
            self.actions.add(panel_row(title, key, separated=title == "Timeline"))
        self.score_map_presenter.follow(self.window.docks["Score map"])
        self.window.set_middle(self.canvas, self.transport_presenter.view)

    def _add_bars(self, qt: QApplication) -> None:
        window, actions = self.window, self.actions
        run_status, learning_status = self.tracking_presenter.run_status, self.learning_presenter.status
        errands, searches = self.errands_presenter.status, self.searches_presenter.status
        self.status = StatusBar([run_status, errands, searches, learning_status])
        window.setStatusBar(self.status)
        self.toolbar = make_toolbar(actions, at_the_right=self.tracking_presenter.tracker_bar)
        window.addToolBar(self.toolbar)
        ToolbarStop(self.toolbar, actions.by_id, self.tracking)
        self.theme_menu = ThemeMenu(qt, self.settings_controller, window)
        fill_menu_bar(window, actions, recent=self.files_presenter.recent_menu, theme=self.theme_menu)
        self.context_menus = ContextMenus(window, self.document, self.session, actions)
        self.canvas.menu_requested.connect(self.context_menus.show_for_picture)
        self.timeline_presenter.view.menu_requested.connect(self.context_menus.show_for_timeline)
        self.track_list_presenter.view.menu.offer([actions.by_id[name] for name in OF_TRACK])

    def _join_actions(self) -> None:
        self.actions.join(
            Doers(
                document=self.document, session=self.session, project=self.project, playback=self.playback,
                editing=self.editing, history=self.history, tracking=self.tracking, review=self.review,
                redrawing=self.redrawing, doubt_page=self.doubt_page, certificate=self.certificate,
                arranging=self.arranging, identity=self.identity, look_alikes=self.look_alikes,
                find_again=self.find_again, searches=self.searches, errands=self.errands, tightening=self.tightening,
                spans=self.spans, showing=self.showing, labels=self.labels, seeking=self.seeking, notes=self.notes,
                attributes=self.attributes, detections=self.detections, learning=self.learning, tour=self.tour,
                window=self.window, canvas=self.canvas, label_field=self.canvas_presenter.label_field,
                looking=self.looking, files=self.files_presenter, exporting=self.exporting_presenter,
                importing=self.importing_presenter, transport=self.transport_presenter,
                track_list=self.track_list_presenter,
                timeline=self.timeline_presenter, labels_dialog=self.labels_presenter,
                notes_dialog=self.notes_presenter, attributes_panel=self.attributes_presenter,
                detections_dialog=self.detections_presenter, score_map=self.score_map_presenter,
                runs=self.tracking_presenter, proposals=self.proposals, models=self.models_presenter,
                learning_dialog=self.learning_presenter, settings=self.settings_presenter,
                help=self.help_presenter, workspace=self.workspace_presenter,
            )
        )  # fmt: skip

    def _add_tour(self) -> None:
        canvas, label_field = self.canvas, self.canvas_presenter.label_field
        anchors = tour_anchors(
            self.window, self.actions, toolbar=self.toolbar, picture=canvas, label_field=label_field,
            timeline=self.tracks_panel, review=self.review_presenter.view,
        )  # fmt: skip
        self.tour_presenter = TourPresenter(
            self.window, tour=self.tour, anchors=anchors, key_of=self.actions.key_shown, on_closed=canvas.setFocus
        )
        label_field.left.connect(self.tour.on_named)
        self.tour.changed.connect(lambda: canvas.set_explains(self.tour.step in (None, TourStep.OFFER)))

    def _join(self) -> None:
        """Connect what belongs to no single presenter: workers with controllers, controllers with each other, and all
        of them with the window's bars.
        """
        window, status, canvas = self.window, self.status, self.canvas

        # Frames and edits
        self.project.video_opened.connect(self.playback.use_video)
        self.loader.stand_in_ready.connect(self.playback.on_stand_in)
        self.loader.sure_frames_changed.connect(self.tracking_worker.set_sure_frames)
        self.loader.checking.connect(self.editing.held_edits.on_checking)
        self.settings_controller.changed.connect(self._on_setting_changed)

        # Runs
        self.editing.keyframe_made.connect(self.tracking.on_keyframe_made)
        canvas.gesture_started.connect(self.tracking.stop_following)
        self.score_map.constants_changed.connect(self.tracking.set_constants)
        self.tracking.evidence_found.connect(self.score_map.on_evidence_found)
        self.tracking.nothing_to_track.connect(self.review.on_nothing_to_track)
        for on_begin in (self.learning.wait, self.review.on_run_started):
            self.tracking.run_started.connect(on_begin)
        for on_end in (self.learning.go_on, self.review.on_run_ended, self.proposals.on_run_ended):
            self.tracking.run_finished.connect(on_end)
            self.tracking.failed.connect(on_end)

        # The choice of tracker
        self.tracking_worker.run_begun.connect(self.tracker_choice.on_run_begun)
        self.learning.tracker_requested.connect(self.tracker_choice.choose_tracker)
        self.tracker_choice.changed.connect(self.score_map.on_tracker_changed)
        self.models.models_changed.connect(self.score_map.on_models_changed)

        # The review panel shows doubts, many doubts side by side, or the certificate
        self.review.went.connect(self.certificate.leave)
        for begun in (self.certificate.begun, self.doubt_page.begun):
            begun.connect(lambda: window.bring_forward("Review"))
        self.certificate.begun.connect(self.doubt_page.leave)
        self.doubt_page.begun.connect(self.certificate.leave)

        # What the person is told
        for failed in (
            self.project.failed, self.document.write_failed, self.document.file_moved, self.tracking.failed,
            self.learning.failed, self.models.failed, self.tracker_choice.failed, self.settings_controller.failed,
            self.editing.lost, self.workspace.failed, self.certificate.failed,
        ):  # fmt: skip
            failed.connect(window.show_error)
        for told in (
            self.project.told, self.playback.read_failed, self.document.refused, self.editing.told, self.history.told,
            self.review.told, self.redrawing.told, self.proposals.told, self.doubt_page.told, self.certificate.told,
            self.arranging.told, self.identity.told, self.find_again.told, self.look_alikes.told, self.searches.told,
            self.errands.told, self.tightening.told, self.spans.told, self.showing.told, self.labels.told,
            self.seeking.told,
            self.notes.told, self.attributes.told, self.detections.told, self.looking.told, self.score_map.failed,
            self.exporting.told, self.files_presenter.told, self.importing_presenter.told,
            self.tracking_presenter.told, self.learning_presenter.told, self.workspace_presenter.told,
        ):  # fmt: skip
            told.connect(status.tell)
        self.find_again.taken_back.connect(status.take_back)
        self.files_presenter.began.connect(status.tell_until_done)
        self.files_presenter.ended.connect(status.forget)
        canvas.zoom_changed.connect(status.set_zoom)
        canvas.cursor_moved.connect(status.set_place)
        self.loader.cache_changed.connect(status.set_cache)
        self.tracker_choice.device_changed.connect(status.set_device)
        status.set_device(self.tracker_choice.device_text)
        self.transport_presenter.view.frame_field.lineEdit().returnPressed.connect(canvas.setFocus)

        # Closing the window
        window.closing.connect(self.score_map_presenter.keep_overlay)
        window.closing.connect(self.models.cancel)
        window.closing.connect(self.shutdown)

    @Slot(object)
    def _on_setting_changed(self, setting: Setting[Any]) -> None:
        if setting in (DOUBT_SCORE, TARGET_IOU):
            self.session.set_doubt_rules(doubt_rules(self.settings))
        elif setting == CACHE_MEGABYTES:
            self.loader.set_cache_bytes(self.settings.get(CACHE_MEGABYTES) * MEGABYTE)

    def start(self, path: Path | None) -> None:
        """Show the window with a video, folder or project, or with what a crash left open."""
        self.window.show()
        for problem in self.settings.problems:
            self.window.show_error(problem)
        if path is not None:
            self.project.open(path)
        else:
            self.project.reopen_after_crash()
        if path in (None, DEMO_VIDEO):  # a person who brings a video wants to work on it
            self.tour.offer()

    @Slot()
    def shutdown(self) -> None:
        """Stop a run and keep its boxes, end all threads, and close the project."""
        if self._is_shut_down:
            return
        self._is_shut_down = True
        self.tracking.stop()
        self.exporting.cancel()
        self.workspace.stop()
        for shut_down in (
            self.tracking_worker.shutdown, self.explanation_worker.shutdown, self.learning_worker.shutdown,
            self.errand_worker.shutdown, self.identity_worker.shutdown, self.search_worker.shutdown,
            self.identity_crops.shutdown, self.sheet_crops.shutdown, self.doubt_crops.shutdown,
        ):  # fmt: skip
            shut_down()
        self.playback.pause()
        self.project.close()
        self.loader.shutdown()
        QThreadPool.globalInstance().waitForDone()


def make_qt_application() -> QApplication:
    """Make the QApplication and the garbage collector. Call it once per process, before anything else of Qt."""
    leave_sources_unread()
    qt = QApplication(sys.argv[:1])
    qt.setApplicationName("Siamark")
    qt.setWindowIcon(app_icon())
    GarbageCollector(qt)
    return qt


def run_window(path: Path | None) -> int:
    """Show the window until it is closed. Returns the exit code."""
    qt = make_qt_application()
    application = Application(qt)
    application.start(path)
    return qt.exec()
