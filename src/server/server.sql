
-- The province's own tables: who it serves, which offices see which record, and what each office
-- is told. `office`, `staff`, `procedure` and `calendar` repeat what the admin records say, so that
-- a right is one look-up; `check` compares them.

CREATE TABLE fact (
  key    TEXT PRIMARY KEY,
  value  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE office (
  id    TEXT PRIMARY KEY,
  code  TEXT NOT NULL,
  name  TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX office_code ON office (code);

CREATE TABLE staff (
  id      TEXT PRIMARY KEY,
  office  TEXT NOT NULL,
  login   TEXT NOT NULL,
  name    TEXT NOT NULL,
  role    TEXT NOT NULL,
  active  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX staff_office ON staff (office, login);

CREATE TABLE procedure (
  id    TEXT PRIMARY KEY,
  code  TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX procedure_code ON procedure (code);

CREATE TABLE calendar (
  id  TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- A row is never deleted: the slot of a device is printed on paper and is never given again.
CREATE TABLE device (
  id         TEXT PRIMARY KEY,
  office     TEXT NOT NULL,
  key        TEXT NOT NULL,
  slot       TEXT NOT NULL,
  enrolled   INTEGER NOT NULL,
  suspended  INTEGER NOT NULL DEFAULT 0,
  copied     INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX device_slot ON device (slot);

-- The code itself is kept nowhere: `hash` is made with the MAC key, which is not in this file.
CREATE TABLE invite (
  hash     TEXT PRIMARY KEY,
  office   TEXT NOT NULL,
  made     INTEGER NOT NULL,
  used_at  INTEGER,
  device   TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE sight (
  record  TEXT NOT NULL,
  office  TEXT NOT NULL,
  PRIMARY KEY (record, office)
) STRICT, WITHOUT ROWID;

-- `op` is an op's id, or for kind 'gone' the record's. The line itself is in `op.line`.
CREATE TABLE feed (
  office   TEXT NOT NULL,
  n        INTEGER NOT NULL,
  kind     TEXT NOT NULL,
  op       TEXT NOT NULL,
  ruling   TEXT NOT NULL,
  receipt  TEXT NOT NULL,
  hash     TEXT NOT NULL,
  PRIMARY KEY (office, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX feed_op ON feed (op, office);

CREATE TABLE blob (
  sha256    TEXT PRIMARY KEY,
  size      INTEGER NOT NULL,
  received  INTEGER NOT NULL DEFAULT 0,
  complete  INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- Which records name a scan: whoever sees one of them may read it.
CREATE TABLE blob_use (
  sha256  TEXT NOT NULL,
  record  TEXT NOT NULL,
  PRIMARY KEY (sha256, record)
) STRICT, WITHOUT ROWID;
