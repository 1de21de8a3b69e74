-- +goose Up

-- Times are microseconds since 1970 in UTC, and 0 is no time. Text that is not there is ''. NULL stands only where a
-- unique index or a foreign key must let many rows have none. Documents are JSON in text; '' is an empty one.

CREATE TABLE counters (
    name  TEXT    NOT NULL PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO counters (name, value) VALUES ('app', 0), ('event', 0), ('audit', 0), ('ping', 0);

CREATE TABLE apps (
    id               TEXT    NOT NULL PRIMARY KEY,
    ordinal          INTEGER NOT NULL UNIQUE,
    integration_id   TEXT    NOT NULL UNIQUE,
    name             TEXT    NOT NULL,
    portal           INTEGER UNIQUE,
    seats            INTEGER,
    seats_used       INTEGER NOT NULL,
    last_user_number INTEGER NOT NULL,
    settings         TEXT    NOT NULL,
    created_at       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE app_hosts (
    host   TEXT NOT NULL PRIMARY KEY,
    app_id TEXT NOT NULL REFERENCES apps (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX app_hosts_app ON app_hosts (app_id);

CREATE TABLE keys (
    id           TEXT    NOT NULL PRIMARY KEY,
    app_id       TEXT    REFERENCES apps (id) ON DELETE CASCADE,
    name         TEXT    NOT NULL,
    uses         TEXT    NOT NULL,
    alg          TEXT    NOT NULL,
    sealed       BLOB    NOT NULL,
    secret_hash  BLOB    NOT NULL,
    imported     INTEGER NOT NULL,
    weak         INTEGER NOT NULL,
    not_before   INTEGER NOT NULL,
    not_after    INTEGER NOT NULL,
    revoked_at   INTEGER NOT NULL,
    last_used_at INTEGER NOT NULL,
    created_at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX keys_app ON keys (app_id, created_at, id);

CREATE TABLE users (
    id                 TEXT    NOT NULL PRIMARY KEY,
    app_id             TEXT    NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
    number             INTEGER NOT NULL,
    external_id        TEXT    NOT NULL,
    external_id_hash   BLOB,
    source             TEXT    NOT NULL,
    given_name         TEXT    NOT NULL,
    surname            TEXT    NOT NULL,
    email              TEXT    NOT NULL,
    avatar_url         TEXT    NOT NULL,
    locale             TEXT    NOT NULL,
    metadata           TEXT    NOT NULL,
    attributes         TEXT    NOT NULL,
    seat               INTEGER NOT NULL,
    signed_up_at       INTEGER NOT NULL,
    created_at         INTEGER NOT NULL,
    last_seen_at       INTEGER NOT NULL,
    tokens_valid_after INTEGER NOT NULL,
    blocked_at         INTEGER NOT NULL,
    change             INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX users_number ON users (app_id, number);
CREATE UNIQUE INDEX users_external_id ON users (app_id, external_id_hash);

CREATE TABLE user_aliases (
    discarded_id TEXT    NOT NULL PRIMARY KEY,
    app_id       TEXT    NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
    surviving_id TEXT    NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    merged_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX user_aliases_surviving ON user_aliases (surviving_id);

CREATE TABLE identities (
    app_id      TEXT    NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
    kind        TEXT    NOT NULL,
    value       TEXT    NOT NULL,
    user_id     TEXT    NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    written     TEXT    NOT NULL,
    verified_by TEXT    NOT NULL,
    created_at  INTEGER NOT NULL,
    PRIMARY KEY (app_id, kind, value)
) STRICT, WITHOUT ROWID;

CREATE INDEX identities_user ON identities (user_id, kind, value);

CREATE TABLE identity_conflicts (
    id         TEXT    NOT NULL PRIMARY KEY,
    app_id     TEXT    NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
    user_id    TEXT    NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    owner_id   TEXT    NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    kind       TEXT    NOT NULL,
    value      TEXT    NOT NULL,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX identity_conflicts_once ON identity_conflicts (user_id, owner_id, kind, value);
CREATE INDEX identity_conflicts_owner ON identity_conflicts (owner_id);
CREATE INDEX identity_conflicts_newest ON identity_conflicts (app_id, created_at, id);

CREATE TABLE used_codes (
    key_id     TEXT    NOT NULL,
    token_hash BLOB    NOT NULL,
    app_id     TEXT    NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (key_id, token_hash)
) STRICT, WITHOUT ROWID;

CREATE INDEX used_codes_app ON used_codes (app_id);
CREATE INDEX used_codes_expired ON used_codes (expires_at);

-- Rows that hang by a user go with the user, and so with the app.
CREATE TABLE clients (
    id           TEXT    NOT NULL PRIMARY KEY,
    app_id       TEXT    NOT NULL,
    user_id      TEXT    NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    platform     TEXT    NOT NULL,
    name         TEXT    NOT NULL,
    locale       TEXT    NOT NULL,
    time_zone    TEXT    NOT NULL,
    info         TEXT    NOT NULL,
    last_seen_at INTEGER NOT NULL,
    created_at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX clients_user ON clients (user_id);

CREATE TABLE sessions (
    id           TEXT    NOT NULL PRIMARY KEY,
    app_id       TEXT    NOT NULL,
    hash         BLOB    NOT NULL UNIQUE,
    user_id      TEXT    NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    client_id    TEXT    NOT NULL UNIQUE REFERENCES clients (id) ON DELETE CASCADE,
    key_id       TEXT    NOT NULL,
    door         TEXT    NOT NULL,
    assurance    TEXT    NOT NULL,
    anonymous    INTEGER NOT NULL,
    idle_for     INTEGER NOT NULL, -- microseconds
    expires_at   INTEGER NOT NULL,
    last_used_at INTEGER NOT NULL,
    created_at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX sessions_user ON sessions (user_id);
CREATE INDEX sessions_key ON sessions (key_id) WHERE key_id <> '';

CREATE TABLE conversations (
    id                   TEXT    NOT NULL PRIMARY KEY,
    app_id               TEXT    NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
    type                 TEXT    NOT NULL,
    last_number          INTEGER NOT NULL,
    change               INTEGER NOT NULL,
    business_read_number INTEGER NOT NULL,
    business_read_at     INTEGER NOT NULL,
    last_message_at      INTEGER NOT NULL,
    active_at            INTEGER NOT NULL, -- last_message_at, before the first message created_at
    active_hour          INTEGER NOT NULL, -- active_at in whole hours, as the participants have it
    created_at           INTEGER NOT NULL,
    document             TEXT    NOT NULL -- names, icon, metadata
) STRICT, WITHOUT ROWID;

CREATE INDEX conversations_app ON conversations (app_id);

-- Clustered in order of joining: the audience of a message is one run of rows.
CREATE TABLE participants (
    conversation_id TEXT    NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    ordinal         INTEGER NOT NULL,
    id              TEXT    NOT NULL,
    app_id          TEXT    NOT NULL,
    user_id         TEXT    NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    joined_at       INTEGER NOT NULL,
    is_default      INTEGER NOT NULL,
    read_number     INTEGER NOT NULL,
    read_at         INTEGER NOT NULL,
    active_hour     INTEGER NOT NULL, -- of the conversation; see participants_active
    PRIMARY KEY (conversation_id, ordinal)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX participants_id ON participants (id);
CREATE UNIQUE INDEX participants_user ON participants (user_id, conversation_id);
CREATE UNIQUE INDEX participants_default ON participants (user_id) WHERE is_default;
-- A user's conversations, roughly by activity: the hour is written once an hour and not with each message.
CREATE INDEX participants_active ON participants (user_id, active_hour);

-- Who has left a conversation may still be the author of messages in it.
CREATE TABLE former_participants (
    user_id         TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    app_id          TEXT NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
    PRIMARY KEY (user_id, conversation_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX former_participants_conversation ON former_participants (conversation_id);

-- Clustered by conversation and number: a page of history is one run of rows. Rows hang by a conversation that the
-- same transaction has locked, hence no foreign key.
CREATE TABLE messages (
    conversation_id   TEXT    NOT NULL,
    number            INTEGER NOT NULL,
    id                TEXT    NOT NULL,
    app_id            TEXT    NOT NULL,
    change            INTEGER NOT NULL,
    author_id         TEXT    NOT NULL,
    client_id         TEXT    NOT NULL,
    client_message_id TEXT    NOT NULL,
    received_at       INTEGER NOT NULL,
    deleted           INTEGER NOT NULL,
    document          TEXT    NOT NULL, -- author, content, metadata, origin
    PRIMARY KEY (conversation_id, number)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX messages_id ON messages (id);
CREATE UNIQUE INDEX messages_sent ON messages (client_id, client_message_id) WHERE client_message_id <> '';

CREATE TABLE changes (
    conversation_id TEXT    NOT NULL,
    number          INTEGER NOT NULL,
    app_id          TEXT    NOT NULL,
    kind            TEXT    NOT NULL,
    message_id      TEXT    NOT NULL,
    message_number  INTEGER NOT NULL,
    user_id         TEXT    NOT NULL,
    read_by         TEXT    NOT NULL,
    read_number     INTEGER NOT NULL,
    read_at         INTEGER NOT NULL,
    at              INTEGER NOT NULL,
    PRIMARY KEY (conversation_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE events (
    position INTEGER NOT NULL PRIMARY KEY,
    app_id   TEXT    NOT NULL,
    kind     TEXT    NOT NULL,
    at       INTEGER NOT NULL,
    document TEXT    NOT NULL
) STRICT;

CREATE INDEX events_app ON events (app_id);

CREATE TABLE audits (
    app_id   TEXT    NOT NULL,
    position INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    actor    TEXT    NOT NULL,
    action   TEXT    NOT NULL,
    target   TEXT    NOT NULL,
    detail   TEXT    NOT NULL,
    PRIMARY KEY (app_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE agents (
    id            TEXT    NOT NULL PRIMARY KEY,
    email         TEXT    NOT NULL UNIQUE,
    password_hash TEXT    NOT NULL,
    admin         INTEGER NOT NULL,
    created_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
