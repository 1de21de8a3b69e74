-- +goose Up

-- How agents stand to a conversation: a row for each that has a message. It is changed under the lock of the conversation. assignee is '' for nobody, tags are
-- JSON or '', waiting_since is 0 where no user waits. last_ordinal counts notes and happenings together.
CREATE TABLE inbox (
    conversation_id TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES conversations (id) ON DELETE CASCADE,
    app_id          TEXT COLLATE "C" NOT NULL,
    status          TEXT COLLATE "C" NOT NULL,
    snoozed_until   BIGINT NOT NULL,
    assignee        TEXT COLLATE "C" NOT NULL,
    tags            TEXT COLLATE "C" NOT NULL,
    waiting_since   BIGINT NOT NULL,
    moved_at        BIGINT NOT NULL,
    last_ordinal    BIGINT NOT NULL
);

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
    conversation_id TEXT COLLATE "C" NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    ordinal         BIGINT NOT NULL,
    id              TEXT COLLATE "C" NOT NULL,
    app_id          TEXT COLLATE "C" NOT NULL,
    agent_id        TEXT COLLATE "C" NOT NULL,
    sent_id         TEXT COLLATE "C" NOT NULL, -- the console's own
    text            TEXT COLLATE "C" NOT NULL, -- Markdown
    html            TEXT COLLATE "C" NOT NULL,
    at              BIGINT NOT NULL,
    PRIMARY KEY (conversation_id, ordinal)
);

CREATE UNIQUE INDEX notes_sent ON notes (app_id, agent_id, sent_id);

CREATE TABLE happenings (
    conversation_id TEXT COLLATE "C" NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    ordinal         BIGINT NOT NULL,
    id              TEXT COLLATE "C" NOT NULL,
    app_id          TEXT COLLATE "C" NOT NULL,
    type            TEXT COLLATE "C" NOT NULL,
    by_agent        TEXT COLLATE "C" NOT NULL, -- '': nobody
    to_agent        TEXT COLLATE "C" NOT NULL,
    until           BIGINT NOT NULL,
    tags            TEXT COLLATE "C" NOT NULL,
    at              BIGINT NOT NULL,
    PRIMARY KEY (conversation_id, ordinal)
);
