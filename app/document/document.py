"""The open project, its sole owner, and the news about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from app.document.open_project import OpenProject
from app.document.put_records import BlockChanges, RecordChanges, last_frame_of, put_and_measure
from app.document.tracks_ahead import DetectionsAhead, TracksAhead
from app.model.attributes import AttributeChanges, AttributeDefinition
from app.model.certificate import Certificate
from app.model.class_numbers import class_numbers
from app.model.detection import Detection, Detections
from app.model.frame_spans import Span
from app.model.meeting import LeftAsIs
from app.model.note import NotePlace
from app.model.project import Label, Project, Run
from app.model.track import Track
from app.model.track_marks import TrackMarks


class Document(OpenProject):
    """The only place that changes a project: first its file, then the model; then signals are sent.

    Read ``project`` freely, but change it only by pushing commands on ``undo_stack``. The methods here do the work of
    one command in one commit. If the file cannot be written, they raise StoreError and nothing has changed.
    """

    def put_records(
        self, changes: Mapping[int, RecordChanges], marks: Mapping[int, TrackMarks] | None = None
    ) -> dict[int, dict[int, bytes]]:
        """Set records and marks of some tracks.

        Returns the previous blocks of records, which ``put_blocks`` can put back.
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
        """Put back blocks that ``put_records`` or this method returned. A million boxes take no longer than a thousand
        records.

        Args:
            extents: the first and last frame with other records, for each track.
        """
        lasts = (highest for of_track in blocks.values() if (highest := last_frame_of(of_track)) is not None)
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
                first, last = put_and_measure(tracks[track_id], of_track, extent, project.video.frame_count)
                spans.append((track_id, first, last))
            for span in spans:
                self.boxes_changed.emit(*span)

        self.when_written(change)
        return before

    def _blocks_now(self, track: Track, numbers: Iterable[int]) -> dict[int, bytes]:
        """The blocks as the file has them; during ``one_write`` the model is not updated yet."""
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
        """Permission to write many tracks on another thread, until ``take_over`` or ``give_up``.

        No other track gets an id up to that of the last of them, plus one for each, so that each finds a free one.

        Raises:
            StoreError: if the file is gone, or frames of the tracks may still get other numbers.
        """
        project, store = self._for_writing()
        self._refuse_unsure(track.last_frame for track in tracks if track.last_frame is not None)
        before = project.last_track_id
        project.last_track_id = max(project.next_track_id() - 1, *(track.id for track in tracks), 0) + len(tracks)
        return TracksAhead(store, before, project.last_track_id, store.times_written_anew)

    def give_up(self, ahead: TracksAhead) -> None:
        """Free the reserved ids, because nothing was written ahead or it has been shown."""
        project = self._project
        if project is not None and self._store is ahead.store and project.last_track_id == ahead.last_id_kept:
            project.last_track_id = ahead.last_id_before

    def take_over(
        self,
        ahead: TracksAhead,
        labels: Iterable[Label],
        tracks: Sequence[Track],
        attributes: Sequence[AttributeDefinition] | None = None,
    ) -> None:
        """Show tracks, labels and attributes that are already in the file."""
        self.give_up(ahead)
        _, store = self._for_writing()
        if ahead.is_in(store):
            if attributes is not None:
                self._show_attributes(attributes)
            self._show_tracks(self.opened_project, labels, tracks)
            return
        with self.one_write():  # the project was saved elsewhere or written anew meanwhile, so the file may lack them
            for label in labels:
                self.put_label(label)
            if attributes is not None:
                self.set_attributes(attributes)
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
        store.delete_tracks(taken)

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
        changes: AttributeChanges | None = None,
    ) -> None:
        """Change a track's label, colour or attributes; None keeps the old value."""
        project, store = self._for_writing()
        track = project.tracks[track_id]
        changed = replace(
            track,
            label=track.label if label is None else label,
            colour=track.colour if colour is None else colour,
            attributes=track.attributes if attributes is None else dict(attributes),
            changes=track.changes if changes is None else changes,
        )
        store.put_track(changed)

        def change() -> None:
            track.label, track.colour, track.attributes = changed.label, changed.colour, changed.attributes
            track.changes = changed.changes
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

    def keep_class_numbers(self) -> None:
        """Store the class numbers of labels. Once exported, no edit may change them.

        Raises:
            StoreError: if the file cannot be written.
        """
        project, store = self._for_writing()
        numbers = class_numbers(project)
        if numbers != project.class_numbers:
            store.put_class_numbers(numbers)
            project.class_numbers = numbers

    def set_labels(self, labels: Sequence[Label], numbers: Mapping[str, int]) -> None:
        """All labels of the project, in this order, and the class numbers of those that have one."""
        project, store = self._for_writing()
        with store.transaction():
            store.put_labels(labels)
            store.put_class_numbers(numbers)

        def change() -> None:
            project.labels = {label.name: label for label in labels}
            project.class_numbers = dict(numbers)
            self.labels_changed.emit()

        self.when_written(change)

    def set_attributes(self, definitions: Sequence[AttributeDefinition]) -> None:
        """Set all attributes that the project defines, in this order; the values of tracks stay."""
        _, store = self._for_writing()
        store.put_attributes(definitions)
        self.when_written(lambda: self._show_attributes(definitions))

    def _show_attributes(self, definitions: Sequence[AttributeDefinition]) -> None:
        self.opened_project.attributes = {one.name: one for one in definitions}
        self.attributes_changed.emit()

    def detections_ahead(self, detections: Sequence[Detection]) -> DetectionsAhead:
        """Permission to write many detections on another thread; ``add_detections`` shows them. Errors as of
        ``tracks_ahead``.
        """
        _, store = self._for_writing()
        self._refuse_unsure(one.frame for one in detections)
        return DetectionsAhead(store, store.times_written_anew)

    def add_detections(self, detections: Sequence[Detection], ahead: DetectionsAhead | None = None) -> None:
        """``ahead``: they are already in its file, unless the project was saved elsewhere meanwhile."""
        project, store = self._for_writing()
        if ahead is None or not ahead.is_in(store):
            self._refuse_unsure(one.frame for one in detections)
            store.add_detections(detections)
        self.when_written(lambda: self._show_detections(project.detections.with_more(detections)))

    def take_detections(self, detections: Sequence[Detection]) -> None:
        project, store = self._for_writing()
        store.delete_detections(one.id for one in detections)
        self.when_written(lambda: self._show_detections(project.detections.without(detections)))

    def _show_detections(self, detections: Detections) -> None:
        self.opened_project.detections = detections
        self.detections_changed.emit()

    def take_label(self, name: str) -> None:
        project, store = self._for_writing()
        store.delete_label(name)

        def change() -> None:
            del project.labels[name]
            self.labels_changed.emit()

        self.when_written(change)

    def put_certificate(self, certificate: Certificate | None) -> None:
        """Replace the certificate; None deletes it."""
        project, store = self._for_writing()
        store.put_certificate(certificate)
        self.when_written(lambda: self._change_certificate(project, certificate))

    def put_answers(self, answers: Mapping[int, bool | None]) -> None:
        """Store a person's answers about boxes of the certificate, by their place; None takes an answer back."""
        project, store = self._for_writing()
        assert project.certificate is not None
        answered = project.certificate.with_answers(answers)
        store.put_answers(answers)
        self.when_written(lambda: self._change_certificate(project, answered))

    def _change_certificate(self, project: Project, certificate: Certificate | None) -> None:
        project.certificate = certificate
        self.certificate_changed.emit()

    def put_left_as_is(self, answers: frozenset[LeftAsIs]) -> None:
        """Set all meetings of tracks whose identities a person has confirmed."""
        project, store = self._for_writing()
        store.put_left_as_is(answers)

        def change() -> None:
            project.left_as_is = answers
            self.left_as_is_changed.emit()

        self.when_written(change)

    def put_note(self, place: NotePlace, text: str) -> None:
        """Replace a note; an empty text deletes it."""
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
        """Store a tracking run before its first records arrive. It cannot be undone: it records what happened."""
        project, store = self._for_writing()
        store.put_run(run)
        project.runs[run.id] = run
        project.last_run_id = max(project.last_run_id, run.id)
        self.run_added.emit(run.id)
