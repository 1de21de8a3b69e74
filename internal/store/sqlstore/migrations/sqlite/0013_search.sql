-- +goose Up

-- What is indexed for the search: a row for each user, message and note, whose tokens (ADR 17) are under the same id in search_users or search_said. Ids order them: users
-- by app and number, what was said by its time. Rows hang by a row that whoever writes them has locked, hence no foreign key.
CREATE TABLE search (
    id      INTEGER NOT NULL PRIMARY KEY,
    kind    TEXT    NOT NULL, -- user, message, note
    subject TEXT    NOT NULL, -- the user, or the conversation
    number  INTEGER NOT NULL  -- of the user or the message, or the ordinal of the note
) STRICT;

CREATE UNIQUE INDEX search_subject ON search (subject, kind, number);

CREATE VIRTUAL TABLE search_users USING fts5(tokens, content='', contentless_delete=1, detail=none, tokenize='ascii');
CREATE VIRTUAL TABLE search_said USING fts5(tokens, content='', contentless_delete=1, detail=none, tokenize='ascii', prefix='3 4 5');

-- Who indexes, until when, and by which rules everything is indexed or marked to be.
CREATE TABLE search_state (
    rules        INTEGER NOT NULL,
    lease        TEXT    NOT NULL,
    leased_until INTEGER NOT NULL
) STRICT;

INSERT INTO search_state (rules, lease, leased_until) VALUES (0, '', 0);

-- What is to be indexed: users and notes, and the messages of a conversation from a number on; 0: all are.
ALTER TABLE users ADD COLUMN unindexed INTEGER NOT NULL DEFAULT 1;
ALTER TABLE notes ADD COLUMN unindexed INTEGER NOT NULL DEFAULT 1;
ALTER TABLE conversations ADD COLUMN unindexed_from INTEGER NOT NULL DEFAULT 0;

CREATE INDEX users_unindexed ON users (unindexed) WHERE unindexed > 0;
CREATE INDEX notes_unindexed ON notes (unindexed) WHERE unindexed > 0;
CREATE INDEX conversations_unindexed ON conversations (unindexed_from) WHERE unindexed_from > 0;
