-- What this computer has told, by key; kept as long as it could be told again. at: ms since 1970 by the school's clock.
CREATE TABLE told (
    key TEXT PRIMARY KEY,
    at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Since when this device has heard a feed, by the school's clock; what is older is the past, not news. '' is the device.
CREATE TABLE heard (
    feed  TEXT PRIMARY KEY,
    since TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO heard (feed, since)
    SELECT f.name, m.value FROM feed f, meta m WHERE m.key = 'contact'
    UNION ALL SELECT '', m.value FROM meta m WHERE m.key = 'contact';
