"""Turns detections into boxes of tracks: one by one, all of a frame, or linked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from app.assist.box_edits import BoxEdit, place_box
from app.model.box_record import BoxRecord, Source, keyframe
from app.model.detection import Detection
from app.model.interpolation import record_at
from app.model.linking import LinkRules, best_pairs, corners_of, ious, linked_chains
from app.model.project import LABEL_COLOURS, Label, Project
from app.model.track import Track
from tracker_core.geometry import Box

LEAST_IOU = 0.5  # IoU from which a detection continues a track
FRAMES_BACK = 30  # the track's last box may be this many frames back


@dataclass(frozen=True, slots=True)
class Taking:
    """The result of taking detections: boxes of existing tracks, new tracks and labels, and the detections that are
    used up.
    """

    edits: dict[int, BoxEdit] = field(default_factory=dict)
    added: tuple[Track, ...] = ()
    labels: tuple[Label, ...] = ()
    used: tuple[Detection, ...] = ()


def take_one(project: Project, one: Detection, active: int | None) -> Taking:
    """Take one detection. As with a drawn box, it goes to the active track if that shows no box here and has the same
    label or none; otherwise a new track begins.
    """
    track = None if active is None else project.tracks[active]
    if track is not None and track.label in ("", one.label) and _has_no_box(track, one.frame):
        return Taking({track.id: place_box(track, one.frame, one.box, runs=project.runs)}, used=(one,))
    return Taking(added=_new_tracks(project, [one]), labels=_new_labels(project, [one]), used=(one,))


def take_all(project: Project, several: Sequence[Detection]) -> Taking:
    """Take all detections of one frame. Each continues the track of its label whose last box it overlaps; others begin
    new tracks.
    """
    if not several:
        return Taking()
    frame = several[0].frame
    edits: dict[int, BoxEdit] = {}
    left: list[Detection] = []
    for label in dict.fromkeys(one.label for one in several):
        found = [one for one in several if one.label == label]
        tracks = [track for track in project.tracks.values() if track.label == label and _has_no_box(track, frame)]
        recent = [(track, box) for track in tracks if (box := _last_box(track, frame)) is not None]
        pairs: dict[int, int] = {}
        if recent:
            overlaps = ious(corners_of([box for _, box in recent]), corners_of([one.box for one in found]))
            pairs = best_pairs(overlaps, LEAST_IOU)
        for place, one in enumerate(found):
            if place in pairs:
                track = recent[pairs[place]][0]
                edits[track.id] = place_box(track, frame, one.box, runs=project.runs)
            else:
                left.append(one)
    return Taking(edits, _new_tracks(project, left), _new_labels(project, left), tuple(several))


def link(
    project: Project,
    detections: Sequence[Detection],
    rules: LinkRules,
    *,
    is_stopped: Callable[[], bool] = lambda: False,
) -> Taking:
    """Each chain becomes a track of unreviewed tracker boxes; its gaps are interpolated.

    Raises:
        LinkingStoppedError: once ``is_stopped``.
    """
    chains = linked_chains(detections, rules, is_stopped=is_stopped)
    colours = _colours(project, len(chains))
    first_id = project.next_track_id()
    tracks = []
    for number, chain in enumerate(chains):
        track = Track(first_id + number, chain[0].label, colours[number])
        track.put({one.frame: _tracked(one) for one in chain})
        tracks.append(track)
    used = tuple(one for chain in chains for one in chain)
    return Taking(added=tuple(tracks), labels=_new_labels(project, used), used=used)


def _tracked(one: Detection) -> BoxRecord:
    score = None if one.score is None else float(np.clip(one.score, 0, 1))
    return BoxRecord(one.box, Source.TRACKER, score)


def _has_no_box(track: Track, frame: int) -> bool:
    shown = record_at(track, frame)
    return shown is None or shown.absent


def _last_box(track: Track, frame: int) -> Box | None:
    before = track.frame_before(frame)
    record = None if before is None or frame - before > FRAMES_BACK else track.get(before)
    return None if record is None else record.box


def _new_tracks(project: Project, several: Sequence[Detection]) -> tuple[Track, ...]:
    colours = _colours(project, len(several))
    first_id = project.next_track_id()
    tracks = []
    for number, one in enumerate(several):
        track = Track(first_id + number, one.label, colours[number])
        track.put({one.frame: keyframe(one.box)})
        tracks.append(track)
    return tuple(tracks)


def _colours(project: Project, count: int) -> list[str]:
    """The colours that the fewest tracks have."""
    worn = dict.fromkeys(LABEL_COLOURS, 0)
    for track in project.tracks.values():
        worn[track.colour] = worn.get(track.colour, 0) + 1
    colours = []
    for _ in range(count):
        colours.append(min(LABEL_COLOURS, key=lambda colour: worn[colour]))
        worn[colours[-1]] += 1
    return colours


def _new_labels(project: Project, several: Sequence[Detection]) -> tuple[Label, ...]:
    missing = [name for name in dict.fromkeys(one.label for one in several) if name and name not in project.labels]
    return tuple(
        Label(name, LABEL_COLOURS[place % len(LABEL_COLOURS)])
        for place, name in enumerate(missing, start=len(project.labels))
    )
