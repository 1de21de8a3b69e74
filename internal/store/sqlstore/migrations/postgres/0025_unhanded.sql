-- +goose Up

-- All that is asked for stands in the index, or SQLite takes another one and reads all that is open in a team.
DROP INDEX inbox_unhanded;
CREATE INDEX inbox_unhanded ON inbox (team, status, assignee) WHERE team <> '' AND assignee = '' AND status = 'open';
