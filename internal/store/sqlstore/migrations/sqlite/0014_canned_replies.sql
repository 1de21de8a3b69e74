-- +goose Up

-- Answers that agents send often. shortcut is in lower case.
CREATE TABLE canned_replies (
    id         TEXT    NOT NULL PRIMARY KEY,
    app_id     TEXT    NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
    shortcut   TEXT    NOT NULL,
    title      TEXT    NOT NULL,
    text       TEXT    NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX canned_replies_shortcut ON canned_replies (app_id, shortcut);
