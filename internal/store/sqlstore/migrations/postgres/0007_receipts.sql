-- +goose Up

-- Requests with an Idempotency-Key that were done, for a day. name and fingerprint are hashes; sealed is the answer.
CREATE TABLE receipts (
    key_id      TEXT COLLATE "C" NOT NULL REFERENCES keys (id) ON DELETE CASCADE,
    name        BYTEA    NOT NULL,
    fingerprint BYTEA    NOT NULL,
    status      BIGINT NOT NULL,
    sealed      BYTEA    NOT NULL,
    at          BIGINT NOT NULL,
    PRIMARY KEY (key_id, name)
);

CREATE INDEX receipts_age ON receipts (at);
