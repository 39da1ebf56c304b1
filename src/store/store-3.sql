-- Migration 3: fewer and smaller writes for a save.

-- A state is longer than what a row of an index may keep in its page: with a rowid it lies in one
-- page beside others, not in a page of its own.
CREATE TABLE record_3 (
  id        TEXT NOT NULL UNIQUE,
  creator   TEXT,
  contested INTEGER NOT NULL,
  state     TEXT NOT NULL
) STRICT;
INSERT INTO record_3 (id, creator, contested, state)
  SELECT id, creator, contested, state FROM record ORDER BY id;
DROP TABLE record;
ALTER TABLE record_3 RENAME TO record;

-- What is not in `dossier_search` yet, or other there: it goes there with the next ones.
CREATE TABLE search_new (
  row  INTEGER PRIMARY KEY,
  text TEXT NOT NULL
) STRICT;
