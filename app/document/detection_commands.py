"""The edits of detections, one undo command each."""

from __future__ import annotations

from collections.abc import Sequence

from app.document.commands import DocumentCommand
from app.document.document import Document
from app.document.tracks_ahead import DetectionsAhead
from app.language import tr, tr_counted
from app.model.detection import Detection


class AddDetections(DocumentCommand):
    """Boxes of a file that belong to no track. ``ahead``: the store whose file has them already."""

    def __init__(
        self, document: Document, detections: Sequence[Detection], ahead: DetectionsAhead | None = None
    ) -> None:
        super().__init__(document, tr("Import {tracks}", tracks=tr_counted(len(detections), "detection")))
        self._detections = tuple(detections)
        self._ahead = ahead

    def _apply(self) -> None:
        ahead, self._ahead = self._ahead, None
        self._document.add_detections(self._detections, ahead)

    def _revert(self) -> None:
        self._document.take_detections(self._detections)


class TakeDetections(DocumentCommand):
    """Remove detections that have become boxes of tracks, or that nobody wants."""

    def __init__(self, document: Document, detections: Sequence[Detection]) -> None:
        super().__init__(document, tr("Delete {tracks}", tracks=tr_counted(len(detections), "detection")))
        self._detections = tuple(detections)

    def _apply(self) -> None:
        self._document.take_detections(self._detections)

    def _revert(self) -> None:
        self._document.add_detections(self._detections)
