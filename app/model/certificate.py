"""A certificate: how many of all boxes are right, from boxes that were drawn at random and judged by a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from app.model.box_codes import NO_CODES, BoxCodes, changed_frames
from app.model.share_right import Judged, ShareRight, share_right
from app.model.track import Track
from tracker_core.geometry import Box


@dataclass(frozen=True, slots=True)
class Stratum:
    """Boxes that are about equally likely to be wrong. Some of each stratum are drawn. ``box_count``: its size."""

    name: str
    box_count: int


@dataclass(frozen=True, slots=True)
class DrawnBox:
    """One box to judge, as it was when it was drawn. ``is_right`` is None until a person has judged it."""

    track_id: int
    frame: int
    box: Box
    stratum: int  # its place in ``Certificate.strata``
    is_right: bool | None = None


@dataclass(frozen=True, slots=True)
class Certificate:
    """The drawn boxes with a person's judgements.

    It is about all boxes at the time of the draw; ``codes`` shows, by track, which have changed since. ``target_iou``:
    the overlap with its target from which a box is right.
    """

    drawn_at: str  # ISO 8601, UTC
    target_iou: float
    strata: tuple[Stratum, ...]
    drawn: tuple[DrawnBox, ...]
    codes: Mapping[int, BoxCodes] = field(default_factory=dict)

    @property
    def box_count(self) -> int:
        """How many boxes it is about."""
        return sum(stratum.box_count for stratum in self.strata)

    @property
    def judged_count(self) -> int:
        return sum(drawn.is_right is not None for drawn in self.drawn)

    @property
    def is_complete(self) -> bool:
        """Whether every drawn box has been judged. Until then it has no result."""
        return all(drawn.is_right is not None for drawn in self.drawn)

    @property
    def next_open(self) -> int | None:
        """The place of the first box that has not been judged."""
        return next((place for place, drawn in enumerate(self.drawn) if drawn.is_right is None), None)

    @property
    def share(self) -> ShareRight:
        """The share of all boxes that are right. Show it only if it ``is_complete``."""
        judged = Counter(drawn.stratum for drawn in self.drawn if drawn.is_right is not None)
        wrong = Counter(drawn.stratum for drawn in self.drawn if drawn.is_right is False)
        return share_right(
            [
                Judged(stratum.box_count, judged[number], wrong[number])
                for number, stratum in enumerate(self.strata)
                if stratum.box_count
            ]
        )

    def with_answers(self, answers: Mapping[int, bool | None]) -> Certificate:
        """The certificate with other judgements, by the place of the box: right, wrong, or None for not judged."""
        drawn = list(self.drawn)
        for place, is_right in answers.items():
            drawn[place] = replace(drawn[place], is_right=is_right)
        return replace(self, drawn=tuple(drawn))

    def said_wrong(self) -> dict[int, dict[int, Box]]:
        """The boxes that a person called wrong, by track and frame."""
        wrong: dict[int, dict[int, Box]] = {}
        for drawn in self.drawn:
            if drawn.is_right is False:
                wrong.setdefault(drawn.track_id, {})[drawn.frame] = drawn.box
        return wrong


def changed_since(certificate: Certificate, tracks: Mapping[int, Track]) -> int:
    """How many boxes were moved, added or deleted since the draw."""
    changed = 0
    for track_id in certificate.codes.keys() | tracks.keys():
        kept, track = certificate.codes.get(track_id, NO_CODES), tracks.get(track_id)
        last = max(kept.last_frame, -1 if track is None or track.last_frame is None else track.last_frame)
        if last >= 0:
            changed += int(changed_frames(kept, track, 0, last).sum())
    return changed
