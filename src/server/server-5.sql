-- Version 5: which dossiers of an office are open, so that a new desk is told these first.

-- Of a dossier that is open or contested, and of what was prepared and has not ended: 1. Derived.
ALTER TABLE sight ADD COLUMN open INTEGER NOT NULL DEFAULT 0;
CREATE INDEX sight_open ON sight (office, record) WHERE open = 1;

-- The standing value of a group is the first line of its name in a state.
WITH line (id, contested, prepared, text) AS (
  SELECT id, contested, instr (char (10) || state, char (10) || 'preparation' || char (9)) > 0
           AND instr (char (10) || state, char (10) || 'ended' || char (9)) = 0,
         substr (char (10) || state, nullif (instr (char (10) || state, char (10) || 'status' || char (9)), 0) + 1)
  FROM record
), standing (id, contested, prepared, text) AS (
  SELECT id, contested, prepared, substr (text, 1, instr (text, char (10)) - 1) FROM line
)
UPDATE sight SET open = 1 WHERE record IN (
  SELECT id FROM standing WHERE prepared OR (contested > 0)
    OR (text IS NOT NULL AND instr (text, '"state":"returned"') = 0
        AND instr (text, '"state":"refused"') = 0 AND instr (text, '"state":"withdrawn"') = 0
        AND instr (text, '"state":"stopped"') = 0));
