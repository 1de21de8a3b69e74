-- +goose Up

-- Conflicts are settled by admins, and how it was done is kept: merged, moved, dismissed, gone; '' is open. door and key_id say how the user
-- came the last time, '' that it is not known.
ALTER TABLE identity_conflicts ADD COLUMN door       TEXT   COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE identity_conflicts ADD COLUMN key_id     TEXT   COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE identity_conflicts ADD COLUMN times      BIGINT NOT NULL DEFAULT 1;
ALTER TABLE identity_conflicts ADD COLUMN last_at    BIGINT NOT NULL DEFAULT 0;
ALTER TABLE identity_conflicts ADD COLUMN settled    TEXT   COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE identity_conflicts ADD COLUMN settled_by TEXT   COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE identity_conflicts ADD COLUMN settled_at BIGINT NOT NULL DEFAULT 0;

ALTER TABLE merged_conflicts ADD COLUMN door       TEXT   COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE merged_conflicts ADD COLUMN key_id     TEXT   COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE merged_conflicts ADD COLUMN times      BIGINT NOT NULL DEFAULT 1;
ALTER TABLE merged_conflicts ADD COLUMN last_at    BIGINT NOT NULL DEFAULT 0;
ALTER TABLE merged_conflicts ADD COLUMN settled    TEXT   COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE merged_conflicts ADD COLUMN settled_by TEXT   COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE merged_conflicts ADD COLUMN settled_at BIGINT NOT NULL DEFAULT 0;

UPDATE identity_conflicts SET last_at = created_at;
UPDATE merged_conflicts SET last_at = created_at;

DROP INDEX identity_conflicts_newest;
CREATE INDEX identity_conflicts_open ON identity_conflicts (app_id, created_at, id) WHERE settled = '';
CREATE INDEX identity_conflicts_settled ON identity_conflicts (app_id, settled_at, id);
