-- Version 4: who began a scan, and when it last grew: a half-finished one is not kept for ever.

-- `device`: '' where it was begun before version 4. `touched`: ms; 0: not since version 4.
ALTER TABLE blob ADD COLUMN device TEXT NOT NULL DEFAULT '';
ALTER TABLE blob ADD COLUMN touched INTEGER NOT NULL DEFAULT 0;
CREATE INDEX blob_half ON blob (touched) WHERE complete = 0;

-- Bytes of each device's scans, so that a quota is one look-up; what is half-finished counts whole.
CREATE TABLE blob_sum (
  device  TEXT PRIMARY KEY,
  half    INTEGER NOT NULL,
  whole   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO blob_sum (device, half, whole)
  SELECT device, sum (iif (complete, 0, size)), sum (iif (complete, size, 0)) FROM blob GROUP BY device;

CREATE TRIGGER blob_sum_more AFTER INSERT ON blob BEGIN
  INSERT INTO blob_sum (device, half, whole)
    VALUES (NEW.device, iif (NEW.complete, 0, NEW.size), iif (NEW.complete, NEW.size, 0))
    ON CONFLICT (device) DO UPDATE SET half = half + excluded.half, whole = whole + excluded.whole;
END;
CREATE TRIGGER blob_sum_less AFTER DELETE ON blob BEGIN
  UPDATE blob_sum SET half = half - iif (OLD.complete, 0, OLD.size),
    whole = whole - iif (OLD.complete, OLD.size, 0) WHERE device = OLD.device;
END;
CREATE TRIGGER blob_sum_other AFTER UPDATE OF device, size, complete ON blob BEGIN
  UPDATE blob_sum SET half = half - iif (OLD.complete, 0, OLD.size),
    whole = whole - iif (OLD.complete, OLD.size, 0) WHERE device = OLD.device;
  INSERT INTO blob_sum (device, half, whole)
    VALUES (NEW.device, iif (NEW.complete, 0, NEW.size), iif (NEW.complete, NEW.size, 0))
    ON CONFLICT (device) DO UPDATE SET half = half + excluded.half, whole = whole + excluded.whole;
END;
