"""Edits many frames of a track at once: the chosen span, or everything up to an end. Each is one undo step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from app.assist.attribute_edits import from_frame
from app.assist.box_edits import BoxEdit, delete_span
from app.assist.review_marks import reviewed
from app.assist.span_edits import copy_span, interpolate_linear, interpolate_smooth, smooth, thin_out
from app.assist.span_marks import absent_span, boxes_shown, occlude_span
from app.controllers.arranging import ArrangingController
from app.controllers.editing import EditingController
from app.controllers.review import ReviewController
from app.controllers.tracking import TrackingController
from app.document.commands import AddTrack, DocumentCommand, PutRecords, SeveralEdits
from app.document.document import Document
from app.document.session import Session
from app.language import marked, tr, tr_counted, translated
from app.model.frame_spans import Span
from app.model.track import Track

NO_SPAN = marked("Choose a span first: drag along the track's row in the timeline, or Shift+click there.")
NO_TRACK = marked("Select a track first: click on its box.")


class SpanController(QObject):
    """While the current frame lies in a chosen span, the keys for one box apply to the whole span.

    Signals:
        told: what happened to how many boxes, or why nothing did.
    """

    told = Signal(str)

    def __init__(
        self,
        document: Document,
        session: Session,
        *,
        editing: EditingController,
        review: ReviewController,
        arranging: ArrangingController,
        tracking: TrackingController,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._session = session
        self._editing = editing
        self._review = review
        self._arranging = arranging
        self._tracking = tracking

    # Choosing

    @property
    def is_chosen(self) -> bool:
        return self._session.span is not None

    def choose(self, track_id: int, first: int, last: int) -> None:
        """Select a track, and choose a span of it."""
        self._session.select(track_id, *(other for other in self._session.selected_track_ids if other != track_id))
        self._session.set_span((first, last))

    @Slot()
    def begin_here(self) -> None:
        """Begin the span at the current frame. Its end stays if it lies after that."""
        here, span = self._session.current_frame, self._session.span
        self._choose_of_active((here, span[1] if span is not None and span[1] >= here else here))

    @Slot()
    def end_here(self) -> None:
        """End the span at the current frame. A new span begins at the keyframe before."""
        here, span, track = self._session.current_frame, self._session.span, self._active()
        if track is None:
            return
        before = track.keyframe_before(here)
        first = span[0] if span is not None and span[0] <= here else here if before is None else before
        self._choose_of_active((first, here))

    @Slot()
    def choose_whole_track(self) -> None:
        track = self._active()
        if track is not None and track.first_frame is not None and track.last_frame is not None:
            self._session.set_span((track.first_frame, track.last_frame))

    @Slot()
    def forget(self) -> None:
        """Clear the span."""
        self._session.set_span(None)

    def _choose_of_active(self, span: Span) -> None:
        if self._active() is not None:
            self._session.set_span(span)

    # Keys that apply to a box, or to the span around it

    @Slot()
    def delete_here(self) -> None:
        (self._editing.delete_box if self._session.span_here is None else self.delete)()

    @Slot()
    def absent_here(self) -> None:
        (self._review.mark_absent if self._session.span_here is None else self.mark_absent)()

    @Slot()
    def occluded_here(self) -> None:
        (self._editing.toggle_occluded if self._session.span_here is None else self.toggle_occluded)()

    @Slot()
    def interpolate_here(self) -> None:
        (self._arranging.interpolate_doubt if self._session.span_here is None else self.interpolate)()

    @Slot()
    def right_here(self) -> None:
        (self._review.accept if self._session.span_here is None else self.mark_right)()

    @Slot()
    def track_again_here(self) -> None:
        (self._tracking.retrack_stale if self._session.span_here is None else self.track_again)()

    # The span

    @Slot()
    def delete(self) -> None:
        self._edit(tr("Delete boxes"), self._deletion)

    @Slot()
    def mark_absent(self) -> None:
        self._edit(tr("Mark as absent"), absent_span)

    @Slot()
    def toggle_occluded(self) -> None:
        self._edit(tr("Mark as occluded"), occlude_span)

    @Slot()
    def mark_right(self) -> None:
        """Mark every box of the span as right."""
        self._edit(tr("Mark as right"), _review)

    @Slot()
    def interpolate(self) -> None:
        """Interpolate linearly between the boxes that a person has drawn or reviewed."""
        self._edit(tr("Interpolate"), _on_lines)

    @Slot()
    def interpolate_smooth(self) -> None:
        """Interpolate along a smooth curve through these boxes."""
        self._edit(tr("Interpolate"), _on_curve)

    @Slot()
    def smooth(self) -> None:
        self._edit(tr("Smooth jitter"), _smooth)

    def simplify(self, least_iou: float) -> None:
        """Keep as few boxes as possible, as keyframes: interpolating between them must overlap each old box by
        ``least_iou``.
        """
        self._edit(tr("Simplify to keyframes"), partial(_thin_out, least_iou=least_iou))

    def simplified(self, least_iou: float) -> str:
        """Say what ``simplify`` would do; nothing is changed."""
        chosen = self._chosen()
        if chosen is None:
            return translated(NO_SPAN)
        edit = _thin_out(*chosen, least_iou=least_iou)
        return edit.refusal or edit.told

    @Slot()
    def track_again(self) -> None:
        """Track the span again from its first box."""
        chosen = self._chosen()
        if chosen is not None:
            track, first, last = chosen
            self._tracking.track_span(track.id, first, last)

    def copy_to(self, track_id: int | None) -> None:
        """Copy what the active track shows in the span to another track, or to a new one (None)."""
        chosen = self._chosen()
        if chosen is None:
            return
        track, first, last = chosen
        project = self._document.opened_project
        if track_id is None:
            own = from_frame(track, first)
            goal = Track(
                project.next_track_id(), track.label, project.next_colour(), dict(own.attributes), changes=own.changes
            )  # keep the changes after the span, where other boxes may be
        else:
            goal = project.tracks[track_id]
        edit = copy_span(track, goal, first, last)
        if edit.refusal:
            self.told.emit(edit.refusal)
            return
        command: DocumentCommand
        if track_id is None:
            goal.put(edit.records)
            command = SeveralEdits(self._document, tr("Copy boxes"), [AddTrack(self._document, goal)])
        else:
            command = PutRecords(self._document, tr("Copy boxes"), goal.id, edit.records, marks=edit.marks)
        if not self._document.undo_stack.do(command):
            return
        copied = tr_counted(boxes_shown(track, first, last), "box", "boxes")
        self.told.emit(
            tr(
                "{copied} of {track} copied to {goal}, frames {first} to {last}.",
                copied=copied,
                track=track.name,
                goal=goal.name,
                first=first,
                last=last,
            )
        )

    # Up to an end

    @Slot()
    def delete_to_end(self) -> None:
        """Delete everything the active track shows from the current frame on."""
        self._delete_of_active(self._session.current_frame, self._last_frame)

    @Slot()
    def delete_to_start(self) -> None:
        """Delete everything the active track shows up to and including the current frame."""
        self._delete_of_active(0, self._session.current_frame)

    # Numbers of boxes, for menus

    @property
    def count(self) -> int:
        """How many boxes the span shows."""
        track, span = self._active_or_none(), self._session.span
        return 0 if track is None or span is None else boxes_shown(track, *span)

    @property
    def count_to_end(self) -> int:
        track = self._active_or_none()
        return 0 if track is None else boxes_shown(track, self._session.current_frame, self._last_frame)

    @property
    def count_to_start(self) -> int:
        track = self._active_or_none()
        return 0 if track is None else boxes_shown(track, 0, self._session.current_frame)

    # Implementation

    @property
    def _last_frame(self) -> int:
        project = self._document.project
        return max(project.video.frame_count - 1, 0) if project else 0

    def _deletion(self, track: Track, first: int, last: int) -> BoxEdit:
        edit = delete_span(track, first, last, frame_count=self._last_frame + 1)
        return _said(edit, track, first, last, "deleted")

    def _delete_of_active(self, first: int, last: int) -> None:
        track = self._active()
        if track is not None:
            self._put(tr("Delete boxes"), track, self._deletion(track, first, last))

    def _edit(self, text: str, edit_of: Callable[[Track, int, int], BoxEdit]) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self._put(text, chosen[0], edit_of(*chosen))

    def _put(self, text: str, track: Track, edit: BoxEdit) -> None:
        if edit.refusal:
            self.told.emit(edit.refusal)
            return
        command = PutRecords(self._document, text, track.id, edit.records, marks=edit.marks)
        if self._document.undo_stack.do(command) and edit.told:  # the reason was told already
            self.told.emit(edit.told)

    def _chosen(self) -> tuple[Track, int, int] | None:
        track, span = self._active(), self._session.span
        if track is None:
            return None
        if span is None:
            self.told.emit(translated(NO_SPAN))
            return None
        return track, *span

    def _active(self) -> Track | None:
        track = self._active_or_none()
        if track is None:
            self.told.emit(translated(NO_TRACK))
        return track

    def _active_or_none(self) -> Track | None:
        active = self._session.active_track_id
        return None if active is None else self._document.opened_project.tracks[active]


def _said(edit: BoxEdit, track: Track, first: int, last: int, what: str) -> BoxEdit:
    """The same edit, with a sentence that says how many boxes it changed."""
    boxes = tr_counted(boxes_shown(track, first, last), "box", "boxes")
    return replace(
        edit,
        told=tr(
            "{boxes} of {track} {what}, frames {first} to {last}.",
            boxes=boxes,
            track=track.name,
            what=what,
            first=first,
            last=last,
        ),
    )


def _on_lines(track: Track, first: int, last: int) -> BoxEdit:
    return _said(interpolate_linear(track, first, last), track, first, last, tr("now lie on lines"))


def _on_curve(track: Track, first: int, last: int) -> BoxEdit:
    return _said(interpolate_smooth(track, first, last), track, first, last, tr("now lie on a smooth curve"))


def _review(track: Track, first: int, last: int) -> BoxEdit:
    records = reviewed(track, first, last)
    if not records:
        return BoxEdit(
            refusal=tr(
                "{track} has no unreviewed box from frame {first} to {last}.", track=track.name, first=first, last=last
            )
        )
    boxes = tr_counted(len(records), "box", "boxes")
    return BoxEdit(
        records,
        told=tr(
            "{boxes} of {track} marked as right, frames {first} to {last}.",
            boxes=boxes,
            track=track.name,
            first=first,
            last=last,
        ),
    )


def _smooth(track: Track, first: int, last: int) -> BoxEdit:
    edit = smooth(track, first, last)
    boxes = tr_counted(len(edit.records), "box", "boxes")
    return replace(
        edit,
        told=tr(
            "{boxes} of {track} smoothed, frames {first} to {last}.",
            boxes=boxes,
            track=track.name,
            first=first,
            last=last,
        ),
    )


def _thin_out(track: Track, first: int, last: int, *, least_iou: float) -> BoxEdit:
    edit = thin_out(track, first, last, least_iou=least_iou)
    gone = sum(record is None for record in edit.records.values())
    left = tr_counted(sum(1 for _ in track.items(first, last)) - gone + _new(track, edit), "keyframe")
    return replace(
        edit,
        told=tr(
            "{left} left of {boxes} of {track}.",
            left=left,
            boxes=tr_counted(last - first + 1, "box", "boxes"),
            track=track.name,
        ),
    )


def _new(track: Track, edit: BoxEdit) -> int:
    return sum(record is not None and track.get(frame) is None for frame, record in edit.records.items())
