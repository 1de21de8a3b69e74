-- +goose Up

-- What users think of episodes of their conversations. value and rated_at are 0 while nobody has answered the form.
CREATE TABLE ratings (
    conversation_id TEXT    NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    opened_at       INTEGER NOT NULL,
    app_id          TEXT    NOT NULL,
    form_id         TEXT    NOT NULL,
    agent_id        TEXT    NOT NULL,
    asked_at        INTEGER NOT NULL,
    value           INTEGER NOT NULL,
    rated_at        INTEGER NOT NULL,
    PRIMARY KEY (conversation_id, opened_at)
) STRICT, WITHOUT ROWID;
