"""The project file: one SQLite database that holds every edit when the call returns."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Self

from app.model.attributes import AttributeDefinition
from app.model.box_record import BoxRecord
from app.model.certificate import Certificate
from app.model.detection import Detection
from app.model.meeting import LeftAsIs
from app.model.note import NotePlace
from app.model.project import Label, Project, Run, VideoReference
from app.model.track import Track
from app.model.track_marks import TrackMarks
from app.store.attribute_rows import write_attributes, write_changes, write_detections
from app.store.block_rows import put_blocks, put_records
from app.store.certificate_rows import write_certificate
from app.store.errors import StoreError
from app.store.held_project import HeldProject
from app.store.left_blocks import MANY, check_has_track
from app.store.note_rows import write_note
from app.store.project_file import check_file, make_file
from app.store.rows import (
    class_numbers_row,
    gap_rows,
    left_as_is_row,
    overruled_rows,
    read_project,
    read_video,
    run_row,
    track_row,
    video_row,
)
from app.store.unfinished import (
    check_goal,
    make_durable,
    put_in_place,
    remove_journals,
    remove_left,
    remove_unfinished,
    unfinished_beside,
)

__all__ = ["ProjectStore", "StoreError"]


class ProjectStore(HeldProject):
    """One open project file, made by ``create`` or ``open``. One thread uses it at a time; others wait.

    Each writing method is one commit, all or nothing; ``transaction`` joins several. A crash of the program loses no
    commit. A power failure may lose those of the last second (docs/reliability.md); ``settle`` waits until they are
    safe.

    A file can be open in one store at a time. The lock is the system's, so a process that dies leaves none behind.
    While the file is open there is a log (WAL) beside it; after ``close`` the one file holds everything.

    Raises:
        StoreError: from every method that touches the file; then nothing has changed.
    """

    @classmethod
    def create(cls, path: Path, video: VideoReference) -> Self:
        """Make a new project file; an existing one is never overwritten. It is written under another name and renamed
        when complete, so a crash leaves no half-written file.
        """
        path = Path(os.path.abspath(path))
        check_goal(path)
        unfinished = unfinished_beside(path)
        try:
            if os.path.lexists(path):
                raise FileExistsError
            remove_left(path.parent)
            unfinished.open("xb").close()
            make_file(unfinished, video, folder=path.parent)
            remove_journals(path)
            put_in_place(unfinished, path)
        except FileExistsError:
            raise StoreError(f"{path} exists already; open it, or choose another name.") from None
        except OSError as error:
            raise StoreError(f"{path} could not be made ({error.strerror}); choose another folder.") from error
        finally:
            remove_unfinished(unfinished)
        return cls.open(path)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open a project file, and lock it against other programs until ``close``.

        A link is followed first: SQLite puts the log beside the file itself.

        A file of an older version is upgraded in one commit; an older Siamark refuses it from then on.
        """
        path = Path(os.path.abspath(path))
        check_file(path)
        if path.is_symlink():
            path = Path(os.path.realpath(path))
            check_file(path)  # its own folder must be writable, too
        return cls(path)

    def load(self) -> Project:
        return self._read(read_project)

    def load_video(self) -> VideoReference:
        """The project's video, without reading the rest."""
        return self._read(read_video)

    def put_video(self, video: VideoReference) -> None:
        self._write("INSERT OR REPLACE INTO video VALUES (?, ?, ?, ?, ?, ?, ?)", video_row(video, self.path.parent))

    def put_label(self, label: Label) -> None:
        self._write(
            "INSERT INTO label (name, colour) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET colour = excluded.colour",
            (label.name, label.colour),
        )

    def put_labels(self, labels: Iterable[Label]) -> None:
        """Replace all labels, keeping their order."""
        with self.transaction():
            self._write("DELETE FROM label", ())
            for label in labels:
                self.put_label(label)

    def delete_label(self, name: str) -> None:
        self._write("DELETE FROM label WHERE name = ?", (name,))

    def put_run(self, run: Run) -> None:
        with self.transaction():
            self._write(f"INSERT OR REPLACE INTO run VALUES ({', '.join('?' * 13)})", run_row(run))
            self._note_id("run", run.id)

    def put_track(self, track: Track) -> None:
        """Write label, colour and attributes of a new or existing track, not its records and marks."""
        with self.transaction():
            self._write(
                "INSERT INTO track VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE"
                " SET label = excluded.label, colour = excluded.colour, attributes = excluded.attributes",
                track_row(track),
            )
            write_changes(self._connection, track.id, track.changes)
            self._note_id("track", track.id)

    def delete_tracks(self, tracks: Sequence[Track]) -> None:
        """Delete tracks and everything about them. Many records stay in the file until it is opened next, so that this
        and ``insert_track`` are fast.
        """
        is_much = sum(map(len, tracks)) >= MANY
        with self.transaction():
            for track in tracks:
                if is_much:
                    self._left.leave(self._connection, track)
                self._delete_track(track.id, with_blocks=not is_much)

    def delete_track(self, track_id: int) -> None:
        """Delete a track and everything about it."""
        with self.transaction():
            self._delete_track(track_id, with_blocks=True)

    def _delete_track(self, track_id: int, *, with_blocks: bool) -> None:
        self._connection.execute("DELETE FROM track WHERE id = ?", (track_id,))
        for table in ("gap", "overruled", "attribute_change", *(("block",) if with_blocks else ())):
            self._connection.execute(f"DELETE FROM {table} WHERE track_id = ?", (track_id,))

    def put_records(self, track_id: int, records: Mapping[int, BoxRecord | None]) -> None:
        """Set the records of some frames of a stored track (None deletes one)."""
        with self.transaction():
            check_has_track(self._connection, track_id)
            put_records(self._connection, track_id, records)

    def put_blocks(self, track_id: int, blocks: Mapping[int, bytes]) -> None:
        """Write blocks of a stored track by their numbers, as ``Track.put_blocks`` takes them."""
        with self.transaction():
            check_has_track(self._connection, track_id)
            put_blocks(self._connection, track_id, blocks)

    def insert_track(self, track: Track) -> None:
        """Write a new track and everything about it."""
        with self.transaction():
            self.put_track(track)
            if not self._left.take_back(self._connection, track):
                self.put_blocks(track.id, track.blocks())
            self.put_marks(track.id, track.marks)

    def put_marks(self, track_id: int, marks: TrackMarks) -> None:
        """Write the marks of a stored track."""
        with self.transaction():
            check_has_track(self._connection, track_id)
            for table, rows in (("gap", gap_rows(track_id, marks)), ("overruled", overruled_rows(track_id, marks))):
                self._connection.execute(f"DELETE FROM {table} WHERE track_id = ?", (track_id,))
                if rows:
                    places = ", ".join("?" * len(rows[0]))
                    self._connection.executemany(f"INSERT INTO {table} VALUES ({places})", rows)

    def put_certificate(self, certificate: Certificate | None) -> None:
        """Replace the certificate; None deletes it."""
        with self.transaction():
            write_certificate(self._connection, certificate)

    def put_answers(self, answers: Mapping[int, bool | None]) -> None:
        """Write a person's answers about boxes of the certificate, by their place."""
        with self.transaction():
            self._connection.executemany(
                "UPDATE certificate_box SET is_right = ? WHERE place = ?",
                [(None if is_right is None else int(is_right), int(place)) for place, is_right in answers.items()],
            )

    def put_left_as_is(self, answers: Iterable[LeftAsIs]) -> None:
        """Replace the meetings that a person has left as they are."""
        self._write("INSERT OR REPLACE INTO meta VALUES (?, ?)", left_as_is_row(answers))

    def put_class_numbers(self, numbers: Mapping[str, int]) -> None:
        """Replace the class numbers of labels."""
        self._write("INSERT OR REPLACE INTO meta VALUES (?, ?)", class_numbers_row(numbers))

    def put_note(self, place: NotePlace, text: str) -> None:
        """Replace a note; an empty text deletes it."""
        with self.transaction():
            write_note(self._connection, place, text)

    def put_attributes(self, definitions: Iterable[AttributeDefinition]) -> None:
        """Replace all attributes of the project, keeping their order."""
        with self.transaction():
            write_attributes(self._connection, definitions)

    def add_detections(self, detections: Iterable[Detection]) -> None:
        with self.transaction():
            write_detections(self._connection, detections)

    def delete_detections(self, ids: Iterable[int]) -> None:
        with self.transaction():
            self._connection.executemany("DELETE FROM detection WHERE id = ?", [(number,) for number in ids])

    def put_project(self, project: Project) -> None:
        """Write a whole project except its video, in one commit."""
        with self.transaction():
            for label in project.labels.values():
                self.put_label(label)
            self.put_attributes(project.attributes.values())
            self.add_detections(project.detections)
            for run in project.runs.values():
                self.put_run(run)
            for track in project.tracks.values():
                self.insert_track(track)
            self.put_certificate(project.certificate)
            if project.left_as_is:
                self.put_left_as_is(project.left_as_is)
            if project.class_numbers:
                self.put_class_numbers(project.class_numbers)
            for place, text in project.notes.items():
                self.put_note(place, text)
            self._note_id("track", project.last_track_id)
            self._note_id("run", project.last_run_id)

    def _write(self, statement: str, row: tuple[object, ...]) -> None:
        with self.transaction():
            self._connection.execute(statement, row)

    def _write_project(self, unfinished: Path, project: Project, path: Path) -> None:
        unfinished.open("xb").close()
        make_file(unfinished, project.video, folder=path.parent)
        store = ProjectStore(unfinished)
        try:
            store.put_project(project)
        finally:
            store.let_go()
        make_durable(unfinished)

    def _note_id(self, of: str, highest: int) -> None:
        self._write("UPDATE last_id SET id = max(id, ?) WHERE of = ?", (highest, of))
