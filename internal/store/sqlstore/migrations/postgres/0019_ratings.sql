-- +goose Up

-- What users think of episodes of their conversations. value and rated_at are 0 while nobody has answered the form.
CREATE TABLE ratings (
    conversation_id TEXT COLLATE "C" NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    opened_at       BIGINT NOT NULL,
    app_id          TEXT COLLATE "C" NOT NULL,
    form_id         TEXT COLLATE "C" NOT NULL,
    agent_id        TEXT COLLATE "C" NOT NULL,
    asked_at        BIGINT NOT NULL,
    value           BIGINT NOT NULL,
    rated_at        BIGINT NOT NULL,
    PRIMARY KEY (conversation_id, opened_at)
);
