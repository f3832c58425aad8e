"""Everything a person can ask for, once: menus, toolbar, tooltips and the page of shortcuts are all made from here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from app.views.dialogs.shortcuts import ShortcutRow
from app.views.style.icons import icon

FILE, EDIT, TRACK, GO, VIEW, HELP = "File", "Edit", "Track", "Go", "View", "Help"
SECTIONS = (FILE, EDIT, TRACK, GO, VIEW, HELP)


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """``section``: the menu. ``separated``: a line stands above it there."""

    id: str
    section: str
    text: str
    icon: str = ""
    shortcut: str = ""
    tooltip: str = ""
    checkable: bool = False
    separated: bool = False


# fmt: off
ACTIONS = (
    ActionSpec("open_video", FILE, "Open video…", "open", "Ctrl+O", "Open a video to annotate"),
    ActionSpec("open_folder", FILE, "Open folder of images…", shortcut="Ctrl+Shift+O",
               tooltip="Open a folder whose images are the frames"),
    ActionSpec("open_project", FILE, "Open project…", shortcut="Ctrl+P", tooltip="Open a project file (.siamark)"),
    ActionSpec("save_as", FILE, "Save project as…", "save", "Ctrl+Shift+S",
               "Every edit is saved at once; this puts the project into a file of your choice", separated=True),
    ActionSpec("export", FILE, "Export tracks…", "export", "Ctrl+E", "Write the tracks in a format that others read"),
    ActionSpec("close_project", FILE, "Close project", shortcut="Ctrl+W", separated=True),
    ActionSpec("quit", FILE, "Quit", shortcut="Ctrl+Q"),

    ActionSpec("undo", EDIT, "Undo", "undo", "Ctrl+Z"),
    ActionSpec("redo", EDIT, "Redo", "redo", "Ctrl+Shift+Z"),
    ActionSpec("draw_box", EDIT, "Draw box", "draw-box", "B",
               "Draw a new box, also where another one is in the way", checkable=True, separated=True),
    ActionSpec("delete_box", EDIT, "Delete box in this frame", "delete", "Delete",
               "Remove the selected track's box from this frame"),
    ActionSpec("toggle_occluded", EDIT, "Occluded", shortcut="O",
               tooltip="Something hides part of the target in this frame, or nothing does any more"),
    ActionSpec("toggle_absent", EDIT, "Absent from here", shortcut="X",
               tooltip="The target is not in the picture from this frame on; once more takes that back"),
    ActionSpec("edit_label", EDIT, "Label and colour…", shortcut="L", tooltip="Name the selected tracks",
               separated=True),
    ActionSpec("hide_track", EDIT, "Hide or show track", "eye-off", "H", "Hide or show the selected tracks"),
    ActionSpec("next_track", EDIT, "Select next track", shortcut="E"),
    ActionSpec("previous_track", EDIT, "Select previous track", shortcut="Q"),
    ActionSpec("delete_track", EDIT, "Delete track", shortcut="Ctrl+Delete",
               tooltip="Delete the selected tracks with all their boxes"),

    ActionSpec("track_forward", TRACK, "Track forward", "track", "T",
               "Follow the selected tracks from this frame to their next keyframe, or to the end"),
    ActionSpec("track_backward", TRACK, "Track backward", "track-back", "Shift+T",
               "Follow the selected tracks from this frame back to their previous keyframe, or to the beginning"),
    ActionSpec("pause_run", TRACK, "Pause or resume tracking", "pause-play", "P", separated=True),
    ActionSpec("stop_run", TRACK, "Stop tracking", "stop", "Esc", "Stop and keep what was tracked"),
    ActionSpec("learn", TRACK, "Learn from this project…", separated=True,
               tooltip="Teach a copy of the tracker what you have drawn and corrected here"),
    ActionSpec("stop_learning", TRACK, "Stop learning", "stop", tooltip="Stop learning and keep nothing of it"),
    ActionSpec("models", TRACK, "Models…", shortcut="Ctrl+Shift+M",
               tooltip="List, add and remove the models that track", separated=True),

    ActionSpec("play", GO, "Play or pause", "play", "Space"),
    ActionSpec("slower", GO, "Play slower", shortcut="["),
    ActionSpec("faster", GO, "Play faster", shortcut="]"),
    ActionSpec("step_back", GO, "Previous frame", "step-back", "A", separated=True),
    ActionSpec("step_forward", GO, "Next frame", "step-forward", "D"),
    ActionSpec("step_back_10", GO, "10 frames back", shortcut="Shift+A"),
    ActionSpec("step_forward_10", GO, "10 frames on", shortcut="Shift+D"),
    ActionSpec("previous_keyframe", GO, "Previous keyframe", "key-prev", "W",
               "To the box drawn before, of the selected track or of all", separated=True),
    ActionSpec("next_keyframe", GO, "Next keyframe", "key-next", "S",
               "To the box drawn next, of the selected track or of all"),
    ActionSpec("first_frame", GO, "First frame", "first", "Home", separated=True),
    ActionSpec("last_frame", GO, "Last frame", "last", "End"),
    ActionSpec("go_to_frame", GO, "Go to frame or time…", shortcut="G"),

    ActionSpec("fit", VIEW, "Fit picture", shortcut="F", tooltip="Show the whole picture"),
    ActionSpec("zoom_in", VIEW, "Zoom in", shortcut="Ctrl++"),
    ActionSpec("zoom_out", VIEW, "Zoom out", shortcut="Ctrl+-"),
    ActionSpec("zoom_100", VIEW, "Actual size", shortcut="Ctrl+0", tooltip="A screen pixel for each of the video"),
    ActionSpec("overlay", VIEW, "Score map on the video", "heatmap", "M",
               "Lay the score map that decided over the video", checkable=True, separated=True),
    ActionSpec("show_tracks", VIEW, "Tracks", shortcut="Ctrl+1", checkable=True, separated=True),
    ActionSpec("show_score_map", VIEW, "Score map", shortcut="Ctrl+2", checkable=True),
    ActionSpec("show_timeline", VIEW, "Timeline", shortcut="Ctrl+3", checkable=True),

    ActionSpec("shortcuts", HELP, "Keyboard shortcuts", "help", "F1"),
    ActionSpec("about", HELP, "About Siamark"),
)
# fmt: on

MOUSE_AND_FIXED_KEYS: tuple[ShortcutRow, ...] = (
    ("Picture", "Draw a box", "Drag"),
    ("Picture", "Select; add to the selection", "Click; Ctrl+click"),
    ("Picture", "Move or resize the selected box", "Drag it or a handle"),
    ("Picture", "Nudge the selected box by 1 or 10 pixels", "Arrows; Shift+arrows"),
    ("Picture", "Zoom", "Mouse wheel"),
    ("Picture", "Pan", "Middle button, or Space and drag"),
    ("Picture", "Fit", "Double click beside all boxes"),
    ("Tracks", "Rename the selected track", "F2"),
    ("Tracks", "More", "Right click"),
    ("Timeline", "Go to a frame; select the track", "Click or drag"),
    ("Timeline", "Zoom; pan", "Mouse wheel; Shift+wheel"),
)
"""What is no action of the window, for the page of shortcuts."""


def make_actions(parent: QObject) -> dict[str, QAction]:
    """A QAction by id for each row of the table."""
    return {spec.id: _made(spec, parent) for spec in ACTIONS}


def shortcut_rows() -> list[ShortcutRow]:
    """For the page of shortcuts: every action that has one, by section, and what mouse and fixed keys do."""
    rows = [(spec.section, spec.text.rstrip("…"), spec.shortcut) for spec in ACTIONS if spec.shortcut]
    return [*rows, *MOUSE_AND_FIXED_KEYS]


def set_tooltip(action: QAction, text: str) -> None:
    """A tooltip that ends with the shortcut, as this desktop writes it."""
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    action.setToolTip(f"{text} ({keys})" if keys else text)


def connect_actions(actions: Mapping[str, QAction], slots: Mapping[str, object]) -> None:
    for name, slot in slots.items():
        actions[name].triggered.connect(slot)


def _made(spec: ActionSpec, parent: QObject) -> QAction:
    action = QAction(spec.text, parent)
    action.setObjectName(spec.id)
    action.setCheckable(spec.checkable)
    if spec.icon:
        action.setIcon(icon(spec.icon))
    if spec.shortcut:
        action.setShortcut(QKeySequence(spec.shortcut))
    set_tooltip(action, spec.tooltip or spec.text.rstrip("…"))
    return action
