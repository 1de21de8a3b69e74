package sqlstore

import (
	"slices"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

const noteQuery = `SELECT n.app_id, n.conversation_id, n.id, n.ordinal, n.sent_id, n.agent_id, COALESCE(a.name, ''), n.text, n.html, n.at
	FROM notes n LEFT JOIN agents a ON a.id = n.agent_id `

func scanNote(row scanner, n *chat.Note) error {
	return row.Scan((*string)(&n.App), (*string)(&n.Conversation), (*string)(&n.ID), &n.Ordinal, &n.SentID, (*string)(&n.Author.ID),
		&n.Author.Name, &n.Text, &n.HTML, (*timeValue)(&n.At))
}

func (t *tx) InsertNote(n chat.Note) (bool, error) {
	affected, err := t.exec("insert note", `INSERT INTO notes (app_id, conversation_id, id, ordinal, sent_id, agent_id, text, html, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (app_id, agent_id, sent_id) DO NOTHING`,
		string(n.App), string(n.Conversation), string(n.ID), n.Ordinal, n.SentID, string(n.Author.ID), n.Text, n.HTML, micros(n.At))
	return affected > 0, err
}

func (t *tx) FindNote(app chat.AppID, author chat.AgentID, sentID string) (chat.Note, bool, error) {
	return find(t, "find note", scanNote, noteQuery+`WHERE n.app_id = $1 AND n.agent_id = $2 AND n.sent_id = $3`, string(app), string(author), sentID)
}

func (t *tx) ListNotes(page store.ItemPage) ([]chat.Note, error) {
	return listItems(t, "list notes", scanNote, noteQuery+`WHERE n.conversation_id = $1 AND n.app_id = $2 AND n.ordinal`, page)
}

// listItems lists a page of notes or happenings; the query ends before the bound of the ordinal.
func listItems[T any](t *tx, doing string, scan scanFunc[T], query string, page store.ItemPage) ([]T, error) {
	all, err := list(t, doing, scan, query+` < $3 ORDER BY ordinal DESC LIMIT $4 + 0`, string(page.Conversation), string(page.App), page.Before, page.Limit)
	slices.Reverse(all)
	return all, err
}
