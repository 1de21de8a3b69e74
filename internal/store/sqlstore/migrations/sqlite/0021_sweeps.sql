-- +goose Up

-- Who removes what an app keeps no longer, and what this run has removed so far. '' is nobody.
CREATE TABLE sweeps (
    app_id        TEXT    NOT NULL PRIMARY KEY REFERENCES apps (id) ON DELETE CASCADE,
    lease         TEXT    NOT NULL,
    leased_until  INTEGER NOT NULL,
    next_at       INTEGER NOT NULL,
    conversations INTEGER NOT NULL,
    messages      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- By the hour, which moves seldom: a message costs this index nothing for most.
CREATE INDEX conversations_active ON conversations (app_id, active_hour);
