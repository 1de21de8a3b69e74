package sqlstore

import (
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// auditPage is how many entries are read at once where all are.
const auditPage = 1000

const auditLinkColumns = auditColumns + `, digest, hash`

// brokenDetail reads a detail that may be none any more: the hash of its entry says that it was changed.
type brokenDetail map[string]string

func (v *brokenDetail) Scan(src any) error {
	if (*detailValue)(v).Scan(src) != nil {
		*v = nil
	}
	return nil
}

func scanAuditLink(row scanner, link *store.AuditLink) error {
	return row.Scan(append(auditPlaces(&link.Audit, (*brokenDetail)(&link.Detail)), &link.Digest, &link.Hash)...)
}

func scanAuditEnd(row scanner, link *store.AuditLink) error {
	return row.Scan(&link.Position, &link.Hash)
}

func (t *tx) ListAuditLinks(after int64, limit int) ([]store.AuditLink, error) {
	return list(t, "list audit links", scanAuditLink,
		`SELECT `+auditLinkColumns+` FROM audits WHERE position > $1 ORDER BY position LIMIT $2 + 0`, after, limit)
}

func (t *tx) AuditExtent() (unchained, last int64, err error) {
	const doing, query = "read audit extent", `SELECT value FROM counters WHERE name = $1`
	if unchained, err = get(t, "counter", doing, scanNumber, query, "audit_unchained"); err != nil {
		return 0, 0, err
	}
	last, err = get(t, "counter", doing, scanNumber, query, "audit")
	return unchained, last, err
}

// lastAuditHash is what the next entry is chained to. The first one that is chained vouches for all that were there before it: their hashes, which are
// stored nowhere, are made for it once.
func (t *tx) lastAuditHash() ([]byte, error) {
	last, found, err := find(t, "find last audit", scanAuditEnd, `SELECT position, hash FROM audits ORDER BY position DESC LIMIT 1`)
	switch {
	case err != nil:
		return nil, err
	case !found:
		return store.NoAudit(), nil
	case len(last.Hash) > 0:
		return last.Hash, nil
	}
	hash := store.NoAudit()
	for after := int64(0); after < last.Position; {
		links, err := t.ListAuditLinks(after, auditPage)
		if err != nil {
			return nil, err
		}
		for _, link := range links {
			hash, after = link.After(hash), link.Position
		}
	}
	return hash, nil
}

// emptyAudits takes away what the entries of an app say, and leaves what chains the others to them.
func (t *tx) emptyAudits(app chat.AppID) error {
	const doing = "empty audits"
	for after := int64(0); ; {
		links, err := list(t, doing, scanAuditLink,
			`SELECT `+auditLinkColumns+` FROM audits WHERE app_id = $1 AND position > $2 ORDER BY position LIMIT $3 + 0`, string(app), after, auditPage)
		if err != nil || len(links) == 0 {
			return err
		}
		for _, link := range links {
			_, err := t.exec(doing, `UPDATE audits SET at = 0, actor = '', action = '', target = '', detail = '', digest = $3 WHERE app_id = $1 AND position = $2`,
				string(app), link.Position, link.Empty().Digest)
			if err != nil {
				return err
			}
			after = link.Position
		}
	}
}
