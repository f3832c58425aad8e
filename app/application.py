"""The composition root: every object of the window is built here, and every connection between parts is made here."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, QThreadPool, Slot
from PySide6.QtWidgets import QApplication

from app.assist.learning import Trainer
from app.controllers.editing import EditingController
from app.controllers.exporting import ExportingController
from app.controllers.learning import LearningController
from app.controllers.models import ModelsController
from app.controllers.playback import SPEEDS, PlaybackController
from app.controllers.project import ProjectController
from app.controllers.score_map import ScoreMapController
from app.controllers.tracking import TrackingController
from app.document.document import Document
from app.document.session import Session
from app.settings.schema import CACHE_MEGABYTES, DOUBT_SCORE, THEME
from app.settings.store import SettingsStore
from app.store.autosave import LeftOpen
from app.store.places import Places
from app.video.info import VideoInfo
from app.views.choosers import Choosers
from app.views.editing_feed import EditingFeed
from app.views.learning_feed import LearningFeed
from app.views.prompts import Prompts
from app.views.run_feed import RunFeed
from app.views.score_map_feed import ScoreMapFeed
from app.views.style.icons import app_icon
from app.views.style.theme import apply_theme
from app.views.window.action_states import ActionStates
from app.views.window.actions import connect_actions
from app.views.window.main_window import MainWindow
from app.workers.explanation_worker import ExplanationWorker
from app.workers.frame_loader import FrameLoader
from app.workers.garbage import GarbageCollector
from app.workers.learning_worker import LearningWorker
from app.workers.tracker_pool import TrackerPool, load_from
from app.workers.tracking_worker import TrackingWorker

MEGABYTE = 1_000_000


class Application(QObject):
    """The window and all that works behind it. ``shutdown``, which closing the window calls, ends every thread."""

    def __init__(
        self,
        qt: QApplication,
        *,
        pool: TrackerPool | None = None,
        trainer: Trainer | None = None,
        home: Path | None = None,
    ) -> None:
        """``home``: a folder for settings and projects in place of the person's own, so that no trace is left.
        ``pool`` and ``trainer`` stand in for what loads trackers and teaches them.
        """
        super().__init__()
        places = Places.of_person() if home is None else Places.below(home)
        self._is_shut_down = False
        self.settings = SettingsStore(places.settings)
        apply_theme(qt, self.settings.get(THEME))
        self.document = Document(self)
        self.session = Session(self.document, self)
        self.pool = pool or TrackerPool(load_from(places.models))
        self.loader = FrameLoader(cache_bytes=self.settings.get(CACHE_MEGABYTES) * MEGABYTE, parent=self)
        self.tracking_worker = TrackingWorker(self.pool)
        self.explanation_worker = ExplanationWorker(self.pool)
        self.learning_worker = LearningWorker(trainer=trainer)

        self.project = ProjectController(
            self.document, self.loader, self.settings, LeftOpen(places.left_open), places.projects, self
        )
        self.playback = PlaybackController(self.document, self.session, self.loader, self)
        self.editing = EditingController(self.document, self.session, self)
        self.exporting = ExportingController(self.document, self)
        self.tracking = TrackingController(self.document, self.session, self.tracking_worker, self.settings, self)
        self.models = ModelsController(places.models, self)
        self.learning = LearningController(
            self.document, self.project, self.learning_worker, self.models, self.settings, self
        )
        self.score_map = ScoreMapController(
            self.document, self.session, self.explanation_worker, self.settings, self.models.constants_of, self
        )

        self.window = MainWindow(
            self.document,
            self.session,
            places=QSettings(str(places.settings.with_name("window.ini")), QSettings.Format.IniFormat),
            speeds=SPEEDS,
        )
        self.actions = self.window.actions_by_id
        self.action_states = ActionStates(self.actions, self.document, self.session, self)
        self.editing_feed = EditingFeed(self.window, self.session, self.editing, self)
        self.score_map_feed = ScoreMapFeed(self.window, self.session, self.score_map, self.settings, self)
        self.run_feed = RunFeed(self.window, self.document, self.tracking, self.action_states, self)
        self.learning_feed = LearningFeed(self.window, self.document, self.learning, self)
        self.prompts = Prompts(
            self.window,
            self.document,
            self.session,
            project=self.project,
            playback=self.playback,
            editing=self.editing,
            exporting=self.exporting,
        )
        self.choosers = Choosers(qt, self.window, self.settings, self.pool, self.models, parent=self)
        self._connect_actions()
        self._connect_project()
        self._connect_playback()
        self._connect_tracking()
        self._connect_learning()
        self._connect_choosers()

    def start(self, path: Path | None) -> None:
        """Show the window on a video, folder or project, or on what a crash has left open."""
        self.window.show()
        for problem in self.settings.problems:
            self.prompts.show_error(problem)
        if path is not None:
            self.project.open(path)
        else:
            self.project.reopen_after_crash()

    @Slot()
    def shutdown(self) -> None:
        """Stop what runs, with its boxes kept, end all threads and close the project."""
        if self._is_shut_down:
            return
        self._is_shut_down = True
        self.tracking.stop()
        self.exporting.cancel()
        self.tracking_worker.shutdown()
        self.explanation_worker.shutdown()
        self.learning_worker.shutdown()
        self.playback.pause()
        self.project.close()
        self.loader.shutdown()
        QThreadPool.globalInstance().waitForDone()

    # Connections

    def _connect_actions(self) -> None:
        window, canvas, playback, prompts = self.window, self.window.canvas, self.playback, self.prompts
        slots = {
            "open_video": prompts.open_video,
            "open_folder": prompts.open_folder,
            "open_project": prompts.open_project,
            "save_as": prompts.save_as,
            "export": prompts.export,
            "close_project": self.project.close,
            "quit": window.close,
            "undo": self.document.undo_stack.undo,
            "redo": self.document.undo_stack.redo,
            "draw_box": canvas.set_drawing,
            "delete_box": self.editing.delete_box,
            "toggle_occluded": self.editing.toggle_occluded,
            "toggle_absent": self.editing.toggle_absent,
            "edit_label": prompts.edit_label,
            "hide_track": self.editing.toggle_hidden,
            "next_track": self.editing.select_next_track,
            "previous_track": self.editing.select_previous_track,
            "delete_track": self.editing.delete_selected_tracks,
            "track_forward": self._on_track_forward,
            "track_backward": self.tracking.track_backward,
            "pause_run": self.tracking.pause_or_resume,
            "stop_run": self._on_escape,
            "play": playback.toggle,
            "slower": playback.slower,
            "faster": playback.faster,
            "step_back": partial(playback.step, -1),
            "step_forward": partial(playback.step, 1),
            "step_back_10": partial(playback.step, -10),
            "step_forward_10": partial(playback.step, 10),
            "previous_keyframe": playback.go_to_previous_keyframe,
            "next_keyframe": playback.go_to_next_keyframe,
            "first_frame": playback.go_to_first,
            "last_frame": playback.go_to_last,
            "go_to_frame": prompts.go_to_frame,
            "learn": self.learning_feed.ask,
            "stop_learning": self.learning.stop,
            "models": self.choosers.show_models,
            "fit": canvas.fit,
            "zoom_in": partial(canvas.zoom_by, 1.25),
            "zoom_out": partial(canvas.zoom_by, 0.8),
            "zoom_100": partial(canvas.zoom_to, 100),
            "shortcuts": prompts.show_shortcuts,
            "about": prompts.show_about,
        }
        connect_actions(self.actions, slots)

    def _connect_project(self) -> None:
        project, window, status = self.project, self.window, self.window.status
        project.failed.connect(self.prompts.show_error)
        project.video_missing.connect(self.prompts.locate_video)
        project.video_opened.connect(self._on_video_opened)
        project.opening_started.connect(lambda name: status.tell_until_done(f"Opening {name}…"))
        project.opening_ended.connect(status.forget)
        project.named_project_opened.connect(
            lambda named: status.tell(f"This video was saved as {named.name}; you go on there.")
        )
        project.recent_files_changed.connect(lambda: window.recent_menu.set_paths(project.recent_files))
        self.loader.indexing.connect(
            lambda done: status.tell_until_done(f"Reading through the video once, to know every frame: {done:.0%}")
        )
        self.loader.cache_changed.connect(status.set_cache)
        self.document.write_failed.connect(self.prompts.show_error)
        for changed in (self.document.project_closed, self.document.project_opened, self.document.store_path_changed):
            changed.connect(self._write_title)
        self.document.project_closed.connect(lambda: window.transport.set_times(None))
        window.recent_menu.path_chosen.connect(project.open)
        window.canvas.paths_dropped.connect(lambda paths: project.open(paths[0]))
        window.closing.connect(self.shutdown)

    def _connect_playback(self) -> None:
        playback, window = self.playback, self.window
        playback.frame_shown.connect(window.feed.show_frame)
        playback.frame_shown.connect(self.score_map_feed.refresh_overlay)
        playback.read_failed.connect(window.status.tell)
        playback.playing_changed.connect(window.transport.set_playing)
        playback.speed_changed.connect(window.transport.set_speed)
        self.session.frame_changed.connect(window.transport.set_frame)
        window.transport.frame_requested.connect(playback.go_to)
        window.transport.speed_requested.connect(playback.set_speed)
        window.timeline.frame_requested.connect(playback.go_to)
        window.canvas.space_tapped.connect(playback.toggle)
        window.canvas.gesture_started.connect(playback.pause)
        window.canvas.zoom_changed.connect(window.status.set_zoom)
        window.canvas.cursor_moved.connect(window.status.set_place)

    def _connect_tracking(self) -> None:
        tracking, score_map = self.tracking, self.score_map
        tracking.failed.connect(self.prompts.show_error)
        tracking.evidence_found.connect(score_map.on_evidence_found)
        self.editing.keyframe_made.connect(tracking.on_keyframe_made)
        score_map.constants_changed.connect(tracking.set_constants)

    def _connect_learning(self) -> None:
        learning, tracking = self.learning, self.tracking
        tracking.run_started.connect(learning.wait)
        tracking.run_finished.connect(learning.go_on)
        tracking.failed.connect(learning.go_on)
        learning.failed.connect(self.prompts.show_error)
        learning.tracker_requested.connect(self.choosers.choose_tracker)

    def _connect_choosers(self) -> None:
        self.tracking_worker.run_begun.connect(self.choosers.on_run_begun)
        self.choosers.tracker_changed.connect(self.score_map.on_tracker_changed)
        self.choosers.failed.connect(self.prompts.show_error)
        self.choosers.device_told.connect(self.window.status.set_device)
        self.choosers.device_told.connect(self.prompts.set_device)
        self.window.recent_menu.set_paths(self.project.recent_files)
        self.window.timeline.set_score_threshold(self.settings.get(DOUBT_SCORE))
        self.models.failed.connect(self.prompts.show_error)
        self.models.models_changed.connect(self.score_map.on_models_changed)
        self.choosers.refresh()
        self.models.refresh()

    # What concerns several parts at once

    @Slot(object)
    def _on_video_opened(self, info: VideoInfo) -> None:
        self.window.transport.set_times(info.times)
        self.window.timeline.set_frame_times(info.times)
        self.playback.use_video(info)

    @Slot()
    def _write_title(self) -> None:
        self.window.set_title(self.project.name)

    @Slot()
    def _on_track_forward(self) -> None:
        """The T of the offer to track again holds, too, after the person has gone to see another frame."""
        offer = self.window.retrack_bar.offer
        if offer is None or offer[1] == self.session.current_frame:
            self.tracking.track_forward()
        else:
            self.tracking.retrack(*offer)

    @Slot()
    def _on_escape(self) -> None:
        self.tracking.stop()
        self.window.retrack_bar.withdraw()
        self.actions["draw_box"].setChecked(False)
        self.window.canvas.set_drawing(False)


def make_qt_application() -> QApplication:
    """Qt's application and the collector of Python's garbage. Once a process, before anything else of Qt."""
    qt = QApplication(sys.argv[:1])
    qt.setApplicationName("Siamark")
    qt.setWindowIcon(app_icon())
    GarbageCollector(qt)
    return qt


def run_window(path: Path | None) -> int:
    """Show the window, on a video, folder or project if one is named, until it is closed. Returns the exit code."""
    qt = make_qt_application()
    application = Application(qt)
    application.start(path)
    return qt.exec()
