-- +goose Up

-- Times are microseconds since 1970 in UTC, and 0 is no time. Text that is not there is ''. NULL stands only where a
-- unique index or a foreign key must let many rows have none. Documents are JSON in text; '' is an empty one.

CREATE TABLE counters (
    name  TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    value BIGINT           NOT NULL
);

INSERT INTO counters (name, value) VALUES ('app', 0), ('event', 0), ('audit', 0), ('ping', 0);

CREATE TABLE apps (
    id               TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    ordinal          BIGINT           NOT NULL UNIQUE,
    integration_id   TEXT COLLATE "C" NOT NULL UNIQUE,
    name             TEXT COLLATE "C" NOT NULL,
    portal           BIGINT           UNIQUE,
    seats            BIGINT,
    seats_used       BIGINT           NOT NULL,
    last_user_number BIGINT           NOT NULL,
    settings         TEXT COLLATE "C" NOT NULL,
    created_at       BIGINT           NOT NULL
);

CREATE TABLE app_hosts (
    host   TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    app_id TEXT COLLATE "C" NOT NULL REFERENCES apps (id) ON DELETE CASCADE
);

CREATE INDEX app_hosts_app ON app_hosts (app_id);

CREATE TABLE keys (
    id           TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    app_id       TEXT COLLATE "C" REFERENCES apps (id) ON DELETE CASCADE,
    name         TEXT COLLATE "C" NOT NULL,
    uses         TEXT COLLATE "C" NOT NULL,
    alg          TEXT COLLATE "C" NOT NULL,
    sealed       BYTEA            NOT NULL,
    secret_hash  BYTEA            NOT NULL,
    imported     BOOLEAN          NOT NULL,
    weak         BOOLEAN          NOT NULL,
    not_before   BIGINT           NOT NULL,
    not_after    BIGINT           NOT NULL,
    revoked_at   BIGINT           NOT NULL,
    last_used_at BIGINT           NOT NULL,
    created_at   BIGINT           NOT NULL
);

CREATE INDEX keys_app ON keys (app_id, created_at, id);

CREATE TABLE users (
    id                 TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    app_id             TEXT COLLATE "C" NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
    number             BIGINT           NOT NULL,
    external_id        TEXT COLLATE "C" NOT NULL,
    external_id_hash   BYTEA,
    source             TEXT COLLATE "C" NOT NULL,
    given_name         TEXT COLLATE "C" NOT NULL,
    surname            TEXT COLLATE "C" NOT NULL,
    email              TEXT COLLATE "C" NOT NULL,
    avatar_url         TEXT COLLATE "C" NOT NULL,
    locale             TEXT COLLATE "C" NOT NULL,
    metadata           TEXT COLLATE "C" NOT NULL,
    attributes         TEXT COLLATE "C" NOT NULL,
    seat               BOOLEAN          NOT NULL,
    signed_up_at       BIGINT           NOT NULL,
    created_at         BIGINT           NOT NULL,
    last_seen_at       BIGINT           NOT NULL,
    tokens_valid_after BIGINT           NOT NULL,
    blocked_at         BIGINT           NOT NULL,
    change             BIGINT           NOT NULL
);

CREATE UNIQUE INDEX users_number ON users (app_id, number);
CREATE UNIQUE INDEX users_external_id ON users (app_id, external_id_hash);

CREATE TABLE user_aliases (
    discarded_id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    app_id       TEXT COLLATE "C" NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
    surviving_id TEXT COLLATE "C" NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    merged_at    BIGINT           NOT NULL
);

CREATE INDEX user_aliases_surviving ON user_aliases (surviving_id);

CREATE TABLE identities (
    app_id      TEXT COLLATE "C" NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
    kind        TEXT COLLATE "C" NOT NULL,
    value       TEXT COLLATE "C" NOT NULL,
    user_id     TEXT COLLATE "C" NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    written     TEXT COLLATE "C" NOT NULL,
    verified_by TEXT COLLATE "C" NOT NULL,
    created_at  BIGINT           NOT NULL,
    PRIMARY KEY (app_id, kind, value)
);

CREATE INDEX identities_user ON identities (user_id, kind, value);

CREATE TABLE identity_conflicts (
    id         TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    app_id     TEXT COLLATE "C" NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
    user_id    TEXT COLLATE "C" NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    owner_id   TEXT COLLATE "C" NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    kind       TEXT COLLATE "C" NOT NULL,
    value      TEXT COLLATE "C" NOT NULL,
    created_at BIGINT           NOT NULL
);

CREATE UNIQUE INDEX identity_conflicts_once ON identity_conflicts (user_id, owner_id, kind, value);
CREATE INDEX identity_conflicts_owner ON identity_conflicts (owner_id);
CREATE INDEX identity_conflicts_newest ON identity_conflicts (app_id, created_at, id);

CREATE TABLE used_codes (
    key_id     TEXT COLLATE "C" NOT NULL,
    token_hash BYTEA            NOT NULL,
    app_id     TEXT COLLATE "C" NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
    expires_at BIGINT           NOT NULL,
    PRIMARY KEY (key_id, token_hash)
);

CREATE INDEX used_codes_app ON used_codes (app_id);
CREATE INDEX used_codes_expired ON used_codes (expires_at);

-- Rows that hang by a user go with the user, and so with the app.
CREATE TABLE clients (
    id           TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    app_id       TEXT COLLATE "C" NOT NULL,
    user_id      TEXT COLLATE "C" NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    platform     TEXT COLLATE "C" NOT NULL,
    name         TEXT COLLATE "C" NOT NULL,
    locale       TEXT COLLATE "C" NOT NULL,
    time_zone    TEXT COLLATE "C" NOT NULL,
    info         TEXT COLLATE "C" NOT NULL,
    last_seen_at BIGINT           NOT NULL,
    created_at   BIGINT           NOT NULL
);

CREATE INDEX clients_user ON clients (user_id);

CREATE TABLE sessions (
    id           TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    app_id       TEXT COLLATE "C" NOT NULL,
    hash         BYTEA            NOT NULL UNIQUE,
    user_id      TEXT COLLATE "C" NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    client_id    TEXT COLLATE "C" NOT NULL UNIQUE REFERENCES clients (id) ON DELETE CASCADE,
    key_id       TEXT COLLATE "C" NOT NULL,
    door         TEXT COLLATE "C" NOT NULL,
    assurance    TEXT COLLATE "C" NOT NULL,
    anonymous    BOOLEAN          NOT NULL,
    idle_for     BIGINT           NOT NULL, -- microseconds
    expires_at   BIGINT           NOT NULL,
    last_used_at BIGINT           NOT NULL,
    created_at   BIGINT           NOT NULL
);

CREATE INDEX sessions_user ON sessions (user_id);
CREATE INDEX sessions_key ON sessions (key_id) WHERE key_id <> '';

CREATE TABLE conversations (
    id                   TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    app_id               TEXT COLLATE "C" NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
    type                 TEXT COLLATE "C" NOT NULL,
    last_number          BIGINT           NOT NULL,
    change               BIGINT           NOT NULL,
    business_read_number BIGINT           NOT NULL,
    business_read_at     BIGINT           NOT NULL,
    last_message_at      BIGINT           NOT NULL,
    active_at            BIGINT           NOT NULL, -- last_message_at, before the first message created_at
    active_hour          BIGINT           NOT NULL, -- active_at in whole hours, as the participants have it
    created_at           BIGINT           NOT NULL,
    document             TEXT COLLATE "C" NOT NULL -- names, icon, metadata
);

CREATE INDEX conversations_app ON conversations (app_id);

-- The audience of a message is one run of the primary key.
CREATE TABLE participants (
    conversation_id TEXT COLLATE "C" NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    ordinal         BIGINT           NOT NULL,
    id              TEXT COLLATE "C" NOT NULL,
    app_id          TEXT COLLATE "C" NOT NULL,
    user_id         TEXT COLLATE "C" NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    joined_at       BIGINT           NOT NULL,
    is_default      BOOLEAN          NOT NULL,
    read_number     BIGINT           NOT NULL,
    read_at         BIGINT           NOT NULL,
    active_hour     BIGINT           NOT NULL, -- of the conversation; see participants_active
    PRIMARY KEY (conversation_id, ordinal)
);

CREATE UNIQUE INDEX participants_id ON participants (id);
CREATE UNIQUE INDEX participants_user ON participants (user_id, conversation_id);
CREATE UNIQUE INDEX participants_default ON participants (user_id) WHERE is_default;
-- A user's conversations, roughly by activity: the hour is written once an hour and not with each message.
CREATE INDEX participants_active ON participants (user_id, active_hour);

-- Who has left a conversation may still be the author of messages in it.
CREATE TABLE former_participants (
    user_id         TEXT COLLATE "C" NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    conversation_id TEXT COLLATE "C" NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    app_id          TEXT COLLATE "C" NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
    PRIMARY KEY (user_id, conversation_id)
);

CREATE INDEX former_participants_conversation ON former_participants (conversation_id);

-- Rows hang by a conversation that the same transaction has locked, hence no foreign key.
CREATE TABLE messages (
    conversation_id   TEXT COLLATE "C" NOT NULL,
    number            BIGINT           NOT NULL,
    id                TEXT COLLATE "C" NOT NULL,
    app_id            TEXT COLLATE "C" NOT NULL,
    change            BIGINT           NOT NULL,
    author_id         TEXT COLLATE "C" NOT NULL,
    client_id         TEXT COLLATE "C" NOT NULL,
    client_message_id TEXT COLLATE "C" NOT NULL,
    received_at       BIGINT           NOT NULL,
    deleted           BOOLEAN          NOT NULL,
    document          TEXT COLLATE "C" NOT NULL, -- author, content, metadata, origin
    PRIMARY KEY (conversation_id, number)
);

CREATE UNIQUE INDEX messages_id ON messages (id);
CREATE UNIQUE INDEX messages_sent ON messages (client_id, client_message_id) WHERE client_message_id <> '';

CREATE TABLE changes (
    conversation_id TEXT COLLATE "C" NOT NULL,
    number          BIGINT           NOT NULL,
    app_id          TEXT COLLATE "C" NOT NULL,
    kind            TEXT COLLATE "C" NOT NULL,
    message_id      TEXT COLLATE "C" NOT NULL,
    message_number  BIGINT           NOT NULL,
    user_id         TEXT COLLATE "C" NOT NULL,
    read_by         TEXT COLLATE "C" NOT NULL,
    read_number     BIGINT           NOT NULL,
    read_at         BIGINT           NOT NULL,
    at              BIGINT           NOT NULL,
    PRIMARY KEY (conversation_id, number)
);

CREATE TABLE events (
    position BIGINT           NOT NULL PRIMARY KEY,
    app_id   TEXT COLLATE "C" NOT NULL,
    kind     TEXT COLLATE "C" NOT NULL,
    at       BIGINT           NOT NULL,
    document TEXT COLLATE "C" NOT NULL
);

CREATE INDEX events_app ON events (app_id);

CREATE TABLE audits (
    app_id   TEXT COLLATE "C" NOT NULL,
    position BIGINT           NOT NULL,
    at       BIGINT           NOT NULL,
    actor    TEXT COLLATE "C" NOT NULL,
    action   TEXT COLLATE "C" NOT NULL,
    target   TEXT COLLATE "C" NOT NULL,
    detail   TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (app_id, position)
);

CREATE TABLE agents (
    id            TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    email         TEXT COLLATE "C" NOT NULL UNIQUE,
    password_hash TEXT COLLATE "C" NOT NULL,
    admin         BOOLEAN          NOT NULL,
    created_at    BIGINT           NOT NULL
);
