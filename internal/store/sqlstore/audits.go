package sqlstore

import (
	"fmt"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// detailValue reads the detail of an audit entry.
type detailValue map[string]string

func (v *detailValue) Scan(src any) error {
	*v = nil
	return parse(src, (*map[string]string)(v))
}

func scanAudit(row scanner, entry *store.Audit) error {
	return row.Scan((*string)(&entry.App), (*timeValue)(&entry.At), &entry.Actor, &entry.Action, &entry.Target, (*detailValue)(&entry.Detail))
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
	_, err = t.exec(doing, `INSERT INTO audits (app_id, position, at, actor, action, target, detail) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		string(entry.App), position, micros(entry.At), entry.Actor, entry.Action, entry.Target, detail)
	return err
}

func (t *tx) ListAudits(app chat.AppID, limit int) ([]store.Audit, error) {
	return list(t, "list audits", scanAudit, `SELECT app_id, at, actor, action, target, detail FROM audits
		WHERE app_id = $1 ORDER BY position DESC LIMIT $2 + 0`, string(app), limit)
}
