"""Tighten: the network fits boxes to their targets once more. Each is one undo step."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from app.assist.tightening import (
    LooseBox,
    Tightened,
    Tightening,
    loose_box,
    loose_boxes,
    span_around,
    tight_edit,
)
from app.controllers.errands import ErrandsController
from app.document.commands import PutRecords, SeveralEdits
from app.document.document import Document
from app.document.session import Session
from app.language import tr, tr_counted
from app.settings.store import SettingsStore
from app.settings.tracker_choice import tracker_choice


class TighteningController(QObject):
    """
    Signals:
        told: a sentence about what happened or why nothing did.
    """

    told = Signal(str)

    def __init__(
        self,
        document: Document,
        session: Session,
        errands: ErrandsController,
        settings: SettingsStore,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._session = session
        self._errands = errands
        self._settings = settings

    @Slot()
    def tighten_here(self) -> None:
        """Tighten the active track's box in the current frame, no matter who made it."""
        active = self._session.active_track_id
        if active is None:
            self.told.emit(tr("Select a track first: click on its box."))
            return
        if not self._document.may_change(active):
            return
        loose = loose_box(self._document.opened_project.tracks[active], self._session.current_frame)
        if isinstance(loose, str):
            self.told.emit(loose)
        else:
            self._begin((loose,), asked_for=frozenset({(active, loose.frame)}))

    @Slot()
    def tighten_stretch(self) -> None:
        """Tighten the active track's boxes in the chosen span, except those that a person has drawn or reviewed.
        Without a span, the selected tracks between the keyframes around the current frame.
        """
        span, active = self._session.span_here, self._session.active_track_id
        if span is not None and active is not None:
            self.tighten_span(active, *span)
            return
        project, frame = self._document.opened_project, self._session.current_frame
        tracks = [project.tracks[track_id] for track_id in self._session.selected_track_ids]
        if not tracks:
            self.told.emit(tr("Select a track first: click on its box."))
            return
        if not self._document.may_change(*self._session.selected_track_ids):
            return
        last_frame = project.video.frame_count - 1
        found = [
            loose
            for track in tracks
            for loose in loose_boxes([track], *span_around(track, frame, last_frame=last_frame))
        ]
        self._begin_span(tuple(sorted(found, key=lambda loose: loose.frame)), tr("around this frame"))

    def tighten_span(self, track_id: int, first: int, last: int) -> None:
        """Tighten all boxes of a track from ``first`` to ``last`` (both included), except those drawn or reviewed."""
        track = self._document.opened_project.tracks.get(track_id)
        if track is not None and self._document.may_change(track_id):
            self._begin_span(
                loose_boxes([track], first, last), tr("from frame {first} to {last}", first=first, last=last)
            )

    def _begin_span(self, boxes: tuple[LooseBox, ...], where: str) -> None:
        if boxes:
            self._begin(boxes, asked_for=frozenset())
        else:
            self.told.emit(
                tr(
                    "There is no box {where} that nobody has drawn or reviewed, or no keyframe to compare with.",
                    where=where,
                )
            )

    def _begin(self, boxes: tuple[LooseBox, ...], *, asked_for: frozenset[tuple[int, int]]) -> None:
        video = self._document.opened_project.video
        errand = Tightening(video.path, video.fingerprint, tracker_choice(self._settings), boxes)
        name = tr("tightening {boxes}", boxes=tr_counted(len(boxes), "box", "boxes"))
        self._errands.begin(errand, name, on_done=partial(self._on_done, asked_for=asked_for))

    def _on_done(self, tightened: Tightened, *, asked_for: frozenset[tuple[int, int]]) -> None:
        document = self._document
        edit = tight_edit(document.opened_project, tightened, asked_for=asked_for)
        run = edit.run
        if run is not None and not document.attempt(lambda: document.add_run(run)):
            return
        if edit.records:
            edits = [
                PutRecords(document, tr("Tighten"), track_id, records) for track_id, records in edit.records.items()
            ]
            if not document.undo_stack.do(SeveralEdits(document, tr("Tighten"), edits)):
                return  # the reason (a lock, the file) was told already
        self.told.emit(_sentence(tightened, edit.changed))


def _sentence(tightened: Tightened, changed: int) -> str:
    asked = len(tightened.boxes) + tightened.left
    if asked == 1:
        if not changed:
            return tr("The network finds no better fit; the box stays as it is.")
        tight = tightened.boxes[0]
        return tr(
            "Tightened: the new box overlaps the old one by {iou:.0%}. Ctrl+Z undoes it.",
            iou=tight.before.iou(tight.box),
        )
    left = asked - changed
    stayed = (
        tr(" {boxes_stay}: the network was not sure there.", boxes_stay=tr_counted(left, "box stays", "boxes stay"))
        if left
        else ""
    )
    return tr("Tightened {boxes}.{stayed}", boxes=tr_counted(changed, "box", "boxes"), stayed=stayed)
