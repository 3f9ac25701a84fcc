-- The replica. What the school confirmed (row…), what this person hopes (outbox, overlay…), and a few facts.
CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- As received: kinds and fields of a newer server survive.
CREATE TABLE row (
    id   BLOB PRIMARY KEY,
    kind TEXT NOT NULL,
    rev  INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT;

CREATE TABLE row_feed (
    feed TEXT NOT NULL,
    row  BLOB NOT NULL,
    PRIMARY KEY (feed, row)
) STRICT, WITHOUT ROWID;
CREATE INDEX row_feed_by_row ON row_feed (row);

-- Follows from row by Row::lists(); rebuilt by a new version.
CREATE TABLE row_list (
    list TEXT NOT NULL,
    ord  INTEGER NOT NULL,
    row  BLOB NOT NULL,
    PRIMARY KEY (list, ord, row)
) STRICT, WITHOUT ROWID;
CREATE INDEX row_list_by_row ON row_list (row);

-- Feeds this device holds; arriving_to is the rev a feed has come to, NULL once it is whole.
CREATE TABLE feed (
    name        TEXT PRIMARY KEY,
    arriving_to INTEGER
) STRICT, WITHOUT ROWID;

-- composed: ms since 1970 by this computer's clock. verdict: JSON.
CREATE TABLE outbox (
    number   INTEGER PRIMARY KEY,
    id       BLOB NOT NULL UNIQUE,
    mutation TEXT NOT NULL,
    composed INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    verdict  TEXT
) STRICT;

-- Predictions of the outbox.
CREATE TABLE overlay (
    number INTEGER NOT NULL,
    row    BLOB NOT NULL,
    kind   TEXT NOT NULL,
    body   TEXT NOT NULL,
    PRIMARY KEY (number, row)
) STRICT, WITHOUT ROWID;
CREATE INDEX overlay_by_row ON overlay (row);

CREATE TABLE overlay_list (
    list   TEXT NOT NULL,
    ord    INTEGER NOT NULL,
    number INTEGER NOT NULL,
    row    BLOB NOT NULL,
    PRIMARY KEY (list, ord, number, row)
) STRICT, WITHOUT ROWID;
CREATE INDEX overlay_list_by_number ON overlay_list (number);

-- What became of settled wishes; kept for 60 days, so that a restored server can be told.
CREATE TABLE receipt (
    id       BLOB PRIMARY KEY,
    number   INTEGER NOT NULL,
    mutation TEXT NOT NULL,
    verdict  TEXT NOT NULL,
    epoch    TEXT NOT NULL,
    at       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE draft (
    key  TEXT PRIMARY KEY,
    body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
