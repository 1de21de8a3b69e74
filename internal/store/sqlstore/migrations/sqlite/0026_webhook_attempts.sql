-- +goose Up

-- The last requests to each webhook. They are counted, and write over each other in as many places as are kept: ordinal says their order.
-- took is in microseconds; kinds are the triggers, with spaces between.
CREATE TABLE webhook_attempts (
    webhook_id TEXT    NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
    place      INTEGER NOT NULL,
    ordinal    INTEGER NOT NULL,
    request    TEXT    NOT NULL,
    kinds      TEXT    NOT NULL,
    events     INTEGER NOT NULL,
    number     INTEGER NOT NULL,
    at         INTEGER NOT NULL,
    took       INTEGER NOT NULL,
    status     INTEGER NOT NULL,
    outcome    TEXT    NOT NULL,
    fault      TEXT    NOT NULL,
    PRIMARY KEY (webhook_id, place)
) STRICT, WITHOUT ROWID;
