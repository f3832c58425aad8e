"""Writes into the project file before the model has the data, so that the window's thread does not wait."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from app.model.attributes import AttributeDefinition
from app.model.detection import Detection
from app.model.project import Label
from app.model.track import Track
from app.store.project_store import ProjectStore


@dataclass(frozen=True, slots=True)
class DetectionsAhead:
    """Permission to write detections ahead. ``Document.detections_ahead`` gives it, ``add_detections`` shows them."""

    store: ProjectStore
    times_written_anew: int

    def is_in(self, store: ProjectStore) -> bool:
        """Whether what was written is in the file of this store."""
        return _is_in(self, store)

    def write(self, detections: Sequence[Detection]) -> None:
        """Write all in one commit, on any thread. Edits of the window wait for it.

        Raises:
            StoreError: if the file cannot be written; then nothing is.
        """
        self.store.add_detections(detections)


@dataclass(frozen=True, slots=True)
class TracksAhead:
    """Permission to write tracks ahead. ``Document.tracks_ahead`` gives it, ``Document.take_over`` shows the tracks.

    ``last_id_before``, ``last_id_kept``: the highest track id ever given, and the highest that no other track gets
    meanwhile.
    """

    store: ProjectStore
    last_id_before: int
    last_id_kept: int
    times_written_anew: int

    def is_in(self, store: ProjectStore) -> bool:
        """Whether what was written is in the file of this store."""
        return _is_in(self, store)

    def write(
        self,
        labels: Iterable[Label],
        tracks: Sequence[Track],
        on_track: Callable[[int], None],
        *,
        attributes: Sequence[AttributeDefinition] | None = None,
    ) -> None:
        """Write all in one commit, on any thread. Edits of the window wait for it.

        Args:
            attributes: all that the project defines from now on; None leaves them.
            on_track: gets how many tracks are written. If it raises, nothing is.

        Raises:
            StoreError: if the file cannot be written; then nothing is.
        """
        store = self.store
        with store.transaction():
            for label in labels:
                store.put_label(label)
            if attributes is not None:
                store.put_attributes(attributes)
            for done, track in enumerate(tracks):
                on_track(done)
                store.insert_track(track)


def _is_in(ahead: DetectionsAhead | TracksAhead, store: ProjectStore) -> bool:
    """False if the project has since been saved elsewhere or written anew from memory."""
    return ahead.store is store and ahead.times_written_anew == store.times_written_anew
