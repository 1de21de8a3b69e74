-- +goose Up

-- Files that are kept; their bytes lie elsewhere under the id. url_hash is that of a copy's url.
CREATE TABLE attachments (
    id              TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    app_id          TEXT COLLATE "C" NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
    media_key       TEXT COLLATE "C" NOT NULL UNIQUE,
    access          TEXT COLLATE "C" NOT NULL,
    url             TEXT COLLATE "C" NOT NULL,
    url_hash        BYTEA,
    user_id         TEXT COLLATE "C" NOT NULL,
    conversation_id TEXT COLLATE "C" NOT NULL,
    sent            BOOLEAN          NOT NULL,
    name            TEXT COLLATE "C" NOT NULL,
    type            TEXT COLLATE "C" NOT NULL,
    size            BIGINT           NOT NULL,
    width           BIGINT           NOT NULL,
    height          BIGINT           NOT NULL,
    thumbnail       BOOLEAN          NOT NULL,
    created_at      BIGINT           NOT NULL
);

CREATE UNIQUE INDEX attachments_copy ON attachments (app_id, url_hash);
CREATE INDEX attachments_user ON attachments (user_id) WHERE user_id <> '';
CREATE INDEX attachments_conversation ON attachments (conversation_id) WHERE conversation_id <> '';
CREATE INDEX attachments_unsent ON attachments (created_at) WHERE NOT sent;

-- Which messages show an attachment.
CREATE TABLE attachment_messages (
    conversation_id TEXT COLLATE "C" NOT NULL,
    number          BIGINT           NOT NULL,
    attachment_id   TEXT COLLATE "C" NOT NULL REFERENCES attachments (id) ON DELETE CASCADE,
    app_id          TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (conversation_id, number, attachment_id)
);

CREATE INDEX attachment_messages_attachment ON attachment_messages (attachment_id);

-- Files whose bytes are to go, of all apps, those included that are gone.
CREATE TABLE leftover_files (
    id     TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    due_at BIGINT           NOT NULL
);

CREATE INDEX leftover_files_due ON leftover_files (due_at);
