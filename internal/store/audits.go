package store

import (
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

// Audit is an entry of the audit log: who did what to what, from where.
type Audit struct {
	App    chat.AppID // empty for the whole server
	At     time.Time
	Actor  string // "key app_…", "cli", "user <id>"
	Action string // "key.create", "user.merge", …
	Target string // the id of what it was done to
	Detail map[string]string
}

// Audits remembers who did what; entries are never changed.
type Audits interface {
	AppendAudit(entry Audit) error
	// ListAudits returns the newest entries of an app, or with "" those that are about the whole server, newest first.
	ListAudits(app chat.AppID, limit int) ([]Audit, error)
}
