-- +goose Up

-- Merges that somebody decided, and what it takes to undo them. What is kept hangs by the merge, and goes with it when
-- either user is erased; what names a conversation goes with that, too. The users themselves are no foreign keys: the
-- discarded one has no row, and the survivor may have none for a while, merged into a third.
INSERT INTO counters (name, value) VALUES ('merge', 0);

CREATE TABLE merges (
    id           TEXT    NOT NULL PRIMARY KEY,
    app_id       TEXT    NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
    ordinal      INTEGER NOT NULL, -- 1, 2, 3 ... in order of merging
    surviving_id TEXT    NOT NULL,
    discarded_id TEXT    NOT NULL,
    merged_by    TEXT    NOT NULL,
    merged_at    INTEGER NOT NULL,
    undone_by    TEXT    NOT NULL,
    undone_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX merges_newest ON merges (app_id, ordinal);
CREATE INDEX merges_surviving ON merges (surviving_id, ordinal);
CREATE INDEX merges_discarded ON merges (discarded_id, ordinal);

-- The row of the discarded user: every column of users.
CREATE TABLE merged_users (
    merge_id           TEXT    NOT NULL PRIMARY KEY REFERENCES merges (id) ON DELETE CASCADE,
    id                 TEXT    NOT NULL,
    app_id             TEXT    NOT NULL,
    number             INTEGER NOT NULL,
    external_id        TEXT    NOT NULL,
    external_id_hash   BLOB,
    source             TEXT    NOT NULL,
    given_name         TEXT    NOT NULL,
    surname            TEXT    NOT NULL,
    email              TEXT    NOT NULL,
    avatar_url         TEXT    NOT NULL,
    locale             TEXT    NOT NULL,
    metadata           TEXT    NOT NULL,
    attributes         TEXT    NOT NULL,
    seat               INTEGER NOT NULL,
    signed_up_at       INTEGER NOT NULL,
    created_at         INTEGER NOT NULL,
    last_seen_at       INTEGER NOT NULL,
    tokens_valid_after INTEGER NOT NULL,
    blocked_at         INTEGER NOT NULL,
    change             INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Participations of the discarded user. In a shared group both took part: the survivor's own read mark stands beside.
CREATE TABLE merged_participants (
    merge_id              TEXT    NOT NULL REFERENCES merges (id) ON DELETE CASCADE,
    conversation_id       TEXT    NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    ordinal               INTEGER NOT NULL,
    id                    TEXT    NOT NULL,
    app_id                TEXT    NOT NULL,
    joined_at             INTEGER NOT NULL,
    is_default            INTEGER NOT NULL,
    read_number           INTEGER NOT NULL,
    read_at               INTEGER NOT NULL,
    shared                INTEGER NOT NULL,
    surviving_read_number INTEGER NOT NULL,
    surviving_read_at     INTEGER NOT NULL,
    PRIMARY KEY (merge_id, conversation_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX merged_participants_conversation ON merged_participants (conversation_id);

-- Groups that the discarded user had left; gained: the survivor had not.
CREATE TABLE merged_former_participants (
    merge_id        TEXT    NOT NULL REFERENCES merges (id) ON DELETE CASCADE,
    conversation_id TEXT    NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    gained          INTEGER NOT NULL,
    PRIMARY KEY (merge_id, conversation_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX merged_former_participants_conversation ON merged_former_participants (conversation_id);

-- Messages and changes that named the discarded user, by their numbers.
CREATE TABLE merged_entries (
    merge_id        TEXT    NOT NULL REFERENCES merges (id) ON DELETE CASCADE,
    conversation_id TEXT    NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    kind            TEXT    NOT NULL, -- message, change
    number          INTEGER NOT NULL,
    PRIMARY KEY (merge_id, conversation_id, kind, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX merged_entries_conversation ON merged_entries (conversation_id);

CREATE TABLE merged_identities (
    merge_id    TEXT    NOT NULL REFERENCES merges (id) ON DELETE CASCADE,
    app_id      TEXT    NOT NULL,
    kind        TEXT    NOT NULL,
    value       TEXT    NOT NULL,
    written     TEXT    NOT NULL,
    verified_by TEXT    NOT NULL,
    created_at  INTEGER NOT NULL,
    PRIMARY KEY (merge_id, kind, value)
) STRICT, WITHOUT ROWID;

-- Conflicts of the discarded user, which a merge moves, settles, or drops where the survivor had the same.
CREATE TABLE merged_conflicts (
    merge_id   TEXT    NOT NULL REFERENCES merges (id) ON DELETE CASCADE,
    id         TEXT    NOT NULL,
    app_id     TEXT    NOT NULL,
    user_id    TEXT    NOT NULL,
    owner_id   TEXT    NOT NULL,
    kind       TEXT    NOT NULL,
    value      TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (merge_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX merged_conflicts_user ON merged_conflicts (user_id);
CREATE INDEX merged_conflicts_owner ON merged_conflicts (owner_id);

-- What moved and is known by one name.
CREATE TABLE merged_names (
    merge_id TEXT NOT NULL REFERENCES merges (id) ON DELETE CASCADE,
    kind     TEXT NOT NULL, -- client; attachment; alias: of a user merged into the discarded one earlier; profile, metadata: what the survivor gained
    name     TEXT NOT NULL,
    PRIMARY KEY (merge_id, kind, name)
) STRICT, WITHOUT ROWID;

-- What the ids of imported files stand for, where it is not the same id here. scope: the conversation of a message, else ''.
CREATE TABLE import_references (
    app_id TEXT NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
    kind   TEXT NOT NULL, -- user, conversation, message
    scope  TEXT NOT NULL,
    ref    TEXT NOT NULL,
    id     TEXT NOT NULL,
    PRIMARY KEY (app_id, kind, scope, ref)
) STRICT, WITHOUT ROWID;

CREATE INDEX import_references_id ON import_references (id);
CREATE INDEX import_references_scope ON import_references (scope) WHERE scope <> '';
