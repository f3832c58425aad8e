"""Simulates a person who edits at random, the same way for the same seed, for tests that kill the program at work."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from random import Random

from app.assist.box_edits import (
    BoxEdit,
    delete_box,
    delete_span,
    delete_stale,
    place_box,
    toggle_absent,
    toggle_occluded,
)
from app.assist.overruling import overruled_by_run
from app.assist.run_plan import plan_run
from app.document.commands import (
    AddTrack,
    DocumentCommand,
    EditTrack,
    ExtendTracks,
    PutLabel,
    PutRecords,
    RemoveTracks,
    SeveralEdits,
)
from app.document.document import Document
from app.model.box_record import BoxRecord, Source, keyframe
from app.model.direction import FORWARD
from app.model.project import Label, Project, Run, VideoReference
from app.model.track import Track
from tracker_core.geometry import Box

FRAMES = 300
VIDEO = VideoReference(Path("/videos/street.mp4"), FRAMES, 640, 360, Fraction(25), fingerprint="0" * 32)
BATCH = 12  # frames that a run writes at a time


class Annotator:
    """Draws, corrects, marks, tracks, deletes, renames, undoes and redoes in a document. Each call of ``edit`` does one
    thing.
    """

    def __init__(self, document: Document, seed: int) -> None:
        self._document = document
        self._chance = Random(seed)
        self._doings: list[Callable[[], None]] = [
            self._draw, self._draw, self._correct, self._correct, self._correct, self._track, self._track,
            self._absent, self._occluded, self._delete, self._delete_span, self._delete_stale,
            self._rename_all, self._remove, self._undo, self._undo, self._redo,
        ]  # fmt: skip

    def edit(self) -> None:
        self._chance.choice(self._doings)()

    def _draw(self) -> None:
        project = self._document.opened_project
        track = Track(project.next_track_id(), "car", project.next_colour())
        track.put({self._frame(): keyframe(self._box())})
        edits: list[DocumentCommand] = [AddTrack(self._document, track)]
        if track.label not in project.labels:
            edits.insert(0, PutLabel(self._document, Label(track.label, "#3b82f6")))
        self._document.undo_stack.push(SeveralEdits(self._document, "Draw box", edits))

    def _correct(self) -> None:
        runs = self._document.opened_project.runs
        self._put(lambda track, frame: place_box(track, frame, self._box(), runs=runs))

    def _absent(self) -> None:
        self._put(toggle_absent)

    def _occluded(self) -> None:
        self._put(toggle_occluded)

    def _delete(self) -> None:
        self._put(delete_box)

    def _delete_span(self) -> None:
        self._put(lambda track, frame: delete_span(track, frame, frame + 15, frame_count=FRAMES))

    def _delete_stale(self) -> None:
        self._put(lambda track, frame: delete_stale(track))

    def _put(self, edit_of: Callable[[Track, int], BoxEdit]) -> None:
        track = self._some_track()
        edit = None if track is None else edit_of(track, self._frame())
        if track is not None and edit is not None and not edit.refusal:
            self._document.undo_stack.push(PutRecords(self._document, "Edit", track.id, edit.records, marks=edit.marks))

    def _track(self) -> None:
        """A run that writes several times and is stopped at some point."""
        project, track = self._document.opened_project, self._some_track()
        plan = None if track is None else plan_run(project, [track.id], self._frame(), FORWARD)
        if track is None or plan is None or not plan.tracks:
            return
        run_id = project.next_run_id()
        run = Run(run_id, "fake", "2024-05-01T12:00:00+00:00", plan.first_frame, plan.last_frame, "cpu")
        self._document.add_run(run)
        marks = {track.id: overruled_by_run(track, plan, run_id=run_id)}
        for first in range(plan.first_frame, plan.last_frame + 1, BATCH)[: self._chance.randint(1, 6)]:
            found = {
                frame: BoxRecord(self._box(), Source.TRACKER, score=self._chance.random(), run_id=run_id)
                for frame in range(first, min(first + BATCH, plan.last_frame + 1))
            }
            self._document.undo_stack.push(ExtendTracks(self._document, run_id, {track.id: found}, marks=marks))
            marks = {}

    def _rename_all(self) -> None:
        name = self._chance.choice(("car", "van", "bus"))
        tracks = self._document.opened_project.tracks
        edits = [EditTrack(self._document, track_id, label=name) for track_id in tracks]
        self._document.undo_stack.push(SeveralEdits(self._document, "Change labels", edits))

    def _remove(self) -> None:
        track = self._some_track()
        if track is not None:
            self._document.undo_stack.push(RemoveTracks(self._document, [track.id]))

    def _undo(self) -> None:
        self._document.undo_stack.undo()

    def _redo(self) -> None:
        self._document.undo_stack.redo()

    def _some_track(self) -> Track | None:
        tracks = list(self._document.opened_project.tracks.values())
        return self._chance.choice(tracks) if tracks else None

    def _frame(self) -> int:
        return self._chance.randrange(FRAMES)

    def _box(self) -> Box:
        return Box(*(float(self._chance.randint(1, 200)) for _ in range(4)))


def digest(project: Project) -> str:
    """A text that is equal for projects that are equal in everything saved."""
    parts: list[object] = [project.video, project.last_track_id, project.last_run_id]
    parts += [*project.labels.values(), *project.runs.values()]
    for track in project.tracks.values():
        parts += [track.id, track.label, track.colour, track.attributes, track.marks, list(track.items())]
    return hashlib.sha256(repr(parts).encode()).hexdigest()
