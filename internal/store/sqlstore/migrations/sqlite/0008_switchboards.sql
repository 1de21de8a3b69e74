-- +goose Up

-- Who may be in control of an app's conversations. default_id is who begins; '' while nobody was named.
CREATE TABLE switchboards (
    id         TEXT    NOT NULL PRIMARY KEY,
    app_id     TEXT    NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
    enabled    INTEGER NOT NULL,
    default_id TEXT    NOT NULL,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX switchboards_app ON switchboards (app_id);

-- The places of integrations on a switchboard. next_id is '' for nobody, message_history 0 for none.
CREATE TABLE switchboard_integrations (
    id              TEXT    NOT NULL PRIMARY KEY,
    switchboard_id  TEXT    NOT NULL REFERENCES switchboards (id) ON DELETE CASCADE,
    name            TEXT    NOT NULL,
    integration_id  TEXT    NOT NULL REFERENCES integrations (id) ON DELETE CASCADE,
    deliver_standby INTEGER NOT NULL,
    next_id         TEXT    NOT NULL,
    message_history INTEGER NOT NULL,
    created_at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX switchboard_integrations_name ON switchboard_integrations (switchboard_id, name);

CREATE INDEX switchboard_integrations_integration ON switchboard_integrations (integration_id);

-- Who is in control of a conversation, and who was offered it.
ALTER TABLE conversations ADD COLUMN controlled_by TEXT REFERENCES switchboard_integrations (id) ON DELETE SET NULL;

ALTER TABLE conversations ADD COLUMN offered_to TEXT REFERENCES switchboard_integrations (id) ON DELETE SET NULL;

CREATE INDEX conversations_controlled_by ON conversations (controlled_by) WHERE controlled_by IS NOT NULL;

CREATE INDEX conversations_offered_to ON conversations (offered_to) WHERE offered_to IS NOT NULL;
