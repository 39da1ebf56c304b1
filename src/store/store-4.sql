-- Migration 4: whose a dossier is, and which dossiers belong together.

ALTER TABLE dossier ADD COLUMN assignee TEXT;
-- Of a child of an interlinked procedure; `linked`: it is a parent, whose state follows from its children.
ALTER TABLE dossier ADD COLUMN parent TEXT;
ALTER TABLE dossier ADD COLUMN linked INTEGER NOT NULL DEFAULT 0;
CREATE INDEX dossier_parent ON dossier (parent) WHERE parent IS NOT NULL;

-- The standing value of a group is the first line of its name in a state.
WITH line (id, text) AS (
  SELECT id, substr (state, instr (state, char (10) || 'status' || char (9)) + 1) FROM record
  WHERE instr (state, char (10) || 'status' || char (9)) > 0
), standing (id, text) AS (
  SELECT id, substr (text, 1, instr (text, char (10)) - 1) FROM line
), named (id, text) AS (
  SELECT id, substr (text, instr (text, '"assignee":"') + length ('"assignee":"')) FROM standing
  WHERE instr (text, '"assignee":"') > 0
)
UPDATE dossier SET assignee = (
  SELECT substr (text, 1, instr (text, '"') - 1) FROM named WHERE named.id = dossier.id
) WHERE id IN (SELECT id FROM named);
