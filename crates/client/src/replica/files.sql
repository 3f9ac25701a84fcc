-- Files on this computer: what was attached and waits, what was opened. sha256: what the bytes hash to.
-- bytes: of the whole; have: that are here, from the beginning; sent: that the school has; used, up: ms since 1970, when it was
-- last wanted, and when the school had all of it, by the school's time.
CREATE TABLE file (
    sha256 BLOB PRIMARY KEY,
    bytes  INTEGER NOT NULL,
    have   INTEGER NOT NULL,
    sent   INTEGER NOT NULL DEFAULT 0,
    used   INTEGER NOT NULL,
    up     INTEGER
) STRICT, WITHOUT ROWID;

-- Their bytes in pieces, encrypted like all else.
CREATE TABLE file_part (
    sha256  BLOB NOT NULL REFERENCES file (sha256) ON DELETE CASCADE,
    at      INTEGER NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (sha256, at)
) STRICT;
