// Package store says what is remembered, and with which guarantees; package sqlstore is the one implementation, and
// package storetest holds this contract as tests that every backend runs.
//
// Guarantees:
//   - Write is one transaction: all of it happens or none. When Write returns nil, its effects are committed and synced
//     to disk; nothing is acknowledged before. When it returns an error, nothing has happened, with one exception: an
//     error of kind Unavailable whose commit reply was lost may have happened, and is settled by trying again with the
//     same client message id.
//   - Writes are serialisable with regard to the rows they lock: an app row (seats, numbers) and a conversation row
//     (message and change numbers). Their numbers become visible in order and without gaps.
//   - Read sees one snapshot and may not write.
//   - The events that a transaction emitted are handed to the Listener after its commit: for events of one process on
//     SQLite in order of commit; on Postgres in order within one conversation up to the scheduling of two commits, which
//     receivers settle by the change number.
//   - Every query names its app. Things of another app are not found.
//   - Errors are those of package chat: NotFound, Conflict, Unavailable (disk full, locked or lost database; with
//     RetryAfter), Internal. A driver's error never leaves as such.
//   - After an error of a method that writes, other than NotFound, the function must return an error: Postgres has given
//     the transaction up.
//   - Strings compare byte for byte in both dialects. Times are kept to the microsecond, in UTC.
package store

import (
	"context"

	"github.com/parlorchat/parlor/internal/chat"
)

// Store is what the work packages keep their nouns in. It is safe for concurrent use.
type Store interface {
	// Write runs f in one transaction and commits it durably. f must only touch what it is given and its own
	// variables, which it sets anew on each run: after a serialisation failure, or where a write that shares its commit
	// had to be undone, it is called again.
	Write(ctx context.Context, f func(Tx) error) error
	// Read runs f on one snapshot. Methods of Tx that write fail.
	Read(ctx context.Context, f func(Tx) error) error
	// Ping tells whether the database answers and can be written to.
	Ping(ctx context.Context) error
	Close() error
}

// Listener is told what was committed, of one transaction or of several in order, before the callers of Write are. It
// must return quickly and must not call the store.
type Listener interface {
	Committed(events []chat.Event)
}

// Tx is everything that can be done inside a transaction, noun by noun.
type Tx interface {
	Apps
	Keys
	Users
	Conflicts
	Merges
	Clients
	Sessions
	EmailCodes
	Conversations
	Participants
	Messages
	Attachments
	Imports
	Events
	Audits
	Agents
	Teams
	Factors
	Passkeys
	Integrations
	Webhooks
	Deliveries
	Attempts
	Receipts
	Switchboards
	Inbox
	Episodes
	CannedReplies
	Ratings
	Search
	SavedViews
	Mails
	Retention
	ServerSecrets
}
