-- The server's store. `{strict}` and `{bytes}` are the only tokens that differ between databases.
-- Times are milliseconds since 1970 unless a column says otherwise; ids are 16 bytes.

-- One row: this school. `rev` is the only lock: every write transaction begins by updating it.
CREATE TABLE school (
    id          {bytes} NOT NULL PRIMARY KEY,
    rev         BIGINT  NOT NULL,          -- the last change
    epoch       {bytes} NOT NULL,          -- this incarnation; a restored backup gets a new one
    now_ns      BIGINT  NOT NULL,          -- server time never runs backwards past this
    signing_key {bytes} NOT NULL           -- Ed25519; signs what makes a device purge
) {strict};

-- Every row of the school, whole. `feeds`: where it stands, one name a line.
CREATE TABLE row (
    id    {bytes} NOT NULL PRIMARY KEY,
    kind  TEXT    NOT NULL,
    rev   BIGINT  NOT NULL,
    feeds TEXT    NOT NULL,
    body  TEXT    NOT NULL
) {strict};

-- The lists rules read by; a row says itself on which it stands.
CREATE TABLE row_list (
    list TEXT    NOT NULL,
    ord  BIGINT  NOT NULL,
    row  {bytes} NOT NULL,
    PRIMARY KEY (list, ord, row)
) {strict};

-- Where a row stands in a feed, and since which rev; absent ones are tombstones.
CREATE TABLE feed_row (
    feed    TEXT    NOT NULL,
    row     {bytes} NOT NULL,
    rev     BIGINT  NOT NULL,
    present BIGINT  NOT NULL,
    PRIMARY KEY (feed, row)
) {strict};
CREATE INDEX feed_row_rev ON feed_row (feed, rev);

-- Timers. `done` is set in the transaction of their effects.
CREATE TABLE due (
    id         {bytes} NOT NULL PRIMARY KEY,
    kind       TEXT    NOT NULL,
    subject    {bytes} NOT NULL,
    at_ns      BIGINT  NOT NULL,
    generation BIGINT  NOT NULL,
    done       BIGINT  NOT NULL DEFAULT 0
) {strict};
CREATE INDEX due_open ON due (done, at_ns);

CREATE TABLE account (
    person   {bytes} NOT NULL PRIMARY KEY,
    password TEXT    NOT NULL              -- Argon2id, PHC string
) {strict};

CREATE TABLE device (
    id          {bytes} NOT NULL PRIMARY KEY,
    person      {bytes} NOT NULL,
    name        TEXT    NOT NULL,
    key         {bytes} NOT NULL,          -- Ed25519, public
    last_number BIGINT  NOT NULL DEFAULT 0,
    created     BIGINT  NOT NULL,
    contact     BIGINT  NOT NULL,          -- last new session
    removed     BIGINT                     -- when it was removed
) {strict};
CREATE INDEX device_person ON device (person);

CREATE TABLE session (
    token   {bytes} NOT NULL PRIMARY KEY,  -- SHA-256 of the token
    device  {bytes} NOT NULL,
    expires BIGINT  NOT NULL
) {strict};
CREATE INDEX session_device ON session (device);

CREATE TABLE invite (
    lookup  {bytes} NOT NULL PRIMARY KEY,
    proof   {bytes} NOT NULL,              -- the stretched code; the code itself is not kept
    person  {bytes} NOT NULL,
    issued  BIGINT  NOT NULL,
    expires BIGINT  NOT NULL,
    replace BIGINT  NOT NULL,              -- redeeming it removes the person's other devices
    used    BIGINT                         -- when it was redeemed or replaced by a newer one
) {strict};
CREATE INDEX invite_person ON invite (person);

-- Every processed mutation and its verdict, for at least 400 days. Holds no body.
CREATE TABLE mutation (
    id      {bytes} NOT NULL PRIMARY KEY,
    device  {bytes} NOT NULL,
    number  BIGINT  NOT NULL,
    act     TEXT    NOT NULL,
    at      BIGINT  NOT NULL,
    verdict TEXT    NOT NULL
) {strict};
CREATE UNIQUE INDEX mutation_number ON mutation (device, number);

-- Roster imports. `previous` holds what undoing puts back, for as long as that can be done.
CREATE TABLE import (
    id       {bytes} NOT NULL PRIMARY KEY,
    name     TEXT    NOT NULL,
    at       BIGINT  NOT NULL,
    by_name  TEXT    NOT NULL,
    state    TEXT    NOT NULL,             -- preview, done, undone, settled
    preview  TEXT    NOT NULL,             -- what was shown
    content  {bytes} NOT NULL,             -- the rows of its files, JSON; dropped once confirmed
    previous TEXT    NOT NULL              -- JSON
) {strict};

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

-- 4: the shift of a post that ends last is found without reading the others.

-- A shift of before stands there by its start until it is written again.
INSERT INTO row_list (list, ord, row)
SELECT 'latest-' || list, -ord, row FROM row_list WHERE list LIKE 'shifts-of/%';
