-- The op log and what it says of every record: the same two tables at a desk and at the province.

-- Every op line held, verbatim, in the order it was taken (seq). Nothing is ever updated here but
-- `ruling`, when the province's word replaces this desk's own, and nothing is deleted.
CREATE TABLE op (
  seq     INTEGER PRIMARY KEY,
  id      TEXT NOT NULL UNIQUE,
  device  TEXT NOT NULL,
  n       INTEGER NOT NULL,
  at      INTEGER NOT NULL,
  by      TEXT NOT NULL,
  record  TEXT NOT NULL,
  verb    TEXT NOT NULL,
  ruling  TEXT NOT NULL,
  line    TEXT NOT NULL
) STRICT;
CREATE INDEX op_record ON op (record, seq);
CREATE INDEX op_device ON op (device, n);

-- The tips of every group of every record, one line a tip: group TAB op TAB act TAB value. Derived:
-- replaying the ops gives the same text, which `check` proves.
CREATE TABLE record (
  id        TEXT PRIMARY KEY,
  creator   TEXT,
  contested INTEGER NOT NULL,
  state     TEXT NOT NULL
) STRICT, WITHOUT ROWID;
