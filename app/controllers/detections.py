"""Detections: boxes from a file, shown as ghosts. A person takes one, all of a frame, or all, linked to tracks."""

from __future__ import annotations

from functools import partial
from threading import Event

from PySide6.QtCore import QObject, Signal, Slot

from app.assist.detections import Taking, link, take_all, take_one
from app.controllers.playback import PlaybackController
from app.document.commands import AddTrack, DocumentCommand, PutLabel, PutRecords, SeveralEdits
from app.document.detection_commands import TakeDetections
from app.document.document import Document
from app.document.session import Session
from app.language import tr, tr_counted
from app.model.detection import Detection
from app.model.linking import LinkingStoppedError, LinkRules
from app.model.project import Project
from app.workers.background import run_in_background


class DetectionsController(QObject):
    """Detections are kept with the project until they are taken or deleted; each taking is one undo step.

    Signals:
        changed: the ghosts to show, if any, are different now.
        link_counted(Taking, LinkRules): what linking by these rules would do.
        linked: the tracks were added.
        told: a sentence about what happened or why nothing did.
    """

    changed = Signal()
    link_counted = Signal(object, object)
    linked = Signal()
    told = Signal(str)

    def __init__(
        self, document: Document, session: Session, *, playback: PlaybackController, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._session = session
        self._playback = playback
        self._is_shown = True
        self._stop = Event()
        self._counted: tuple[Project, Taking] | None = None
        session.frame_changed.connect(self._on_frame_changed)
        document.detections_changed.connect(self._on_detections_changed)
        document.project_opened.connect(self._on_detections_changed)
        document.project_closed.connect(self._on_detections_changed)

    @property
    def count(self) -> int:
        """How many detections the project has."""
        project = self._document.project
        return 0 if project is None else len(project.detections)

    @property
    def is_shown(self) -> bool:
        """Whether detections are shown as ghosts; otherwise Enter and clicks do not apply to them."""
        return self._is_shown

    @Slot(bool)
    def set_shown(self, shown: bool) -> None:
        if shown != self._is_shown:
            self._is_shown = shown
            self.changed.emit()

    @property
    def ghosts(self) -> tuple[Detection, ...]:
        """The shown detections of the current frame."""
        return self.ghosts_at(self._session.current_frame)

    def ghosts_at(self, frame: int) -> tuple[Detection, ...]:
        project = self._document.project
        return () if project is None or not self._is_shown else tuple(project.detections.at(frame))

    @Slot()
    def take_all(self) -> None:
        """Turn all detections of the current frame into boxes of the tracks that they continue, or of new tracks."""
        project, ghosts = self._document.opened_project, self.ghosts
        if not ghosts:
            self.told.emit(tr("There is no detection on this frame."))
            return
        taking = take_all(project, ghosts)
        detections = tr_counted(len(ghosts), "detection")
        if self._push(tr("Take {detections}", detections=detections), taking):
            self.told.emit(
                tr(
                    "{detections} taken: {going_on} go on with tracks, {new} begin new ones.",
                    detections=detections,
                    going_on=len(taking.edits),
                    new=len(taking.added),
                )
            )

    def take(self, frame: int, number: int) -> None:
        """Take one ghost by its place in ``ghosts``: it becomes a box of the active track if that shows none here, or a
        new track.
        """
        ghosts = self.ghosts_at(frame)
        if not 0 <= number < len(ghosts):
            return
        taking = take_one(self._document.opened_project, ghosts[number], self._session.active_track_id)
        if self._push(tr("Take detection"), taking):
            self._session.select(*(track.id for track in taking.added), *taking.edits)

    @Slot()
    def delete_here(self) -> None:
        """Delete the detections of the current frame."""
        project = self._document.opened_project
        self._delete(tuple(project.detections.at(self._session.current_frame)))

    @Slot()
    def delete_all(self) -> None:
        self._delete(tuple(self._document.opened_project.detections))

    def _delete(self, several: tuple[Detection, ...]) -> None:
        if not several:
            self.told.emit(tr("There is no detection on this frame."))
        elif self._document.undo_stack.do(TakeDetections(self._document, several)):
            detections = tr_counted(len(several), "detection")
            self.told.emit(tr("{detections} deleted; Undo brings them back.", detections=detections))

    def go(self, step: int) -> None:
        """Go to the next frame with a detection, or (-1) to the one before."""
        frame = self._session.current_frame
        goal = self._document.opened_project.detections.frame_beside(frame, step)
        if goal is None:
            self.told.emit(
                tr("No detection after frame {frame}.", frame=frame)
                if step > 0
                else tr("No detection before frame {frame}.", frame=frame)
            )
        else:
            self._playback.go_to(goal)

    def count_link(self, rules: LinkRules) -> None:
        """Count what linking by these rules would do; a count that is still running is dropped."""
        self._stop.set()
        self._stop = stop = Event()
        self._counted = None
        project = self._document.opened_project
        copy, detections = project.copy(), tuple(project.detections)
        run_in_background(
            partial(link, copy, detections, rules, is_stopped=stop.is_set),
            on_done=partial(self._on_counted, project, rules, stop),
            on_error=self._on_error,
            owner=self,
        )

    def forget_link(self) -> None:
        """Drop the count: nobody waits for it any more."""
        self._stop.set()
        self._counted = None

    @Slot()
    def take_link(self) -> None:
        """Do what was counted last, as one undo step."""
        counted_last, self._counted = self._counted, None
        project = self._document.project
        if counted_last is None or counted_last[0] is not project or project is None:
            return
        taking = counted_last[1]
        if taking.added and self._push(tr("Link detections"), taking):
            self.told.emit(
                tr(
                    "{tracks} made of {detections}; {left} left.",
                    tracks=tr_counted(len(taking.added), "track"),
                    detections=tr_counted(len(taking.used), "detection"),
                    left=tr_counted(self.count, "detection"),
                )
            )
            self.linked.emit()

    def _push(self, text: str, taking: Taking) -> bool:
        document = self._document
        edits: list[DocumentCommand] = [PutLabel(document, label) for label in taking.labels]
        edits += [
            PutRecords(document, text, track_id, edit.records, marks=edit.marks)
            for track_id, edit in taking.edits.items()
        ]
        edits += [AddTrack(document, track) for track in taking.added]
        edits.append(TakeDetections(document, taking.used))
        return document.undo_stack.do(SeveralEdits(document, text, edits))

    def _on_counted(self, project: Project, rules: LinkRules, stop: Event, taking: Taking) -> None:
        if not stop.is_set():
            self._counted = project, taking
            self.link_counted.emit(taking, rules)

    def _on_error(self, error: Exception) -> None:
        if not isinstance(error, LinkingStoppedError):
            raise error

    @Slot()
    def _on_frame_changed(self) -> None:
        project = self._document.project
        if project is not None and project.detections:
            self.changed.emit()

    @Slot()
    def _on_detections_changed(self) -> None:
        self.forget_link()
        self.changed.emit()
