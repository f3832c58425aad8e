"""The open project, its sole owner, and the news about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.document.tracks_ahead import TracksAhead
from app.document.undo_stack import UndoStack
from app.language import tr
from app.model.box_record import BoxRecord
from app.model.certificate import Certificate
from app.model.frame_spans import Span
from app.model.meeting import LeftAsIs
from app.model.note import NotePlace
from app.model.project import Label, Project, Run, VideoReference
from app.model.record_block import BLOCK_FRAMES, last_place
from app.model.track import Track
from app.model.track_marks import TrackMarks
from app.store.project_store import ProjectStore, StoreError

RecordChanges = Mapping[int, BoxRecord | None]
"""Frame to its new record, or to None where the record goes."""
BlockChanges = Mapping[int, Mapping[int, bytes]]
"""Track, then number, to a block of records (``record_block.py``); an empty one has none."""


class Document(QObject):
    """The only place that changes a project: first its file, then the model; then signals are sent.

    Read ``project`` freely, but change it only by pushing commands on ``undo_stack``. The methods under "for commands"
    do the work of one command in one commit. If the file cannot be written, they raise StoreError and nothing has
    changed.
    """

    project_opened = Signal()
    project_closed = Signal()
    store_path_changed = Signal()
    track_added = Signal(int)
    track_removed = Signal(int)
    track_changed = Signal(int)  # label, colour or attributes
    boxes_changed = Signal(int, int, int)  # track, first and last frame (included) where another box may be seen now
    labels_changed = Signal()
    left_as_is_changed = Signal()  # a person has said of a meeting of tracks that nothing is mixed up, or takes it back
    notes_changed = Signal()
    run_added = Signal(int)
    certificate_changed = Signal()  # drawn, answered or gone; that boxes have changed since is not told
    sure_frames_changed = Signal()
    lock_changed = Signal(int)  # track
    refused = Signal(str)  # the sentence for the person; an edit of a locked track has not happened
    write_failed = Signal(str)  # the sentence for the person; the edit has not happened
    file_moved = Signal(str)  # the file was renamed, deleted or replaced from outside: the sentence says what is done

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.undo_stack = UndoStack(self)
        self._project: Project | None = None
        self._store: ProjectStore | None = None
        self._sure_frames: int | None = None
        self._locked: set[int] = set()
        self._changes_to_come: list[Callable[[], None]] | None = None  # of the model, while several writes are one
        self._blocks_to_come: dict[int, dict[int, bytes]] = {}  # written in that time, by track and number

    @property
    def project(self) -> Project | None:
        return self._project

    @property
    def opened_project(self) -> Project:
        """The project; one must be open."""
        return self._opened()[0]

    @property
    def store_path(self) -> Path | None:
        return self._store.path if self._store else None

    def open(self, store: ProjectStore, project: Project | None = None) -> None:
        """Take over a store and show its project; ``project`` is that project if it was read before.

        Raises:
            StoreError: if the project cannot be read, or the open one cannot be closed. The store is closed then, and
                the open project stays.
        """
        try:
            project = project or store.load()
            self.close()
        except StoreError:
            store.close()
            raise
        self._project, self._store, self._sure_frames = project, store, None
        self._locked.clear()
        self.project_opened.emit()

    def close(self) -> None:
        """
        Raises:
            StoreError: if the file is gone and cannot be written again. The project stays open, to be saved elsewhere.
        """
        if self._store is None:
            return
        told = self._store.follow_file()
        self.undo_stack.clear()
        store, self._store, self._project = self._store, None, None
        store.close()
        self.project_closed.emit()
        if told:
            self.file_moved.emit(told)

    def is_locked(self, track_id: int) -> bool:
        """Whether commands may not touch a track for now. That is not saved."""
        return track_id in self._locked

    def set_locked(self, track_id: int, locked: bool) -> None:
        """Keep a track as it is: commands that touch it are refused, but steps back and forth are not."""
        if locked != self.is_locked(track_id):
            self._locked ^= {track_id}
            self.lock_changed.emit(track_id)

    def may_change(self, *track_ids: int) -> bool:
        """Whether none of these tracks is locked; if one is, that is said."""
        locked = [track_id for track_id in track_ids if self.is_locked(track_id)]
        if locked:
            self.refuse_locked(locked[0])
        return not locked

    def refuse_locked(self, track_id: int) -> None:
        """Say why a command about this track does nothing."""
        self.refused.emit(tr("{name} is locked; Shift+L unlocks it.", name=self.opened_project.tracks[track_id].name))

    @property
    def sure_frames(self) -> int | None:
        """How many first frames have a final number; None if unknown."""
        return self._sure_frames

    def set_sure_frames(self, count: int) -> None:
        """Refuse records on frames whose number may still change: the first ``count`` frames are final."""
        self._sure_frames = count
        self.sure_frames_changed.emit()

    def is_sure_of(self, frame: int) -> bool:
        """Whether the number of this frame cannot change any more, so that a record may be put there."""
        return self._sure_frames is None or frame < self._sure_frames

    def put_video(self, video: VideoReference) -> None:
        """Note that the video has moved, or has another number of frames.

        Raises:
            StoreError: if the file cannot be written; nothing has changed then.
        """
        project, store = self._for_writing()
        store.put_video(video)
        project.video = video

    def save_as(self, path: Path) -> None:
        """Write the project to another file and continue there; the old file keeps its last state.

        Raises:
            StoreError: if that cannot be done; the document stays with its file.
        """
        _, store = self._opened()
        store.copy_to(path)
        self._store = ProjectStore.open(path)
        store.let_go()
        self.store_path_changed.emit()

    def attempt(self, write: Callable[[], None]) -> bool:
        """Do a command's write. If the file cannot be written, tell the person and return False."""
        try:
            write()
        except StoreError as error:
            self.write_failed.emit(str(error))
            return False
        return True

    # For commands

    @contextmanager
    def one_write(self) -> Iterator[None]:
        """All writes inside the block are one commit. The model changes, and signals are sent, after it. So no write
        may depend on a change of another one in the same block.

        Raises:
            StoreError: if the file cannot be written; then nothing has changed, in the file or in the model.
        """
        _, store = self._for_writing()
        changes: list[Callable[[], None]] = []
        self._changes_to_come = changes
        try:
            with store.transaction():
                yield
        finally:
            self._changes_to_come = None
            self._blocks_to_come = {}
        for change in changes:
            change()

    def put_records(
        self, changes: Mapping[int, RecordChanges], marks: Mapping[int, TrackMarks] | None = None
    ) -> dict[int, dict[int, bytes]]:
        """Set records, and what is said of spans, of some tracks.

        Returns the blocks of records that stood there before, for ``put_blocks`` to put back.
        """
        project, _ = self._for_writing()
        changes = {track_id: records for track_id, records in changes.items() if records}
        for records in changes.values():
            self._refuse_unsure(frame for frame, record in records.items() if record is not None)
        blocks = {
            track_id: project.tracks[track_id].changed_blocks(records, self._blocks_to_come.get(track_id, {}))
            for track_id, records in changes.items()
        }
        extents = {track_id: (min(records), max(records)) for track_id, records in changes.items()}
        return self._put_blocks(blocks, extents, marks or {})

    def put_blocks(
        self, blocks: BlockChanges, extents: Mapping[int, Span], marks: Mapping[int, TrackMarks]
    ) -> dict[int, dict[int, bytes]]:
        """Put back what ``put_records`` or this has returned: a million boxes in the time of a thousand records.

        Args:
            extents: the first and last frame with other records, for each track.
        """
        lasts = (highest for of_track in blocks.values() if (highest := _last_frame_of(of_track)) is not None)
        self._refuse_unsure(lasts)
        return self._put_blocks(blocks, extents, marks)

    def _put_blocks(
        self, blocks: BlockChanges, extents: Mapping[int, Span], marks: Mapping[int, TrackMarks]
    ) -> dict[int, dict[int, bytes]]:
        project, store = self._for_writing()
        tracks = project.tracks
        marks = {track_id: new for track_id, new in marks.items() if new != tracks[track_id].marks}
        with store.transaction():
            for track_id, of_track in blocks.items():
                store.put_blocks(track_id, of_track)
            for track_id, new in marks.items():
                store.put_marks(track_id, new)
        before = {track_id: self._blocks_now(tracks[track_id], of_track) for track_id, of_track in blocks.items()}
        if self._changes_to_come is not None:
            for track_id, of_track in blocks.items():
                self._blocks_to_come.setdefault(track_id, {}).update(of_track)

        def change() -> None:
            spans = [
                (track_id, first, last)
                for track_id, new in marks.items()
                for first, last in new.spans_unlike(tracks[track_id].marks)
            ]
            for track_id, new in marks.items():
                tracks[track_id].marks = new
            for track_id, of_track in blocks.items():
                extent = extents[track_id]
                first, last = _put_and_measure(tracks[track_id], of_track, extent, project.video.frame_count)
                spans.append((track_id, first, last))
            for span in spans:
                self.boxes_changed.emit(*span)

        self.when_written(change)
        return before

    def _blocks_now(self, track: Track, numbers: Iterable[int]) -> dict[int, bytes]:
        """What is in the file; in the track it may only come."""
        to_come, stored = self._blocks_to_come.get(track.id, {}), track.blocks()
        return {number: to_come[number] if number in to_come else stored.get(number, b"") for number in numbers}

    def insert_tracks(self, tracks: Iterable[Track]) -> None:
        """Add tracks with all their records."""
        project, store = self._for_writing()
        added = {track.id: track for track in tracks}
        for track in added.values():
            self._refuse_unsure(() if track.last_frame is None else (track.last_frame,))
        with store.transaction():
            for track in added.values():
                store.insert_track(track)

        self.when_written(lambda: self._show_tracks(project, (), added.values()))

    def tracks_ahead(self, tracks: Sequence[Track]) -> TracksAhead:
        """A leave to write many tracks on another thread; ``take_over`` or ``give_up`` ends it.

        No other track gets an id up to that of the last of them, plus one for each, so that each finds a free one.

        Raises:
            StoreError: if the file is gone, or frames of the tracks may still get other numbers.
        """
        project, store = self._for_writing()
        self._refuse_unsure(track.last_frame for track in tracks if track.last_frame is not None)
        before = project.last_track_id
        project.last_track_id = max(project.next_track_id() - 1, *(track.id for track in tracks), 0) + len(tracks)
        return TracksAhead(store, before, project.last_track_id)

    def give_up(self, ahead: TracksAhead) -> None:
        """Nothing was written ahead, or it is shown by now: the ids that were kept are free."""
        project = self._project
        if project is not None and self._store is ahead.store and project.last_track_id == ahead.last_id_kept:
            project.last_track_id = ahead.last_id_before

    def take_over(self, ahead: TracksAhead, labels: Iterable[Label], tracks: Sequence[Track]) -> None:
        """Show tracks and labels that are in the file already."""
        self.give_up(ahead)
        if self._store is ahead.store:
            self._show_tracks(self.opened_project, labels, tracks)
            return
        with self.one_write():  # the project was saved elsewhere meanwhile: that file may lack them
            for label in labels:
                self.put_label(label)
            self.insert_tracks(tracks)

    def _show_tracks(self, project: Project, labels: Iterable[Label], tracks: Iterable[Track]) -> None:
        added = {track.id: track for track in tracks}
        new_labels = {label.name: label for label in labels}
        if new_labels:
            project.labels.update(new_labels)
            self.labels_changed.emit()
        project.last_track_id = max([project.last_track_id, *added])
        project.tracks = dict(sorted({**project.tracks, **added}.items()))
        for track_id in added:
            self.track_added.emit(track_id)

    def take_tracks(self, track_ids: Iterable[int]) -> list[Track]:
        """Remove tracks with all their records, and return them."""
        project, store = self._for_writing()
        taken = [project.tracks[track_id] for track_id in track_ids]
        with store.transaction():
            for track in taken:
                store.delete_track(track.id)

        def change() -> None:
            for track in taken:
                del project.tracks[track.id]
            for track in taken:
                self.track_removed.emit(track.id)

        self.when_written(change)
        return taken

    def change_track(
        self,
        track_id: int,
        *,
        label: str | None = None,
        colour: str | None = None,
        attributes: Mapping[str, str] | None = None,
    ) -> None:
        """Change what a track is called or how it looks; None leaves a thing as it is."""
        project, store = self._for_writing()
        track = project.tracks[track_id]
        changed = replace(
            track,
            label=track.label if label is None else label,
            colour=track.colour if colour is None else colour,
            attributes=track.attributes if attributes is None else dict(attributes),
        )
        store.put_track(changed)

        def change() -> None:
            track.label, track.colour, track.attributes = changed.label, changed.colour, changed.attributes
            self.track_changed.emit(track_id)

        self.when_written(change)

    def put_label(self, label: Label) -> None:
        """Add a label, or give the one of that name another colour."""
        project, store = self._for_writing()
        store.put_label(label)

        def change() -> None:
            project.labels[label.name] = label
            self.labels_changed.emit()

        self.when_written(change)

    def set_labels(self, labels: Sequence[Label]) -> None:
        """All labels of the project, in this order."""
        project, store = self._for_writing()
        with store.transaction():
            store.put_labels(labels)

        def change() -> None:
            project.labels = {label.name: label for label in labels}
            self.labels_changed.emit()

        self.when_written(change)

    def take_label(self, name: str) -> None:
        project, store = self._for_writing()
        store.delete_label(name)

        def change() -> None:
            del project.labels[name]
            self.labels_changed.emit()

        self.when_written(change)

    def put_certificate(self, certificate: Certificate | None) -> None:
        """Put a certificate in place of the one that there is; None takes it away."""
        project, store = self._for_writing()
        store.put_certificate(certificate)
        self.when_written(lambda: self._change_certificate(project, certificate))

    def put_answers(self, answers: Mapping[int, bool | None]) -> None:
        """Note what a person says of boxes of the certificate, by their place; None takes an answer back."""
        project, store = self._for_writing()
        assert project.certificate is not None
        answered = project.certificate.with_answers(answers)
        store.put_answers(answers)
        self.when_written(lambda: self._change_certificate(project, answered))

    def _change_certificate(self, project: Project, certificate: Certificate | None) -> None:
        project.certificate = certificate
        self.certificate_changed.emit()

    def put_left_as_is(self, answers: frozenset[LeftAsIs]) -> None:
        """All meetings of tracks that a person has left as they are."""
        project, store = self._for_writing()
        store.put_left_as_is(answers)

        def change() -> None:
            project.left_as_is = answers
            self.left_as_is_changed.emit()

        self.when_written(change)

    def put_note(self, place: NotePlace, text: str) -> None:
        """Put a note in place of the one that is there; an empty text takes it away."""
        project, store = self._for_writing()
        if text:
            self._refuse_unsure([place.frame])
        store.put_note(place, text)

        def change() -> None:
            project.notes.pop(place, None)
            if text:
                project.notes[place] = text
            self.notes_changed.emit()

        self.when_written(change)

    def add_run(self, run: Run) -> None:
        """Note a tracking run before its first records arrive. Not undoable: it records what happened."""
        project, store = self._for_writing()
        store.put_run(run)
        project.runs[run.id] = run
        project.last_run_id = max(project.last_run_id, run.id)
        self.run_added.emit(run.id)

    def when_written(self, change: Callable[[], None]) -> None:
        """Do something after the file was written: now, or when all of ``one_write`` is. Not if that fails."""
        if self._changes_to_come is None:
            change()
        else:
            self._changes_to_come.append(change)

    def _for_writing(self) -> tuple[Project, ProjectStore]:
        """What a write needs, once the file is where the store thinks it is.

        Raises:
            StoreError: if the file is gone and cannot be written anywhere.
        """
        project, store = self._opened()
        if self._changes_to_come is not None:
            return project, store
        before = store.path
        told = store.follow_file()
        if told:
            project.video = store.load_video()  # it may have moved along
            if store.path != before:
                self.store_path_changed.emit()
            self.file_moved.emit(told)
        return project, store

    def _refuse_unsure(self, frames: Iterable[int]) -> None:
        if self._sure_frames is None:
            return
        last = max(frames, default=0)
        if last >= self._sure_frames:
            raise StoreError(
                tr(
                    "Nothing was changed: the frames of the video are still being counted, and frame {last} may get "
                    "another number. Up to frame {sure_frames} all is sure; try again in a moment.",
                    last=last,
                    sure_frames=self._sure_frames - 1,
                )
            )

    def _opened(self) -> tuple[Project, ProjectStore]:
        assert self._project is not None, "no project is open"
        assert self._store is not None
        return self._project, self._store


def _put_and_measure(track: Track, blocks: Mapping[int, bytes], extent: Span, frame_count: int) -> tuple[int, int]:
    """Put records. Returns the first and last frame whose shown box may have changed. Interpolation changes up to the
    neighbouring records, and an absent last record counts for the rest of the video.
    """
    first, last = extent
    left, right = track.frame_before(first), track.frame_after(last)
    ended_absent = _ends_absent(track)
    track.put_blocks(blocks)
    if left is not None:
        first = left + 1
    if right is not None:
        last = right - 1
    elif ended_absent or _ends_absent(track):
        last = max(last, frame_count - 1)
    return first, last


def _last_frame_of(blocks: Mapping[int, bytes]) -> int | None:
    """The highest frame with a record."""
    number = max((number for number, block in blocks.items() if block), default=None)
    return None if number is None else number * BLOCK_FRAMES + last_place(blocks[number])


def _ends_absent(track: Track) -> bool:
    if track.last_frame is None:
        return False
    record = track.get(track.last_frame)
    return record is not None and record.absent
