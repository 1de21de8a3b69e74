-- +goose Up

-- Files that are kept; their bytes lie elsewhere under the id. url_hash is that of a copy's url.
CREATE TABLE attachments (
    id              TEXT    NOT NULL PRIMARY KEY,
    app_id          TEXT    NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
    media_key       TEXT    NOT NULL UNIQUE,
    access          TEXT    NOT NULL,
    url             TEXT    NOT NULL,
    url_hash        BLOB,
    user_id         TEXT    NOT NULL,
    conversation_id TEXT    NOT NULL,
    sent            INTEGER NOT NULL,
    name            TEXT    NOT NULL,
    type            TEXT    NOT NULL,
    size            INTEGER NOT NULL,
    width           INTEGER NOT NULL,
    height          INTEGER NOT NULL,
    thumbnail       INTEGER NOT NULL,
    created_at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX attachments_copy ON attachments (app_id, url_hash);
CREATE INDEX attachments_user ON attachments (user_id) WHERE user_id <> '';
CREATE INDEX attachments_conversation ON attachments (conversation_id) WHERE conversation_id <> '';
CREATE INDEX attachments_unsent ON attachments (created_at) WHERE NOT sent;

-- Which messages show an attachment.
CREATE TABLE attachment_messages (
    conversation_id TEXT    NOT NULL,
    number          INTEGER NOT NULL,
    attachment_id   TEXT    NOT NULL REFERENCES attachments (id) ON DELETE CASCADE,
    app_id          TEXT    NOT NULL,
    PRIMARY KEY (conversation_id, number, attachment_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX attachment_messages_attachment ON attachment_messages (attachment_id);

-- Files whose bytes are to go, of all apps, those included that are gone.
CREATE TABLE leftover_files (
    id     TEXT    NOT NULL PRIMARY KEY,
    due_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX leftover_files_due ON leftover_files (due_at);
