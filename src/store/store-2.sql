-- Migration 2: what is needed to follow a province that was restored, offices that gain and lose sight
-- of a dossier, and desks that were copied.

-- An op may come a second time, when its dossier comes back into sight: `last` marks the line that
-- holds. `hash`: the running hash up to this line, by which desk and province find where they parted;
-- empty in lines of version 1 until it is first asked for. `record`: of a "gone", the record that left;
-- of an op, its record once the line itself was given up.
CREATE TABLE feed_2 (
  n       INTEGER PRIMARY KEY,
  kind    TEXT NOT NULL,
  op      TEXT,
  record  TEXT,
  ruling  TEXT NOT NULL,
  receipt TEXT NOT NULL,
  hash    TEXT NOT NULL,
  last    INTEGER NOT NULL
) STRICT;
INSERT INTO feed_2 (n, kind, op, ruling, receipt, hash, last)
  SELECT n, kind, op, ruling, receipt, '', 1 FROM feed;
DROP TABLE feed;
ALTER TABLE feed_2 RENAME TO feed;
CREATE INDEX feed_op ON feed (op, last) WHERE op IS NOT NULL;
CREATE INDEX feed_record ON feed (record) WHERE record IS NOT NULL;
CREATE INDEX feed_refused ON feed (n) WHERE substr (ruling, 1, 9) = '"refused:';

-- What the province said of ops that are in its feed no longer, or that a neighbour brought: they are
-- sent again with it. An empty ruling: admitted, and how is not known.
CREATE TABLE said (
  op      TEXT PRIMARY KEY,
  ruling  TEXT NOT NULL,
  receipt TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Verdicts that became others when the province judged anew what it had lost.
CREATE TABLE notice (
  id     INTEGER PRIMARY KEY,
  op     TEXT NOT NULL,
  at     INTEGER NOT NULL,
  before TEXT NOT NULL,
  after  TEXT NOT NULL,
  seen   INTEGER NOT NULL
) STRICT;
CREATE INDEX notice_open ON notice (id) WHERE seen = 0;

-- Records that have left the sight of this office, with the number of the line that said so.
CREATE TABLE hidden (
  record TEXT PRIMARY KEY,
  n      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Every device that this profile has ever been.
CREATE TABLE own_device (
  device      TEXT PRIMARY KEY,
  certificate TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO own_device (device, certificate)
  SELECT d.value, coalesce (c.value, '') FROM fact d LEFT JOIN fact c ON c.key = 'certificate'
  WHERE d.key = 'device';

-- Refused ops that need no look any more: `by` is the op that corrects them, NULL where a person here
-- set them aside.
CREATE TABLE corrected (
  op TEXT PRIMARY KEY,
  by TEXT,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Ops that the province would not take yet, with what it asked for: ids of ops, or "version".
CREATE TABLE missing (
  op   TEXT PRIMARY KEY,
  what TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Codes that two dossiers carry, and nobody has looked at it.
CREATE TABLE same_code (
  code TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE INDEX dossier_matter ON dossier (applicant_id, procedure) WHERE applicant_id IS NOT NULL;

-- A desk asks for ops by their device only when it is checked: not worth a page at each save.
DROP INDEX op_device;
