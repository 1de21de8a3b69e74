-- +goose Up

-- Who removes what an app keeps no longer, and what this run has removed so far. '' is nobody.
CREATE TABLE sweeps (
    app_id        TEXT   COLLATE "C" NOT NULL PRIMARY KEY REFERENCES apps (id) ON DELETE CASCADE,
    lease         TEXT   COLLATE "C" NOT NULL,
    leased_until  BIGINT NOT NULL,
    next_at       BIGINT NOT NULL,
    conversations BIGINT NOT NULL,
    messages      BIGINT NOT NULL
);

-- By the hour, which moves seldom: a message costs this index nothing for most.
CREATE INDEX conversations_active ON conversations (app_id, active_hour);
