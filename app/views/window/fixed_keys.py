"""What the mouse and the fixed keys do, in addition to the actions of the window."""

from __future__ import annotations

from app.views.dialogs.shortcuts import ShortcutRow

MOUSE_AND_FIXED_KEYS: tuple[ShortcutRow, ...] = (
    ShortcutRow("Picture", "Draw a box", "Drag"),
    ShortcutRow("Picture", "Select; add to the selection", "Click; Ctrl+click"),
    ShortcutRow("Picture", "Move or resize the selected box", "Drag it or a handle"),
    ShortcutRow("Picture", "Nudge the selected box by 1 or 10 pixels", "Arrows; Shift+arrows"),
    ShortcutRow(
        "Picture", "Make the selected box larger or smaller by 1 or 10 pixels", "Ctrl+arrows; Ctrl+Shift+arrows"
    ),
    ShortcutRow("Picture", "Hide all boxes while it is held", "`"),
    ShortcutRow("Picture", "Zoom", "Mouse wheel"),
    ShortcutRow("Picture", "Pan", "Middle button, or Space and drag"),
    ShortcutRow("Picture", "Fit", "Double click beside all boxes"),
    ShortcutRow("Tracks", "More", "Right click"),
    ShortcutRow("Timeline", "Go to a frame; select the track", "Click"),
    ShortcutRow("Timeline", "Choose a span of a track", "Drag along its row, or Shift+click"),
    ShortcutRow("Timeline", "Scrub", "Drag in the ruler or the score"),
    ShortcutRow("Timeline", "More", "Right click"),
    ShortcutRow("Picture", "More", "Right click"),
    ShortcutRow("Timeline", "Zoom; pan", "Mouse wheel; Shift+wheel"),
)
"""For the page of shortcuts: everything that is not an action of the window."""
