"""The tables of a project file, and upgrades from older versions. Boxes: float pixels, left-top; frames: 0-based.

References are not enforced (``left_blocks.py`` says why): they tell which rows belong to which.
"""

from __future__ import annotations

APPLICATION_ID = 0x5349414D  # "SIAM": tells a project from any other SQLite file
SCHEMA_VERSION = 11

_SINCE_VERSION_4 = (
    # The highest ids ever given, also to deleted rows: no id is given twice.
    "CREATE TABLE last_id (of TEXT PRIMARY KEY, id INTEGER NOT NULL) STRICT",
    # Frames whose box was deleted: nothing is interpolated there.
    """CREATE TABLE gap (
        track_id INTEGER NOT NULL REFERENCES track (id) ON DELETE CASCADE,
        first_frame INTEGER NOT NULL,
        last_frame INTEGER NOT NULL,
        PRIMARY KEY (track_id, first_frame)
    ) STRICT, WITHOUT ROWID""",
    # Frames in which boxes of runs up to run_id no longer hold.
    """CREATE TABLE overruled (
        track_id INTEGER NOT NULL REFERENCES track (id) ON DELETE CASCADE,
        first_frame INTEGER NOT NULL,
        last_frame INTEGER NOT NULL,
        run_id INTEGER NOT NULL
    ) STRICT""",
)

_SINCE_VERSION_7 = (
    # Boxes that were drawn at random and judged: at most one such draw.
    """CREATE TABLE certificate (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        drawn_at TEXT NOT NULL,
        target_iou REAL NOT NULL
    ) STRICT""",
    """CREATE TABLE certificate_stratum (
        number INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        box_count INTEGER NOT NULL
    ) STRICT""",
    # Without a reference to its track, because the judged box may outlive it.
    """CREATE TABLE certificate_box (
        place INTEGER PRIMARY KEY,
        track_id INTEGER NOT NULL,
        frame INTEGER NOT NULL,
        x REAL NOT NULL, y REAL NOT NULL, width REAL NOT NULL, height REAL NOT NULL,
        stratum INTEGER NOT NULL,
        is_right INTEGER CHECK (is_right IN (0, 1)) -- null: not judged so far
    ) STRICT""",
    # A code of four bytes a frame, little-endian: which boxes have changed since.
    """CREATE TABLE certificate_codes (
        track_id INTEGER PRIMARY KEY,
        first_frame INTEGER NOT NULL,
        codes BLOB NOT NULL
    ) STRICT""",
)

_SINCE_VERSION_8 = (
    # Without a reference to its track, because a note outlives it.
    """CREATE TABLE note (
        track_id INTEGER NOT NULL, -- 0: on the frame as a whole
        frame INTEGER NOT NULL CHECK (frame >= 0),
        text TEXT NOT NULL,
        PRIMARY KEY (track_id, frame)
    ) STRICT, WITHOUT ROWID""",
)

_SINCE_VERSION_9 = (
    # Box records, packed: app/model/record_block.py. Reading a row for each took half a minute for five million.
    """CREATE TABLE block (
        track_id INTEGER NOT NULL REFERENCES track (id) ON DELETE CASCADE,
        number INTEGER NOT NULL CHECK (number >= 0), -- of the 64 frames from 64 * number on
        records BLOB NOT NULL,
        PRIMARY KEY (track_id, number)
    ) STRICT""",
)

_SINCE_VERSION_10 = (
    # The attributes that a project defines, in order.
    """CREATE TABLE attribute (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL, -- text, number, choice or yes-no
        per_frame INTEGER NOT NULL CHECK (per_frame IN (0, 1)),
        choices TEXT NOT NULL, -- JSON
        low REAL,
        high REAL
    ) STRICT""",
    # A value that holds from a frame until the next change; empty for none.
    """CREATE TABLE attribute_change (
        track_id INTEGER NOT NULL REFERENCES track (id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        frame INTEGER NOT NULL CHECK (frame >= 0),
        value TEXT NOT NULL,
        UNIQUE (track_id, name, frame)
    ) STRICT""",
    # Boxes of files that belong to no track.
    """CREATE TABLE detection (
        id INTEGER PRIMARY KEY,
        frame INTEGER NOT NULL CHECK (frame >= 0),
        label TEXT NOT NULL,
        x REAL NOT NULL, y REAL NOT NULL, width REAL NOT NULL, height REAL NOT NULL,
        score REAL
    ) STRICT""",
)

_SINCE_VERSION_11 = (
    # Of the constants that a person had changed for the run, the tracker's own values: JSON.
    "ALTER TABLE run ADD COLUMN own_constants TEXT NOT NULL DEFAULT '{}'",
)

# STRICT refuses what is not a number where a number belongs: SQLite would otherwise store a numpy scalar as raw bytes.
TABLES = (
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
    """CREATE TABLE video (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        path TEXT NOT NULL, -- relative to the project file where the video lies below its folder
        frame_count INTEGER NOT NULL,
        width INTEGER NOT NULL,
        height INTEGER NOT NULL,
        frame_rate TEXT NOT NULL, -- a fraction, as in 30000/1001
        fingerprint TEXT NOT NULL DEFAULT '' -- of its content, in hexadecimal digits
    ) STRICT""",
    "CREATE TABLE label (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, colour TEXT NOT NULL) STRICT",
    """CREATE TABLE track (
        id INTEGER PRIMARY KEY,
        label TEXT NOT NULL,
        colour TEXT NOT NULL,
        attributes TEXT NOT NULL -- JSON
    ) STRICT""",
    """CREATE TABLE run (
        id INTEGER PRIMARY KEY,
        tracker TEXT NOT NULL,
        started_at TEXT NOT NULL,
        first_frame INTEGER NOT NULL,
        last_frame INTEGER NOT NULL,
        device TEXT NOT NULL,
        constants TEXT NOT NULL, -- JSON
        family TEXT NOT NULL DEFAULT '',
        weights TEXT NOT NULL DEFAULT '', -- sha256 of the file
        precision TEXT NOT NULL DEFAULT '',
        direction INTEGER NOT NULL DEFAULT 1 CHECK (direction IN (1, -1)), -- -1: towards the beginning
        has_measured_scores INTEGER NOT NULL DEFAULT 0 CHECK (has_measured_scores IN (0, 1)) -- else the network's own
    ) STRICT""",
    *_SINCE_VERSION_11,
    *_SINCE_VERSION_4,
    "INSERT INTO last_id VALUES ('track', 0), ('run', 0)",
    *_SINCE_VERSION_7,
    *_SINCE_VERSION_8,
    *_SINCE_VERSION_9,
    *_SINCE_VERSION_10,
)

MIGRATIONS = {
    1: (
        "ALTER TABLE run ADD COLUMN family TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE run ADD COLUMN weights TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE run ADD COLUMN precision TEXT NOT NULL DEFAULT ''",
        # Version 1 wrote both into one: "cpu bf16".
        """UPDATE run SET
            precision = substr(device, instr(device, ' ') + 1),
            device = substr(device, 1, instr(device, ' ') - 1)
        WHERE instr(device, ' ') > 0""",
    ),
    2: ("ALTER TABLE record ADD COLUMN accord REAL",),
    3: (
        "ALTER TABLE video ADD COLUMN fingerprint TEXT NOT NULL DEFAULT ''",
        *_SINCE_VERSION_4,
        "INSERT INTO last_id SELECT 'track', coalesce(max(id), 0) FROM track",
        "INSERT INTO last_id SELECT 'run', coalesce(max(id), 0) FROM run",
    ),
    4: (
        "ALTER TABLE run ADD COLUMN direction INTEGER NOT NULL DEFAULT 1 CHECK (direction IN (1, -1))",
        # The window wrote the first frame of a backward run first. The command line wrote the lowest first, but such a
        # run began at a keyframe after its last frame, and nothing was known before its first.
        """UPDATE run SET
            direction = -1,
            first_frame = max(first_frame, last_frame),
            last_frame = min(first_frame, last_frame)
        WHERE first_frame > last_frame OR (
            EXISTS (SELECT 1 FROM record WHERE run_id = run.id)
            AND NOT EXISTS (
                SELECT 1 FROM record AS made WHERE made.run_id = run.id AND (
                    EXISTS (
                        SELECT 1 FROM record AS before
                        WHERE before.track_id = made.track_id AND before.frame = run.first_frame - 1
                    ) OR NOT EXISTS (
                        SELECT 1 FROM record AS after
                        WHERE after.track_id = made.track_id AND after.frame = run.last_frame + 1
                        AND after.source = 'human'
                    )
                )
            )
        )""",
    ),
    5: (
        """ALTER TABLE run ADD COLUMN
            has_measured_scores INTEGER NOT NULL DEFAULT 0 CHECK (has_measured_scores IN (0, 1))""",
        # Of the trackers that came with Siamark until then, two had been measured.
        "UPDATE run SET has_measured_scores = 1 WHERE tracker IN ('siamrpnpp_small', 'siamrpnpp_tiny')",
    ),
    6: _SINCE_VERSION_7,
    7: _SINCE_VERSION_8,
    8: _SINCE_VERSION_9,  # and block_rows.pack_old_records
    9: _SINCE_VERSION_10,
    10: _SINCE_VERSION_11,
}
"""Upgrades from each version to the next."""
