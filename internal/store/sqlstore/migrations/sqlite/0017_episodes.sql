-- +goose Up

-- The newest episode of the conversation; opened_at is 0 where there was none, answered_at where nobody has answered, and answered_by is '' where no agent has.
ALTER TABLE inbox ADD COLUMN opened_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE inbox ADD COLUMN answered_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE inbox ADD COLUMN answered_by TEXT NOT NULL DEFAULT '';

-- Of what was there before, what waits is known to have been opened.
UPDATE inbox SET opened_at = waiting_since WHERE status <> 'closed';

CREATE INDEX inbox_opened ON inbox (app_id, opened_at, conversation_id) WHERE status <> 'closed' AND opened_at > 0;

-- Episodes that have ended. They outlive their conversation, as what was done in a month stays true: no user stands in them, and the conversation's id leads nowhere then.
CREATE TABLE episodes (
    app_id          TEXT    NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
    closed_at       INTEGER NOT NULL,
    conversation_id TEXT    NOT NULL,
    opened_at       INTEGER NOT NULL,
    answered_at     INTEGER NOT NULL,
    answered_by     TEXT    NOT NULL,
    closed_by       TEXT    NOT NULL,
    PRIMARY KEY (app_id, closed_at, conversation_id)
) STRICT, WITHOUT ROWID;
