-- Fails after it has changed something.
ALTER TABLE paper ADD COLUMN copies INTEGER NOT NULL DEFAULT 0;
INSERT INTO paper (name) VALUES ('half');
INSERT INTO no_such_table (id) VALUES (1);
