-- +goose Up

-- Deliveries refer to their webhook by no foreign key any more: they may be a million, and whoever removes the webhook would wait
-- until the last of them is gone, and all others behind. Those of a webhook that is gone are taken away a page at a time.
-- user_id is whom an event is about, '' for nobody: it goes with the user. That somebody typed is told no more by now, and held
-- their name.
CREATE TABLE deliveries_new (
    position   INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    webhook_id TEXT    NOT NULL,
    event_id   TEXT    NOT NULL,
    kind       TEXT    NOT NULL,
    at         INTEGER NOT NULL,
    user_id    TEXT    NOT NULL,
    document   TEXT    NOT NULL,
    died_at    INTEGER NOT NULL,
    reason     TEXT    NOT NULL
) STRICT;

INSERT INTO deliveries_new (position, webhook_id, event_id, kind, at, user_id, document, died_at, reason)
SELECT position, webhook_id, event_id, kind, at, CASE WHEN json_valid(document) THEN
        COALESCE(json_extract(document, '$.merge.discarded'), json_extract(document, '$.user'), json_extract(document, '$.participant'),
            json_extract(document, '$.read.user'), '') ELSE '' END,
    document, died_at, reason
FROM deliveries WHERE kind <> 'conversation:typing' ORDER BY position;

DROP TABLE deliveries;

ALTER TABLE deliveries_new RENAME TO deliveries;

CREATE INDEX deliveries_queue ON deliveries (webhook_id, died_at, position);
CREATE INDEX deliveries_user ON deliveries (user_id) WHERE user_id <> '';
CREATE INDEX deliveries_dead ON deliveries (webhook_id, position) WHERE died_at > 0;
CREATE INDEX deliveries_died ON deliveries (died_at) WHERE died_at > 0;
CREATE INDEX deliveries_dead_event ON deliveries (event_id) WHERE died_at > 0;

-- Up to which position dead letters are on their way back into the queue; 0: none are.
ALTER TABLE webhooks ADD COLUMN revive_to INTEGER NOT NULL DEFAULT 0;

-- How often a webhook was changed, so that the answer of its former address does not count for the new one.
ALTER TABLE webhooks ADD COLUMN change INTEGER NOT NULL DEFAULT 0;
