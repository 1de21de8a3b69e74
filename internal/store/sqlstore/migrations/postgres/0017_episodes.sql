-- +goose Up

-- The newest episode of the conversation; opened_at is 0 where there was none, answered_at where nobody has answered, and answered_by is '' where no agent has.
ALTER TABLE inbox ADD COLUMN opened_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE inbox ADD COLUMN answered_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE inbox ADD COLUMN answered_by TEXT COLLATE "C" NOT NULL DEFAULT '';

-- Of what was there before, what waits is known to have been opened.
UPDATE inbox SET opened_at = waiting_since WHERE status <> 'closed';

CREATE INDEX inbox_opened ON inbox (app_id, opened_at, conversation_id) WHERE status <> 'closed' AND opened_at > 0;

-- Episodes that have ended. They outlive their conversation, as what was done in a month stays true: no user stands in them, and the conversation's id leads nowhere then.
CREATE TABLE episodes (
    app_id          TEXT COLLATE "C" NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
    closed_at       BIGINT NOT NULL,
    conversation_id TEXT COLLATE "C" NOT NULL,
    opened_at       BIGINT NOT NULL,
    answered_at     BIGINT NOT NULL,
    answered_by     TEXT COLLATE "C" NOT NULL,
    closed_by       TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (app_id, closed_at, conversation_id)
);
