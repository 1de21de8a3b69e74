-- +goose Up

-- A client has at most one session, and a sign-in writes both: they share a row and its index entries. session_id is ''
-- where there is no session; the columns after it then say nothing.

ALTER TABLE clients
    ADD COLUMN session_id   TEXT COLLATE "C" NOT NULL DEFAULT '',
    ADD COLUMN session_hash BYTEA,
    ADD COLUMN key_id       TEXT COLLATE "C" NOT NULL DEFAULT '',
    ADD COLUMN door         TEXT COLLATE "C" NOT NULL DEFAULT '',
    ADD COLUMN assurance    TEXT COLLATE "C" NOT NULL DEFAULT '',
    ADD COLUMN anonymous    BOOLEAN          NOT NULL DEFAULT FALSE,
    ADD COLUMN idle_for     BIGINT           NOT NULL DEFAULT 0, -- microseconds
    ADD COLUMN expires_at   BIGINT           NOT NULL DEFAULT 0,
    ADD COLUMN last_used_at BIGINT           NOT NULL DEFAULT 0,
    ADD COLUMN signed_in_at BIGINT           NOT NULL DEFAULT 0;

UPDATE clients SET
    session_id = s.id, session_hash = s.hash, key_id = s.key_id, door = s.door, assurance = s.assurance,
    anonymous = s.anonymous, idle_for = s.idle_for, expires_at = s.expires_at, last_used_at = s.last_used_at,
    signed_in_at = s.created_at
FROM sessions s WHERE s.client_id = clients.id;

DROP TABLE sessions;

CREATE UNIQUE INDEX clients_session_hash ON clients (session_hash);
CREATE INDEX clients_key ON clients (key_id) WHERE key_id <> '';
