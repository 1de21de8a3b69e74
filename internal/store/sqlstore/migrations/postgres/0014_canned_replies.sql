-- +goose Up

-- Answers that agents send often. shortcut is in lower case.
CREATE TABLE canned_replies (
    id         TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    app_id     TEXT COLLATE "C" NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
    shortcut   TEXT COLLATE "C" NOT NULL,
    title      TEXT COLLATE "C" NOT NULL,
    text       TEXT COLLATE "C" NOT NULL,
    changed_at BIGINT NOT NULL
);

CREATE UNIQUE INDEX canned_replies_shortcut ON canned_replies (app_id, shortcut);
