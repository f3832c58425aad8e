"""Who is who: the verifier compares what two tracks showed before a meeting with what they show after it.

How sure it may be of that is a guess. Its calibration is measured on videos of one target each, against boxes that have
slipped, other places and the targets of other videos (its card); two people in the same coat are harder.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from app.assist.errand import Comparer, Errand, Tools
from app.model.doubt import Doubt, DoubtKind
from app.model.meeting import LeftAsIs, Meeting, MeetingKind, Sight
from tracker_core.images import FloatArray

SWAPPED_AT_FIRST: Final = 0.2
"""How likely two tracks have swapped where the verifier cannot tell them apart: one in five, a guess."""

SUREST: Final = 4.0
"""Logarithm of the odds. No comparison of two crops counts for more."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How likely the tracks of a meeting are mixed up there: one object in a relay, swapped in a crossing."""

    meeting: Meeting
    mixed_up: float


@dataclass(frozen=True)
class Comparison(Errand):
    """Compare meetings; each Verdict is handed over as it is found."""

    video: Path
    known_as: str
    meetings: tuple[Meeting, ...]

    def run(self, tools: Tools) -> None:
        by_frame: dict[int, list[Sight]] = {}
        for meeting in self.meetings:
            for sight in (*meeting.before, *meeting.after):
                of_frame = by_frame.setdefault(sight.frame, [])
                if sight not in of_frame:
                    of_frame.append(sight)
        frames = sorted(by_frame)
        wanted = sorted(self.meetings, key=_last_frame)
        embeddings: dict[Sight, FloatArray] = {}
        for done, frame in enumerate(frames):
            tools.note(done, len(frames))
            image = tools.picture(frame)
            height, width = image.shape[:2]
            seen = [sight for sight in by_frame[frame] if sight.box.clipped(width=width, height=height).area > 0]
            if seen:
                found = tools.comparer().embed_many(image, [sight.box for sight in seen])
                embeddings.update(zip(seen, found, strict=True))
            while wanted and _last_frame(wanted[0]) <= frame:
                verdict = judge(tools.comparer(), wanted.pop(0), embeddings)
                tools.note(done + 1, len(frames), verdict)


def judge(comparer: Comparer, meeting: Meeting, embeddings: Mapping[Sight, FloatArray]) -> Verdict:
    """What the embeddings of its sights, where there are some, say of a meeting."""
    before, after = _by_track(meeting.before, embeddings), _by_track(meeting.after, embeddings)
    one, other = meeting.one, meeting.other
    if meeting.kind is MeetingKind.RELAY:
        if not before.get(one) or not after.get(other):
            return Verdict(meeting, 0.0)
        return Verdict(meeting, _same(comparer, before[one], after[other]))
    if not all(side.get(track_id) for side in (before, after) for track_id in (one, other)):
        return Verdict(meeting, 0.0)
    odds = {
        (came, goes): _logit(_same(comparer, before[came], after[goes]))
        for came in (one, other)
        for goes in (one, other)
    }
    crosswise = odds[one, other] + odds[other, one] - odds[one, one] - odds[other, other]
    # Halved: the two ways of each pair are as good as one observation.
    return Verdict(meeting, 1 / (1 + math.exp(-(crosswise / 2 + _logit(SWAPPED_AT_FIRST)))))


def identity_doubts(verdicts: Collection[Verdict], answered: Collection[LeftAsIs], *, threshold: float) -> list[Doubt]:
    """The doubts of meetings whose tracks are likely mixed up and of which nobody has said anything."""
    return [
        _doubt(verdict)
        for verdict in verdicts
        if verdict.mixed_up > threshold and not any(answer.answers(verdict.meeting) for answer in answered)
    ]


def _doubt(verdict: Verdict) -> Doubt:
    meeting = verdict.meeting
    is_relay = meeting.kind is MeetingKind.RELAY
    return Doubt(
        track_id=meeting.other,
        first_frame=min(meeting.first_frame + 1, meeting.frame),
        last_frame=meeting.frame,
        frame=meeting.frame,
        kind=DoubtKind.IDENTITY,
        strength=verdict.mixed_up,
        wrong_frames=0.0,
        text=f"may be #{meeting.one} going on" if is_relay else f"may have swapped with #{meeting.one}",
        other_track_id=meeting.one,
        meeting=meeting,
    )


def _same(comparer: Comparer, before: Sequence[FloatArray], after: Sequence[FloatArray]) -> float:
    """How likely both show one object: of each view after it the nearest before it counts, and of these the median."""
    exemplars = np.stack(before)
    return float(np.median([comparer.same_object(exemplars, embedding) for embedding in after]))


def _by_track(sights: Sequence[Sight], embeddings: Mapping[Sight, FloatArray]) -> dict[int, list[FloatArray]]:
    found: dict[int, list[FloatArray]] = {}
    for sight in sights:
        if sight in embeddings:
            found.setdefault(sight.track_id, []).append(embeddings[sight])
    return found


def _last_frame(meeting: Meeting) -> int:
    return max((sight.frame for sight in (*meeting.before, *meeting.after)), default=-1)


def _logit(probability: float) -> float:
    inside = min(max(probability, 1e-6), 1 - 1e-6)
    return min(max(math.log(inside / (1 - inside)), -SUREST), SUREST)
