"""Boxes of deleted tracks stay in the project file until it is opened next.

Deleting a million boxes from the file takes a quarter of a second, and writing them again as long: too long for the
window when a person undoes and redoes an import. So only the track's own row is deleted. Readers ignore boxes without a
track.
"""

from __future__ import annotations

import sqlite3
from weakref import ref

from app.model.track import Track

MANY = 5_000  # records; fewer are deleted at once
_KEY = "left blocks of track "  # and its id: a row of ``meta``, which older versions of Siamark leave alone


class LeftBlocks:
    """What an open store knows about blocks left in its file."""

    def __init__(self) -> None:
        self._tracks: dict[int, ref[Track]] = {}

    def leave(self, connection: sqlite3.Connection, track: Track) -> None:
        """Note that the blocks of a deleted track stay. Nothing changes them, because the track is in no project."""
        connection.execute("INSERT OR REPLACE INTO meta VALUES (?, '')", (f"{_KEY}{track.id}",))
        self._tracks[track.id] = ref(track)

    def take_back(self, connection: sqlite3.Connection, track: Track) -> bool:
        """Whether the file still has the blocks of a track that comes back. If not, it has no blocks with that id."""
        known = self._tracks.pop(track.id, None)
        if connection.execute("DELETE FROM meta WHERE key = ?", (f"{_KEY}{track.id}",)).rowcount == 0:
            return False
        if known is not None and known() is track:
            return True
        connection.execute("DELETE FROM block WHERE track_id = ?", (track.id,))
        return False

    def forget(self) -> None:
        """Forget everything, because a rollback has put the file into an earlier state."""
        self._tracks.clear()


def left_tracks(connection: sqlite3.Connection) -> set[int]:
    """The ids of deleted tracks whose blocks are in the file."""
    keys = connection.execute("SELECT key FROM meta WHERE substr(key, 1, ?) = ?", (len(_KEY), _KEY))
    return {int(key) for (whole,) in keys if (key := whole[len(_KEY) :]).isdecimal()}


def check_has_track(connection: sqlite3.Connection, track_id: int) -> None:
    """Check what SQLite would if references were enforced.

    Raises:
        sqlite3.IntegrityError: if there is no such track.
    """
    if connection.execute("SELECT 1 FROM track WHERE id = ?", (track_id,)).fetchone() is None:
        raise sqlite3.IntegrityError(f"there is no track {track_id}")


def remove_left_blocks(connection: sqlite3.Connection) -> None:
    """Delete left blocks. Called when a project is opened, on a thread that nobody waits for."""
    left = left_tracks(connection)
    if not left:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        for track_id in left:
            connection.execute(
                "DELETE FROM block WHERE track_id = ? AND track_id NOT IN (SELECT id FROM track)", (track_id,)
            )
            connection.execute("DELETE FROM meta WHERE key = ?", (f"{_KEY}{track_id}",))
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
