"""Keys whose meaning depends on what is going on: Esc, Enter, X and W."""

from __future__ import annotations

from app.language import tr, translated
from app.views.window.doers import Doers

ABSENT_HINT = "The target is not in the picture from here to the next keyframe; press again to take that back"
RIGHT_HINT = "What you see here is right, and so are all frames of its doubt: mark them as reviewed and go on"


def can_stop(the: Doers) -> bool:
    is_looking = the.errands.is_running or bool(the.look_alikes.ghosts)
    is_reviewing = the.certificate.is_judging or the.doubt_page.is_shown or the.redrawing.is_on
    has_other = the.session.span is not None or is_reviewing or the.label_field.isVisible()
    return _is_busy(the) or is_looking or has_other


def _is_busy(the: Doers) -> bool:
    """Whether Esc first has to end a run, an offer to track again, or drawing."""
    return the.tracking.is_running or the.tracking.offer is not None or the.canvas.is_drawing


def absent(the: Doers) -> None:
    """X: reject the find in question; without one, mark the target as absent."""
    if the.find_again.asked is not None:
        the.find_again.reject()
    else:
        the.spans.absent_here()


def accept(the: Doers) -> None:
    """Enter does the first of these that applies: keep the label of the new box, whose field is open; call the
    certificate's boxes or the page of doubts right; accept the find in question; take the shown look-alikes; take the
    shown detections; mark the shown box as right.
    """
    if the.label_field.isVisible():
        the.label_field.take()
    elif the.certificate.is_judging:
        the.certificate.say_page_right()
    elif the.doubt_page.is_shown:
        the.doubt_page.accept()
    elif the.find_again.asked is not None:
        the.find_again.accept()
    elif the.look_alikes.ghosts:
        the.look_alikes.take_all()
    elif _asks_about_detections(the):
        the.detections.take_all()
    else:
        the.spans.right_here()


def absent_text(the: Doers) -> str:
    """What X does now."""
    return tr("Reject the candidate") if the.find_again.asked is not None else tr("Absent from here")


def absent_hint(the: Doers) -> str:
    if the.find_again.asked is not None:
        return tr("This is something else: it leaves the queue, and no box changes")
    return translated(ABSENT_HINT)


def accept_text(the: Doers) -> str:
    """What Enter does now."""
    if the.label_field.isVisible():
        return tr("Keep this label")
    if the.certificate.is_judging or the.doubt_page.is_shown:
        return tr("All on show are right")
    if the.find_again.asked is not None:
        return tr("Accept the candidate")
    if the.look_alikes.ghosts:
        return tr("Take all look-alikes")
    return tr("Take all detections here") if _asks_about_detections(the) else tr("Right, and on to the next")


def accept_hint(the: Doers) -> str:
    if the.label_field.isVisible():
        return tr("The new box has the label that its field shows; Tab goes there to change it")
    if the.certificate.is_judging:
        return tr("Every shown box without an answer overlaps its target as asked")
    if the.doubt_page.is_shown:
        return tr("Every box that is shown here is right: mark them as reviewed and show the next doubts")
    if the.find_again.asked is not None:
        return tr("The target is here: the box becomes a keyframe and is tracked from here")
    if the.look_alikes.ghosts:
        return tr("Every shown look-alike becomes a track")
    if _asks_about_detections(the):
        return tr("The ghosts of this frame become boxes: they continue tracks or start new ones")
    return translated(RIGHT_HINT)


def _asks_about_detections(the: Doers) -> bool:
    """A doubt at hand comes before detections, because a file may have detections on every frame."""
    return bool(the.detections.ghosts) and the.review.at_hand is None


def swap_or_go_back(the: Doers) -> None:
    """W: swap the tracks if the question is who is who; otherwise go to the previous keyframe."""
    if the.identity.asks_swap:
        the.identity.swap_here()
    else:
        the.playback.go_to_previous_keyframe()


def stop_text(the: Doers) -> str:
    """What Esc ends now."""
    if the.tracking.is_running:
        return tr("Stop tracking")
    if the.tracking.offer is not None:
        return tr("Do not track again")
    if the.canvas.is_drawing:
        return tr("Stop drawing")
    if the.errands.is_running:
        return tr("Stop looking")
    if the.look_alikes.ghosts:
        return tr("Take no look-alike")
    if the.session.span is not None:
        return tr("Choose no span")
    if the.label_field.isVisible():
        return tr("Keep this label")
    if the.certificate.is_judging:
        return tr("Leave the certificate")
    if the.doubt_page.is_shown:
        return tr("Show the list of doubts")
    return tr("Draw something else") if the.redrawing.is_on else tr("Stop tracking")


def stop(the: Doers) -> None:
    """Esc ends the first of these that applies: the run, the offer to track again and drawing; the network's search;
    the shown look-alikes; the span; the label field of a new box, or else the certificate, the page of doubts and
    redrawing.
    """
    if not _is_busy(the) and the.errands.is_running:
        the.errands.stop()
    elif not _is_busy(the) and the.look_alikes.ghosts:
        the.look_alikes.decline()
    elif not _is_busy(the) and the.session.span is not None:
        the.spans.forget()
    elif not _is_busy(the) and the.label_field.isVisible():
        the.label_field.close_quietly()
    elif not _is_busy(the):
        the.certificate.leave()
        the.doubt_page.leave()
        the.redrawing.give_up()
    the.tracking.stop()
    the.tracking.decline_offer()
    the.canvas.set_drawing(False)
