"""More rows of the table of actions: attributes, notes, detections, moving and looking. ``action_set.py`` appends them
to the others.
"""

from __future__ import annotations

from functools import partial

from app.controllers.seeking import STEPS
from app.model.words import counted
from app.views.window.actions import GO, LABEL, REVIEW, VIEW, ActionRow, with_project, with_selection
from app.views.window.doers import Doers


def with_notes(doers: Doers) -> bool:
    return doers.document.project is not None and bool(doers.document.project.notes)


def with_detections(doers: Doers) -> bool:
    return bool(doers.detections.count)


def _step_row(digit: int) -> ActionRow:
    return ActionRow(
        f"step_of_{STEPS[digit - 1]}", GO, f"Long steps of {counted(STEPS[digit - 1], 'frame')}",
        lambda the: partial(the.seeking.choose_step, digit), f"Shift+{digit}", when=with_project, separated=digit == 1,
    )  # fmt: skip


# fmt: off
LOOKING_ACTIONS = (
    ActionRow("attributes", LABEL, "Attributes of the track", lambda the: the.attributes_panel.edit,
              "Ctrl+Shift+A", tooltip="Attributes of the selected tracks at this frame, in their panel",
              when=with_selection, separated=True),
    ActionRow("define_attributes", LABEL, "Attributes of the project…", lambda the: the.attributes_panel.show_dialog,
              "Ctrl+Alt+A", tooltip="Attributes that tracks of this project have: texts, numbers, choices, yes or no",
              when=with_project),
    ActionRow("leave_note", LABEL, "Note…", lambda the: the.notes_dialog.ask_for_note, "Ctrl+N",
              tooltip="Leave a note on the selected track at this frame, or on the frame", when=with_project),

    ActionRow("link_detections", REVIEW, "Link detections…", lambda the: the.detections_dialog.ask_to_link,
              "Ctrl+Shift+L", tooltip="Make tracks from imported detections that overlap from frame to frame",
              when=with_detections, separated=True),
    ActionRow("delete_detections", REVIEW, "Delete detections here", lambda the: the.detections.delete_here,
              tooltip="Delete the ghosts of this frame", when=with_detections),
    ActionRow("delete_all_detections", REVIEW, "Delete all detections", lambda the: the.detections.delete_all,
              tooltip="Delete all ghosts of imported detections", when=with_detections),
    ActionRow("next_detection", GO, "Next frame with detections", lambda the: partial(the.detections.go, 1),
              "Ctrl+Shift+G", when=with_detections, separated=True),
    ActionRow("previous_detection", GO, "Previous frame with detections", lambda the: partial(the.detections.go, -1),
              "Ctrl+Alt+G", when=with_detections),
    ActionRow("next_note", GO, "Next note", lambda the: partial(the.notes.go, 1), "Ctrl+Shift+N", when=with_notes,
              separated=True),
    ActionRow("previous_note", GO, "Previous note", lambda the: partial(the.notes.go, -1), "Ctrl+Alt+N",
              when=with_notes),
    ActionRow("next_with_box", GO, "Next frame with a box", lambda the: partial(the.seeking.go_to_box, 1, shown=True),
              "Shift+E", tooltip="Of the selected track", when=with_selection, separated=True),
    ActionRow("previous_with_box", GO, "Previous frame with a box",
              lambda the: partial(the.seeking.go_to_box, -1, shown=True), "Shift+Q", when=with_selection),
    ActionRow("next_without_box", GO, "Next frame without a box",
              lambda the: partial(the.seeking.go_to_box, 1, shown=False), "Shift+S", when=with_selection),
    ActionRow("previous_without_box", GO, "Previous frame without a box",
              lambda the: partial(the.seeking.go_to_box, -1, shown=False), "Shift+W", when=with_selection),
    ActionRow("first_of_track", GO, "First frame of the track", lambda the: the.seeking.go_to_first_box, "Shift+Home",
              when=with_selection),
    ActionRow("last_of_track", GO, "Last frame of the track", lambda the: the.seeking.go_to_last_box, "Shift+End",
              when=with_selection),
    ActionRow("middle_of_keyframes", GO, "Middle of two keyframes", lambda the: the.seeking.go_to_middle, "Shift+M",
              tooltip="Halfway between the keyframes around this frame", when=with_selection),
    *(_step_row(digit) for digit in range(1, 10)),

    ActionRow("look", VIEW, "Brightness and contrast…", lambda the: the.looking.ask_for_look,
              tooltip="Change only what you see; trackers get the frames as they are", when=with_project,
              separated=True),
    ActionRow("detections", VIEW, "Detections", lambda the: the.detections.set_shown, "Shift+G",
              tooltip="Show imported detections as ghosts; while they are hidden, Enter ignores them",
              when=with_detections,
              ticked=lambda the: the.detections.is_shown),
    ActionRow("trails", VIEW, "Trails", lambda the: the.looking.set_trails, "Shift+O",
              tooltip="Show where the selected targets come from and go to", when=with_project,
              ticked=lambda the: the.looking.has_trails),
    ActionRow("follow", VIEW, "Camera follows the target", lambda the: the.looking.set_follows, "Shift+F",
              tooltip="Keep the selected target in the middle of the view", when=with_project,
              ticked=lambda the: the.looking.follows),
)
