-- +goose Up

-- Deliveries refer to their webhook by no foreign key any more: they may be a million, and whoever removes the webhook would wait
-- until the last of them is gone. Those of a webhook that is gone are taken away a page at a time. Nor does an event fail any
-- more whose webhook is removed while it is queued.
ALTER TABLE deliveries DROP CONSTRAINT deliveries_webhook_id_fkey;

-- Whom an event is about, '' for nobody: it goes with the user. That somebody typed is told no more by now, and held their name.
DELETE FROM deliveries WHERE kind = 'conversation:typing';

ALTER TABLE deliveries ADD COLUMN user_id TEXT COLLATE "C" NOT NULL DEFAULT '';

UPDATE deliveries SET user_id = COALESCE(substring(document FROM '"discarded":"([^"]+)"'), '') WHERE kind = 'user:merge';
UPDATE deliveries SET user_id = COALESCE(substring(document FROM '"user":"([^"]+)"'), '')
WHERE kind IN ('user:update', 'user:remove', 'client:add', 'conversation:postback', 'conversation:read');
UPDATE deliveries SET user_id = COALESCE(substring(document FROM '"participant":"([^"]+)"'), '')
WHERE kind IN ('conversation:join', 'conversation:leave');

ALTER TABLE deliveries ALTER COLUMN user_id DROP DEFAULT;

CREATE INDEX deliveries_user ON deliveries (user_id) WHERE user_id <> '';
CREATE INDEX deliveries_dead ON deliveries (webhook_id, position) WHERE died_at > 0;
CREATE INDEX deliveries_died ON deliveries (died_at) WHERE died_at > 0;
CREATE INDEX deliveries_dead_event ON deliveries (event_id) WHERE died_at > 0;

-- Up to which position dead letters are on their way back into the queue; 0: none are.
ALTER TABLE webhooks ADD COLUMN revive_to BIGINT NOT NULL DEFAULT 0;

-- How often a webhook was changed, so that the answer of its former address does not count for the new one.
ALTER TABLE webhooks ADD COLUMN change BIGINT NOT NULL DEFAULT 0;
