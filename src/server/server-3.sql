-- Version 3: activation codes, with which a person opens a desk, and desks that keep nothing.

-- The code itself is kept nowhere: `hash` is made with the MAC key, which is not in this file.
-- `used_for`: the public key of the request that used it: the same one gets its answer again.
CREATE TABLE activation (
  hash      TEXT PRIMARY KEY,
  staff     TEXT NOT NULL,
  made      INTEGER NOT NULL,
  used_for  TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX activation_staff ON activation (staff);

-- Wrong codes of one person within the hour that began at `since`.
CREATE TABLE activation_try (
  staff  TEXT PRIMARY KEY,
  since  INTEGER NOT NULL,
  wrong  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A desk of a postal agent or a digital team, on which nothing of a resident stays after hand-over.
ALTER TABLE device ADD COLUMN public INTEGER NOT NULL DEFAULT 0;
