-- +goose Up

-- Ratings outlive their conversation, as the episodes do that they are about; its id and those of the messages lead nowhere then. answer_id is '' of what was
-- not rated, and of what was rated before it was kept.
CREATE TABLE kept_ratings (
    app_id          TEXT    NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
    conversation_id TEXT    NOT NULL,
    opened_at       INTEGER NOT NULL,
    form_id         TEXT    NOT NULL,
    answer_id       TEXT    NOT NULL,
    agent_id        TEXT    NOT NULL,
    asked_at        INTEGER NOT NULL,
    value           INTEGER NOT NULL,
    rated_at        INTEGER NOT NULL,
    PRIMARY KEY (conversation_id, opened_at)
) STRICT, WITHOUT ROWID;
INSERT INTO kept_ratings SELECT app_id, conversation_id, opened_at, form_id, '', agent_id, asked_at, value, rated_at FROM ratings;
DROP TABLE ratings;
ALTER TABLE kept_ratings RENAME TO ratings;

CREATE INDEX ratings_asked ON ratings (app_id, asked_at, conversation_id);
CREATE INDEX ratings_given ON ratings (app_id, rated_at, conversation_id) WHERE value > 0;
