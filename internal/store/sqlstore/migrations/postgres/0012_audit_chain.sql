-- +goose Up

-- Each entry of the audit log is chained to the one before it in the whole log (ADR 16). hash is empty for entries that are there already: the first one that
-- is appended vouches for all of them. digest stands in the place of what an entry said, where that was taken away, and is empty elsewhere.
ALTER TABLE audits ADD COLUMN digest BYTEA NOT NULL DEFAULT '';
ALTER TABLE audits ADD COLUMN hash BYTEA NOT NULL DEFAULT '';

CREATE UNIQUE INDEX audits_position ON audits (position);

-- The chain begins after this position.
INSERT INTO counters (name, value) SELECT 'audit_unchained', value FROM counters WHERE name = 'audit';
