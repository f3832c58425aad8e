"""A meeting: where two tracks may have been mixed up, and what a person has said of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tracker_core.geometry import Box


class MeetingKind(StrEnum):
    """Values are what the project file has."""

    RELAY = "relay"  # one track ends and another begins near by: are both the same object?
    CROSSING = "crossing"  # the boxes of two tracks overlap for a while: do they go on as they came?


@dataclass(frozen=True, slots=True)
class Sight:
    """A box by which a track is recognised."""

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
    frame: int  # from which on a join or a swap would change what is shown: the place to look at
    before: tuple[Sight, ...]
    after: tuple[Sight, ...]

    @property
    def first_frame(self) -> int:
        """The last one before it happens."""
        return max(sight.frame for sight in self.before)


@dataclass(frozen=True, slots=True, order=True)
class LeftAsIs:
    """A person has looked at a meeting and left it as it is."""

    kind: MeetingKind
    one: int
    other: int
    first_frame: int
    frame: int

    def answers(self, meeting: Meeting) -> bool:
        """Two tracks that are not one object are never one. Crossings are answered one by one."""
        if (self.kind, self.one, self.other) != (meeting.kind, meeting.one, meeting.other):
            return False
        is_there = self.first_frame <= meeting.frame and meeting.first_frame <= self.frame
        return self.kind is MeetingKind.RELAY or is_there


def left_as_is(meeting: Meeting) -> LeftAsIs:
    return LeftAsIs(meeting.kind, meeting.one, meeting.other, meeting.first_frame, meeting.frame)
