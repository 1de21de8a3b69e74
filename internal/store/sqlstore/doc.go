// Package sqlstore keeps the nouns of Parlor in a SQL database: SQLite to begin with, Postgres when one machine is no
// longer enough. It is the one implementation of package store, and package storetest holds it to that contract.
//
// The nouns' files (apps.go, users.go ...) hold each query once, as text that both dialects take, scoped by app and
// scanned in one place. They run inside a tx, which knows neither dialect. What truly differs stands in two files and
// their neighbours: sqlite.go with writer.go (one writer, group commit) and connection.go, and postgres.go (row locks,
// retries). Both bring their own migrations of the same numbers.
//
// Limits are written "LIMIT $4 + 0": SQLite's planner looks at the value of a bare parameter there, and would plan the
// statement anew each time it is bound.
package sqlstore
