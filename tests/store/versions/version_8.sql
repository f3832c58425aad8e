PRAGMA application_id = 1397309773;
PRAGMA user_version = 8;
BEGIN TRANSACTION;
CREATE TABLE certificate (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        drawn_at TEXT NOT NULL,
        target_iou REAL NOT NULL
    ) STRICT;
INSERT INTO "certificate" VALUES(1,'2026-11-30T08:00:00+00:00',0.7);
CREATE TABLE certificate_box (
        place INTEGER PRIMARY KEY,
        track_id INTEGER NOT NULL,
        frame INTEGER NOT NULL,
        x REAL NOT NULL, y REAL NOT NULL, width REAL NOT NULL, height REAL NOT NULL,
        stratum INTEGER NOT NULL,
        is_right INTEGER CHECK (is_right IN (0, 1)) -- null: not judged so far
    ) STRICT;
INSERT INTO "certificate_box" VALUES(0,1,0,10.0,20.0,40.0,30.0,0,1);
INSERT INTO "certificate_box" VALUES(1,1,12,30.25,47.0,43.0,30.0,1,0);
INSERT INTO "certificate_box" VALUES(2,2,5,203.0,101.0,20.0,60.0,1,NULL);
CREATE TABLE certificate_codes (
        track_id INTEGER PRIMARY KEY,
        first_frame INTEGER NOT NULL,
        codes BLOB NOT NULL
    ) STRICT;
INSERT INTO "certificate_codes" VALUES(1,0,X'000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F202122232425262728292A2B2C2D2E2F303132333435363738393A3B3C3D3E3F404142434445464748494A4B4C4D4E4F50515253');
INSERT INTO "certificate_codes" VALUES(2,4,X'000000000000000000000000');
CREATE TABLE certificate_stratum (
        number INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        box_count INTEGER NOT NULL
    ) STRICT;
INSERT INTO "certificate_stratum" VALUES(0,'drawn by a person',4);
INSERT INTO "certificate_stratum" VALUES(1,'sure',17);
CREATE TABLE gap (
        track_id INTEGER NOT NULL REFERENCES track (id) ON DELETE CASCADE,
        first_frame INTEGER NOT NULL,
        last_frame INTEGER NOT NULL,
        PRIMARY KEY (track_id, first_frame)
    ) STRICT, WITHOUT ROWID;
CREATE TABLE label (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, colour TEXT NOT NULL) STRICT;
INSERT INTO "label" VALUES(1,'person','#f97316');
INSERT INTO "label" VALUES(2,'car','#3b82f6');
CREATE TABLE last_id (of TEXT PRIMARY KEY, id INTEGER NOT NULL) STRICT;
INSERT INTO "last_id" VALUES('track',5);
INSERT INTO "last_id" VALUES('run',1);
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
INSERT INTO "meta" VALUES('created_at','2026-11-30T08:00:00+00:00');
CREATE TABLE note (
        track_id INTEGER NOT NULL, -- 0: on the frame as a whole
        frame INTEGER NOT NULL CHECK (frame >= 0),
        text TEXT NOT NULL,
        PRIMARY KEY (track_id, frame)
    ) STRICT, WITHOUT ROWID;
INSERT INTO "note" VALUES(0,3,'a taxi');
CREATE TABLE overruled (
        track_id INTEGER NOT NULL REFERENCES track (id) ON DELETE CASCADE,
        first_frame INTEGER NOT NULL,
        last_frame INTEGER NOT NULL,
        run_id INTEGER NOT NULL
    ) STRICT;
CREATE TABLE record (
        track_id INTEGER NOT NULL REFERENCES track (id) ON DELETE CASCADE,
        frame INTEGER NOT NULL CHECK (frame >= 0),
        x REAL, y REAL, width REAL, height REAL, -- all four null: the target is absent
        source TEXT NOT NULL,
        score REAL,
        occluded INTEGER NOT NULL,
        reviewed INTEGER NOT NULL,
        run_id INTEGER REFERENCES run (id),
        accord REAL, -- IoU of what a forward and a backward run say here
        PRIMARY KEY (track_id, frame)
    ) STRICT, WITHOUT ROWID;
INSERT INTO "record" VALUES(1,0,10.0,20.0,40.0,30.0,'human',NULL,0,1,NULL,NULL);
INSERT INTO "record" VALUES(1,10,33.0,47.0,43.0,30.5,'human',NULL,0,1,NULL,NULL);
INSERT INTO "record" VALUES(1,11,41.25,47.0,43.0,30.0,'tracker',0.9,0,0,NULL,NULL);
INSERT INTO "record" VALUES(1,12,30.0,47.0,43.0,30.0,'tracker',0.75,0,0,1,NULL);
INSERT INTO "record" VALUES(1,13,30.0,47.0,43.0,30.0,'tracker',0.75,0,0,1,NULL);
INSERT INTO "record" VALUES(1,14,44.25,47.0,43.0,30.0,'tracker',0.9,0,0,NULL,NULL);
INSERT INTO "record" VALUES(1,15,NULL,NULL,NULL,NULL,'human',NULL,0,1,NULL,NULL);
INSERT INTO "record" VALUES(1,20,100.0,60.0,45.0,31.0,'human',NULL,0,1,NULL,NULL);
INSERT INTO "record" VALUES(2,4,200.0,100.0,20.0,60.0,'tracker',0.8,0,0,NULL,NULL);
INSERT INTO "record" VALUES(2,5,203.0,101.0,20.0,60.0,'tracker',0.2,0,0,NULL,NULL);
INSERT INTO "record" VALUES(2,6,206.0,102.0,20.0,60.0,'tracker',0.7,0,0,NULL,NULL);
INSERT INTO "record" VALUES(5,29,300.0,200.0,50.0,50.0,'human',NULL,1,1,NULL,NULL);
CREATE TABLE run (
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
    ) STRICT;
INSERT INTO "run" VALUES(1,'scripted','2024-05-01T12:00:00+00:00',11,14,'cpu','{"window_influence": 0.4}','siamrpnpp','0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef','bf16',1,1);
CREATE TABLE track (
        id INTEGER PRIMARY KEY,
        label TEXT NOT NULL,
        colour TEXT NOT NULL,
        attributes TEXT NOT NULL -- JSON
    ) STRICT;
INSERT INTO "track" VALUES(1,'car','#3b82f6','{"make": "Saab"}');
INSERT INTO "track" VALUES(2,'person','#f97316','{}');
INSERT INTO "track" VALUES(5,'car','#22c55e','{}');
CREATE TABLE video (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        path TEXT NOT NULL, -- relative to the project file where the video lies below its folder
        frame_count INTEGER NOT NULL,
        width INTEGER NOT NULL,
        height INTEGER NOT NULL,
        frame_rate TEXT NOT NULL, -- a fraction, as in 30000/1001
        fingerprint TEXT NOT NULL DEFAULT '' -- of its content, in hexadecimal digits
    ) STRICT;
INSERT INTO "video" VALUES(1,'/videos/street.mp4',30,640,360,'25','');
COMMIT;
