-- +goose Up

-- Mail that is to be sent. There is one that waits for each cause; comings counts how often the cause came again meanwhile. '' is nobody, or no conversation.
CREATE TABLE mails (
    id              TEXT    NOT NULL PRIMARY KEY,
    app_id          TEXT    NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
    kind            TEXT    NOT NULL,
    cause           TEXT    NOT NULL,
    conversation_id TEXT    NOT NULL,
    user_id         TEXT    NOT NULL,
    agent_id        TEXT    NOT NULL,
    comings         INTEGER NOT NULL,
    created_at      INTEGER NOT NULL,
    next_at         INTEGER NOT NULL,
    attempts        INTEGER NOT NULL,
    failed_at       INTEGER NOT NULL,
    reason          TEXT    NOT NULL,
    lease           TEXT    NOT NULL,
    leased_until    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX mails_cause ON mails (cause);
CREATE INDEX mails_due ON mails (next_at, id) WHERE failed_at = 0;
CREATE INDEX mails_failed ON mails (app_id, failed_at) WHERE failed_at > 0;
CREATE INDEX mails_user ON mails (user_id) WHERE user_id <> '';
CREATE INDEX mails_conversation ON mails (conversation_id) WHERE conversation_id <> '';

-- Up to which message somebody was told by mail. Whoever became part of somebody else is found by their alias.
CREATE TABLE mailed_numbers (
    conversation_id TEXT    NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    user_id         TEXT    NOT NULL,
    number          INTEGER NOT NULL,
    PRIMARY KEY (conversation_id, user_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX mailed_numbers_user ON mailed_numbers (user_id);

-- Who wants no mail.
CREATE TABLE unsubscribed_users (
    user_id TEXT    NOT NULL PRIMARY KEY,
    app_id  TEXT    NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
    at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Since when the user waited of whom agents were told last.
CREATE TABLE told_waitings (
    conversation_id TEXT    NOT NULL PRIMARY KEY REFERENCES conversations (id) ON DELETE CASCADE,
    waiting_since   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Whether an agent wants to be told.
ALTER TABLE agents ADD COLUMN wants_mail INTEGER NOT NULL DEFAULT 1;
