-- +goose Up

-- Merges that somebody decided, and what it takes to undo them. What is kept hangs by the merge, and goes with it when
-- either user is erased; what names a conversation goes with that, too. The users themselves are no foreign keys: the
-- discarded one has no row, and the survivor may have none for a while, merged into a third.
INSERT INTO counters (name, value) VALUES ('merge', 0);

CREATE TABLE merges (
    id           TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    app_id       TEXT COLLATE "C" NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
    ordinal      BIGINT           NOT NULL, -- 1, 2, 3 ... in order of merging
    surviving_id TEXT COLLATE "C" NOT NULL,
    discarded_id TEXT COLLATE "C" NOT NULL,
    merged_by    TEXT COLLATE "C" NOT NULL,
    merged_at    BIGINT           NOT NULL,
    undone_by    TEXT COLLATE "C" NOT NULL,
    undone_at    BIGINT           NOT NULL
);

CREATE INDEX merges_newest ON merges (app_id, ordinal);
CREATE INDEX merges_surviving ON merges (surviving_id, ordinal);
CREATE INDEX merges_discarded ON merges (discarded_id, ordinal);

-- The row of the discarded user: every column of users.
CREATE TABLE merged_users (
    merge_id           TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES merges (id) ON DELETE CASCADE,
    id                 TEXT COLLATE "C" NOT NULL,
    app_id             TEXT COLLATE "C" NOT NULL,
    number             BIGINT           NOT NULL,
    external_id        TEXT COLLATE "C" NOT NULL,
    external_id_hash   BYTEA,
    source             TEXT COLLATE "C" NOT NULL,
    given_name         TEXT COLLATE "C" NOT NULL,
    surname            TEXT COLLATE "C" NOT NULL,
    email              TEXT COLLATE "C" NOT NULL,
    avatar_url         TEXT COLLATE "C" NOT NULL,
    locale             TEXT COLLATE "C" NOT NULL,
    metadata           TEXT COLLATE "C" NOT NULL,
    attributes         TEXT COLLATE "C" NOT NULL,
    seat               BOOLEAN          NOT NULL,
    signed_up_at       BIGINT           NOT NULL,
    created_at         BIGINT           NOT NULL,
    last_seen_at       BIGINT           NOT NULL,
    tokens_valid_after BIGINT           NOT NULL,
    blocked_at         BIGINT           NOT NULL,
    change             BIGINT           NOT NULL
);

-- Participations of the discarded user. In a shared group both took part: the survivor's own read mark stands beside.
CREATE TABLE merged_participants (
    merge_id              TEXT COLLATE "C" NOT NULL REFERENCES merges (id) ON DELETE CASCADE,
    conversation_id       TEXT COLLATE "C" NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    ordinal               BIGINT           NOT NULL,
    id                    TEXT COLLATE "C" NOT NULL,
    app_id                TEXT COLLATE "C" NOT NULL,
    joined_at             BIGINT           NOT NULL,
    is_default            BOOLEAN          NOT NULL,
    read_number           BIGINT           NOT NULL,
    read_at               BIGINT           NOT NULL,
    shared                BOOLEAN          NOT NULL,
    surviving_read_number BIGINT           NOT NULL,
    surviving_read_at     BIGINT           NOT NULL,
    PRIMARY KEY (merge_id, conversation_id)
);

CREATE INDEX merged_participants_conversation ON merged_participants (conversation_id);

-- Groups that the discarded user had left; gained: the survivor had not.
CREATE TABLE merged_former_participants (
    merge_id        TEXT COLLATE "C" NOT NULL REFERENCES merges (id) ON DELETE CASCADE,
    conversation_id TEXT COLLATE "C" NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    gained          BOOLEAN          NOT NULL,
    PRIMARY KEY (merge_id, conversation_id)
);

CREATE INDEX merged_former_participants_conversation ON merged_former_participants (conversation_id);

-- Messages and changes that named the discarded user, by their numbers.
CREATE TABLE merged_entries (
    merge_id        TEXT COLLATE "C" NOT NULL REFERENCES merges (id) ON DELETE CASCADE,
    conversation_id TEXT COLLATE "C" NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    kind            TEXT COLLATE "C" NOT NULL, -- message, change
    number          BIGINT           NOT NULL,
    PRIMARY KEY (merge_id, conversation_id, kind, number)
);

CREATE INDEX merged_entries_conversation ON merged_entries (conversation_id);

CREATE TABLE merged_identities (
    merge_id    TEXT COLLATE "C" NOT NULL REFERENCES merges (id) ON DELETE CASCADE,
    app_id      TEXT COLLATE "C" NOT NULL,
    kind        TEXT COLLATE "C" NOT NULL,
    value       TEXT COLLATE "C" NOT NULL,
    written     TEXT COLLATE "C" NOT NULL,
    verified_by TEXT COLLATE "C" NOT NULL,
    created_at  BIGINT           NOT NULL,
    PRIMARY KEY (merge_id, kind, value)
);

-- Conflicts of the discarded user, which a merge moves, settles, or drops where the survivor had the same.
CREATE TABLE merged_conflicts (
    merge_id   TEXT COLLATE "C" NOT NULL REFERENCES merges (id) ON DELETE CASCADE,
    id         TEXT COLLATE "C" NOT NULL,
    app_id     TEXT COLLATE "C" NOT NULL,
    user_id    TEXT COLLATE "C" NOT NULL,
    owner_id   TEXT COLLATE "C" NOT NULL,
    kind       TEXT COLLATE "C" NOT NULL,
    value      TEXT COLLATE "C" NOT NULL,
    created_at BIGINT           NOT NULL,
    PRIMARY KEY (merge_id, id)
);

CREATE INDEX merged_conflicts_user ON merged_conflicts (user_id);
CREATE INDEX merged_conflicts_owner ON merged_conflicts (owner_id);

-- What moved and is known by one name.
CREATE TABLE merged_names (
    merge_id TEXT COLLATE "C" NOT NULL REFERENCES merges (id) ON DELETE CASCADE,
    kind     TEXT COLLATE "C" NOT NULL, -- client; attachment; alias: of a user merged into the discarded one earlier; profile, metadata: what the survivor gained
    name     TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (merge_id, kind, name)
);

-- What the ids of imported files stand for, where it is not the same id here. scope: the conversation of a message, else ''.
CREATE TABLE import_references (
    app_id TEXT COLLATE "C" NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
    kind   TEXT COLLATE "C" NOT NULL, -- user, conversation, message
    scope  TEXT COLLATE "C" NOT NULL,
    ref    TEXT COLLATE "C" NOT NULL,
    id     TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (app_id, kind, scope, ref)
);

CREATE INDEX import_references_id ON import_references (id);
CREATE INDEX import_references_scope ON import_references (scope) WHERE scope <> '';
