-- +goose Up

ALTER TABLE agents ADD COLUMN name TEXT COLLATE "C" NOT NULL DEFAULT '';

-- 0: the account is open.
ALTER TABLE agents ADD COLUMN disabled_at BIGINT NOT NULL DEFAULT 0;

-- What an agent may do in an app. Those who may manage the server need no role.
CREATE TABLE memberships (
    app_id   TEXT COLLATE "C" NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
    agent_id TEXT COLLATE "C" NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
    role     TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (app_id, agent_id)
);

CREATE INDEX memberships_agent ON memberships (agent_id, app_id);

CREATE TABLE agent_sessions (
    hash         BYTEA NOT NULL PRIMARY KEY,
    agent_id     TEXT COLLATE "C" NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
    created_at   BIGINT NOT NULL,
    last_used_at BIGINT NOT NULL,
    proved_at    BIGINT NOT NULL
);

CREATE INDEX agent_sessions_agent ON agent_sessions (agent_id);

-- One-time links to the console. email is '' where whoever opens the link says it, app_id '' where no role is given.
CREATE TABLE invitations (
    id         TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    hash       BYTEA NOT NULL UNIQUE,
    email      TEXT COLLATE "C" NOT NULL,
    admin      BOOLEAN NOT NULL,
    app_id     TEXT COLLATE "C" NOT NULL,
    role       TEXT COLLATE "C" NOT NULL,
    by_agent   TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE INDEX invitations_app ON invitations (app_id, created_at);
