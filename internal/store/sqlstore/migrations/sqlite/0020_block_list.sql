-- +goose Up

-- Those who are blocked, of whom there are few. Addresses that are blocked stand in the settings of their app.
CREATE INDEX users_blocked ON users (app_id, number) WHERE blocked_at > 0;
