-- +goose Up

-- Who may be in control of an app's conversations. default_id is who begins; '' while nobody was named.
CREATE TABLE switchboards (
    id         TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    app_id     TEXT COLLATE "C" NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
    enabled    BOOLEAN NOT NULL,
    default_id TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE UNIQUE INDEX switchboards_app ON switchboards (app_id);

-- The places of integrations on a switchboard. next_id is '' for nobody, message_history 0 for none.
CREATE TABLE switchboard_integrations (
    id              TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    switchboard_id  TEXT COLLATE "C" NOT NULL REFERENCES switchboards (id) ON DELETE CASCADE,
    name            TEXT COLLATE "C" NOT NULL,
    integration_id  TEXT COLLATE "C" NOT NULL REFERENCES integrations (id) ON DELETE CASCADE,
    deliver_standby BOOLEAN NOT NULL,
    next_id         TEXT COLLATE "C" NOT NULL,
    message_history BIGINT NOT NULL,
    created_at      BIGINT NOT NULL
);

CREATE UNIQUE INDEX switchboard_integrations_name ON switchboard_integrations (switchboard_id, name);

CREATE INDEX switchboard_integrations_integration ON switchboard_integrations (integration_id);

-- Who is in control of a conversation, and who was offered it.
ALTER TABLE conversations ADD COLUMN controlled_by TEXT COLLATE "C" REFERENCES switchboard_integrations (id) ON DELETE SET NULL;

ALTER TABLE conversations ADD COLUMN offered_to TEXT COLLATE "C" REFERENCES switchboard_integrations (id) ON DELETE SET NULL;

CREATE INDEX conversations_controlled_by ON conversations (controlled_by) WHERE controlled_by IS NOT NULL;

CREATE INDEX conversations_offered_to ON conversations (offered_to) WHERE offered_to IS NOT NULL;
