"""The edits, one undo command each. The Edit menu shows a command's text after "Undo"."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Final, NamedTuple

from PySide6.QtGui import QUndoCommand

from app.assist.track_edits import Rearrangement
from app.document.document import Document
from app.document.put_records import RecordChanges
from app.document.record_change import Changes, RecordChange
from app.document.tracks_ahead import TracksAhead
from app.language import tr, tr_counted
from app.model.attributes import AttributeChanges, AttributeDefinition
from app.model.box_record import BoxRecord
from app.model.certificate import Certificate
from app.model.meeting import LeftAsIs
from app.model.note import NO_TRACK, NotePlace
from app.model.project import Label
from app.model.track import Track
from app.model.track_marks import TrackMarks

_EXTEND_TRACKS_ID: Final = 1


class Touched(NamedTuple):
    """A track that an edit changes, and the first and last frame with changed records; None if no records change."""

    track_id: int
    first: int | None = None
    last: int | None = None


class DocumentCommand(QUndoCommand):
    """An edit that knows whether it is done, so that stack, model and file agree even after a failed write.

    An edit of a locked track, or one that fails when it is pushed, becomes obsolete, so the stack drops it. If it fails
    later, in undo or redo, the stack stays where it is.
    """

    def __init__(self, document: Document, text: str) -> None:
        super().__init__(text)
        self._document = document
        self._done = False
        self._was_pushed = False

    @abstractmethod
    def _apply(self) -> None: ...

    @abstractmethod
    def _revert(self) -> None: ...

    def touched(self) -> tuple[Touched, ...]:
        """The tracks and frames where the edit shows."""
        return ()

    def changed_tracks(self) -> tuple[int, ...]:
        """Tracks that the edit changes. A statement about a track does not change it."""
        return tuple(one.track_id for one in self.touched())

    def redo(self) -> None:
        stack = self._document.undo_stack
        if self._done or stack.is_step_refused:
            return
        if not self._was_pushed and not self._document.may_change(*self.changed_tracks()):
            self.setObsolete(True)
            return
        self._done = self._document.attempt(self._apply)
        if not self._done:
            if self._was_pushed:
                stack.refuse_step()
            else:
                self.setObsolete(True)
        elif self._was_pushed:
            stack.note_step()
        self._was_pushed = True

    def undo(self) -> None:
        stack = self._document.undo_stack
        if not self._done or stack.is_step_refused:
            return
        self._done = not self._document.attempt(self._revert)
        if self._done:
            stack.refuse_step()
        else:
            stack.note_step()


class SeveralEdits(DocumentCommand):
    """All edits of one gesture as one write and one undo step: the file gets all of them or none.

    No edit may depend on a change of another one.
    """

    def __init__(self, document: Document, text: str, edits: Sequence[DocumentCommand]) -> None:
        super().__init__(document, text)
        self._edits = tuple(edits)
        self.setObsolete(not edits)

    def touched(self) -> tuple[Touched, ...]:
        return tuple(touched for edit in self._edits for touched in edit.touched())

    def changed_tracks(self) -> tuple[int, ...]:
        return tuple(track_id for edit in self._edits for track_id in edit.changed_tracks())

    def _apply(self) -> None:
        with self._document.one_write():
            for edit in self._edits:
                edit._apply()

    def _revert(self) -> None:
        with self._document.one_write():
            for edit in reversed(self._edits):
                edit._revert()


class AddTrack(DocumentCommand):
    """A new track with its records, usually its first drawn box."""

    def __init__(self, document: Document, track: Track) -> None:
        super().__init__(document, tr("Draw box"))
        self._tracks = [track]

    def touched(self) -> tuple[Touched, ...]:
        return tuple(Touched(track.id, track.first_frame, track.first_frame) for track in self._tracks)

    def _apply(self) -> None:
        self._document.insert_tracks(self._tracks)

    def _revert(self) -> None:
        self._tracks = self._document.take_tracks(track.id for track in self._tracks)


class ImportTracks(DocumentCommand):
    """Tracks of a file, with the labels that the project lacks. ``ahead``: they are in the project file already."""

    def __init__(
        self,
        document: Document,
        tracks: Sequence[Track],
        labels: Sequence[Label],
        ahead: TracksAhead | None = None,
        *,
        attributes: Sequence[AttributeDefinition] = (),
    ) -> None:
        """``attributes``: those that are new to the project."""
        super().__init__(document, tr("Import {tracks}", tracks=tr_counted(len(tracks), "track")))
        self._ahead = ahead
        self._tracks = list(tracks)
        self._labels = tuple(labels)
        self._attributes_before = tuple(document.opened_project.attributes.values())
        self._attributes = (*self._attributes_before, *attributes) if attributes else None

    def touched(self) -> tuple[Touched, ...]:
        return tuple(Touched(track.id, track.first_frame, track.first_frame) for track in self._tracks)

    def _apply(self) -> None:
        ahead, self._ahead = self._ahead, None
        if ahead is not None:
            self._document.take_over(ahead, self._labels, self._tracks, self._attributes)
            return
        with self._document.one_write():
            for label in self._labels:
                self._document.put_label(label)
            if self._attributes is not None:
                self._document.set_attributes(self._attributes)
            self._document.insert_tracks(self._tracks)

    def _revert(self) -> None:
        with self._document.one_write():
            self._tracks = self._document.take_tracks(track.id for track in self._tracks)
            for label in self._labels:
                self._document.take_label(label.name)
            if self._attributes is not None:
                self._document.set_attributes(self._attributes_before)


class RemoveTracks(DocumentCommand):
    def __init__(self, document: Document, track_ids: Collection[int]) -> None:
        super().__init__(document, tr("Delete {tracks}", tracks=tr_counted(len(track_ids), "track")))
        self._track_ids = tuple(track_ids)
        self._taken: list[Track] = []

    def touched(self) -> tuple[Touched, ...]:
        if not self._taken:
            return tuple(map(Touched, self._track_ids))
        return tuple(Touched(track.id, track.first_frame, track.first_frame) for track in self._taken)

    def _apply(self) -> None:
        self._taken = self._document.take_tracks(self._track_ids)

    def _revert(self) -> None:
        self._document.insert_tracks(self._taken)


class EditTrack(DocumentCommand):
    """Change a track's label, colour or attributes; None keeps the old value."""

    def __init__(
        self,
        document: Document,
        track_id: int,
        *,
        label: str | None = None,
        colour: str | None = None,
        attributes: Mapping[str, str] | None = None,
        changes: AttributeChanges | None = None,
    ) -> None:
        given = {"label": label, "colour": colour, "attributes": changes if attributes is None else attributes}
        named = [name for name, value in given.items() if value is not None]
        super().__init__(document, tr("Change {named}", named=named[0] if len(named) == 1 else tr("track")))
        self._track_id = track_id
        change = partial(document.change_track, track_id)
        track = document.opened_project.tracks[track_id]
        self._apply_change = partial(change, label=label, colour=colour, attributes=attributes, changes=changes)
        self._revert_change = partial(
            change, label=track.label, colour=track.colour, attributes=track.attributes, changes=track.changes
        )

    def touched(self) -> tuple[Touched, ...]:
        return (Touched(self._track_id),)

    def _apply(self) -> None:
        self._apply_change()

    def _revert(self) -> None:
        self._revert_change()


class PutLabel(DocumentCommand):
    """A new label, or another colour for an existing one."""

    def __init__(self, document: Document, label: Label) -> None:
        self._label = label
        self._replaced = document.opened_project.labels.get(label.name)
        super().__init__(document, tr("Change label colour") if self._replaced else tr("Add label"))

    def _apply(self) -> None:
        self._document.put_label(self._label)

    def _revert(self) -> None:
        if self._replaced:
            self._document.put_label(self._replaced)
        else:
            self._document.take_label(self._label.name)


class LeaveAsIs(DocumentCommand):
    """Keep two tracks as they are, so that the review does not ask about this meeting again."""

    def __init__(self, document: Document, answer: LeftAsIs) -> None:
        super().__init__(document, tr("Leave tracks as they are"))
        self._answer = answer

    def touched(self) -> tuple[Touched, ...]:
        return (Touched(self._answer.other, self._answer.frame, self._answer.frame),)

    def changed_tracks(self) -> tuple[int, ...]:
        return ()

    def _apply(self) -> None:
        self._document.put_left_as_is(self._document.opened_project.left_as_is | {self._answer})

    def _revert(self) -> None:
        self._document.put_left_as_is(self._document.opened_project.left_as_is - {self._answer})


class SetLabels(DocumentCommand):
    """Replace the labels, or reorder them. ``numbers``: the class numbers that are kept afterwards; None: as before."""

    def __init__(self, document: Document, labels: Sequence[Label], numbers: Mapping[str, int] | None = None) -> None:
        super().__init__(document, tr("Change labels"))
        project = document.opened_project
        self._before = tuple(project.labels.values()), project.class_numbers
        self._after = tuple(labels), project.class_numbers if numbers is None else numbers

    def _apply(self) -> None:
        self._document.set_labels(*self._after)

    def _revert(self) -> None:
        self._document.set_labels(*self._before)


class SetAttributes(DocumentCommand):
    """Replace the attributes of the project, or reorder them."""

    def __init__(self, document: Document, definitions: Sequence[AttributeDefinition]) -> None:
        super().__init__(document, tr("Change attributes"))
        self._definitions = tuple(definitions)
        self._before = tuple(document.opened_project.attributes.values())

    def _apply(self) -> None:
        self._document.set_attributes(self._definitions)

    def _revert(self) -> None:
        self._document.set_attributes(self._before)


def _touched(change: RecordChange) -> tuple[Touched, ...]:
    return tuple(Touched(track_id, *(extent or ())) for track_id, extent in change.extents.items())


class PutRecords(DocumentCommand):
    """A person's edit of one track's records: draw, correct, delete. ``text`` names it in the menu."""

    def __init__(
        self,
        document: Document,
        text: str,
        track_id: int,
        records: RecordChanges,
        *,
        marks: TrackMarks | None = None,
    ) -> None:
        super().__init__(document, text)
        self._change = RecordChange(document, {track_id: dict(records)}, {} if marks is None else {track_id: marks})

    def touched(self) -> tuple[Touched, ...]:
        return _touched(self._change)

    def _apply(self) -> None:
        self._change.apply()

    def _revert(self) -> None:
        self._change.revert()


class ExtendTracks(DocumentCommand):
    """The results of a tracker in one batch of frames (None deletes the record); all batches of a run merge into one
    step. Frames that a person drew or reviewed keep their records. Deleted tracks are left out. An empty batch never
    reaches the stack.
    """

    def __init__(
        self,
        document: Document,
        run_id: int,
        records: Mapping[int, Mapping[int, BoxRecord | None]],
        *,
        marks: Mapping[int, TrackMarks] | None = None,
    ) -> None:
        tracks = document.opened_project.tracks
        changes = _without_keyframes(tracks, records)
        super().__init__(document, "")
        self._run_id = run_id
        self._change = RecordChange(
            document, changes, {key: new for key, new in (marks or {}).items() if key in tracks}
        )
        self.setObsolete(self._change.is_empty)
        self._name()

    def id(self) -> int:
        return _EXTEND_TRACKS_ID

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, ExtendTracks) or other._run_id != self._run_id or other.isObsolete():
            return False
        self._change.absorb(other._change)
        self._name()
        return True

    def touched(self) -> tuple[Touched, ...]:
        return _touched(self._change)

    def _apply(self) -> None:
        self._change.apply()

    def _revert(self) -> None:
        self._change.revert()

    def _name(self) -> None:
        self.setText(tr("Track {targets}", targets=tr_counted(self._change.tracks_with_records, "target")))


class PutNote(DocumentCommand):
    """Replace a note; an empty text deletes it."""

    def __init__(self, document: Document, place: NotePlace, text: str) -> None:
        self._before = document.opened_project.notes.get(place, "")
        self._place = place
        self._text = text
        what = tr("Delete note") if not text else tr("Change note") if self._before else tr("Leave note")
        super().__init__(document, what)

    def touched(self) -> tuple[Touched, ...]:
        frame, track_id = self._place
        return () if track_id == NO_TRACK else (Touched(track_id, frame, frame),)

    def changed_tracks(self) -> tuple[int, ...]:
        return ()

    def _apply(self) -> None:
        self._document.put_note(self._place, self._text)

    def _revert(self) -> None:
        self._document.put_note(self._place, self._before)


class PutCertificate(DocumentCommand):
    """Replace the certificate."""

    def __init__(self, document: Document, certificate: Certificate) -> None:
        super().__init__(
            document, tr("Draw {boxes} for a certificate", boxes=tr_counted(len(certificate.drawn), "box", "boxes"))
        )
        self._certificate = certificate
        self._before = document.opened_project.certificate

    def _apply(self) -> None:
        self._document.put_certificate(self._certificate)

    def _revert(self) -> None:
        self._document.put_certificate(self._before)


class PutAnswers(DocumentCommand):
    """A person's answers about boxes of the certificate: whether each is right, by its place."""

    def __init__(self, document: Document, answers: Mapping[int, bool | None]) -> None:
        certificate = document.opened_project.certificate
        assert certificate is not None
        self._answers = dict(answers)
        self._before = {place: certificate.drawn[place].is_right for place in answers}
        self._boxes = [certificate.drawn[place] for place in answers]
        said = {True: tr("right"), False: tr("wrong"), None: tr("not judged")}[next(iter(answers.values()))]
        super().__init__(
            document, tr("Say {said} of {boxes}", said=said, boxes=tr_counted(len(answers), "box", "boxes"))
        )

    def touched(self) -> tuple[Touched, ...]:
        return tuple(Touched(drawn.track_id, drawn.frame, drawn.frame) for drawn in self._boxes)

    def changed_tracks(self) -> tuple[int, ...]:
        return ()

    def _apply(self) -> None:
        self._document.put_answers(self._answers)

    def _revert(self) -> None:
        self._document.put_answers(self._before)


def rearrangement_command(document: Document, text: str, arrangement: Rearrangement) -> SeveralEdits:
    """Split, join or swap tracks, as one step."""
    edits: list[DocumentCommand] = [
        PutRecords(document, text, track_id, edit.records, marks=edit.marks)
        for track_id, edit in arrangement.edits.items()
    ]
    edits += [
        EditTrack(document, track_id, attributes=edit.attributes, changes=edit.changes)
        for track_id, edit in arrangement.attributes.items()
    ]
    edits += [AddTrack(document, track) for track in arrangement.added]
    if arrangement.removed:
        edits.append(RemoveTracks(document, arrangement.removed))
    return SeveralEdits(document, text, edits)


def _without_keyframes(tracks: Mapping[int, Track], records: Mapping[int, Mapping[int, BoxRecord | None]]) -> Changes:
    """What may be written: a run never overwrites what a person drew or reviewed, and keeps occluded marks."""
    changes: Changes = {}
    for track_id in records.keys() & tracks.keys():
        track = tracks[track_id]
        free: dict[int, BoxRecord | None] = {
            frame: _as_occluded_as_said(track, frame, record)
            for frame, record in records[track_id].items()
            if not ((there := track.get(frame)) and (there.is_keyframe or there.reviewed))
        }
        if free:
            changes[track_id] = free
    return changes


def _as_occluded_as_said(track: Track, frame: int, record: BoxRecord | None) -> BoxRecord | None:
    before = track.keyframe_before(frame)
    said = None if before is None else track.get(before)
    if record is None or record.box is None or said is None or record.occluded == said.occluded:
        return record
    return replace(record, occluded=said.occluded)
