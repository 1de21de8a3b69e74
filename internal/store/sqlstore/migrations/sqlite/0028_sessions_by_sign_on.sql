-- +goose Up

-- Whether the session began by the word of the provider of single sign-on. Of those that are open nobody knows: they did not.
ALTER TABLE agent_sessions ADD COLUMN signed_on INTEGER NOT NULL DEFAULT 0;
