"""Everything a person can ask for, a row each. Menus, toolbar, tooltips, the page of shortcuts, what can be used at the
moment and what is called are all made from this table. A new action is one row here and the method that it calls.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, SignalInstance, Slot
from PySide6.QtGui import QAction, QKeySequence

from app.controllers.arranging import ArrangingController
from app.controllers.editing import EditingController
from app.controllers.errands import ErrandsController
from app.controllers.history import HistoryController
from app.controllers.learning import LearningController
from app.controllers.playback import PlaybackController
from app.controllers.project import ProjectController
from app.controllers.review import ReviewController
from app.controllers.tightening import TighteningController
from app.controllers.tracking import TrackingController
from app.document.document import Document
from app.document.session import Session
from app.views.canvas.canvas_view import CanvasView
from app.views.dialogs.palette import Command
from app.views.dialogs.shortcuts import ShortcutRow
from app.views.exporting.presenter import ExportingPresenter
from app.views.importing.presenter import ImportingPresenter
from app.views.learning.presenter import LearningPresenter
from app.views.models.presenter import ModelsPresenter
from app.views.score_map.presenter import ScoreMapPresenter
from app.views.settings.presenter import SettingsPresenter
from app.views.style.icons import icon
from app.views.track_list.presenter import TrackListPresenter
from app.views.transport.presenter import TransportPresenter
from app.views.window.files import FilesPresenter
from app.views.window.help import HelpPresenter
from app.views.window.main_window import MainWindow

FILE, EDIT, TRACK, REVIEW, GO, VIEW, HELP = "File", "Edit", "Track", "Review", "Go", "View", "Help"
SECTIONS = (FILE, EDIT, TRACK, REVIEW, GO, VIEW, HELP)


@dataclass(frozen=True, slots=True)
class Doers:
    """Who does what the actions ask for, and who knows whether it can be asked for."""

    document: Document
    session: Session
    project: ProjectController
    playback: PlaybackController
    editing: EditingController
    history: HistoryController
    tracking: TrackingController
    review: ReviewController
    arranging: ArrangingController
    errands: ErrandsController
    tightening: TighteningController
    learning: LearningController
    window: MainWindow
    canvas: CanvasView
    files: FilesPresenter
    exporting: ExportingPresenter
    importing: ImportingPresenter
    transport: TransportPresenter
    track_list: TrackListPresenter
    score_map: ScoreMapPresenter
    models: ModelsPresenter
    learning_dialog: LearningPresenter
    settings: SettingsPresenter
    help: HelpPresenter

    def news(self) -> tuple[SignalInstance, ...]:
        """Whatever may change which actions can be used, are ticked, or what they are called."""
        document, stack = self.document, self.document.undo_stack
        return (
            document.project_opened, document.project_closed,
            document.track_added, document.track_removed, document.boxes_changed,
            self.session.selection_changed,
            self.tracking.run_started, self.tracking.run_finished, self.tracking.failed,
            self.tracking.retrack_offered, self.tracking.offer_withdrawn,
            self.learning.started, self.learning.ended, self.errands.began, self.errands.ended,
            self.score_map.overlay_changed, self.canvas.drawing_changed, self.window.panels_changed,
            stack.canUndoChanged, stack.canRedoChanged, stack.undoTextChanged, stack.redoTextChanged,
        )  # fmt: skip


def always(_: Doers) -> bool:
    return True


def with_project(doers: Doers) -> bool:
    return doers.document.project is not None


def with_tracks(doers: Doers) -> bool:
    return doers.review.is_possible


def with_selection(doers: Doers) -> bool:
    return bool(doers.session.selected_track_ids)


def with_run(doers: Doers) -> bool:
    return doers.tracking.is_running


@dataclass(frozen=True, slots=True)
class ActionRow:
    """
    Attributes:
        menu: the menu; ``separated``: with a line above it there.
        calls: from the doers, the method that is called when the action is triggered. A ticked action hands it
            whether it is ticked now.
        when: whether it can be used.
        toolbar: its place on the toolbar, from left to right; between the tens stands a line. 0: none.
        toolbar_text: whether its text stands beside the icon there.
        ticked: whether it is ticked, for actions that are on or off.
        text_now, tooltip_now: in place of ``text`` and ``tooltip``, where these depend on the moment.
    """

    id: str
    menu: str
    text: str
    calls: Callable[[Doers], Callable[..., object]]
    key: str = ""
    icon: str = ""
    tooltip: str = ""
    when: Callable[[Doers], bool] = always
    toolbar: int = 0
    toolbar_text: bool = False
    separated: bool = False
    ticked: Callable[[Doers], bool] | None = None
    text_now: Callable[[Doers], str] | None = None
    tooltip_now: Callable[[Doers], str] | None = None


# fmt: off
ACTIONS = (
    ActionRow("open_video", FILE, "Open video…", lambda the: the.files.open_video, "Ctrl+O", "open",
              "Open a video to annotate", toolbar=11),
    ActionRow("open_folder", FILE, "Open folder of images…", lambda the: the.files.open_folder, "Ctrl+Shift+O",
              tooltip="Open a folder whose images are the frames"),
    ActionRow("open_project", FILE, "Open project…", lambda the: the.files.open_project, "Ctrl+P",
              tooltip="Open a project file (.siamark)"),
    ActionRow("next_film", FILE, "Next film in this file", lambda the: the.project.open_next_film,
              tooltip="Some files hold several films, of several cameras; each has a project of its own",
              when=lambda the: the.project.has_other_films),
    ActionRow("save_as", FILE, "Save project as…", lambda the: the.files.save_as, "Ctrl+Shift+S", "save",
              "Every edit is saved at once; this puts the project into a file of your choice",
              with_project, separated=True),
    ActionRow("import", FILE, "Import tracks…", lambda the: the.importing.ask, "Ctrl+I",
              tooltip="Read tracks in a format of others; they are shown before they are taken", when=with_project,
              separated=True),
    ActionRow("export", FILE, "Export tracks…", lambda the: the.exporting.ask, "Ctrl+E", "export",
              "Write the tracks in a format that others read", with_project, toolbar=12),
    ActionRow("close_project", FILE, "Close project", lambda the: the.project.close, "Ctrl+W",
              when=with_project, separated=True),
    ActionRow("quit", FILE, "Quit", lambda the: the.window.close, "Ctrl+Q"),

    ActionRow("undo", EDIT, "Undo", lambda the: the.history.undo, "Ctrl+Z", "undo",
              when=lambda the: the.document.undo_stack.canUndo(), toolbar=21,
              text_now=lambda the: _joined("Undo", the.document.undo_stack.undoText())),
    ActionRow("redo", EDIT, "Redo", lambda the: the.history.redo, "Ctrl+Shift+Z", "redo",
              when=lambda the: the.document.undo_stack.canRedo(), toolbar=22,
              text_now=lambda the: _joined("Redo", the.document.undo_stack.redoText())),
    ActionRow("draw_box", EDIT, "Draw box", lambda the: the.canvas.set_drawing, "B", "draw-box",
              "Draw a new box, even where another one is in the way", with_project, toolbar=31, separated=True,
              ticked=lambda the: the.canvas.is_drawing),
    ActionRow("delete_box", EDIT, "Delete box in this frame", lambda the: the.editing.delete_box, "Delete", "delete",
              "Remove the selected track's box from this frame", with_project, toolbar=32),
    ActionRow("delete_stale", EDIT, "Delete stale boxes", lambda the: the.editing.delete_stale_boxes, "Shift+Delete",
              tooltip="Remove the selected tracks' boxes that a correction or a later run has overruled",
              when=with_project),
    ActionRow("retrack_stale", TRACK, "Track stale boxes again", lambda the: the.tracking.retrack_stale, "R",
              tooltip="Follow the selected track again where a correction or a later run has overruled its boxes",
              when=with_project),
    ActionRow("keep_stale", EDIT, "Keep stale boxes", lambda the: the.editing.keep_stale_boxes,
              tooltip="Let the selected tracks' overruled boxes hold again", when=with_project),
    ActionRow("toggle_occluded", EDIT, "Occluded", lambda the: the.editing.toggle_occluded, "O",
              tooltip="Something hides part of the target from here to the next keyframe, or nothing does any more",
              when=with_project),
    ActionRow("toggle_absent", EDIT, "Absent from here", lambda the: the.review.mark_absent, "X",
              tooltip="The target is not in the picture from here to the next keyframe; once more takes that back",
              when=with_project),
    ActionRow("tighten", EDIT, "Tighten box", lambda the: the.tightening.tighten_here, "V",
              tooltip="Let the network look once more and fit the selected track's box in this frame",
              when=with_selection),
    ActionRow("tighten_stretch", EDIT, "Tighten boxes between keyframes", lambda the: the.tightening.tighten_stretch,
              "Shift+V", tooltip="The same for all boxes around this frame that nobody has drawn or reviewed",
              when=with_selection),
    ActionRow("edit_label", EDIT, "Label and colour…", lambda the: the.track_list.ask_for_label, "L",
              tooltip="Name the selected tracks", when=with_selection, separated=True),
    ActionRow("hide_track", EDIT, "Hide or show track", lambda the: the.editing.toggle_hidden, "H", "eye-off",
              "Hide or show the selected tracks", with_selection),
    ActionRow("next_track", EDIT, "Select next track", lambda the: the.editing.select_next_track, "E",
              when=with_project),
    ActionRow("previous_track", EDIT, "Select previous track", lambda the: the.editing.select_previous_track, "Q",
              when=with_project),
    ActionRow("select_all", EDIT, "Select all tracks", lambda the: the.editing.select_all_tracks, "Ctrl+A",
              when=with_project),
    ActionRow("delete_track", EDIT, "Delete track", lambda the: the.editing.delete_selected_tracks, "Ctrl+Delete",
              tooltip="Delete the selected tracks with all their boxes", when=with_selection),

    ActionRow("split_track", EDIT, "Split track here", lambda the: the.arranging.split_here, "Ctrl+Shift+X",
              tooltip="What the selected track has from this frame on becomes a track of its own",
              when=with_selection, separated=True),
    ActionRow("join_tracks", EDIT, "Join two tracks", lambda the: the.arranging.join_selected, "Ctrl+J",
              tooltip="The other selected track becomes part of the active one", when=with_selection),
    ActionRow("swap_tracks", EDIT, "Swap two tracks from here", lambda the: the.arranging.swap_from_here,
              "Ctrl+Shift+W", tooltip="From this frame on two selected tracks have each other's boxes",
              when=with_selection),
    ActionRow("settings", EDIT, "Settings…", lambda the: the.settings.show_dialog, "Ctrl+,", separated=True),

    ActionRow("track_forward", TRACK, "Track forward", lambda the: the.tracking.track_forward, "T", "track",
              "Follow the selected tracks from this frame to their next keyframe, or to the end",
              with_project, toolbar=42, toolbar_text=True),
    ActionRow("track_backward", TRACK, "Track backward", lambda the: the.tracking.track_backward, "Shift+T",
              "track-back",
              "Follow the selected tracks from this frame back to their previous keyframe, or to the beginning",
              with_project, toolbar=41, toolbar_text=True),
    ActionRow("pause_run", TRACK, "Pause or resume tracking", lambda the: the.tracking.pause_or_resume, "P",
              "pause-play", when=with_run, separated=True),
    ActionRow("stop_run", TRACK, "Stop tracking", lambda the: partial(_stop, the), "Esc", "stop",
              when=lambda the: _can_stop(the), text_now=lambda the: _stop_text(the)),
    ActionRow("stop_errand", TRACK, "Stop looking", lambda the: the.errands.stop, icon="stop",
              tooltip="Stop what is being looked up in the pictures", when=lambda the: the.errands.is_running),
    ActionRow("learn", TRACK, "Learn from this project…", lambda the: the.learning_dialog.ask,
              when=lambda the: the.learning.is_possible, separated=True,
              tooltip_now=lambda the: the.learning.hint),
    ActionRow("stop_learning", TRACK, "Stop learning", lambda the: the.learning.stop, icon="stop",
              tooltip="Stop learning and keep nothing of it", when=lambda the: the.learning.is_running),
    ActionRow("models", TRACK, "Models…", lambda the: the.models.show_dialog, "Ctrl+Shift+M",
              tooltip="List, add and remove the models that track", separated=True),

    ActionRow("next_doubt", REVIEW, "Next doubt", lambda the: the.review.go_to_next, "N",
              tooltip="To the next box that may be wrong", when=with_tracks),
    ActionRow("previous_doubt", REVIEW, "Previous doubt", lambda the: the.review.go_to_previous, "Shift+N",
              tooltip="Back to the doubt before", when=with_tracks),
    ActionRow("where_to_draw", REVIEW, "Where to draw next", lambda the: the.review.go_where_to_draw, "Shift+Return",
              tooltip="To the frame whose box would settle most", when=with_tracks),
    ActionRow("play_by_doubt", REVIEW, "Play to the next doubt", lambda the: the.review.play_by_doubt, "Shift+Space",
              tooltip="Fast where the tracker is sure, slowly where it is not; stops at each doubt", when=with_tracks),
    ActionRow("accept_doubt", REVIEW, "Right, and on to the next", lambda the: the.review.accept, "Return",
              tooltip="What is shown here is right: mark it as reviewed and go on", when=with_tracks, separated=True),
    ActionRow("interpolate_doubt", REVIEW, "Interpolate the doubtful span", lambda the: the.arranging.interpolate_doubt,
              "I", tooltip="Draw a line over it, between the boxes beside it", when=with_selection),
    ActionRow("correct_doubt", REVIEW, "Correct by drawing", lambda the: the.review.correct, "C",
              tooltip="Draw the right box in place of the selected one", when=with_selection),

    ActionRow("play", GO, "Play or pause", lambda the: the.playback.toggle, "Space", "play", when=with_project),
    ActionRow("slower", GO, "Play slower", lambda the: the.playback.slower, "[", when=with_project),
    ActionRow("faster", GO, "Play faster", lambda the: the.playback.faster, "]", when=with_project),
    ActionRow("step_back", GO, "Previous frame", lambda the: partial(the.playback.step, -1), "A", "step-back",
              when=with_project, separated=True),
    ActionRow("step_forward", GO, "Next frame", lambda the: partial(the.playback.step, 1), "D", "step-forward",
              when=with_project),
    ActionRow("step_back_10", GO, "10 frames back", lambda the: partial(the.playback.step, -10), "Shift+A",
              when=with_project),
    ActionRow("step_forward_10", GO, "10 frames on", lambda the: partial(the.playback.step, 10), "Shift+D",
              when=with_project),
    ActionRow("previous_keyframe", GO, "Previous keyframe", lambda the: the.playback.go_to_previous_keyframe, "W",
              "key-prev", "To the box drawn before, of the selected track or of all", with_project, separated=True),
    ActionRow("next_keyframe", GO, "Next keyframe", lambda the: the.playback.go_to_next_keyframe, "S",
              "key-next", "To the box drawn next, of the selected track or of all", with_project),
    ActionRow("first_frame", GO, "First frame", lambda the: the.playback.go_to_first, "Home", "first",
              when=with_project, separated=True),
    ActionRow("last_frame", GO, "Last frame", lambda the: the.playback.go_to_last, "End", "last", when=with_project),
    ActionRow("go_to_frame", GO, "Go to frame or time…", lambda the: the.transport.ask_for_frame, "G",
              when=with_project),

    ActionRow("fit", VIEW, "Fit picture", lambda the: the.canvas.fit, "F", tooltip="Show the whole picture",
              when=with_project),
    ActionRow("zoom_in", VIEW, "Zoom in", lambda the: partial(the.canvas.zoom_by, 1.25), "Ctrl++", when=with_project),
    ActionRow("zoom_out", VIEW, "Zoom out", lambda the: partial(the.canvas.zoom_by, 0.8), "Ctrl+-", when=with_project),
    ActionRow("zoom_100", VIEW, "Actual size", lambda the: partial(the.canvas.zoom_to, 100), "Ctrl+0",
              tooltip="One screen pixel for each pixel of the video", when=with_project),
    ActionRow("contrast", VIEW, "Contrast of deep pictures…", lambda the: the.transport.ask_for_contrast,
              tooltip="Which values of pictures with more than 8 bits are black and which are white",
              when=lambda the: the.playback.has_deep_pictures),
    ActionRow("overlay", VIEW, "Score map on the video", lambda the: the.score_map.set_overlay, "M", "heatmap",
              "Lay the score map that decided over the video", separated=True,
              ticked=lambda the: the.score_map.has_overlay),

    ActionRow("commands", HELP, "Commands…", lambda the: the.help.show_palette, "Ctrl+K",
              tooltip="Find anything that can be done by a few letters of its name"),
    ActionRow("shortcuts", HELP, "Keyboard shortcuts", lambda the: the.settings.show_shortcuts, "F1", "help",
              "Every key, and how to give an action another one"),
    ActionRow("about", HELP, "About Siamark", lambda the: the.help.show_about),
)
# fmt: on


def panel_row(title: str, key: str, *, separated: bool) -> ActionRow:
    """The row that shows and hides a panel."""
    return ActionRow(
        f"show_{title.lower().replace(' ', '_')}", VIEW, title, lambda the: partial(the.window.show_panel, title), key,
        separated=separated, ticked=lambda the: the.window.is_panel_shown(title),
    )  # fmt: skip


MOUSE_AND_FIXED_KEYS: tuple[ShortcutRow, ...] = (
    ShortcutRow("Picture", "Draw a box", "Drag"),
    ShortcutRow("Picture", "Select; add to the selection", "Click; Ctrl+click"),
    ShortcutRow("Picture", "Move or resize the selected box", "Drag it or a handle"),
    ShortcutRow("Picture", "Nudge the selected box by 1 or 10 pixels", "Arrows; Shift+arrows"),
    ShortcutRow("Picture", "Zoom", "Mouse wheel"),
    ShortcutRow("Picture", "Pan", "Middle button, or Space and drag"),
    ShortcutRow("Picture", "Fit", "Double click beside all boxes"),
    ShortcutRow("Tracks", "Rename the selected track", "F2"),
    ShortcutRow("Tracks", "More", "Right click"),
    ShortcutRow("Timeline", "Go to a frame; select the track", "Click or drag"),
    ShortcutRow("Timeline", "Zoom; pan", "Mouse wheel; Shift+wheel"),
)
"""What is no action of the window, for the page of shortcuts."""


class Actions(QObject):
    """The table as QActions: made first, for the buttons of bars and panels, and joined to their doers last."""

    def __init__(self, parent: QObject, keys: Mapping[str, str] | None = None) -> None:
        """``keys``: from the ids of actions to keys that a person has given them, empty for none."""
        super().__init__(parent)
        self.rows: list[ActionRow] = []
        self.by_id: dict[str, QAction] = {}
        self._keys = dict(keys or {})
        self._doers: Doers | None = None
        for row in ACTIONS:
            self.add(row)

    def add(self, row: ActionRow) -> None:
        """Add a row at the end of its menu; before ``join``."""
        self.rows.append(row)
        key = self._keys.get(row.id, row.key)
        self.by_id[row.id] = _made(replace(row, key=""), self)
        if self.owner_of(key) is None:  # a file of settings may give one key twice; the first one has it
            self.give_key(row.id, key)

    def join(self, doers: Doers) -> None:
        """Let every action call its doer, and be usable when its row says so."""
        self._doers = doers
        for row in self.rows:
            self.by_id[row.id].triggered.connect(row.calls(doers))
        for news in doers.news():
            news.connect(self._refresh)
        self._refresh()

    def shortcut_rows(self) -> list[ShortcutRow]:
        """For the page of shortcuts: every action, by menu, and what mouse and fixed keys do."""
        rows = [ShortcutRow(row.menu, row.text.rstrip("…"), self.key_of(row.id), row.id) for row in self.rows]
        return [*rows, *MOUSE_AND_FIXED_KEYS]

    def commands(self) -> list[Command]:
        """For the command palette: every action with its menu."""
        return [Command(row.menu, self.by_id[row.id]) for row in self.rows]

    def row(self, action_id: str) -> ActionRow:
        return next(row for row in self.rows if row.id == action_id)

    def key_of(self, action_id: str) -> str:
        """The key of an action as QKeySequence writes it, empty for none."""
        return self.by_id[action_id].shortcut().toString()

    def owner_of(self, key: str) -> str | None:
        """The id of the action that has a key."""
        wanted = QKeySequence(key).toString()
        return next((row.id for row in self.rows if wanted and self.key_of(row.id) == wanted), None)

    def give_key(self, action_id: str, key: str) -> dict[str, str]:
        """Give an action a key, which another one loses. Returns all keys that are not those of the table, by id."""
        owner = self.owner_of(key)
        for changed, new in (((owner, ""),) if owner not in (None, action_id) else ()) + ((action_id, key),):
            assert changed is not None
            action = self.by_id[changed]
            action.setShortcut(QKeySequence(new))
            _set_tooltip(action, self.row(changed).tooltip or self.row(changed).text.rstrip("…"))
        self._refresh()
        return {
            row.id: self.key_of(row.id) for row in self.rows if self.key_of(row.id) != QKeySequence(row.key).toString()
        }

    @Slot()
    def _refresh(self) -> None:
        doers = self._doers
        if doers is None:
            return
        for row in self.rows:
            action = self.by_id[row.id]
            action.setEnabled(row.when(doers))
            if row.ticked is not None:
                action.setChecked(row.ticked(doers))
            if row.text_now is not None:
                action.setText(row.text_now(doers))
                _set_tooltip(action, action.text())
            if row.tooltip_now is not None:
                _set_tooltip(action, row.tooltip_now(doers))


def _made(row: ActionRow, parent: QObject) -> QAction:
    action = QAction(row.text, parent)
    action.setObjectName(row.id)
    action.setCheckable(row.ticked is not None)
    if row.icon:
        action.setIcon(icon(row.icon))
    _set_tooltip(action, row.tooltip or row.text.rstrip("…"))
    return action


def _set_tooltip(action: QAction, text: str) -> None:
    """The text and the key, as this desktop writes it."""
    key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    action.setToolTip(f"{text} ({key})" if key else text)


def _can_stop(the: Doers) -> bool:
    is_asked = the.tracking.is_running or the.tracking.offer is not None
    return is_asked or the.errands.is_running or the.canvas.is_drawing


def _stop_text(the: Doers) -> str:
    """What Esc ends at the moment."""
    if not the.tracking.is_running and the.tracking.offer is not None:
        return "Do not track again"
    if the.canvas.is_drawing and not the.tracking.is_running:
        return "Stop drawing"
    return "Stop looking" if the.errands.is_running and not the.tracking.is_running else "Stop tracking"


def _stop(the: Doers) -> None:
    """Esc: end the run, decline the offer to track again, and draw no more; where none of that is, stop looking."""
    if the.errands.is_running and not (the.tracking.is_running or the.tracking.offer or the.canvas.is_drawing):
        the.errands.stop()
    the.tracking.stop()
    the.tracking.decline_offer()
    the.canvas.set_drawing(False)


def _joined(verb: str, step: str) -> str:
    """As in "Undo draw box"."""
    return f"{verb} {step[:1].lower()}{step[1:]}" if step else verb
