"""Find it again: searches the rest of a video for a lost target, first in steps, then to the exact frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from app.assist.box_edits import BoxEdit, place_box
from app.assist.errand import Errand, Tools
from app.assist.exemplar import exemplar_for
from app.assist.look_alikes import Example, judged, searching_target
from app.language import tr
from app.model.box_record import BoxRecord
from app.model.direction import FORWARD
from app.model.doubt import Doubt, DoubtKind, DoubtRules
from app.model.doubt_strength import Floats
from app.model.interpolation import record_at
from app.model.project import Project
from app.model.track import Track
from app.settings.tracker_choice import TrackerChoice
from tracker_core.geometry import Box
from tracker_core.images import FloatArray
from tracker_core.tracker import SCALES, FindsLookAlikes, LookAlike

LEAST_SURE: Final = 0.6
"""The least score, of network and verifier together, of a find. A guess."""

SECONDS_BETWEEN: Final = 1.0  # between searched pictures; shorter appearances may be missed
MOST_FINDS: Final = 8
SURE_FOR: Final = 3
"""Frames in a row in which the tracker must be sure again. A guess: single sure boxes of a lost target are common."""
SAME_PLACE: Final = 0.4  # IoU; from here on another track already has this target


@dataclass(frozen=True, slots=True)
class Appearance:
    """Where the target may be seen first after it was lost."""

    track_id: int
    frame: int
    seen: LookAlike


@dataclass(frozen=True)
class FindAgain(Errand):
    """Search from ``first`` to ``last`` (both included), in steps of ``step`` frames. Each Appearance is reported as
    soon as it is found.
    """

    video: Path
    known_as: str
    tracker: TrackerChoice
    example: Example
    first: int
    last: int
    step: int

    def run(self, tools: Tools) -> None:
        image = tools.picture(self.example.frame)
        target = searching_target(tools, self.tracker, image, self.example.box)
        exemplar = tools.comparer().embed_many(image, [self.example.box])
        frames = [*range(self.first, self.last, self.step), self.last]
        before, was_seen = self.first - 1, False
        for done, frame in enumerate(frames):
            tools.note(done, len(frames))
            best = _best(tools, target, exemplar, frame, SCALES, (done, len(frames)))
            if best is not None and not was_seen:
                first = self._first_seen(tools, target, exemplar, (before, frame, best), (done, len(frames)))
                tools.note(done + 1, len(frames), first)
            before, was_seen = frame, best is not None
        tools.note(len(frames), len(frames))

    def _first_seen(
        self,
        tools: Tools,
        target: FindsLookAlikes,
        exemplar: FloatArray,
        between: tuple[int, int, LookAlike],
        progress: tuple[int, int],
    ) -> Appearance:
        """Bisect between a frame without the target and one with it, until they are neighbours."""
        without, seen_at, seen = between
        while seen_at - without > 1:
            middle = (without + seen_at) // 2
            scale = (seen.box.area / self.example.box.area) ** 0.5
            found = _best(tools, target, exemplar, middle, (scale,), progress)
            if found is None:
                without = middle
            else:
                seen_at, seen = middle, found
        return Appearance(self.example.track_id, seen_at, seen)


def _best(
    tools: Tools,
    target: FindsLookAlikes,
    exemplar: FloatArray,
    frame: int,
    scales: Sequence[float],
    progress: tuple[int, int],
) -> LookAlike | None:
    """The best find in a frame, if it is good enough."""
    image = tools.picture(frame)
    found = target.look_alikes(image, scales=scales, most=MOST_FINDS, on_tile=lambda done, total: tools.note(*progress))
    return next((one for one in judged(tools, exemplar, image, found) if one.score >= LEAST_SURE), None)


def plan_search(project: Project, track: Track, frame: int) -> tuple[Example, int] | str:
    """What to search for, and from which frame: from ``frame`` if the track has no box there, else from after its last
    box. Returns a sentence if there is nothing to search.
    """
    last_box = next((place for place in reversed([f for f, r in track.items() if r.box is not None])), None)
    if last_box is None:
        return tr("Track {id} has no box to search for.", id=track.id)
    shown = record_at(track, frame)
    is_gone = frame > last_box or shown is None or shown.box is None
    first = max(frame, 0) if is_gone else last_box + 1
    if first >= project.video.frame_count:
        return tr("Track {id} has a box up to the last frame; there are no frames to search.", id=track.id)
    exemplar = exemplar_for(track, min(first, last_box), FORWARD)
    if exemplar is None:
        return tr("Track {id} has no clear keyframe that shows its target; draw one.", id=track.id)
    return Example(track.id, *exemplar), first


def seen_after_absence(track: Track, frame: int, strengths: Floats, rules: DoubtRules) -> Appearance | None:
    """Where the tracker is sure of the target again, among the boxes that an absence from ``frame`` on removes: after
    the doubtful ones, the first box that is not doubtful, nor are those right after it. The person has not seen it yet.

    Args:
        track: as it is before the target is marked as absent.
        strengths: (frame count,) how likely each of its boxes is wrong.
    """
    ahead = track.keyframe_after(frame)
    was_doubtful = strengths[frame] > rules.threshold
    sure: list[tuple[int, BoxRecord]] = []
    for place, record in track.items(frame + 1, None if ahead is None else ahead - 1):
        if record.box is None or record.reviewed:
            break
        if strengths[place] > rules.threshold:
            was_doubtful = True
            sure.clear()
        elif was_doubtful:
            sure.append((place, record))
            if len(sure) == SURE_FOR:
                break
    if len(sure) < SURE_FOR:
        return None
    first, record = sure[0]
    assert record.box is not None
    return Appearance(track.id, first, LookAlike(record.box, 1 - float(strengths[first])))


def is_known(project: Project, appearance: Appearance) -> bool:
    """Whether a track already has this appearance, or its own track was deleted."""
    if appearance.track_id not in project.tracks:
        return True
    shown = ((track.id, record_at(track, appearance.frame)) for track in project.tracks.values())
    return any(
        track_id == appearance.track_id or record.box.iou(appearance.seen.box) > SAME_PLACE
        for track_id, record in shown
        if record is not None and record.box is not None
    )


def accepted(project: Project, appearance_of: int, frame: int, box: Box) -> BoxEdit:
    """The edit that accepts a find: a keyframe, with a gap before it, because the target was not seen in between."""
    track = project.tracks[appearance_of]
    edit = place_box(track, frame, box, runs=project.runs)
    before = track.frame_before(frame)
    record = None if before is None else track.get(before)
    if before is None or record is None or record.absent or frame - before < 2:
        return edit
    marks = edit.marks or track.marks
    return replace(edit, marks=replace(marks, gaps=marks.gaps.with_span(before + 1, frame - 1)))


def doubt_of(appearance: Appearance) -> Doubt:
    """The find as a doubt in the review queue."""
    frame, score = appearance.frame, appearance.seen.score
    return Doubt(
        track_id=appearance.track_id,
        first_frame=frame,
        last_frame=frame,
        frame=frame,
        kind=DoubtKind.FOUND_AGAIN,
        strength=score,
        text=tr("may be seen here again"),
        found=appearance.seen.box,
    )
