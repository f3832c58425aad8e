"""More like this: shows what looks like one box as ghosts; the person takes all, some or none."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from app.assist.look_alikes import Example, LookAlikeSearch, boxes_shown, new_tracks
from app.controllers.errands import ErrandsController
from app.document.commands import AddTrack, SeveralEdits
from app.document.document import Document
from app.document.session import Session
from app.language import tr, tr_counted
from app.model.interpolation import record_at
from app.settings.store import SettingsStore
from app.settings.tracker_choice import tracker_choice
from tracker_core.tracker import LookAlike


class LookAlikesController(QObject):
    """Ghosts belong to one frame and disappear when the person leaves it.

    Signals:
        changed: the ghosts to show, if any, are different now.
        told: a sentence about what happened or why nothing did.
    """

    changed = Signal()
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
        self._example: Example | None = None
        self._ghosts: tuple[LookAlike, ...] = ()
        session.frame_changed.connect(self.decline)
        document.project_closed.connect(self.decline)
        document.track_removed.connect(self._on_track_removed)

    @property
    def ghosts(self) -> tuple[LookAlike, ...]:
        """What was found in the current frame, the most similar first."""
        return self._ghosts

    @Slot()
    def find(self) -> None:
        """Search the current frame for what looks like the active track's box."""
        active, frame = self._session.active_track_id, self._session.current_frame
        if active is None:
            self.told.emit(tr("Select a track first: click on its box."))
            return
        project = self._document.opened_project
        record = record_at(project.tracks[active], frame)
        if record is None or record.box is None:
            self.told.emit(tr("Track {active} has no box on frame {frame} to look for.", active=active, frame=frame))
            return
        self.decline()
        example = Example(active, frame, record.box)
        search = LookAlikeSearch(
            project.video.path,
            project.video.fingerprint,
            tracker_choice(self._settings),
            example,
            frame,
            boxes_shown(project, frame),
        )
        self._errands.begin(
            search, tr("looking for more like #{active}", active=active), on_done=partial(self._on_done, example)
        )

    @Slot()
    def take_all(self) -> None:
        """Turn every ghost into a track, in one undo step."""
        self._take(self._ghosts)

    @Slot(int)
    def take(self, number: int) -> None:
        """Turn the ghost at this place of ``ghosts`` into a track; the others stay."""
        if 0 <= number < len(self._ghosts):
            self._take((self._ghosts[number],))

    @Slot()
    def decline(self) -> None:
        """Remove the ghosts."""
        self._show(None, ())

    def _on_done(self, example: Example, found: tuple[LookAlike, ...]) -> None:
        if example.frame != self._session.current_frame:
            self.told.emit(
                tr(
                    "Look-alikes of #{track_id} were found, but you have left frame {frame}.",
                    track_id=example.track_id,
                    frame=example.frame,
                )
            )
        elif example.track_id not in self._document.opened_project.tracks:
            self.told.emit(
                tr("Track {track_id} was deleted, so its look-alikes are not shown.", track_id=example.track_id)
            )
        elif not found:
            self.told.emit(tr("Nothing else on this frame looks like #{track_id}.", track_id=example.track_id))
        else:
            self._show(example, found)
            ghosts = tr_counted(len(found), "look-alike")
            self.told.emit(
                tr(
                    "{ghosts} of #{track_id}: Enter takes all, a click takes one, Esc none.",
                    ghosts=ghosts,
                    track_id=example.track_id,
                )
            )

    def _take(self, taken: tuple[LookAlike, ...]) -> None:
        example, project = self._example, self._document.opened_project
        if example is None or not taken:
            return
        tracks = new_tracks(project, project.tracks[example.track_id], example.frame, [one.box for one in taken])
        text = tr("Take look-alike") if len(tracks) == 1 else tr("Take {tracks} look-alikes", tracks=len(tracks))
        edits = [AddTrack(self._document, track) for track in tracks]
        self._document.undo_stack.push(SeveralEdits(self._document, text, edits))
        if tracks[0].id in project.tracks:  # not if the file could not be written
            self._show(example, tuple(ghost for ghost in self._ghosts if ghost not in taken))

    def _show(self, example: Example | None, ghosts: tuple[LookAlike, ...]) -> None:
        if ghosts != self._ghosts:
            self._ghosts = ghosts
            self.changed.emit()
        self._example = example if ghosts else None

    @Slot(int)
    def _on_track_removed(self, track_id: int) -> None:
        if self._example is not None and self._example.track_id == track_id:
            self.decline()
