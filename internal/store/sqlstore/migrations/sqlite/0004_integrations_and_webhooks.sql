-- +goose Up

-- What is set up in an app. settings is a document of the type's own members.
CREATE TABLE integrations (
    id         TEXT    NOT NULL PRIMARY KEY,
    app_id     TEXT    NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
    type       TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    settings   TEXT    NOT NULL,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX integrations_app ON integrations (app_id, created_at, id);

INSERT INTO integrations (id, app_id, type, name, settings, created_at)
SELECT integration_id, id, 'web', '', '{}', created_at FROM apps;

ALTER TABLE keys ADD COLUMN integration_id TEXT REFERENCES integrations (id) ON DELETE CASCADE;

CREATE INDEX keys_integration ON keys (integration_id) WHERE integration_id IS NOT NULL;

-- Registered addresses, each with the state of its queue. former_sealed signs beside sealed until former_until.
CREATE TABLE webhooks (
    id             TEXT    NOT NULL PRIMARY KEY,
    app_id         TEXT    NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
    integration_id TEXT    NOT NULL REFERENCES integrations (id) ON DELETE CASCADE,
    target         TEXT    NOT NULL,
    triggers       TEXT    NOT NULL,
    full_user      INTEGER NOT NULL,
    full_source    INTEGER NOT NULL,
    sealed         BLOB    NOT NULL,
    former_sealed  BLOB    NOT NULL,
    former_until   INTEGER NOT NULL,
    enabled        INTEGER NOT NULL,
    created_at     INTEGER NOT NULL,
    failures       INTEGER NOT NULL,
    failing_since  INTEGER NOT NULL,
    next_at        INTEGER NOT NULL,
    last_error     TEXT    NOT NULL,
    lease          TEXT    NOT NULL,
    leased_until   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX webhooks_integration ON webhooks (integration_id, created_at, id);

-- Who is told of what: a row for each trigger of each webhook that is enabled.
CREATE TABLE webhook_triggers (
    app_id     TEXT NOT NULL,
    kind       TEXT NOT NULL,
    webhook_id TEXT NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
    PRIMARY KEY (app_id, kind, webhook_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX webhook_triggers_webhook ON webhook_triggers (webhook_id);

-- What a webhook has still to be told. died_at is 0 while the row waits. No position is given twice: one that is on its way
-- may be taken away meanwhile.
CREATE TABLE deliveries (
    position   INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    webhook_id TEXT    NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
    event_id   TEXT    NOT NULL,
    kind       TEXT    NOT NULL,
    at         INTEGER NOT NULL,
    document   TEXT    NOT NULL,
    died_at    INTEGER NOT NULL,
    reason     TEXT    NOT NULL
) STRICT;

CREATE INDEX deliveries_queue ON deliveries (webhook_id, died_at, position);
