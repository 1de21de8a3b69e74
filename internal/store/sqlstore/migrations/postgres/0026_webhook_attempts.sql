-- +goose Up

-- The last requests to each webhook. They are counted, and write over each other in as many places as are kept: ordinal says their order.
-- took is in microseconds; kinds are the triggers, with spaces between.
CREATE TABLE webhook_attempts (
    webhook_id TEXT   COLLATE "C" NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
    place      BIGINT             NOT NULL,
    ordinal    BIGINT             NOT NULL,
    request    TEXT   COLLATE "C" NOT NULL,
    kinds      TEXT   COLLATE "C" NOT NULL,
    events     BIGINT             NOT NULL,
    number     BIGINT             NOT NULL,
    at         BIGINT             NOT NULL,
    took       BIGINT             NOT NULL,
    status     BIGINT             NOT NULL,
    outcome    TEXT   COLLATE "C" NOT NULL,
    fault      TEXT   COLLATE "C" NOT NULL,
    PRIMARY KEY (webhook_id, place)
);
