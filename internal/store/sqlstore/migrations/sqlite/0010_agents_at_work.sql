-- +goose Up

ALTER TABLE agents ADD COLUMN name TEXT NOT NULL DEFAULT '';

-- 0: the account is open.
ALTER TABLE agents ADD COLUMN disabled_at INTEGER NOT NULL DEFAULT 0;

-- What an agent may do in an app. Those who may manage the server need no role.
CREATE TABLE memberships (
    app_id   TEXT NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
    agent_id TEXT NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
    role     TEXT NOT NULL,
    PRIMARY KEY (app_id, agent_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX memberships_agent ON memberships (agent_id, app_id);

CREATE TABLE agent_sessions (
    hash         BLOB NOT NULL PRIMARY KEY,
    agent_id     TEXT NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
    created_at   INTEGER NOT NULL,
    last_used_at INTEGER NOT NULL,
    proved_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX agent_sessions_agent ON agent_sessions (agent_id);

-- One-time links to the console. email is '' where whoever opens the link says it, app_id '' where no role is given.
CREATE TABLE invitations (
    id         TEXT NOT NULL PRIMARY KEY,
    hash       BLOB NOT NULL UNIQUE,
    email      TEXT NOT NULL,
    admin      INTEGER NOT NULL,
    app_id     TEXT NOT NULL,
    role       TEXT NOT NULL,
    by_agent   TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX invitations_app ON invitations (app_id, created_at);
