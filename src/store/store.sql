-- What a desk keeps beside the op log. `feed` is what the province has said; the rest is derived from
-- the ops and can be rebuilt, but for drafts, sign-in delays, code counts and scans, which are local.

-- Small facts of the profile: who this desk is, how far it has read the feed.
CREATE TABLE fact (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The office's feed up to the cursor. An op that is not here is still waiting: that, and no flag, is
-- what "waiting" means.
CREATE TABLE feed (
  n       INTEGER PRIMARY KEY,
  kind    TEXT NOT NULL,
  op      TEXT UNIQUE,
  ruling  TEXT NOT NULL,
  receipt TEXT NOT NULL
) STRICT;

CREATE TABLE office (
  id   TEXT PRIMARY KEY,
  code TEXT NOT NULL,
  name TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE staff (
  id       TEXT PRIMARY KEY,
  login    TEXT NOT NULL,
  name     TEXT NOT NULL,
  role     TEXT NOT NULL,
  office   TEXT,
  verifier TEXT,
  active   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE procedure (
  id   TEXT PRIMARY KEY,
  code TEXT NOT NULL,
  json TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX procedure_code ON procedure (code);

CREATE TABLE calendar (
  id   TEXT PRIMARY KEY,
  json TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One line a dossier. `row` grows with the time received, so that a list by date needs no sort.
CREATE TABLE dossier (
  row            INTEGER PRIMARY KEY,
  id             TEXT NOT NULL UNIQUE,
  code           TEXT NOT NULL,
  applicant      TEXT NOT NULL,
  applicant_id   TEXT,
  phone          TEXT,
  procedure      TEXT NOT NULL,
  procedure_name TEXT NOT NULL,
  state          TEXT NOT NULL,
  received       INTEGER NOT NULL,
  due            TEXT,
  contested      INTEGER NOT NULL
) STRICT;
CREATE INDEX dossier_code ON dossier (code);
CREATE INDEX dossier_state ON dossier (state, row);
CREATE INDEX dossier_due ON dossier (due, row) WHERE state IN ('received', 'appraised', 'approved');
CREATE INDEX dossier_contested ON dossier (row) WHERE contested > 0;

-- Folded text (no diacritics, đ as d): code, applicant, numbers, phone, procedure.
CREATE VIRTUAL TABLE dossier_search USING fts5 (
  text, tokenize = 'unicode61', detail = 'none', columnsize = 0, prefix = '2 3'
);

-- Scans by their hash. `here`: the bytes are on this disk; `sent`: the province has confirmed them.
CREATE TABLE blob (
  sha256  TEXT PRIMARY KEY,
  size    INTEGER NOT NULL,
  here    INTEGER NOT NULL,
  sent    INTEGER NOT NULL,
  since   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX blob_out ON blob (size) WHERE here = 1 AND sent = 0;
CREATE INDEX blob_in ON blob (size) WHERE here = 0;

CREATE TABLE draft (
  id        TEXT PRIMARY KEY,
  at        INTEGER NOT NULL,
  reception TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Wrong secrets in a row, and when the next try may come.
CREATE TABLE sign_in (
  login TEXT PRIMARY KEY,
  fails INTEGER NOT NULL,
  at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- How many codes this device has given on a day. Never goes down.
CREATE TABLE code_count (
  day   TEXT PRIMARY KEY,
  count INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
