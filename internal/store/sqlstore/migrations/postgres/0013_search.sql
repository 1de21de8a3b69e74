-- +goose Up

-- What is indexed for the search: a row for each user, message and note, with its tokens (ADR 17). Ids order them: users by app and number, what was said
-- by its time. Rows hang by a row that whoever writes them has locked, hence no foreign key.
CREATE TABLE search (
    id      BIGINT NOT NULL PRIMARY KEY,
    kind    TEXT COLLATE "C" NOT NULL, -- user, message, note
    subject TEXT COLLATE "C" NOT NULL, -- the user, or the conversation
    number  BIGINT NOT NULL, -- of the user or the message, or the ordinal of the note
    tokens  TSVECTOR NOT NULL
);

CREATE UNIQUE INDEX search_subject ON search (subject, kind, number);
-- What is not sorted in yet is read through at each search: that is at most as much as takes a few milliseconds.
CREATE INDEX search_tokens ON search USING GIN (tokens) WITH (gin_pending_list_limit = 256);

-- Who indexes, until when, and by which rules everything is indexed or marked to be.
CREATE TABLE search_state (
    rules        BIGINT NOT NULL,
    lease        TEXT COLLATE "C" NOT NULL,
    leased_until BIGINT NOT NULL
);

INSERT INTO search_state (rules, lease, leased_until) VALUES (0, '', 0);

-- What is to be indexed: users and notes, and the messages of a conversation from a number on; 0: all are.
ALTER TABLE users ADD COLUMN unindexed BIGINT NOT NULL DEFAULT 1;
ALTER TABLE notes ADD COLUMN unindexed BIGINT NOT NULL DEFAULT 1;
ALTER TABLE conversations ADD COLUMN unindexed_from BIGINT NOT NULL DEFAULT 0;

CREATE INDEX users_unindexed ON users (unindexed) WHERE unindexed > 0;
CREATE INDEX notes_unindexed ON notes (unindexed) WHERE unindexed > 0;
CREATE INDEX conversations_unindexed ON conversations (unindexed_from) WHERE unindexed_from > 0;
