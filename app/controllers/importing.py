"""Imports in the background: a file is read, previewed, and then added as one undo step."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, Signal

from app.controllers.settings import SettingsController
from app.document.commands import ImportTracks
from app.document.detection_commands import AddDetections
from app.document.document import Document
from app.document.tracks_ahead import TracksAhead
from app.exchange.annotations import ImportOptions
from app.exchange.errors import ExchangeError
from app.exchange.guessing import guessed_format
from app.exchange.importing import ImportedTracks, doubled, fitted_to, import_tracks, new_attributes, new_labels
from app.exchange.linking import as_detections, linked
from app.exchange.matching import MatchError, Matching
from app.language import tr, tr_counted
from app.model.attributes import AttributeDefinition
from app.model.detection import Detection
from app.model.linking import LinkRules
from app.model.project import Label, Project
from app.settings.schema import IMPORT_FOLDER
from app.store.project_store import StoreError
from app.workers.background import run_in_background


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What an import would add to the project as it is now.

    ``boxes``: how many are stored (interpolated ones are not). ``frames``: the first and the last frame with a record.
        ``detections``: how many boxes named no track and were joined to tracks. ``doubled``: imported tracks that the
        project seems to have already, with the id of its own. ``labels``: those that are new to the project.
        ``ghosts``: the boxes that become detections of the project; then there are no tracks.
    """

    format_name: str
    tracks: ImportedTracks
    boxes: int
    frames: tuple[int, int] | None
    detections: int
    labels: tuple[str, ...]
    doubled: dict[int, int]
    ghosts: tuple[Detection, ...] = ()


class ImportingController(QObject):
    """Reads are numbered: if several run at once, only the last one reports.

    Signals:
        previewed: the ImportPreview of the last read. failed: why it cannot be read. undecided: the same, and the
            Matchings to choose between, if two rules disagree.
        stepped: what is done now, while the tracks are written.
        cancelled: nothing was added.
        imported: how many tracks were added. detected: how many detections were.
    """

    previewed = Signal(object)
    failed = Signal(str)
    undecided = Signal(str, object)
    stepped = Signal(str)
    cancelled = Signal()
    imported = Signal(int)
    detected = Signal(int)

    def __init__(self, document: Document, settings: SettingsController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._settings = settings
        self._numbers = count(1)
        self._asked = 0
        self._preview: ImportPreview | None = None
        self._cancel = Event()

    @property
    def folder(self) -> Path:
        """The folder to start in: that of the last import, else that of the video."""
        last = self._settings.get(IMPORT_FOLDER)
        return Path(last) if last else self._document.opened_project.video.path.parent

    def read(
        self, format_name: str, path: Path, options: ImportOptions, *, least_iou: float, as_ghosts: bool = False
    ) -> None:
        """Read a file for a preview; nothing is changed. With an empty name the format is recognised.

        Args:
            as_ghosts: every box becomes a detection, for a person to take.
        """
        self._preview = None
        self._asked = number = next(self._numbers)
        project = self._document.opened_project.copy()
        self._settings.set(IMPORT_FOLDER, str(path.absolute().parent))
        run_in_background(
            partial(_preview_of, project, format_name, path, options, least_iou, as_ghosts=as_ghosts),
            on_done=partial(self._on_read, number),
            on_error=partial(self._on_error, number),
            owner=self,
        )

    def forget(self) -> None:
        """Ignore the result of the current read."""
        self._preview, self._asked = None, next(self._numbers)

    def take(self) -> None:
        """Add the tracks of the last preview and their new labels, as one step.

        They are written on another thread. Cancelling before the end adds nothing.
        """
        preview = self._preview
        if preview is not None and preview.ghosts:
            self._take_ghosts(preview)
            return
        if preview is None or not preview.tracks.tracks:
            return
        self._preview = None
        project = self._document.opened_project
        ids_and_labels = replace(project, tracks=dict(project.tracks), labels=dict(project.labels))
        attributes = new_attributes(project, preview.tracks)
        all_attributes = (*project.attributes.values(), *attributes) if attributes else None
        try:
            ahead = self._document.tracks_ahead(preview.tracks.tracks)
        except StoreError as error:
            self.failed.emit(str(error))
            return
        self._cancel = cancel = Event()

        def on_track(done: int) -> None:  # on the pool's thread
            if cancel.is_set():
                raise _CancelledError
            self.stepped.emit(
                tr("writing track {done:,} of {tracks:,}", done=done + 1, tracks=len(preview.tracks.tracks))
            )

        def write() -> tuple[ImportedTracks, tuple[Label, ...]]:  # on the pool's thread
            fitted = fitted_to(ids_and_labels, preview.tracks)  # the project may have changed since
            labels = new_labels(ids_and_labels, fitted)
            ahead.write(labels, fitted.tracks, on_track, attributes=all_attributes)
            return fitted, labels

        run_in_background(
            write,
            on_done=lambda written: self._on_written(project, ahead, attributes, *written),
            on_error=partial(self._on_unwritten, preview, ahead),
            owner=self,
        )

    def _take_ghosts(self, preview: ImportPreview) -> None:
        self._preview = None
        project = self._document.opened_project
        try:
            ahead = self._document.detections_ahead(preview.ghosts)
        except StoreError as error:
            self.failed.emit(str(error))
            return
        count = len(preview.ghosts)
        self.stepped.emit(tr("writing {detections}", detections=tr_counted(count, "detection")))

        def on_done(_: object) -> None:
            if self._document.project is not project:
                self.failed.emit(tr("The project was closed meanwhile. Its file holds the imported detections."))
                return
            self._document.undo_stack.push(AddDetections(self._document, preview.ghosts, ahead))
            self.detected.emit(count)

        def on_error(error: Exception) -> None:
            self._preview = preview  # so that the person can try again
            if not isinstance(error, StoreError):
                raise error
            self.failed.emit(str(error))

        run_in_background(lambda: ahead.write(preview.ghosts), on_done=on_done, on_error=on_error, owner=self)

    def cancel(self) -> None:
        """Stop writing. If all tracks are written already, they count as imported."""
        self._cancel.set()

    def _on_written(
        self,
        project: Project,
        ahead: TracksAhead,
        attributes: tuple[AttributeDefinition, ...],
        fitted: ImportedTracks,
        labels: tuple[Label, ...],
    ) -> None:
        if self._document.project is not project:
            self.failed.emit(tr("The project was closed meanwhile. Its file holds the imported tracks."))
            return
        command = ImportTracks(self._document, fitted.tracks, labels, ahead, attributes=attributes)
        self._document.undo_stack.push(command)
        if all(track.id in project.tracks for track in fitted.tracks):
            self.imported.emit(len(fitted.tracks))

    def _on_unwritten(self, preview: ImportPreview, ahead: TracksAhead, error: Exception) -> None:
        self._document.give_up(ahead)
        self._preview = preview  # kept, so that the person can try again
        if isinstance(error, _CancelledError):
            self.cancelled.emit()
        elif isinstance(error, StoreError):
            self.failed.emit(str(error))
        else:
            raise error

    def _on_read(self, number: int, preview: ImportPreview) -> None:
        if number == self._asked:
            self._preview = preview
            self.previewed.emit(preview)

    def _on_error(self, number: int, error: Exception) -> None:
        if number != self._asked:
            return
        if isinstance(error, MatchError):
            choices: tuple[Matching, ...] = error.choices
            self.undecided.emit(str(error), choices)
        elif isinstance(error, ExchangeError):
            self.failed.emit(str(error))
        else:
            raise error


def _preview_of(
    project: Project, format_name: str, path: Path, options: ImportOptions, least_iou: float, *, as_ghosts: bool
) -> ImportPreview:
    """On the pool's thread; the project is a copy."""
    name = format_name or guessed_format(path)
    read = import_tracks(name, path, project.video, options)
    if as_ghosts:
        return _ghosts_of(project, name, read)
    tracks = fitted_to(project, linked(read, LinkRules(least_iou)))
    first = [track.first_frame for track in tracks.tracks if track.first_frame is not None]
    last = [track.last_frame for track in tracks.tracks if track.last_frame is not None]
    return ImportPreview(
        format_name=name,
        tracks=tracks,
        boxes=sum(track.box_count for track in tracks.tracks),
        frames=(min(first), max(last)) if first and last else None,
        detections=len(read.detections),
        labels=tuple(label.name for label in new_labels(project, tracks)),
        doubled=doubled(project, tracks),
    )


def _ghosts_of(project: Project, name: str, read: ImportedTracks) -> ImportPreview:
    ghosts = tuple(as_detections(read, project))
    worn = dict.fromkeys(one.label for one in ghosts)
    return ImportPreview(
        format_name=name,
        tracks=replace(read, tracks=(), detections=()),
        boxes=len(ghosts),
        frames=(ghosts[0].frame, ghosts[-1].frame) if ghosts else None,
        detections=len(ghosts),
        labels=tuple(label for label in worn if label not in project.labels),
        doubled={},
        ghosts=ghosts,
    )


class _CancelledError(Exception):
    """The person cancelled the import."""
