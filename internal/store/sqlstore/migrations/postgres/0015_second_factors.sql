-- +goose Up

-- Codes of an app on the agent's phone. confirmed_at is 0 until the agent has shown a code, last_step the time step of the last one that was taken.
CREATE TABLE totps (
    agent_id     TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES agents (id) ON DELETE CASCADE,
    sealed       BYTEA NOT NULL,
    last_step    BIGINT NOT NULL,
    created_at   BIGINT NOT NULL,
    confirmed_at BIGINT NOT NULL
);

-- What is left when the phone is gone. Each code works once, and its row goes with it.
CREATE TABLE recovery_codes (
    agent_id TEXT COLLATE "C" NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
    hash     BYTEA NOT NULL,
    PRIMARY KEY (agent_id, hash)
);

-- credential is the authenticator's own name of it, eligible whether it may be copied to other devices of the agent.
CREATE TABLE passkeys (
    id           TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    agent_id     TEXT COLLATE "C" NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
    credential   BYTEA NOT NULL UNIQUE,
    public_key   BYTEA NOT NULL,
    name         TEXT COLLATE "C" NOT NULL,
    transports   TEXT COLLATE "C" NOT NULL,
    eligible     BOOLEAN NOT NULL,
    sign_count   BIGINT NOT NULL,
    created_at   BIGINT NOT NULL,
    last_used_at BIGINT NOT NULL
);

CREATE INDEX passkeys_agent ON passkeys (agent_id, id);

-- Whom a provider of single sign-on vouches for.
CREATE TABLE agent_subjects (
    issuer     TEXT COLLATE "C" NOT NULL,
    subject    TEXT COLLATE "C" NOT NULL,
    agent_id   TEXT COLLATE "C" NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (issuer, subject)
);

CREATE INDEX agent_subjects_agent ON agent_subjects (agent_id);

-- What is waited for between two calls at the console: a second step, a passkey, a provider. agent_id is '' where nobody is known yet.
CREATE TABLE agent_challenges (
    hash       BYTEA NOT NULL PRIMARY KEY,
    purpose    TEXT COLLATE "C" NOT NULL,
    agent_id   TEXT COLLATE "C" NOT NULL,
    document   TEXT COLLATE "C" NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE INDEX agent_challenges_agent ON agent_challenges (agent_id);
CREATE INDEX agent_challenges_end ON agent_challenges (expires_at);
