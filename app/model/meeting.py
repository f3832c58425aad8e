"""A meeting: where two tracks may have been mixed up, and whether a person has answered."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tracker_core.geometry import Box


class MeetingKind(StrEnum):
    """The values are stored in project files."""

    RELAY = "relay"  # one track ends and another begins nearby: are both the same object?
    CROSSING = "crossing"  # the boxes of two tracks overlap for a while: were they swapped?


@dataclass(frozen=True, slots=True)
class Sight:
    """A box by which the verifier recognises a track."""

    track_id: int
    frame: int
    box: Box


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two tracks of one label. ``one`` ends in a relay and ``other`` begins; in a crossing ``one`` is the older.

    ``before`` and ``after`` show them ahead of the meeting and past it: in a relay the one, then the other track; in a
    crossing both tracks each time. A meeting whose boxes change is another meeting.
    """

    kind: MeetingKind
    one: int
    other: int
    frame: int  # from here on a join or swap changes the tracks; the frame to look at
    before: tuple[Sight, ...]
    after: tuple[Sight, ...]

    @property
    def first_frame(self) -> int:
        """The last frame before the meeting."""
        return max(sight.frame for sight in self.before)


@dataclass(frozen=True, slots=True, order=True)
class LeftAsIs:
    """A meeting that a person has looked at and left as it is."""

    kind: MeetingKind
    one: int
    other: int
    first_frame: int
    frame: int

    def answers(self, meeting: Meeting) -> bool:
        """Whether this also answers another meeting. Two tracks that are different objects stay so, but every crossing
        is a new question.
        """
        if (self.kind, self.one, self.other) != (meeting.kind, meeting.one, meeting.other):
            return False
        is_there = self.first_frame <= meeting.frame and meeting.first_frame <= self.frame
        return self.kind is MeetingKind.RELAY or is_there


def left_as_is(meeting: Meeting) -> LeftAsIs:
    return LeftAsIs(meeting.kind, meeting.one, meeting.other, meeting.first_frame, meeting.frame)
