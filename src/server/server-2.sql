-- Version 2: ops that wait for their parents, how each op was taken, what makes two dossiers twins,
-- and when each desk was last heard.

-- `seen`: when it last asked (ms; 0: not since version 2). `heard`: the newest orphan that had come
-- when it last said that it holds nothing else. `copy_of`: the device that enrolled anew as this one.
ALTER TABLE device ADD COLUMN seen INTEGER NOT NULL DEFAULT 0;
ALTER TABLE device ADD COLUMN heard INTEGER NOT NULL DEFAULT 0;
ALTER TABLE device ADD COLUMN copy_of TEXT;
CREATE INDEX device_copy ON device (copy_of);

-- How an op was taken, where not simply judged, so that `check` judges it the same way again.
-- `flags`: as mc_judge() was given them. `refused`: it was not judged at all: the author had no
-- right to it, or a receipt says that it was refused before.
CREATE TABLE taken (
  op       TEXT PRIMARY KEY,
  flags    INTEGER NOT NULL,
  refused  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO taken (op, flags, refused)
  SELECT id, 0, 1 FROM op WHERE ruling LIKE '"refused:%'
    AND ruling NOT IN ('"refused:step"', '"refused:after"', '"refused:record"');

-- Genuine ops whose parents are not here, in the order they came; a number is never used again.
CREATE TABLE orphan (
  seq      INTEGER PRIMARY KEY AUTOINCREMENT,
  id       TEXT NOT NULL UNIQUE,
  record   TEXT NOT NULL,
  author   TEXT,
  carrier  TEXT NOT NULL,
  came     INTEGER NOT NULL,
  line     TEXT NOT NULL,
  receipt  TEXT,
  reason   TEXT
) STRICT;
CREATE TABLE orphan_parent (
  orphan  TEXT NOT NULL,
  parent  TEXT NOT NULL,
  PRIMARY KEY (orphan, parent)
) STRICT, WITHOUT ROWID;
CREATE INDEX orphan_parent_parent ON orphan_parent (parent);

-- Whose dossier it is under which procedure, as it was received: where the twins are looked for.
CREATE TABLE matter (
  record     TEXT PRIMARY KEY,
  person     TEXT NOT NULL,
  procedure  TEXT NOT NULL,
  at         INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX matter_person ON matter (person, procedure);
INSERT INTO matter (record, person, procedure, at)
  SELECT record, person, procedure, at / 1000 FROM
    (SELECT record, at,
            json_extract (substr (line, 88), '$.body.applicant.id') AS person,
            json_extract (substr (line, 88), '$.body.procedure') AS procedure
     FROM op WHERE verb = 'dossier.receive' AND ruling NOT LIKE '"refused:%')
  WHERE typeof (person) = 'text' AND person <> '' AND typeof (procedure) = 'text';
