-- +goose Up

-- Secrets of the server itself, each made once and sealed under the master key.
CREATE TABLE server_secrets (
    name   TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    sealed BYTEA            NOT NULL
);
