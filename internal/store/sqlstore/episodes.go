package sqlstore

import (
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

func scanEpisode(row scanner, e *chat.Episode) error {
	return row.Scan((*string)(&e.App), (*string)(&e.Conversation), (*timeValue)(&e.OpenedAt), (*timeValue)(&e.AnsweredAt), (*string)(&e.AnsweredBy),
		(*timeValue)(&e.ClosedAt), (*string)(&e.ClosedBy))
}

func (t *tx) InsertEpisode(e chat.Episode) error {
	_, err := t.exec("insert episode", `INSERT INTO episodes (app_id, conversation_id, opened_at, answered_at, answered_by, closed_at, closed_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`, string(e.App), string(e.Conversation), micros(e.OpenedAt), micros(e.AnsweredAt), string(e.AnsweredBy),
		micros(e.ClosedAt), string(e.ClosedBy))
	return err
}

func (t *tx) DeleteEpisode(e chat.Episode) error {
	_, err := t.exec("delete episode", `DELETE FROM episodes WHERE app_id = $1 AND closed_at = $2 AND conversation_id = $3`,
		string(e.App), micros(e.ClosedAt), string(e.Conversation))
	return err
}

func (t *tx) ListEpisodes(page store.EpisodePage) ([]chat.Episode, error) {
	after := place{max(micros(page.After.At), micros(page.From)), string(page.After.Conversation)}
	return list(t, "list episodes", scanEpisode, `SELECT app_id, conversation_id, opened_at, answered_at, answered_by, closed_at, closed_by FROM episodes
		WHERE app_id = $1 AND (closed_at, conversation_id) > ($2, $3) AND opened_at < $4 ORDER BY closed_at, conversation_id LIMIT $5 + 0`,
		string(page.App), after.number, after.id, micros(page.To), page.Limit)
}

func (t *tx) ListRunningEpisodes(page store.EpisodePage) ([]chat.Episode, error) {
	return list(t, "list running episodes", scanEpisode, `SELECT app_id, conversation_id, opened_at, answered_at, answered_by, 0, '' FROM inbox
		WHERE app_id = $1 AND status <> 'closed' AND opened_at > 0 AND (opened_at, conversation_id) > ($2, $3) AND opened_at < $4
		ORDER BY opened_at, conversation_id LIMIT $5 + 0`,
		string(page.App), micros(page.After.At), string(page.After.Conversation), micros(page.To), page.Limit)
}
