"""Who is who: the verifier compares what two tracks show before a meeting with what they show after it.

Treat the probabilities as guesses. The verifier was calibrated on videos with one target each, against slipped boxes,
other places and targets of other videos (see its card). Two people in the same coat are harder.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from app.assist.errand import Comparer, Errand, Tools
from app.language import tr
from app.model.doubt import Doubt, DoubtKind
from app.model.meeting import LeftAsIs, Meeting, MeetingKind, Sight
from tracker_core.images import FloatArray

SWAPPED_AT_FIRST: Final = 0.2
"""Prior probability that two tracks have swapped, before the verifier is asked. A guess."""

SUREST: Final = 4.0
"""In logits. The most that one comparison of two crops can count."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How likely two tracks are mixed up at their meeting: one object in a relay, swapped in a crossing."""

    meeting: Meeting
    mixed_up: float


@dataclass(frozen=True)
class Comparison(Errand):
    """Compares the tracks of some meetings. Each Verdict is reported as soon as it is found."""

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
    """Judge a meeting by the embeddings of its sights; some may be missing."""
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
    # Halved, because both directions of a pair are only one observation.
    return Verdict(meeting, 1 / (1 + math.exp(-(crosswise / 2 + _logit(SWAPPED_AT_FIRST)))))


def identity_doubts(verdicts: Collection[Verdict], answered: Collection[LeftAsIs], *, threshold: float) -> list[Doubt]:
    """A doubt for each meeting whose tracks are likely mixed up, unless a person has answered it."""
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
        text=tr("may be #{one} again", one=meeting.one)
        if is_relay
        else tr("may have swapped with #{one}", one=meeting.one),
        other_track_id=meeting.one,
        meeting=meeting,
    )


def _same(comparer: Comparer, before: Sequence[FloatArray], after: Sequence[FloatArray]) -> float:
    """The probability that both show one object: the median, over the views after, of the nearest view before."""
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
