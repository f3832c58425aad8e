"""The table of actions, one row each. Menus, toolbar, tooltips and the page of shortcuts are built from it. A new
action is one row here and the method that it calls.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from app.language import tr, translated
from app.views.window.doers import Doers
from app.views.window.keys_in_context import (
    ABSENT_HINT,
    RIGHT_HINT,
    absent,
    absent_hint,
    absent_text,
    accept,
    accept_hint,
    accept_text,
    can_stop,
    stop,
    stop_text,
    swap_or_go_back,
)

FILE, EDIT, LABEL, SPAN, TRACK = "File", "Edit", "Label", "Span", "Track"
REVIEW, GO, VIEW, HELP = "Review", "Go", "View", "Help"
SECTIONS = (FILE, EDIT, LABEL, SPAN, TRACK, REVIEW, GO, VIEW, HELP)


def always(_: Doers) -> bool:
    return True


def with_project(doers: Doers) -> bool:
    return doers.document.project is not None


def with_tracks(doers: Doers) -> bool:
    return doers.review.is_possible


def with_judging(doers: Doers) -> bool:
    return doers.certificate.at_hand is not None


def with_selection(doers: Doers) -> bool:
    return bool(doers.session.selected_track_ids)


def with_span(doers: Doers) -> bool:
    return doers.spans.is_chosen


def with_run(doers: Doers) -> bool:
    return doers.tracking.is_running


def with_proposals(doers: Doers) -> bool:
    return len(doers.proposals) > 0


@dataclass(frozen=True, slots=True)
class ActionRow:
    """
    Attributes:
        menu: its menu; ``separated``: with a line above it.
        calls: picks the method to call from the doers. A ticked action passes it whether it is ticked now.
        when: whether it can be used now.
        toolbar: its position on the toolbar, from left to right, with a line between 19 and 20 and so on. 0: not there.
        toolbar_text: whether the toolbar shows its text beside the icon.
        repeats: whether holding its key down triggers it repeatedly.
        ticked: whether it is ticked now, for actions that switch something on or off.
        text_now, tooltip_now: replace ``text`` and ``tooltip`` if these change.
        count_in_menu: how many boxes it concerns; computed when its menu opens.
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
    repeats: bool = True
    ticked: Callable[[Doers], bool] | None = None
    text_now: Callable[[Doers], str] | None = None
    tooltip_now: Callable[[Doers], str] | None = None
    count_in_menu: Callable[[Doers], int] | None = None


def _label_row(number: int) -> ActionRow:
    """The row of a digit key, which gives the selected tracks the label of that number."""
    return ActionRow(
        f"label_{number}", LABEL, f"Label {number}", lambda the: partial(the.labels.give, number), str(number),
        tooltip=f"Give the selected tracks label {number} of the project", when=with_selection, separated=number == 1,
        text_now=lambda the: _label_text(the, number),
    )  # fmt: skip


def _label_text(the: Doers, number: int) -> str:
    labels = the.labels.labels
    return f"{number}: {labels[number - 1].name}" if number <= len(labels) else translated(f"Label {number}")


# fmt: off
ACTIONS = (
    ActionRow("open_video", FILE, "Open video…", lambda the: the.files.open_video, "Ctrl+O", "open",
              "Open a video to annotate", toolbar=11),
    ActionRow("open_folder", FILE, "Open folder of images…", lambda the: the.files.open_folder, "Ctrl+Shift+O",
              tooltip="Open a folder whose images are the frames"),
    ActionRow("open_project", FILE, "Open project…", lambda the: the.files.open_project, "Ctrl+P",
              tooltip="Open a project file (.siamark)"),
    ActionRow("open_workspace", FILE, "Open workspace…", lambda the: the.workspace.ask_for_folder, "Ctrl+Alt+O",
              tooltip="A folder of videos: the progress of each, the next one to do, and exports of all"),
    ActionRow("next_unfinished", FILE, "Next unfinished video", lambda the: the.workspace.show_next_unfinished,
              "Ctrl+PgDown", tooltip="Open the next video of the workspace that is not finished",
              when=lambda the: the.workspace.is_open),
    ActionRow("next_film", FILE, "Next film in this file", lambda the: the.project.open_next_film,
              tooltip="Some files hold several films, for example from several cameras; each has its own project",
              when=lambda the: the.project.has_other_films),
    ActionRow("save_as", FILE, "Save project as…", lambda the: the.files.save_as, "Ctrl+Shift+S", "save",
              "Every edit is saved at once; this continues the project in a file of your choice",
              with_project, separated=True),
    ActionRow("earlier_states", FILE, "Earlier states…", lambda the: the.files.show_earlier_states,
              tooltip="Go back to the project as it was one of the last five times that it was opened",
              when=with_project),
    ActionRow("import", FILE, "Import tracks…", lambda the: the.importing.ask, "Ctrl+I",
              tooltip="Read tracks from other programs; you see them before they are added", when=with_project,
              separated=True),
    ActionRow("export", FILE, "Export tracks…", lambda the: the.exporting.ask, "Ctrl+E", "export",
              "Write the tracks in a format that other programs read", with_project, toolbar=12),
    ActionRow("close_project", FILE, "Close project", lambda the: the.project.close, "Ctrl+W",
              when=with_project, separated=True),
    ActionRow("quit", FILE, "Quit", lambda the: the.window.close, "Ctrl+Q"),

    ActionRow("undo", EDIT, "Undo", lambda the: the.history.undo, "Ctrl+Z", "undo",
              when=lambda the: the.document.undo_stack.canUndo(), toolbar=21,
              text_now=lambda the: _joined(tr("Undo"), tr("Undo {step}"), the.document.undo_stack.undoText())),
    ActionRow("redo", EDIT, "Redo", lambda the: the.history.redo, "Ctrl+Shift+Z", "redo",
              when=lambda the: the.document.undo_stack.canRedo(), toolbar=22,
              text_now=lambda the: _joined(tr("Redo"), tr("Redo {step}"), the.document.undo_stack.redoText())),
    ActionRow("draw_box", EDIT, "Draw box", lambda the: the.canvas.set_drawing, "B", "draw-box",
              "Draw a new box, even where another one is in the way", with_project, toolbar=31, separated=True,
              ticked=lambda the: the.canvas.is_drawing),
    ActionRow("delete_box", EDIT, "Delete box in this frame", lambda the: the.spans.delete_here, "Delete", "delete",
              "Remove the selected track's box from this frame, or the boxes of the chosen span around it",
              with_tracks, toolbar=32),
    ActionRow("delete_to_start", EDIT, "Delete up to here", lambda the: the.spans.delete_to_start,
              tooltip="Remove the selected track's boxes from the beginning up to this frame", when=with_selection,
              count_in_menu=lambda the: the.spans.count_to_start),
    ActionRow("delete_to_end", EDIT, "Delete from here on", lambda the: the.spans.delete_to_end,
              tooltip="Remove the selected track's boxes from this frame to the end", when=with_selection,
              count_in_menu=lambda the: the.spans.count_to_end),
    ActionRow("delete_stale", EDIT, "Delete stale boxes", lambda the: the.editing.delete_stale_boxes, "Shift+Delete",
              tooltip="Remove the selected tracks' boxes that a correction or a later run has overruled",
              when=with_tracks),
    ActionRow("keep_stale", EDIT, "Keep stale boxes", lambda the: the.editing.keep_stale_boxes,
              tooltip="Make the selected tracks' overruled boxes valid again", when=with_tracks),
    ActionRow("toggle_occluded", EDIT, "Occluded", lambda the: the.spans.occluded_here, "O",
              tooltip="Mark the target as partly hidden from here to the next keyframe, or take the mark back",
              when=with_tracks),
    ActionRow("toggle_absent", EDIT, "Absent from here", lambda the: partial(absent, the), "X",
              tooltip=ABSENT_HINT, when=with_tracks, text_now=lambda the: absent_text(the),
              tooltip_now=lambda the: absent_hint(the)),
    ActionRow("box_by_numbers", EDIT, "Box by numbers…", lambda the: the.looking.ask_for_box, "Ctrl+B",
              tooltip="Enter left, top, width and height of the selected box", when=with_selection),
    ActionRow("tighten", EDIT, "Tighten box", lambda the: the.tightening.tighten_here, "V",
              tooltip="Let the network look once more and fit the selected track's box in this frame",
              when=with_selection),
    ActionRow("tighten_stretch", EDIT, "Tighten boxes between keyframes", lambda the: the.tightening.tighten_stretch,
              "Shift+V", tooltip="Tighten the boxes of the chosen span, or around this frame, that nobody has drawn or "
              "reviewed",
              when=with_selection),
    ActionRow("more_like_this", EDIT, "More like this", lambda the: the.look_alikes.find, "K",
              tooltip="Search the whole picture for what looks like the selected box", when=with_selection),
    ActionRow("find_again", EDIT, "Find it again", lambda the: the.find_again.find, "Shift+K",
              tooltip="Search the video for the selected target where its track has no box",
              when=with_selection),
    ActionRow("hide_track", EDIT, "Hide or show track", lambda the: the.editing.toggle_hidden, "H", "eye-off",
              "Hide or show the selected tracks", with_selection),
    ActionRow("solo", EDIT, "Solo", lambda the: the.showing.toggle_solo, "Shift+H",
              tooltip="Show only the selected tracks; press again to show what was shown before", when=with_project),
    ActionRow("hide_others", EDIT, "Hide other tracks", lambda the: the.showing.hide_others, when=with_selection),
    ActionRow("show_all", EDIT, "Show all tracks", lambda the: the.showing.show_all, "Ctrl+H", when=with_project),
    ActionRow("lock", EDIT, "Lock or unlock track", lambda the: the.showing.toggle_lock, "Shift+L",
              tooltip="Neither you nor a tracker can change a locked track", when=with_selection),
    ActionRow("duplicate", EDIT, "Duplicate track", lambda the: the.arranging.duplicate, "Ctrl+D",
              tooltip="Copy the selected track with all its boxes", when=with_selection),
    ActionRow("next_track", EDIT, "Select next track", lambda the: the.editing.select_next_track, "E",
              when=with_project),
    ActionRow("previous_track", EDIT, "Select previous track", lambda the: the.editing.select_previous_track, "Q",
              when=with_project),
    ActionRow("select_all", EDIT, "Select all tracks", lambda the: the.editing.select_all_tracks, "Ctrl+A",
              when=with_project),
    ActionRow("delete_track", EDIT, "Delete track", lambda the: the.editing.delete_selected_tracks, "Ctrl+Delete",
              tooltip="Delete the selected tracks with all their boxes", when=with_selection),

    ActionRow("split_track", EDIT, "Split track here", lambda the: the.arranging.split_here, "Ctrl+Shift+X",
              tooltip="Move the selected track's boxes from this frame on into a new track",
              when=with_selection, separated=True),
    ActionRow("join_tracks", EDIT, "Join two tracks", lambda the: the.arranging.join_selected, "Ctrl+J",
              tooltip="The other selected track becomes part of the active one", when=with_selection),
    ActionRow("swap_tracks", EDIT, "Swap two tracks from here", lambda the: the.arranging.swap_from_here,
              "Ctrl+Shift+W", tooltip="Exchange the boxes of two selected tracks from this frame on",
              when=with_selection),
    ActionRow("settings", EDIT, "Settings…", lambda the: the.settings.show_dialog, "Ctrl+,", separated=True),

    ActionRow("edit_label", LABEL, "Label and colour…", lambda the: the.track_list.ask_for_label, "L",
              tooltip="Name the selected tracks", when=with_selection),
    ActionRow("rename", LABEL, "Rename in the list", lambda the: the.track_list.rename_active, "F2",
              tooltip="Type another label into the row of the active track", when=with_selection),
    ActionRow("labels", LABEL, "Labels of the project…", lambda the: the.labels_dialog.show_dialog, "Ctrl+L",
              tooltip="Rename, recolour, order and merge labels, delete those that no track has", when=with_project),
    *(_label_row(number) for number in range(1, 10)),

    ActionRow("begin_span", SPAN, "Begin span here", lambda the: the.spans.begin_here, ",",
              tooltip="Choose frames of the selected track from this one on", when=with_selection),
    ActionRow("end_span", SPAN, "End span here", lambda the: the.spans.end_here, ".",
              tooltip="Choose frames of the selected track up to this one", when=with_selection),
    ActionRow("span_of_track", SPAN, "Choose whole track", lambda the: the.spans.choose_whole_track,
              when=with_selection),
    ActionRow("forget_span", SPAN, "Choose no span", lambda the: the.spans.forget, when=with_span),
    ActionRow("span_right", SPAN, "Mark span as right", lambda the: the.spans.mark_right,
              tooltip="You have looked at every box of the span, and all are right", when=with_span, separated=True,
              count_in_menu=lambda the: the.spans.count),
    ActionRow("span_delete", SPAN, "Delete span", lambda the: the.spans.delete, tooltip="Remove its boxes",
              when=with_span, count_in_menu=lambda the: the.spans.count),
    ActionRow("span_absent", SPAN, "Absent in span", lambda the: the.spans.mark_absent,
              tooltip="The target is not in the picture there", when=with_span,
              count_in_menu=lambda the: the.spans.count),
    ActionRow("span_occluded", SPAN, "Occluded in span", lambda the: the.spans.toggle_occluded,
              tooltip="Mark the target as partly hidden there, or take the mark back", when=with_span,
              count_in_menu=lambda the: the.spans.count),
    ActionRow("span_track", SPAN, "Track span again", lambda the: the.spans.track_again,
              tooltip="Follow the target again from the first box of the span", when=with_span, separated=True),
    ActionRow("span_line", SPAN, "Interpolate span by lines", lambda the: the.spans.interpolate,
              tooltip="Straight lines between the boxes that a person has drawn or reviewed", when=with_span),
    ActionRow("span_curve", SPAN, "Interpolate span by a smooth curve", lambda the: the.spans.interpolate_smooth,
              tooltip="A curve through the boxes that a person has drawn or reviewed", when=with_span),
    ActionRow("span_simplify", SPAN, "Simplify span to keyframes…", lambda the: the.timeline.ask_to_simplify,
              tooltip="Keep only the boxes that lines between the others cannot replace", when=with_span),
    ActionRow("span_smooth", SPAN, "Smooth jitter in span", lambda the: the.spans.smooth,
              tooltip="Remove jitter from the tracker's boxes", when=with_span),
    ActionRow("span_copy", SPAN, "Copy span to another track…", lambda the: the.timeline.ask_where_to_copy,
              tooltip="Copy the boxes of the span to another track or a new one", when=with_span, separated=True),

    ActionRow("track_forward", TRACK, "Track forward", lambda the: the.tracking.track_forward, "T", "track",
              "Follow the selected tracks from this frame to their next keyframe, or to the end",
              with_project, toolbar=42, toolbar_text=True),
    ActionRow("track_backward", TRACK, "Track backward", lambda the: the.tracking.track_backward, "Shift+T",
              "track-back",
              "Follow the selected tracks from this frame back to their previous keyframe, or to the beginning",
              with_project, toolbar=41, toolbar_text=True),
    ActionRow("track_both_ways", TRACK, "Track both ways", lambda the: the.tracking.track_both_ways, "Ctrl+Shift+T",
              tooltip="Follow the selected tracks forward and backward, to the keyframes on both sides",
              when=with_project),
    ActionRow("track_through", TRACK, "Track through all keyframes", lambda the: the.tracking.track_through, "Shift+R",
              tooltip="Follow the selected tracks to the end of the video; between two keyframes from both sides",
              when=with_project),
    ActionRow("track_all", TRACK, "Track all tracks", lambda the: the.tracking.track_all, "Ctrl+T",
              tooltip="Follow all tracks that are not locked forward, in one pass", when=with_tracks),
    ActionRow("track_as", TRACK, "Track as chosen…", lambda the: the.runs.ask, "Ctrl+R",
              tooltip="Choose tracks, direction and how far: so many frames, or to a frame", when=with_tracks),
    ActionRow("retrack_stale", TRACK, "Track stale boxes again", lambda the: the.spans.track_again_here, "R",
              tooltip="Follow the selected track again where a correction or a later run has overruled its boxes",
              when=with_project),
    ActionRow("next_proposal", TRACK, "Next proposed box", lambda the: the.proposals.go_to_next, "Shift+P",
              tooltip="To a box of the last run that differs from a reviewed one", when=with_proposals, separated=True),
    ActionRow("take_proposals", TRACK, "Take proposed boxes", lambda the: the.proposals.take, "Ctrl+Shift+P",
              tooltip="Replace reviewed boxes by what the last run says, in the chosen span or everywhere",
              when=with_proposals),
    ActionRow("drop_proposals", TRACK, "Drop proposed boxes", lambda the: the.proposals.drop,
              tooltip="Keep all reviewed boxes", when=with_proposals),
    ActionRow("pause_run", TRACK, "Pause or resume tracking", lambda the: the.tracking.pause_or_resume, "P",
              "pause-play", when=with_run, separated=True),
    ActionRow("stop_run", TRACK, "Stop tracking", lambda the: partial(stop, the), "Esc", "stop",
              when=lambda the: can_stop(the), text_now=lambda the: stop_text(the)),
    ActionRow("stop_errand", TRACK, "Stop looking", lambda the: the.errands.stop, icon="stop",
              tooltip="Stop the search or the tightening that is running", when=lambda the: the.errands.is_running),
    ActionRow("stop_search", TRACK, "Stop looking through the video", lambda the: the.searches.stop, icon="stop",
              tooltip="Stop the search for the target; what was found stays", when=lambda the: the.searches.is_running),
    ActionRow("learn", TRACK, "Learn from this project…", lambda the: the.learning_dialog.ask,
              when=lambda the: the.learning.is_possible, separated=True,
              tooltip_now=lambda the: the.learning.hint),
    ActionRow("stop_learning", TRACK, "Stop learning", lambda the: the.learning.stop, icon="stop",
              tooltip="Stop learning and discard the result", when=lambda the: the.learning.is_running),
    ActionRow("models", TRACK, "Models…", lambda the: the.models.show_dialog, "Ctrl+Shift+M",
              tooltip="List, add and remove models", separated=True),

    ActionRow("next_doubt", REVIEW, "Next doubt", lambda the: the.review.go_to_next, "N",
              tooltip="To the next box that may be wrong", when=with_tracks),
    ActionRow("previous_doubt", REVIEW, "Previous doubt", lambda the: the.review.go_to_previous, "Shift+N",
              tooltip="Back to the previous doubt", when=with_tracks),
    ActionRow("many_doubts", REVIEW, "Many doubts at once", lambda the: the.doubt_page.show_or_leave, "Z",
              tooltip="Show doubts side by side, each playing its boxes: Enter says that all are right, a click goes "
              "to a wrong one", when=with_tracks),
    ActionRow("where_to_draw", REVIEW, "Where to draw next", lambda the: the.review.go_where_to_draw, "Shift+Return",
              tooltip="To the frame where a new box would help most", when=with_tracks),
    ActionRow("play_by_doubt", REVIEW, "Play to the next doubt", lambda the: the.review.play_by_doubt, "Shift+Space",
              tooltip="Fast where the tracker is sure, slowly where it is not; stops at each doubt", when=with_tracks),
    ActionRow("accept_doubt", REVIEW, "Right, and on to the next", lambda the: partial(accept, the), "Return",
              tooltip=RIGHT_HINT, when=lambda the: with_tracks(the) or bool(the.detections.ghosts), separated=True,
              repeats=False,
              text_now=lambda the: accept_text(the), tooltip_now=lambda the: accept_hint(the)),
    ActionRow("right_up_to_here", REVIEW, "Right up to here", lambda the: the.review.accept_up_to_here, "Ctrl+Return",
              tooltip="Every box from the last drawn one up to this frame is right; later corrections keep them",
              when=with_selection),
    ActionRow("join_here", REVIEW, "Join: both are one object", lambda the: the.identity.join_here, "J",
              tooltip="Where one track ends and another begins: the second becomes part of the first",
              when=lambda the: the.identity.asks_join),
    ActionRow("swap_here", REVIEW, "Swap: they go on as each other", lambda the: the.identity.swap_here,
              tooltip="Where two tracks cross: exchange their boxes from here on",
              when=lambda the: the.identity.asks_swap),
    ActionRow("interpolate_doubt", REVIEW, "Interpolate the doubtful span", lambda the: the.spans.interpolate_here,
              "I", tooltip="Replace its boxes by a line between the boxes on both sides", when=with_selection),
    ActionRow("correct_doubt", REVIEW, "Correct by drawing", lambda the: the.review.correct, "C",
              tooltip="Draw the right box in place of the selected one", when=with_selection),
    ActionRow("certify", REVIEW, "Certify…", lambda the: the.certificate.begin_or_leave, "Ctrl+Shift+C", separated=True,
              when=lambda the: the.certificate.is_possible, repeats=False, text_now=lambda the: _certify_text(the)),
    ActionRow("certificate_right", REVIEW, "Drawn box is right", lambda the: the.certificate.say_right, "Y",
              tooltip="The framed box overlaps its target as asked", when=with_judging, repeats=False),
    ActionRow("certificate_wrong", REVIEW, "Drawn box is wrong", lambda the: the.certificate.say_wrong, "U",
              tooltip="The framed box does not overlap its target as asked; it becomes a doubt", when=with_judging,
              repeats=False),
    ActionRow("certificate_page", REVIEW, "All drawn boxes on show are right",
              lambda the: the.certificate.say_page_right, "Shift+Y",
              tooltip="Every shown box without an answer overlaps its target as asked", when=with_judging,
              repeats=False),
    ActionRow("draw_certificate", REVIEW, "Draw other boxes for the certificate", lambda the: the.certificate.draw_anew,
              tooltip="Start a new certificate with other boxes", when=lambda the: the.certificate.is_possible),

    ActionRow("play", GO, "Play or pause", lambda the: the.playback.toggle, "Space", "play", when=with_project),
    ActionRow("slower", GO, "Play slower", lambda the: the.playback.slower, "[", when=with_project),
    ActionRow("faster", GO, "Play faster", lambda the: the.playback.faster, "]", when=with_project),
    ActionRow("step_back", GO, "Previous frame", lambda the: partial(the.playback.step, -1), "A", "step-back",
              when=with_project, separated=True),
    ActionRow("step_forward", GO, "Next frame", lambda the: partial(the.playback.step, 1), "D", "step-forward",
              when=with_project),
    ActionRow("step_back_10", GO, "Long step back", lambda the: partial(the.seeking.step_long, -1), "Shift+A",
              when=with_project),
    ActionRow("step_forward_10", GO, "Long step on", lambda the: partial(the.seeking.step_long, 1), "Shift+D",
              when=with_project),
    ActionRow("previous_keyframe", GO, "Previous keyframe", lambda the: partial(swap_or_go_back, the), "W",
              "key-prev", "To the previous drawn box of the selected track, or of all. If the question is whether two "
              "tracks have swapped: swap them", with_project, separated=True),
    ActionRow("next_keyframe", GO, "Next keyframe", lambda the: the.playback.go_to_next_keyframe, "S",
              "key-next", "To the next drawn box of the selected track, or of all", with_project),
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
              tooltip="Set which values are black and white in pictures with more than 8 bits",
              when=lambda the: the.playback.has_deep_pictures),
    ActionRow("overlay", VIEW, "Score map on the video", lambda the: the.score_map.set_overlay, "M", "heatmap",
              "Show the score map that decided over the video", separated=True,
              ticked=lambda the: the.score_map.has_overlay),

    ActionRow("commands", HELP, "Commands…", lambda the: the.help.show_palette, "Ctrl+K",
              tooltip="Find any command by a few letters of its name"),
    ActionRow("shortcuts", HELP, "Keyboard shortcuts", lambda the: the.settings.show_shortcuts, "F1", "help",
              "All keys, and how to change them"),
    ActionRow("tour", HELP, "Tour of Siamark", lambda the: the.tour.begin,
              tooltip="Do the whole job once on a short clip, step by step; your own project is kept",
              separated=True),
    ActionRow("tour_on", HELP, "Next step of the tour", lambda the: the.tour.go_on, "F8",
              when=lambda the: the.tour.is_on),
    ActionRow("tour_end", HELP, "End the tour", lambda the: the.tour.end, "Shift+F8",
              when=lambda the: the.tour.is_on),
    ActionRow("about", HELP, "About Siamark", lambda the: the.help.show_about, separated=True),
)
# fmt: on


def panel_row(title: str, key: str, *, separated: bool) -> ActionRow:
    """The row that shows and hides a panel."""
    return ActionRow(
        f"show_{title.lower().replace(' ', '_')}", VIEW, title, lambda the: partial(the.window.show_panel, title), key,
        separated=separated, ticked=lambda the: the.window.is_panel_shown(title),
    )  # fmt: skip


def _certify_text(the: Doers) -> str:
    if the.certificate.is_judging:
        return tr("Leave the certificate")
    certificate = the.certificate.certificate
    if certificate is None or certificate.is_complete:
        return tr("Certify…")
    return tr("Go on with the certificate")


def _joined(alone: str, with_step: str, step: str) -> str:
    """As in "Undo draw box"."""
    return with_step.format(step=step[:1].lower() + step[1:]) if step else alone
