"""Rows of the table of actions about numbers, looking and going; ``action_set.py`` puts them behind the others."""

from __future__ import annotations

from functools import partial

from app.controllers.seeking import STEPS
from app.model.words import counted
from app.views.window.actions import GO, LABEL, VIEW, ActionRow, Doers, with_project, with_selection


def with_notes(doers: Doers) -> bool:
    return doers.document.project is not None and bool(doers.document.project.notes)


def _step_row(digit: int) -> ActionRow:
    return ActionRow(
        f"step_of_{STEPS[digit - 1]}", GO, f"Long steps of {counted(STEPS[digit - 1], 'frame')}",
        lambda the: partial(the.seeking.choose_step, digit), f"Shift+{digit}", when=with_project, separated=digit == 1,
    )  # fmt: skip


# fmt: off
LOOKING_ACTIONS = (
    ActionRow("attributes", LABEL, "Attributes of the track…", lambda the: the.track_list.ask_for_attributes,
              "Ctrl+Shift+A", tooltip="Names and values of the selected track, as exports write them",
              when=with_selection, separated=True),
    ActionRow("leave_note", LABEL, "Note…", lambda the: the.notes_dialog.ask_for_note, "Ctrl+N",
              tooltip="Leave a note on the selected track at this frame, or on the frame", when=with_project),

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
              tooltip="Of what you see; trackers get the frames as they are", when=with_project, separated=True),
    ActionRow("trails", VIEW, "Trails", lambda the: the.looking.set_trails, "Ctrl+T",
              tooltip="Where the selected targets come from and go to", when=with_project,
              ticked=lambda the: the.looking.has_trails),
    ActionRow("follow", VIEW, "Camera follows the target", lambda the: the.looking.set_follows, "Shift+F",
              tooltip="Keep the selected target in the middle of the view", when=with_project,
              ticked=lambda the: the.looking.follows),
)
