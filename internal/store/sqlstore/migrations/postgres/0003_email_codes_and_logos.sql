-- +goose Up

-- Codes sent by e-mail. code_hash is an HMAC of the code, browser_hash of the secret that the asking browser holds.
CREATE TABLE email_codes (
    id           TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    app_id       TEXT COLLATE "C" NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
    email        TEXT COLLATE "C" NOT NULL,
    code_hash    BYTEA    NOT NULL,
    browser_hash BYTEA    NOT NULL,
    tries        BIGINT NOT NULL,
    created_at   BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL
);

CREATE INDEX email_codes_address ON email_codes (app_id, email, created_at);
CREATE INDEX email_codes_age ON email_codes (app_id, created_at);

CREATE TABLE app_logos (
    app_id TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES apps (id) ON DELETE CASCADE,
    type   TEXT COLLATE "C" NOT NULL,
    bytes  BYTEA NOT NULL
);
