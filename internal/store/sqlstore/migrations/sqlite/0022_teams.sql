-- +goose Up

-- Teams of agents. turns counts what was handed out by round robin.
CREATE TABLE teams (
    id         TEXT NOT NULL PRIMARY KEY,
    app_id     TEXT NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
    name       TEXT NOT NULL,
    position   INTEGER NOT NULL,
    routing    TEXT NOT NULL,
    intake     INTEGER NOT NULL, -- conversations that a user begins come to it
    turns      INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX teams_name ON teams (app_id, name);
CREATE UNIQUE INDEX teams_intake ON teams (app_id) WHERE intake;

-- turn is the one that the member had last; 0 is none.
CREATE TABLE team_members (
    team_id  TEXT NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    agent_id TEXT NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
    app_id   TEXT NOT NULL,
    turn     INTEGER NOT NULL,
    PRIMARY KEY (team_id, agent_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX team_members_agent ON team_members (agent_id, app_id);

-- The team of an entry, '' for none. It names no row: of a team that is gone entries are read as if they had none.
ALTER TABLE inbox ADD COLUMN team TEXT NOT NULL DEFAULT '';
CREATE INDEX inbox_team ON inbox (team, status, moved_at, conversation_id) WHERE team <> '';
CREATE INDEX inbox_unhanded ON inbox (team) WHERE team <> '' AND assignee = '' AND status = 'open';

ALTER TABLE happenings ADD COLUMN team TEXT NOT NULL DEFAULT '';
ALTER TABLE saved_views ADD COLUMN team TEXT NOT NULL DEFAULT '';

-- Since when an agent is away; 0 is here.
ALTER TABLE agents ADD COLUMN away_since INTEGER NOT NULL DEFAULT 0;
