package sqlstore

import (
	"fmt"

	"github.com/parlorchat/parlor/internal/chat"
)

const clientColumns = `id, app_id, user_id, platform, name, locale, time_zone, info, last_seen_at, created_at`

func scanClient(row scanner, client *chat.Client) error {
	return row.Scan((*string)(&client.ID), (*string)(&client.App), (*string)(&client.User), &client.Platform, &client.Name,
		&client.Locale, &client.TimeZone, (*metadataValue)(&client.Info), (*timeValue)(&client.LastSeenAt), (*timeValue)(&client.CreatedAt))
}

func (t *tx) InsertClient(client chat.Client) error {
	const doing = "insert client"
	info, err := metadata(client.Info)
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	_, err = t.exec(doing, `INSERT INTO clients (`+clientColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		string(client.ID), string(client.App), string(client.User), client.Platform, client.Name, client.Locale, client.TimeZone,
		info, micros(client.LastSeenAt), micros(client.CreatedAt))
	return err
}

func (t *tx) InsertSignedIn(client chat.Client, session chat.Session) error {
	const doing = "insert client with its session"
	info, err := metadata(client.Info)
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	_, err = t.exec(doing, `INSERT INTO clients (`+clientColumns+`, session_id, session_hash, key_id, door, assurance, anonymous,
			idle_for, expires_at, last_used_at, signed_in_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)`,
		string(client.ID), string(client.App), string(client.User), client.Platform, client.Name, client.Locale, client.TimeZone,
		info, micros(client.LastSeenAt), micros(client.CreatedAt), string(session.ID), session.Hash[:], string(session.Key),
		string(session.Door), string(session.Assurance), session.Anonymous, session.IdleFor.Microseconds(),
		micros(session.ExpiresAt), micros(session.LastUsedAt), micros(session.CreatedAt))
	return err
}

func (t *tx) UpdateClient(client chat.Client) error {
	const doing = "update client"
	info, err := metadata(client.Info)
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	return t.execOn("client", doing, `UPDATE clients SET user_id = $3, platform = $4, name = $5, locale = $6, time_zone = $7,
		info = $8, last_seen_at = $9, created_at = $10 WHERE id = $1 AND app_id = $2`,
		string(client.ID), string(client.App), string(client.User), client.Platform, client.Name, client.Locale, client.TimeZone,
		info, micros(client.LastSeenAt), micros(client.CreatedAt))
}

func (t *tx) FindClient(app chat.AppID, id chat.ClientID) (chat.Client, bool, error) {
	return find(t, "find client", scanClient,
		`SELECT `+clientColumns+` FROM clients WHERE id = $1 AND app_id = $2`, string(id), string(app))
}

func (t *tx) ListClients(app chat.AppID, user chat.UserID) ([]chat.Client, error) {
	return list(t, "list clients", scanClient, `SELECT `+clientColumns+` FROM clients
		WHERE user_id = $1 AND app_id = $2 ORDER BY last_seen_at DESC, id DESC`, string(user), string(app))
}

func (t *tx) DeleteClient(app chat.AppID, id chat.ClientID) error {
	return t.execOn("client", "delete client", `DELETE FROM clients WHERE id = $1 AND app_id = $2`, string(id), string(app))
}
