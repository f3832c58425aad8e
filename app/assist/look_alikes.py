"""More like this: finds what looks like one box in a whole picture."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.assist.errand import Errand, ErrandError, Tools
from app.language import tr
from app.model.box_record import keyframe
from app.model.interpolation import record_at
from app.model.project import LABEL_COLOURS, Project
from app.model.track import Track
from app.settings.tracker_choice import TrackerChoice
from tracker_core.geometry import Box
from tracker_core.images import FloatArray, Image
from tracker_core.tracker import FindsLookAlikes, LookAlike

LEAST_SCORE: Final = 0.5  # of the network; below it, most finds are background
LEAST_ALIKE: Final = 0.3  # of network and verifier together; a guess
MOST: Final = 60


@dataclass(frozen=True, slots=True)
class Example:
    """The box to search for, and its track."""

    track_id: int
    frame: int
    box: Box


@dataclass(frozen=True)
class LookAlikeSearch(Errand):
    """Searches ``frame``; the answer has the most similar find first. ``known``: boxes to leave out."""

    video: Path
    known_as: str
    tracker: TrackerChoice
    example: Example
    frame: int
    known: tuple[Box, ...]

    def run(self, tools: Tools) -> tuple[LookAlike, ...]:
        image = tools.picture(self.example.frame)
        target = searching_target(tools, self.tracker, image, self.example.box)
        exemplar = tools.comparer().embed_many(image, [self.example.box])
        among = tools.picture(self.frame)
        found = target.look_alikes(among, least_score=LEAST_SCORE, most=MOST, known=self.known, on_tile=tools.note)
        return judged(tools, exemplar, among, found)


def searching_target(tools: Tools, choice: TrackerChoice, image: Image, box: Box) -> FindsLookAlikes:
    """
    Raises:
        ErrandError: if the tracker cannot search a whole picture, or the box cannot be an exemplar.
    """
    tracker = tools.tracker(choice).tracker
    try:
        target = tracker.init(image, box)
    except ValueError as error:
        raise ErrandError(tr("This box cannot be searched for: {error}.", error=error)) from error
    if not isinstance(target, FindsLookAlikes):
        raise ErrandError(tr("{tracker} cannot search a whole picture; choose another tracker.", tracker=tracker.name))
    return target


def judged(tools: Tools, exemplar: FloatArray, image: Image, found: Sequence[LookAlike]) -> tuple[LookAlike, ...]:
    """The finds that the verifier accepts too. Their score is the geometric mean of the network's score and the
    verifier's probability. It only orders finds; it is not calibrated.
    """
    if not found:
        return ()
    comparer = tools.comparer()
    embeddings = comparer.embed_many(image, [one.box for one in found])
    both = [
        LookAlike(one.box, math.sqrt(max(one.score, 0.0) * comparer.same_object(exemplar, embedding)))
        for one, embedding in zip(found, embeddings, strict=True)
    ]
    return tuple(sorted((one for one in both if one.score >= LEAST_ALIKE), key=lambda one: -one.score))


def boxes_shown(project: Project, frame: int) -> tuple[Box, ...]:
    """The boxes that tracks show in a frame."""
    records = (record_at(track, frame) for track in project.tracks.values())
    return tuple(record.box for record in records if record is not None and record.box is not None)


def new_tracks(project: Project, example: Track, frame: int, boxes: Sequence[Box]) -> list[Track]:
    """A track for each box, with the example's label. The box is a keyframe, because a person accepted it."""
    first_id = project.next_track_id()
    worn = [track.colour for track in project.tracks.values()]
    tracks = []
    for number, box in enumerate(boxes):
        colour = min(LABEL_COLOURS, key=lambda colour: (worn.count(colour), LABEL_COLOURS.index(colour)))
        worn.append(colour)
        track = Track(first_id + number, example.label, colour)
        track.put({frame: keyframe(box)})
        tracks.append(track)
    return tracks
