-- +goose Up

-- Ratings outlive their conversation, as the episodes do that they are about; its id and those of the messages lead nowhere then. answer_id is '' of what was
-- not rated, and of what was rated before it was kept.
ALTER TABLE ratings
    DROP CONSTRAINT ratings_conversation_id_fkey,
    ADD FOREIGN KEY (app_id) REFERENCES apps (id) ON DELETE CASCADE,
    ADD COLUMN answer_id TEXT COLLATE "C" NOT NULL DEFAULT '';

CREATE INDEX ratings_asked ON ratings (app_id, asked_at, conversation_id);
CREATE INDEX ratings_given ON ratings (app_id, rated_at, conversation_id) WHERE value > 0;
