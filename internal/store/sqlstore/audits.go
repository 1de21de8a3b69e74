package sqlstore

import (
	"database/sql"
	"fmt"
	"math"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// detailValue reads the detail of an audit entry.
type detailValue map[string]string

func (v *detailValue) Scan(src any) error {
	*v = nil
	return parse(src, (*map[string]string)(v))
}

const auditColumns = `app_id, position, at, actor, action, target, detail`

func auditPlaces(entry *store.Audit, detail sql.Scanner) []any {
	return []any{(*string)(&entry.App), &entry.Position, (*timeValue)(&entry.At), &entry.Actor, &entry.Action, &entry.Target, detail}
}

func scanAudit(row scanner, entry *store.Audit) error {
	return row.Scan(auditPlaces(entry, (*detailValue)(&entry.Detail))...)
}

func (t *tx) AppendAudit(entry store.Audit) error {
	const doing = "append audit"
	var detail string
	if len(entry.Detail) > 0 {
		var err error
		if detail, err = document(entry.Detail); err != nil {
			return fmt.Errorf("%s: %w", doing, err)
		}
	}
	position, err := t.count("audit")
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	before, err := t.lastAuditHash()
	if err != nil {
		return err
	}
	entry.Position = position
	_, err = t.exec(doing, `INSERT INTO audits (`+auditColumns+`, digest, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		string(entry.App), position, micros(entry.At), entry.Actor, entry.Action, entry.Target, detail, blob(nil), store.AuditLink{Audit: entry}.After(before))
	return err
}

func (t *tx) ListAudits(app chat.AppID, before int64, limit int) ([]store.Audit, error) {
	if before == 0 {
		before = math.MaxInt64
	}
	return list(t, "list audits", scanAudit, `SELECT `+auditColumns+` FROM audits
		WHERE app_id = $1 AND position < $2 ORDER BY position DESC LIMIT $3 + 0`, string(app), before, limit)
}
