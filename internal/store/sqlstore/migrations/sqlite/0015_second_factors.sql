-- +goose Up

-- Codes of an app on the agent's phone. confirmed_at is 0 until the agent has shown a code, last_step the time step of the last one that was taken.
CREATE TABLE totps (
    agent_id     TEXT    NOT NULL PRIMARY KEY REFERENCES agents (id) ON DELETE CASCADE,
    sealed       BLOB    NOT NULL,
    last_step    INTEGER NOT NULL,
    created_at   INTEGER NOT NULL,
    confirmed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What is left when the phone is gone. Each code works once, and its row goes with it.
CREATE TABLE recovery_codes (
    agent_id TEXT NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
    hash     BLOB NOT NULL,
    PRIMARY KEY (agent_id, hash)
) STRICT, WITHOUT ROWID;

-- credential is the authenticator's own name of it, eligible whether it may be copied to other devices of the agent.
CREATE TABLE passkeys (
    id           TEXT    NOT NULL PRIMARY KEY,
    agent_id     TEXT    NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
    credential   BLOB    NOT NULL UNIQUE,
    public_key   BLOB    NOT NULL,
    name         TEXT    NOT NULL,
    transports   TEXT    NOT NULL,
    eligible     INTEGER NOT NULL,
    sign_count   INTEGER NOT NULL,
    created_at   INTEGER NOT NULL,
    last_used_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX passkeys_agent ON passkeys (agent_id, id);

-- Whom a provider of single sign-on vouches for.
CREATE TABLE agent_subjects (
    issuer     TEXT    NOT NULL,
    subject    TEXT    NOT NULL,
    agent_id   TEXT    NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (issuer, subject)
) STRICT, WITHOUT ROWID;

CREATE INDEX agent_subjects_agent ON agent_subjects (agent_id);

-- What is waited for between two calls at the console: a second step, a passkey, a provider. agent_id is '' where nobody is known yet.
CREATE TABLE agent_challenges (
    hash       BLOB    NOT NULL PRIMARY KEY,
    purpose    TEXT    NOT NULL,
    agent_id   TEXT    NOT NULL,
    document   TEXT    NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX agent_challenges_agent ON agent_challenges (agent_id);
CREATE INDEX agent_challenges_end ON agent_challenges (expires_at);
