package store

import (
	"strings"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

// Audit is an entry of the audit log: who did what to what, from where.
type Audit struct {
	Position int64      // in the whole log, from 1; given by the store
	App      chat.AppID // empty for the whole server
	At       time.Time
	Actor    string // "key app_…", "agent <id>", "user <id>", "cli", "server"
	Action   string // "key.create", "user.merge", …
	Target   string // the id of what it was done to
	Detail   map[string]string
}

// Who returns who acted: what kind of somebody, with the id where the kind has any.
func (a Audit) Who() (kind, id string) {
	kind, id, _ = strings.Cut(a.Actor, " ")
	return kind, id
}

// Audits remembers who did what; entries are never changed. Each is chained to the one before it (AuditLink), so that one that was changed or
// taken away behind the store's back is found out. Of an app that is deleted the entries are emptied, and stay links of the chain.
type Audits interface {
	// AppendAudit gives the entry the next position, under a lock that is kept until the transaction ends. Whoever appends events as well has done so before.
	AppendAudit(entry Audit) error
	// ListAudits returns entries of an app before a position, newest first, from the newest if it is 0; with "" for the app those that are about the whole server.
	ListAudits(app chat.AppID, before int64, limit int) ([]Audit, error)
	// ListAuditLinks returns the entries of all apps after a position, oldest first.
	ListAuditLinks(after int64, limit int) ([]AuditLink, error)
	// AuditExtent returns the position of the last entry that was there before entries were chained, which is 0 for none, and that of the last one.
	AuditExtent() (unchained, last int64, err error)
}
