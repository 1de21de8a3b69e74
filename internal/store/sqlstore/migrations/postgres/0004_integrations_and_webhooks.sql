-- +goose Up

-- What is set up in an app. settings is a document of the type's own members.
CREATE TABLE integrations (
    id         TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    app_id     TEXT COLLATE "C" NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
    type       TEXT COLLATE "C" NOT NULL,
    name       TEXT COLLATE "C" NOT NULL,
    settings   TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE INDEX integrations_app ON integrations (app_id, created_at, id);

INSERT INTO integrations (id, app_id, type, name, settings, created_at)
SELECT integration_id, id, 'web', '', '{}', created_at FROM apps;

ALTER TABLE keys ADD COLUMN integration_id TEXT COLLATE "C" REFERENCES integrations (id) ON DELETE CASCADE;

CREATE INDEX keys_integration ON keys (integration_id) WHERE integration_id IS NOT NULL;

-- Registered addresses, each with the state of its queue. former_sealed signs beside sealed until former_until.
CREATE TABLE webhooks (
    id             TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    app_id         TEXT COLLATE "C" NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
    integration_id TEXT COLLATE "C" NOT NULL REFERENCES integrations (id) ON DELETE CASCADE,
    target         TEXT COLLATE "C" NOT NULL,
    triggers       TEXT COLLATE "C" NOT NULL,
    full_user      BOOLEAN NOT NULL,
    full_source    BOOLEAN NOT NULL,
    sealed         BYTEA    NOT NULL,
    former_sealed  BYTEA    NOT NULL,
    former_until   BIGINT NOT NULL,
    enabled        BOOLEAN NOT NULL,
    created_at     BIGINT NOT NULL,
    failures       BIGINT NOT NULL,
    failing_since  BIGINT NOT NULL,
    next_at        BIGINT NOT NULL,
    last_error     TEXT COLLATE "C" NOT NULL,
    lease          TEXT COLLATE "C" NOT NULL,
    leased_until   BIGINT NOT NULL
);

CREATE INDEX webhooks_integration ON webhooks (integration_id, created_at, id);

-- Who is told of what: a row for each trigger of each webhook that is enabled.
CREATE TABLE webhook_triggers (
    app_id     TEXT COLLATE "C" NOT NULL,
    kind       TEXT COLLATE "C" NOT NULL,
    webhook_id TEXT COLLATE "C" NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
    PRIMARY KEY (app_id, kind, webhook_id)
);

CREATE INDEX webhook_triggers_webhook ON webhook_triggers (webhook_id);

-- What a webhook has still to be told. died_at is 0 while the row waits.
CREATE TABLE deliveries (
    position   BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    webhook_id TEXT COLLATE "C" NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
    event_id   TEXT COLLATE "C" NOT NULL,
    kind       TEXT COLLATE "C" NOT NULL,
    at         BIGINT NOT NULL,
    document   TEXT COLLATE "C" NOT NULL,
    died_at    BIGINT NOT NULL,
    reason     TEXT COLLATE "C" NOT NULL
);

CREATE INDEX deliveries_queue ON deliveries (webhook_id, died_at, position);
