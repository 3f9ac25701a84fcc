
-- 3: which devices hold what.

-- The change since which the row stands in the feed without a break; `rev` is the last one.
ALTER TABLE feed_row ADD COLUMN since BIGINT NOT NULL DEFAULT 0;
UPDATE feed_row SET since = rev;

-- When a device said for the first time that it has everything up to `rev`. One line each time it passed a notice, not
-- one for each notice and reader; the oldest of a device give way.
CREATE TABLE held (
    device {bytes} NOT NULL,
    rev    BIGINT  NOT NULL,
    at     BIGINT  NOT NULL,
    PRIMARY KEY (device, rev)
) {strict};
