-- Migration 5: what a new desk is told ahead of its feed.

-- Records that it was told so, with the number of the line that made them, or made them again when
-- they came back into sight: a "gone" before that line does not take them off the screen.
CREATE TABLE first (
  record TEXT PRIMARY KEY,
  n      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
