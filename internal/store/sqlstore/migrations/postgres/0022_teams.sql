-- +goose Up

-- Teams of agents. turns counts what was handed out by round robin.
CREATE TABLE teams (
    id         TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    app_id     TEXT COLLATE "C" NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
    name       TEXT COLLATE "C" NOT NULL,
    position   BIGINT NOT NULL,
    routing    TEXT COLLATE "C" NOT NULL,
    intake     BOOLEAN NOT NULL, -- conversations that a user begins come to it
    turns      BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);

CREATE UNIQUE INDEX teams_name ON teams (app_id, name);
CREATE UNIQUE INDEX teams_intake ON teams (app_id) WHERE intake;

-- turn is the one that the member had last; 0 is none.
CREATE TABLE team_members (
    team_id  TEXT COLLATE "C" NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    agent_id TEXT COLLATE "C" NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
    app_id   TEXT COLLATE "C" NOT NULL,
    turn     BIGINT NOT NULL,
    PRIMARY KEY (team_id, agent_id)
);

CREATE INDEX team_members_agent ON team_members (agent_id, app_id);

-- The team of an entry, '' for none. It names no row: of a team that is gone entries are read as if they had none.
ALTER TABLE inbox ADD COLUMN team TEXT COLLATE "C" NOT NULL DEFAULT '';
CREATE INDEX inbox_team ON inbox (team, status, moved_at, conversation_id) WHERE team <> '';
CREATE INDEX inbox_unhanded ON inbox (team) WHERE team <> '' AND assignee = '' AND status = 'open';

ALTER TABLE happenings ADD COLUMN team TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE saved_views ADD COLUMN team TEXT COLLATE "C" NOT NULL DEFAULT '';

-- Since when an agent is away; 0 is here.
ALTER TABLE agents ADD COLUMN away_since BIGINT NOT NULL DEFAULT 0;
