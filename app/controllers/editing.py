"""What a person does to boxes, tracks and labels, as undo commands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from app.assist.box_edits import (
    BoxEdit,
    delete_box,
    delete_span,
    delete_stale,
    keep_stale,
    place_box,
    toggle_absent,
    toggle_occluded,
)
from app.controllers.held_edits import HeldEdits
from app.document.commands import (
    AddTrack,
    DocumentCommand,
    EditTrack,
    PutLabel,
    PutRecords,
    RemoveTracks,
    SeveralEdits,
)
from app.document.document import Document
from app.document.session import Session
from app.language import tr
from app.model.box_record import BoxRecord, keyframe
from app.model.interpolation import record_at
from app.model.names import clean_name
from app.model.project import LABEL_COLOURS, Label
from app.model.track import Track
from tracker_core.geometry import Box


class EditingController(QObject):
    """Each edit is one undo step.

    Signals:
        track_drawn: the id of a new track, whose first box was just drawn.
        keyframe_made: track and frame of a box that was drawn or corrected in an existing track.
        correction_begun: the next drawn box will replace the active track's.
        told: a sentence about what happened or why nothing did.
        lost: which edit could not be kept.
    """

    track_drawn = Signal(int)
    keyframe_made = Signal(int, int)
    correction_begun = Signal()
    told = Signal(str)
    lost = Signal(str)

    def __init__(self, document: Document, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._session = session
        self._last_label = ""
        self._corrected_next: int | None = None
        self._edits_of_step: list[DocumentCommand] | None = None
        self._before_absent: dict[tuple[int, int], dict[int, BoxRecord]] = {}  # the boxes that an absent mark removed
        self.held_edits = HeldEdits(document, self)
        self.held_edits.told.connect(self.told)
        self.held_edits.lost.connect(self.lost)
        document.project_opened.connect(self._on_project_opened)

    # Boxes

    def draw_box(self, frame: int, box: Box) -> None:
        """Start a new track; or, if the active track shows no box here or is being corrected, give it this box."""
        corrected, self._corrected_next = self._corrected_next, None
        if corrected is not None and corrected == self._session.active_track_id:
            self.correct_box(frame, corrected, box)
            return
        track = self._track_without_box(frame)
        if track is None:
            self.held_edits.do(frame, partial(self._add_track, frame, box))
        else:
            self.held_edits.do(frame, partial(self._add_to, track.id, frame, box))

    def begin_correction(self, track_id: int) -> None:
        """Let the next drawn box replace this track's box."""
        if not self._document.may_change(track_id):
            return
        self._corrected_next = track_id
        self.correction_begun.emit()

    @property
    def is_correcting(self) -> bool:
        """Whether the next drawn box replaces one."""
        return self._corrected_next is not None

    @Slot()
    def give_correction_up(self) -> None:
        """Let the next drawn box start a new track again."""
        self._corrected_next = None

    def correct_box(self, frame: int, track_id: int, box: Box) -> None:
        """A box was dragged, resized or nudged: its frame becomes a keyframe."""
        self.held_edits.do(frame, partial(self._place, track_id, frame, box, tr("Correct box")))

    @Slot()
    def delete_box(self) -> None:
        """Delete the active track's box in the current frame, and nothing else."""
        self._edit_active(tr("Delete box"), delete_box)

    def delete_span(self, track_id: int, first: int, last: int) -> None:
        """Delete everything that a track shows from ``first`` to ``last`` (both included), even a person's boxes."""
        project = self._document.opened_project
        track = project.tracks[track_id]
        self._put(tr("Delete boxes"), track, delete_span(track, first, last, frame_count=project.video.frame_count))

    @Slot()
    def delete_stale_boxes(self) -> None:
        """Delete the stale boxes of the selected tracks."""
        self._edit_selected(tr("Delete stale boxes"), delete_stale)

    @Slot()
    def keep_stale_boxes(self) -> None:
        """Make the stale boxes of the selected tracks valid again."""
        self._edit_selected(tr("Keep stale boxes"), keep_stale)

    @Slot()
    def toggle_occluded(self) -> None:
        """Mark the active track's target as occluded from here to the next keyframe, or take the mark back."""
        self._edit_active(tr("Mark as occluded"), toggle_occluded)

    @Slot()
    def toggle_absent(self) -> None:
        """Mark the active track's target as absent from here to the next keyframe, or take the mark back."""
        self._edit_active(tr("Mark as absent"), self._absent_edit)

    # Tracks

    def set_label(self, track_ids: tuple[int, ...], *, name: str | None = None, colour: str | None = None) -> None:
        """Give tracks a label (possibly new), a colour, or both; None keeps the old value."""
        if not self._document.may_change(*track_ids):
            return
        name = clean_name(name) or None if name is not None else None
        tracks = [self._document.opened_project.tracks[track_id] for track_id in track_ids]
        changes = {track.id: (name or track.label, colour or track.colour) for track in tracks}
        changed = [track for track in tracks if changes[track.id] != (track.label, track.colour)]
        if name is not None:
            self._last_label = name
        if not changed:
            return
        what = tr("label") if name is not None else tr("colour")
        of = "" if len(changed) == 1 else tr(" of {changed} tracks", changed=len(changed))
        with self._one_step(tr("Change {what}{of}", what=what, of=of)):
            if name is not None:
                self._put_label_if_new(name)
            for track in changed:
                label, colour_now = changes[track.id]
                self._push(EditTrack(self._document, track.id, label=label, colour=colour_now))

    def rename(self, track_id: int, name: str) -> None:
        """Change one track's label; its colour stays."""
        self.set_label((track_id,), name=name)

    def recolour(self, track_ids: tuple[int, ...], colour: str) -> None:
        """Change the colour of tracks; their labels stay."""
        self.set_label(track_ids, colour=colour)

    def delete_tracks(self, track_ids: tuple[int, ...]) -> None:
        if track_ids:
            self._push(RemoveTracks(self._document, track_ids))

    @Slot()
    def delete_selected_tracks(self) -> None:
        self.delete_tracks(self._session.selected_track_ids)

    # Selection (not an edit)

    def click_track(self, track_id: int, adds: bool) -> None:
        """Select a track (-1: none). With ``adds``, add it to the selection, or remove it if it is selected."""
        selected = self._session.selected_track_ids
        if not adds:
            self._session.select(*([track_id] if track_id >= 0 else []))
        elif track_id in selected:
            self._session.select(*(other for other in selected if other != track_id))
        elif track_id >= 0:
            self._session.select(track_id, *selected)

    @Slot()
    def toggle_hidden(self) -> None:
        """Hide the selected tracks, or show them if the active one is hidden."""
        active = self._session.active_track_id
        if active is not None:
            hidden = not self._session.is_hidden(active)
            for track_id in self._session.selected_track_ids:
                self._session.set_hidden(track_id, hidden)

    @Slot()
    def select_next_track(self) -> None:
        self._select_beside(1)

    @Slot()
    def select_previous_track(self) -> None:
        self._select_beside(-1)

    @Slot()
    def select_all_tracks(self) -> None:
        """Select every track; the active one stays active."""
        project, active = self._document.project, self._session.active_track_id
        if project is not None:
            self._session.select(*([] if active is None else [active]), *sorted(project.tracks))

    def _select_beside(self, step: int) -> None:
        ids = sorted(self._document.project.tracks) if self._document.project else []
        active = self._session.active_track_id
        if ids:
            place = (0 if step > 0 else -1) if active is None else (ids.index(active) + step) % len(ids)
            self._session.select(ids[place])

    # Implementation

    def _add_track(self, frame: int, box: Box) -> None:
        project = self._document.opened_project
        track = Track(project.next_track_id(), self._last_label, project.next_colour())
        track.put({frame: keyframe(box)})
        with self._one_step(tr("Draw box")):
            self._put_label_if_new(track.label)
            self._push(AddTrack(self._document, track))
        if track.id in project.tracks:  # not if the file could not be written
            self._session.select(track.id)
            self.track_drawn.emit(track.id)

    def _add_to(self, track_id: int, frame: int, box: Box) -> None:
        track = self._document.opened_project.tracks.get(track_id)
        if track is None:
            self._add_track(frame, box)
            return
        if self._place(track_id, frame, box, tr("Draw box")):
            self.told.emit(
                tr("Added to {track}. For a new track, click beside all boxes first, then draw.", track=track.name)
            )

    def _place(self, track_id: int, frame: int, box: Box, text: str) -> bool:
        track = self._document.opened_project.tracks.get(track_id)
        if track is None:  # deleted while the edit waited
            return False
        is_placed = self._put(text, track, place_box(track, frame, box, runs=self._document.opened_project.runs))
        if is_placed:
            self.keyframe_made.emit(track.id, frame)
        return is_placed

    def _edit_active(self, text: str, edit_of: Callable[[Track, int], BoxEdit]) -> None:
        track = self._active_track()
        if track is None:
            self.told.emit(tr("Select a track first: click on its box."))
            return
        frame = self._session.current_frame
        self.held_edits.do(frame, partial(self._edit_at, text, edit_of, track.id, frame))

    def _edit_at(self, text: str, edit_of: Callable[[Track, int], BoxEdit], track_id: int, frame: int) -> None:
        track = self._document.opened_project.tracks.get(track_id)
        if track is not None and self._document.may_change(track_id):
            self._put(text, track, edit_of(track, frame))

    def _edit_selected(self, text: str, edit_of: Callable[[Track], BoxEdit]) -> None:
        """Edit all selected tracks that the edit applies to, in one step."""
        tracks = [self._document.opened_project.tracks[track_id] for track_id in self._session.selected_track_ids]
        edits = [(track, edit_of(track)) for track in tracks]
        possible = [(track, edit) for track, edit in edits if not edit.refusal]
        if not tracks:
            self.told.emit(tr("Select a track first: click on its box."))
        elif not possible:
            self.told.emit(" ".join(edit.refusal for _, edit in edits))
        else:
            puts = [
                PutRecords(self._document, text, track.id, edit.records, marks=edit.marks) for track, edit in possible
            ]
            if self._push(SeveralEdits(self._document, text, puts)) and (told := [edit.told for _, edit in possible]):
                self.told.emit(" ".join(filter(None, told)))

    def _put(self, text: str, track: Track, edit: BoxEdit) -> bool:
        """Whether it was done."""
        if edit.refusal:
            self.told.emit(edit.refusal)
            return False
        is_done = self._push(PutRecords(self._document, text, track.id, edit.records, marks=edit.marks))
        if is_done and edit.told:
            self.told.emit(edit.told)
        return is_done

    def _absent_edit(self, track: Track, frame: int) -> BoxEdit:
        """Taking an absent mark back restores the boxes that it removed, unless others were put there since."""
        edit = toggle_absent(track, frame)
        if edit.refusal:
            return edit
        if edit.records[frame] is not None:
            taken = {place: record for place in edit.records if (record := track.get(place)) is not None}
            self._before_absent[track.id, frame] = taken
            return edit
        ahead = track.keyframe_after(frame)
        back = {
            place: record
            for place, record in self._before_absent.pop((track.id, frame), {}).items()
            if place == frame or (track.get(place) is None and (ahead is None or place < ahead))
        }
        return replace(edit, records={**edit.records, **back})

    def _put_label_if_new(self, name: str) -> None:
        labels = self._document.opened_project.labels
        if name and name not in labels:
            shared = next((label for label in self._session.shared_labels if label.name == name), None)
            new = shared or Label(name, LABEL_COLOURS[len(labels) % len(LABEL_COLOURS)])
            self._push(PutLabel(self._document, new))

    def _active_track(self) -> Track | None:
        active = self._session.active_track_id
        return None if active is None else self._document.opened_project.tracks[active]

    def _track_without_box(self, frame: int) -> Track | None:
        track = self._active_track()
        if track is None or self._session.is_hidden(track.id):
            return None
        shown = record_at(track, frame)
        return track if shown is None or shown.absent else None

    @contextmanager
    def _one_step(self, text: str) -> Iterator[None]:
        """Everything pushed inside the block becomes one write and one undo step."""
        edits: list[DocumentCommand] = []
        self._edits_of_step = edits
        try:
            yield
        finally:
            self._edits_of_step = None
        self._push(SeveralEdits(self._document, text, edits))

    def _push(self, command: DocumentCommand) -> bool:
        """Push an edit. Returns whether it was done, or will be at the end of ``_one_step``."""
        if self._edits_of_step is None:
            return self._document.undo_stack.do(command)
        self._edits_of_step.append(command)
        return True

    @Slot()
    def _on_project_opened(self) -> None:
        tracks = self._document.opened_project.tracks
        self._last_label = tracks[max(tracks)].label if tracks else ""
        self._before_absent.clear()
