package sqlstore

import (
	"fmt"
	"strings"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

const integrationColumns = `i.id, i.app_id, i.type, i.name, i.settings, i.created_at`

func scanIntegration(row scanner, i *chat.Integration) error {
	return row.Scan((*string)(&i.ID), (*string)(&i.App), &i.Type, &i.Name, (*metadataValue)(&i.Settings), (*timeValue)(&i.CreatedAt))
}

func (t *tx) InsertIntegration(i chat.Integration) error {
	const doing = "insert integration"
	settings, err := metadata(i.Settings)
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	_, err = t.exec(doing, `INSERT INTO integrations (id, app_id, type, name, settings, created_at) VALUES ($1, $2, $3, $4, $5, $6)`,
		string(i.ID), string(i.App), i.Type, i.Name, settings, micros(i.CreatedAt))
	return err
}

func (t *tx) UpdateIntegration(i chat.Integration) error {
	const doing = "update integration"
	settings, err := metadata(i.Settings)
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	return t.execOn("integration", doing, `UPDATE integrations SET name = $3, settings = $4 WHERE id = $1 AND app_id = $2`,
		string(i.ID), string(i.App), i.Name, settings)
}

func (t *tx) GetIntegration(app chat.AppID, id chat.IntegrationID) (chat.Integration, error) {
	return get(t, "integration", "load integration", scanIntegration,
		`SELECT `+integrationColumns+` FROM integrations i WHERE i.id = $1 AND i.app_id = $2`, string(id), string(app))
}

func (t *tx) CountIntegrations(app chat.AppID) (int, error) {
	count, _, err := find(t, "count integrations", scanNumber, `SELECT COUNT(*) FROM integrations WHERE app_id = $1`, string(app))
	return int(count), err
}

func (t *tx) ListIntegrations(page store.IntegrationPage) ([]chat.Integration, error) {
	integrations := sequence[chat.Integration]{doing: "list integrations", scan: scanIntegration, columns: integrationColumns,
		from: `FROM integrations i WHERE i.app_id = $1`, args: []any{string(page.App)}, id: "i.id", number: "i.created_at", tied: true}
	var types []string
	for _, one := range page.Types {
		integrations.args = append(integrations.args, one)
		types = append(types, fmt.Sprintf("$%d", len(integrations.args)))
	}
	if len(types) > 0 {
		integrations.from += ` AND i.type IN (` + strings.Join(types, ", ") + `)`
	}
	return integrations.read(t, page.Span)
}

func (t *tx) DeleteIntegration(app chat.AppID, id chat.IntegrationID) error {
	return t.execOn("integration", "delete integration", `DELETE FROM integrations WHERE id = $1 AND app_id = $2`, string(id), string(app))
}
