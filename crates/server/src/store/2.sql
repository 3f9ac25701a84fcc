
-- 2: what commands on the console take from the running server, strips that can be asked about again, and wishes that
-- came twice.

-- `address`: host and port families use; `authority`: `private` or `public`.
CREATE TABLE meta (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) {strict};

-- The device that redeemed it: it may ask again after a lost answer.
ALTER TABLE invite ADD COLUMN device {bytes};
-- Whether it was printed for somebody who wears a hat.
ALTER TABLE invite ADD COLUMN staff BIGINT NOT NULL DEFAULT 0;

-- The mutation this number repeats; its own `id` is then only a name.
ALTER TABLE mutation ADD COLUMN again {bytes};

-- `due.done` is 2 for a timer that could not be fired and was set aside.
