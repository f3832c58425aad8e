"""Keeps track of which boxes have changed since a certificate's boxes were drawn."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from app.model.box_codes import NO_CODES, changed_frames
from app.model.certificate import Certificate
from app.model.track import Track

AT_ONCE = 5000
"""The most frames that one ``refresh`` reads, which takes a few milliseconds."""


class CertificateCheck:
    """Compares one project with one certificate. ``note`` every change; ``refresh`` reads it."""

    def __init__(self, certificate: Certificate, frame_count: int) -> None:
        self._codes = certificate.codes
        self._frame_count = frame_count
        self._changed: dict[int, NDArray[np.bool_]] = {}
        self._dirty: dict[int, tuple[int, int]] = {}

    def speaks_of(self, certificate: Certificate) -> bool:
        """Whether ``certificate`` is the same draw; its answers may differ."""
        return certificate.codes is self._codes or certificate.codes == self._codes

    def note(self, track_id: int, first: int = 0, last: int | None = None) -> None:
        """Boxes of a track from ``first`` to ``last`` (both included; None: to the end) may have changed."""
        last = self._frame_count - 1 if last is None else min(last, self._frame_count - 1)
        before = self._dirty.get(track_id, (first, last))
        self._dirty[track_id] = min(before[0], first), max(before[1], last)

    def refresh(self, tracks: Mapping[int, Track]) -> bool:
        """Read some of the noted changes. Returns True if none is left."""
        left = AT_ONCE
        while self._dirty and left > 0:
            track_id, (first, last) = next(iter(self._dirty.items()))
            stop = min(first + left - 1, last)
            changed = changed_frames(self._codes.get(track_id, NO_CODES), tracks.get(track_id), first, stop)
            if track_id not in self._changed:
                self._changed[track_id] = np.zeros(self._frame_count, np.bool_)
            self._changed[track_id][first : stop + 1] = changed
            left -= stop - first + 1
            if stop == last:
                del self._dirty[track_id]
            else:
                self._dirty[track_id] = stop + 1, last
        return not self._dirty

    @property
    def changed_count(self) -> int:
        """How many boxes were moved, added or deleted, as far as read."""
        return sum(int(changed.sum()) for changed in self._changed.values())
