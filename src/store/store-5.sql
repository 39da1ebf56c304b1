-- Migration 5: how much of a scan the province has, and where it took it where that is not the usual address.

ALTER TABLE blob ADD COLUMN done INTEGER NOT NULL DEFAULT 0;
ALTER TABLE blob ADD COLUMN url TEXT;
