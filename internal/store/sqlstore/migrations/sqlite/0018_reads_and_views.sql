-- +goose Up

-- How far each agent has read a conversation. Whose role in the app was there before has read what somebody of the business had.
CREATE TABLE agent_reads (
    agent_id        TEXT NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
    conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    number          INTEGER NOT NULL,
    PRIMARY KEY (agent_id, conversation_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX agent_reads_conversation ON agent_reads (conversation_id);

INSERT INTO agent_reads (agent_id, conversation_id, number)
SELECT m.agent_id, c.id, c.business_read_number FROM memberships m JOIN conversations c ON c.app_id = m.app_id
JOIN inbox i ON i.conversation_id = c.id WHERE i.status = 'open' AND c.business_read_number > 0;

-- Filters of the inbox that agents keep for themselves.
CREATE TABLE saved_views (
    agent_id   TEXT NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
    app_id     TEXT NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
    id         TEXT NOT NULL,
    name       TEXT NOT NULL,
    status     TEXT NOT NULL,
    assignee   TEXT NOT NULL, -- me, nobody, the id of an agent, or empty: any
    tag        TEXT NOT NULL, -- empty: any
    query      TEXT NOT NULL, -- words of messages; empty: any
    created_at INTEGER NOT NULL,
    PRIMARY KEY (agent_id, app_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX saved_views_app ON saved_views (app_id);
