"""Connects the canvas: boxes and score map in, gestures out."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QRectF, Slot

from app.controllers.detections import DetectionsController
from app.controllers.editing import EditingController
from app.controllers.find_again import FindAgainController
from app.controllers.look_alikes import LookAlikesController
from app.controllers.playback import PlaybackController
from app.controllers.project import ProjectController
from app.controllers.proposals import ProposalsController
from app.controllers.redrawing import RedrawingController
from app.controllers.review import ReviewController
from app.controllers.score_map import ScoreMapController
from app.document.document import Document
from app.document.session import Session
from app.model.box_record import BoxRecord, Source
from app.model.detection import Detection
from app.model.project import Project
from app.views.canvas.canvas_view import CanvasView
from app.views.canvas.label_field import LabelField
from app.views.canvas.looked_at import LookedAt
from app.views.canvas.shown_box import ShownBox, shown_boxes
from app.workers.turns import Soon
from tracker_core.geometry import Box
from tracker_core.tracker import Evidence, LookAlike


class CanvasPresenter(QObject):
    """Shows the boxes of the canvas's frame, which may lag behind the session's while a frame is being decoded.

    Boxes are gathered once a turn of the event loop, no matter how many changes there were.
    """

    def __init__(
        self,
        document: Document,
        session: Session,
        *,
        project: ProjectController,
        playback: PlaybackController,
        editing: EditingController,
        score_map: ScoreMapController,
        look_alikes: LookAlikesController,
        find_again: FindAgainController,
        detections: DetectionsController,
        review: ReviewController,
        redrawing: RedrawingController,
        proposals: ProposalsController,
    ) -> None:
        self.view = CanvasView()
        super().__init__(self.view)
        self._document = document
        self._session = session
        self._project = project
        self._editing = editing
        self._score_map = score_map
        self._review = review
        self._redrawing = redrawing
        self._proposals = proposals
        self._playback = playback
        self._preview: Box | None = None
        self._labelled = -1  # the track of the label field
        self.label_field = LabelField(self.view)
        self.label_field.label_chosen.connect(self._on_label_chosen)
        self.label_field.left.connect(self.view.setFocus)
        editing.track_drawn.connect(self._on_track_drawn)
        session.selection_changed.connect(self._on_selection_changed)
        document.track_changed.connect(self._on_track_changed)
        for elsewhere in (session.frame_changed, document.project_closed, self.view.gesture_started):
            elsewhere.connect(self.label_field.close_quietly)
        self._refreshing = Soon(self)
        self._refreshing.due.connect(self.refresh)
        document.project_closed.connect(self._on_project_closed)
        document.boxes_changed.connect(self._on_boxes_changed)
        for changed in (
            document.project_opened,
            document.track_added,
            document.track_removed,
            document.track_changed,
            document.lock_changed,
            session.selection_changed,
            session.visibility_changed,
            session.frame_changed,
            review.changed,
            redrawing.changed,
            proposals.changed,
        ):
            changed.connect(self._refresh_soon)
        playback.frame_shown.connect(self._on_frame_shown)
        playback.stand_in_shown.connect(self._on_frame_shown)
        playback.damage_changed.connect(self.view.set_notice)
        score_map.evidence_changed.connect(self._refresh_overlay)
        score_map.preview_box.connect(self._on_preview_changed)
        session.map_overlay_changed.connect(self._refresh_overlay)

        editing.correction_begun.connect(lambda: self.view.set_drawing(True))
        self.view.drawing_changed.connect(self._on_drawing_changed)
        self.view.box_drawn.connect(self._on_box_drawn)
        self.view.box_edited.connect(self._on_box_edited)
        self.view.track_clicked.connect(self._on_track_clicked)
        self.view.gesture_started.connect(playback.stay)
        self._look_alikes = look_alikes
        self._find_again = find_again
        self._detections = detections
        look_alikes.changed.connect(self._show_suggestions)
        detections.changed.connect(self._show_suggestions)
        find_again.asked_changed.connect(self._show_suggestions)
        self.view.suggestion_clicked.connect(self._on_suggestion_clicked)
        self.view.space_tapped.connect(playback.toggle)
        self.view.paths_dropped.connect(self._on_paths_dropped)

    # Boxes

    @Slot()
    def refresh(self) -> None:
        """Gather the boxes of the shown frame."""
        self._refreshing.stop()
        project, frame = self._document.project, self.view.frame_index
        if project is None:
            return
        self.view.set_has_tracks(bool(project.tracks))
        self._show_suggestions()
        if frame is not None:
            self.view.set_redraws(self._is_redrawing(frame))
            self.view.set_boxes(
                (
                    *self._preview_boxes(project),
                    *self._proposed_boxes(project, frame),
                    *shown_boxes(
                        project,
                        self._session,
                        frame,
                        is_locked=self._document.is_locked,
                        is_doubtful=self._review.is_doubtful,
                    ),
                )
            )

    def _is_redrawing(self, frame: int) -> bool:
        return frame == self._session.current_frame and self._redrawing.is_on

    def _preview_boxes(self, project: Project) -> Iterator[ShownBox]:
        active = self._session.active_track_id
        if self._preview is not None and active is not None and self._score_map.evidence_frame == self.view.frame_index:
            track = project.tracks[active]
            yield ShownBox(track.id, BoxRecord(self._preview, Source.TRACKER), track.colour, track.label, ghost=True)

    def _proposed_boxes(self, project: Project, frame: int) -> Iterator[ShownBox]:
        for track_id, record in self._proposals.at(frame).items():
            track = project.tracks[track_id]
            if not self._session.is_hidden(track_id):
                yield ShownBox(track_id, record, track.colour, track.label, ghost=True)

    @Slot()
    def _refresh_soon(self) -> None:
        self._refreshing.start()

    @Slot(int, int, int)
    def _on_boxes_changed(self, track_id: int, first: int, last: int) -> None:
        # The active track's ghost also shows in frames whose boxes did not change.
        frame = self.view.frame_index
        if frame is not None and (first <= frame <= last or track_id == self._session.active_track_id):
            self._refresh_soon()

    @Slot(object)
    def _on_preview_changed(self, box: Box | None) -> None:
        """Show the active track's box with other constants as a ghost."""
        self._preview = box
        self._refresh_soon()

    @Slot()
    def _on_project_closed(self) -> None:
        self.view.clear()
        self.view.set_has_tracks(False)

    # Picture and score map

    @Slot(int, object)
    def _on_frame_shown(self, index: int, image: NDArray[np.uint8]) -> None:
        self.view.show_frame(index, image)
        self.refresh()
        self._refresh_overlay()

    @Slot()
    def _refresh_overlay(self) -> None:
        """Show the map over the picture if it is switched on and belongs to the shown frame."""
        opacity, evidence = self._session.map_overlay_opacity, self._score_map.evidence
        if evidence is None or opacity == 0 or self._score_map.evidence_frame != self.view.frame_index:
            self.view.clear_overlay()
            self.view.set_looked_at(None)
        else:
            self.view.set_overlay(evidence.decided, evidence.map_box, opacity)
            self.view.set_looked_at(_looked_at(evidence))

    # Label of a new box

    @Slot(int)
    def _on_track_drawn(self, track_id: int) -> None:
        """Ask for the label at the box: the first of a project is empty, later ones start with the last label used."""
        project, frame = self._document.opened_project, self.view.frame_index
        track = project.tracks[track_id]
        record = None if frame is None else track.get(frame)
        if record is None or record.box is None:
            return
        self.refresh()
        self._labelled = track_id
        corner = self.view.widget_point
        self.label_field.open_at(
            QRectF(corner(record.box.x, record.box.y), corner(record.box.right, record.box.bottom)),
            label=track.label,
            labels=self._session.known_labels,
            takes_focus=not track.label and len(project.tracks) == 1,
        )

    @Slot(str)
    def _on_label_chosen(self, label: str) -> None:
        if self._document.project is not None and self._labelled in self._document.project.tracks:
            self._editing.rename(self._labelled, label)

    @Slot(int)
    def _on_track_changed(self, track_id: int) -> None:
        """Close the label field if the label was given elsewhere, for example by a digit key."""
        if track_id == self._labelled:
            self.label_field.close_quietly()

    @Slot()
    def _on_selection_changed(self) -> None:
        if self._session.active_track_id != self._labelled:
            self.label_field.close_quietly()

    # Gestures

    @Slot()
    def _on_drawing_changed(self) -> None:
        if not self.view.is_drawing:
            self._editing.give_correction_up()

    @Slot(int, bool)
    def _on_track_clicked(self, track_id: int, adds: bool) -> None:
        self._editing.click_track(track_id, adds)
        self.refresh()  # immediately: the next press may come before the event loop turns

    @Slot(object)
    def _on_box_drawn(self, box: Box) -> None:
        frame = self.view.frame_index  # the frame the person saw, even if the next one is under way
        if frame is not None:
            if self._is_redrawing(frame) and not self._redrawing.begin():
                return
            corrects = self._editing.is_correcting
            self._editing.draw_box(frame, box)
            if corrects:
                self.view.set_drawing(False)

    @Slot(int, object)
    def _on_box_edited(self, track_id: int, box: Box) -> None:
        frame = self.view.frame_index
        if frame is not None:
            self._playback.stay()  # a nudge may come while a stand-in frame is shown
            self._editing.correct_box(frame, track_id, box)
            self.refresh()  # immediately: the next nudge starts from what the canvas shows

    @Slot()
    def _show_suggestions(self) -> None:
        """Show the find in question, or else this frame's look-alikes, or else its detections. Finds and look-alikes
        belong to the session's frame, so they are not shown on a stand-in.
        """
        asked, frame = self._find_again.asked, self.view.frame_index
        is_current = frame == self._session.current_frame
        if asked is not None and asked.found is not None:
            self.view.set_suggestions((LookAlike(asked.found, asked.strength),) if is_current else ())
        elif self._look_alikes.ghosts:
            self.view.set_suggestions(self._look_alikes.ghosts if is_current else ())
        else:
            ghosts = () if frame is None else self._detections.ghosts_at(frame)
            self.view.set_suggestions([_ghost(one) for one in ghosts])

    @Slot(int)
    def _on_suggestion_clicked(self, number: int) -> None:
        if self._find_again.asked is not None:
            self._find_again.accept()
        elif self._look_alikes.ghosts:
            self._look_alikes.take(number)
        elif self.view.frame_index is not None:
            self._detections.take(self.view.frame_index, number)

    @Slot(object)
    def _on_paths_dropped(self, paths: list[Path]) -> None:
        self._project.open(paths[0])


def _ghost(one: Detection) -> LookAlike:
    """NaN means that no score is shown."""
    return LookAlike(one.box, math.nan if one.score is None else one.score)


def _looked_at(evidence: Evidence) -> LookedAt:
    distractors = tuple(distractor.box for distractor in evidence.distractors)
    return LookedAt(evidence.search_region_box, evidence.is_searching, distractors)
