"""Turns boxes of a file that name no track into tracks, or into detections of the project."""

from __future__ import annotations

from dataclasses import replace

from app.exchange.importing import ImportedTracks, usual_step
from app.model.detection import Detection
from app.model.linking import LEAST_IOU, LinkRules, linked_chains
from app.model.project import LABEL_COLOURS, Project
from app.model.track import Track
from app.model.words import counted

__all__ = ["LEAST_IOU", "as_detections", "linked"]


def linked(imported: ImportedTracks, rules: LinkRules | None = None) -> ImportedTracks:
    """Link boxes to tracks: boxes of a label that overlap from frame to frame become one track. Without ``rules`` a
    track ends where it has no box in the next frame of the file, so no box appears in a frame without a detection. Only
    the assignment to tracks is guessed.
    """
    if not imported.detections:
        return imported
    rules = rules or LinkRules()
    step = usual_step(imported.listed)
    chains = linked_chains(imported.detections, replace(rules, longest_gap=(rules.longest_gap + 1) * step - 1))
    first_id = max((track.id for track in imported.tracks), default=0) + 1
    tracks = []
    for position, chain in enumerate(chains):
        track = Track(first_id + position, chain[0].label, LABEL_COLOURS[position % len(LABEL_COLOURS)])
        track.put({detection.frame: detection.record for detection in chain})
        tracks.append(track)
    boxes = counted(len(imported.detections), "box", "boxes")
    notes = [
        f"{boxes} that name no track are joined to {counted(len(tracks), 'track')}: boxes of a label that overlap by "
        f"{rules.least_iou:g} or more (IoU) from frame to frame."
    ]
    left = len(imported.detections) - sum(map(len, chains))
    if left:
        notes.append(f"{counted(left, 'box', 'boxes')} of a score or a track below what was asked: left out.")
    return replace(imported, tracks=(*imported.tracks, *tracks), detections=(), notes=(*imported.notes, *notes))


def as_detections(imported: ImportedTracks, project: Project) -> list[Detection]:
    """Make every box of a file a detection with a new id, whether it has a track or not. Interpolated boxes and
    absences are left out.
    """
    found = [(one.frame, one.label, one.box, one.score) for one in imported.detections]
    for track in imported.tracks:
        found += [
            (frame, track.label, record.box, record.score) for frame, record in track.items() if record.box is not None
        ]
    first_id = project.detections.next_id()
    ordered = sorted(found, key=lambda one: one[0])
    return [Detection(first_id + place, *one) for place, one in enumerate(ordered)]
