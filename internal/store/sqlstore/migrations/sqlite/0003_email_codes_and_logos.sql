-- +goose Up

-- Codes sent by e-mail. code_hash is an HMAC of the code, browser_hash of the secret that the asking browser holds.
CREATE TABLE email_codes (
    id           TEXT    NOT NULL PRIMARY KEY,
    app_id       TEXT    NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
    email        TEXT    NOT NULL,
    code_hash    BLOB    NOT NULL,
    browser_hash BLOB    NOT NULL,
    tries        INTEGER NOT NULL,
    created_at   INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX email_codes_address ON email_codes (app_id, email, created_at);
CREATE INDEX email_codes_age ON email_codes (app_id, created_at);

CREATE TABLE app_logos (
    app_id TEXT NOT NULL PRIMARY KEY REFERENCES apps (id) ON DELETE CASCADE,
    type   TEXT NOT NULL,
    bytes  BLOB NOT NULL
) STRICT;
