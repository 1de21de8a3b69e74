-- +goose Up

-- How agents stand to a conversation: a row for each that has a message. It is changed under the lock of the conversation. assignee is '' for nobody, tags are
-- JSON or '', waiting_since is 0 where no user waits. last_ordinal counts notes and happenings together.
CREATE TABLE inbox (
    conversation_id TEXT    NOT NULL PRIMARY KEY REFERENCES conversations (id) ON DELETE CASCADE,
    app_id          TEXT    NOT NULL,
    status          TEXT    NOT NULL,
    snoozed_until   INTEGER NOT NULL,
    assignee        TEXT    NOT NULL,
    tags            TEXT    NOT NULL,
    waiting_since   INTEGER NOT NULL,
    moved_at        INTEGER NOT NULL,
    last_ordinal    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What was there before is open. Messages of users name them; a user waits whose message is the last.
INSERT INTO inbox (conversation_id, app_id, status, snoozed_until, assignee, tags, waiting_since, moved_at, last_ordinal)
SELECT c.id, c.app_id, 'open', 0, '', '',
    COALESCE((SELECT m.received_at FROM messages m WHERE m.conversation_id = c.id AND m.number = c.last_number AND m.author_id <> ''), 0),
    c.last_message_at, 0
FROM conversations c WHERE c.last_number > 0;

CREATE INDEX inbox_waiting ON inbox (app_id, status, waiting_since, conversation_id) WHERE waiting_since <> 0;
CREATE INDEX inbox_moved ON inbox (app_id, status, moved_at, conversation_id);
CREATE INDEX inbox_assignee ON inbox (app_id, assignee, status, moved_at, conversation_id);
CREATE INDEX inbox_overslept ON inbox (snoozed_until) WHERE snoozed_until > 0;

-- Clustered by conversation and ordinal, which the two tables share: the newest of a conversation are one run of rows in each.
CREATE TABLE notes (
    conversation_id TEXT    NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    ordinal         INTEGER NOT NULL,
    id              TEXT    NOT NULL,
    app_id          TEXT    NOT NULL,
    agent_id        TEXT    NOT NULL,
    sent_id         TEXT    NOT NULL, -- the console's own
    text            TEXT    NOT NULL, -- Markdown
    html            TEXT    NOT NULL,
    at              INTEGER NOT NULL,
    PRIMARY KEY (conversation_id, ordinal)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX notes_sent ON notes (app_id, agent_id, sent_id);

CREATE TABLE happenings (
    conversation_id TEXT    NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    ordinal         INTEGER NOT NULL,
    id              TEXT    NOT NULL,
    app_id          TEXT    NOT NULL,
    type            TEXT    NOT NULL,
    by_agent        TEXT    NOT NULL, -- '': nobody
    to_agent        TEXT    NOT NULL,
    until           INTEGER NOT NULL,
    tags            TEXT    NOT NULL,
    at              INTEGER NOT NULL,
    PRIMARY KEY (conversation_id, ordinal)
) STRICT, WITHOUT ROWID;
