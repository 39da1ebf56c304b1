-- Migration 5: scans on their way, and what a new desk is told ahead of its feed.

-- How much of a scan the province has, and where it took it where that is not the usual address.
ALTER TABLE blob ADD COLUMN done INTEGER NOT NULL DEFAULT 0;
ALTER TABLE blob ADD COLUMN url TEXT;

-- Records that it was told so, with the number of the line that made them, or made them again when
-- they came back into sight: a "gone" before that line does not take them off the screen.
CREATE TABLE first (
  record TEXT PRIMARY KEY,
  n      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
