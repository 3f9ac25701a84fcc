-- How often the school's server failed on this wish, sent alone.
ALTER TABLE outbox ADD COLUMN trouble INTEGER NOT NULL DEFAULT 0;

-- Wishes the school cannot take; kept until they were seen. code: as in problem details.
CREATE TABLE parked (
    id       BLOB PRIMARY KEY,
    mutation TEXT NOT NULL,
    composed INTEGER NOT NULL,
    code     TEXT NOT NULL
) STRICT, WITHOUT ROWID;
