-- +goose Up

-- A client has at most one session, and a sign-in writes both: they share a row and its index entries. session_id is ''
-- where there is no session; the columns after it then say nothing.

ALTER TABLE clients ADD COLUMN session_id   TEXT    NOT NULL DEFAULT '';
ALTER TABLE clients ADD COLUMN session_hash BLOB;
ALTER TABLE clients ADD COLUMN key_id       TEXT    NOT NULL DEFAULT '';
ALTER TABLE clients ADD COLUMN door         TEXT    NOT NULL DEFAULT '';
ALTER TABLE clients ADD COLUMN assurance    TEXT    NOT NULL DEFAULT '';
ALTER TABLE clients ADD COLUMN anonymous    INTEGER NOT NULL DEFAULT 0;
ALTER TABLE clients ADD COLUMN idle_for     INTEGER NOT NULL DEFAULT 0; -- microseconds
ALTER TABLE clients ADD COLUMN expires_at   INTEGER NOT NULL DEFAULT 0;
ALTER TABLE clients ADD COLUMN last_used_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE clients ADD COLUMN signed_in_at INTEGER NOT NULL DEFAULT 0;

UPDATE clients SET
    session_id = s.id, session_hash = s.hash, key_id = s.key_id, door = s.door, assurance = s.assurance,
    anonymous = s.anonymous, idle_for = s.idle_for, expires_at = s.expires_at, last_used_at = s.last_used_at,
    signed_in_at = s.created_at
FROM sessions s WHERE s.client_id = clients.id;

DROP TABLE sessions;

CREATE UNIQUE INDEX clients_session_hash ON clients (session_hash);
CREATE INDEX clients_key ON clients (key_id) WHERE key_id <> '';
