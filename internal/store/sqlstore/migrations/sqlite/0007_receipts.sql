-- +goose Up

-- Requests with an Idempotency-Key that were done, for a day. name and fingerprint are hashes; sealed is the answer.
CREATE TABLE receipts (
    key_id      TEXT    NOT NULL REFERENCES keys (id) ON DELETE CASCADE,
    name        BLOB    NOT NULL,
    fingerprint BLOB    NOT NULL,
    status      INTEGER NOT NULL,
    sealed      BLOB    NOT NULL,
    at          INTEGER NOT NULL,
    PRIMARY KEY (key_id, name)
) STRICT, WITHOUT ROWID;

CREATE INDEX receipts_age ON receipts (at);
