"""Join detections to tracks: a box continues the track whose box in the frame before overlaps it most."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from app.exchange.annotations import Detection
from app.exchange.importing import ImportedTracks, usual_step
from app.model.project import LABEL_COLOURS
from app.model.track import Track
from app.model.words import counted

LEAST_IOU = 0.5  # IoU from which two boxes count as one target's


def linked(imported: ImportedTracks, *, least_iou: float = LEAST_IOU) -> ImportedTracks:
    """The same boxes as tracks: boxes of a label that overlap from frame to frame become one track. Pairs that overlap
    more are joined first. A track ends if it has no box in the next frame of the file, so no box appears in a frame
    without a detection. Only the assignment to tracks is guessed.
    """
    if not imported.detections:
        return imported
    step = usual_step(imported.listed)
    by_label: dict[str, dict[int, list[Detection]]] = defaultdict(lambda: defaultdict(list))
    for detection in imported.detections:
        by_label[detection.label][detection.frame].append(detection)
    first_id = max((track.id for track in imported.tracks), default=0) + 1
    chains = [chain for frames in by_label.values() for chain in _chains(frames, step=step, least_iou=least_iou)]
    tracks = []
    for position, chain in enumerate(chains):
        track = Track(first_id + position, chain[0].label, LABEL_COLOURS[position % len(LABEL_COLOURS)])
        track.put({detection.frame: detection.record for detection in chain})
        tracks.append(track)
    boxes = counted(len(imported.detections), "box", "boxes")
    note = (
        f"{boxes} that name no track are joined to {counted(len(tracks), 'track')}: boxes of a label that overlap by "
        f"{least_iou:g} or more (IoU) from frame to frame."
    )
    return replace(imported, tracks=(*imported.tracks, *tracks), detections=(), notes=(*imported.notes, note))


def _chains(frames: dict[int, list[Detection]], *, step: int, least_iou: float) -> list[list[Detection]]:
    chains: list[list[Detection]] = []
    open_chains: list[list[Detection]] = []
    for frame in sorted(frames):
        open_chains = [chain for chain in open_chains if frame - chain[-1].frame <= step]
        pairs = _pairs(open_chains, frames[frame], least_iou=least_iou)
        going_on = []
        for place, detection in enumerate(frames[frame]):
            if place in pairs:
                chain = open_chains[pairs[place]]
                chain.append(detection)
            else:
                chain = [detection]
                chains.append(chain)
            going_on.append(chain)
        open_chains = going_on
    return chains


def _pairs(chains: Sequence[list[Detection]], found: Sequence[Detection], *, least_iou: float) -> dict[int, int]:
    """From a detection's index to the chain that it continues; the best pairs first."""
    overlaps = [
        (iou, place, number)
        for place, detection in enumerate(found)
        for number, chain in enumerate(chains)
        if (iou := _iou(chain[-1], detection)) >= least_iou
    ]
    pairs: dict[int, int] = {}
    for _, place, number in sorted(overlaps, key=lambda overlap: (-overlap[0], overlap[1:])):
        if place not in pairs and number not in pairs.values():
            pairs[place] = number
    return pairs


def _iou(one: Detection, other: Detection) -> float:
    assert one.record.box is not None
    assert other.record.box is not None
    return one.record.box.iou(other.record.box)
