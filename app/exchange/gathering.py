"""Collects the boxes that a reader finds, at most one for each track and frame, and counts what is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from app.exchange.annotations import Annotations, Detection, Row, TrackHead
from app.exchange.errors import quoted
from app.model.attributes import AttributeDefinition, changes_of
from app.model.box_record import BoxRecord
from app.model.project import VideoReference
from app.model.words import counted


class Gathering:
    """What a reader has found so far.

    Attributes:
        heads: the tracks by id, in the order of the file. A reader may put more complete ones here first.
        attributes: the file's definitions of attributes, by name.
    """

    def __init__(self, video: VideoReference) -> None:
        self._video = video
        self.heads: dict[int, TrackHead] = {}
        self.attributes: dict[str, AttributeDefinition] = {}
        self._rows: dict[tuple[int, int], Row] = {}
        self._absences: dict[tuple[int, int], Row] = {}
        self._detections: list[Detection] = []
        self._left_out: Counter[str] = Counter()

    @property
    def has_rows(self) -> bool:
        return bool(self._rows)

    def add(self, frame: int, track_id: int, label: str, record: BoxRecord) -> None:
        """Add a box of a track or, without a box, a statement that the target is absent from this frame on.

        Raises:
            ValueError: if the track has one in this frame already.
        """
        place = frame, track_id
        if place in self._rows or place in self._absences:
            raise ValueError(f"track {quoted(track_id)} has two boxes in this frame")
        if record.absent:
            self._absences[place] = Row(frame, track_id, record)
        else:
            self._rows[place] = Row(frame, track_id, record)
        head = self.heads.get(track_id)
        if head is None:
            self.heads[track_id] = TrackHead(track_id, label)
        elif head.label != label:
            self.leave_out("of another class than their track: taken as the track's")

    def say(self, said: Mapping[int, Mapping[int, Mapping[str, str]]]) -> None:
        """Set attributes given frame by frame. Those that never change belong to the whole track."""
        for track_id, by_frame in said.items():
            head = self.heads.get(track_id)
            if head is not None:
                whole, changes = changes_of(head.attributes, by_frame)
                self.heads[track_id] = replace(head, attributes=whole, changes=changes)

    def detect(self, frame: int, label: str, record: BoxRecord) -> None:
        """Add a box of no track."""
        self._detections.append(Detection(frame, label, record))

    def leave_out(self, what: str, count: int = 1) -> None:
        """Count boxes for a note: "1 box ``what``."."""
        self._left_out[what] += count

    def annotations(
        self,
        *,
        labels: Iterable[str] = (),
        states_absences: bool = False,
        notes: Iterable[str] = (),
        matched: str = "",
        listed: Iterable[int] | None = None,
    ) -> Annotations:
        """Everything collected.

        Args:
            labels: those that the file lists, in its order; labels that only boxes have follow.
            states_absences: whether the format says itself where a target is absent.
            listed: the frames of which the file has pictures, in any order; None for all.
        """
        worn = (*(head.label for head in self.heads.values()), *(found.label for found in self._detections))
        return Annotations(
            video=self._video,
            labels=tuple(dict.fromkeys((*labels, *worn))),
            tracks=tuple(self.heads.values()),
            rows=tuple(self._rows[key] for key in sorted(self._rows)),
            absences=tuple(self._absences[key] for key in sorted(self._absences)) if states_absences else None,
            notes=(*(f"{counted(n, 'box', 'boxes')} {what}." for what, n in self._left_out.items() if n), *notes),
            detections=tuple(self._detections),
            matched=matched,
            listed=None if listed is None else tuple(sorted(set(listed))),
            attributes=self.attributes,
        )
