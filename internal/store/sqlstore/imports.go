package sqlstore

import (
	"fmt"

	"github.com/parlorchat/parlor/internal/chat"
)

func (t *tx) InsertReference(ref chat.ImportRef, id string) error {
	const doing = "insert reference"
	affected, err := t.exec(doing, `INSERT INTO import_references (app_id, kind, scope, ref, id) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
		string(ref.App), string(ref.Kind), string(ref.Conversation), ref.Ref, id)
	if err == nil && affected == 0 {
		err = fmt.Errorf("%s: %w", doing, conflict("id", "The id stands for something else."))
	}
	return err
}

func (t *tx) FindReference(ref chat.ImportRef) (string, bool, error) {
	return find(t, "find reference", scanText[string], `SELECT id FROM import_references
		WHERE app_id = $1 AND kind = $2 AND scope = $3 AND ref = $4`, string(ref.App), string(ref.Kind), string(ref.Conversation), ref.Ref)
}

// whoHas are the queries that find a thing by its id. A merged user's id is kept for the undo.
var whoHas = map[chat.Imported]string{
	chat.ImportedUser:         `SELECT id FROM users WHERE id = $1 UNION SELECT discarded_id FROM user_aliases WHERE discarded_id = $1`,
	chat.ImportedConversation: `SELECT id FROM conversations WHERE id = $1`,
	chat.ImportedMessage:      `SELECT id FROM messages WHERE id = $1`,
}

func (t *tx) IsTaken(kind chat.Imported, id string) (bool, error) {
	_, taken, err := find(t, "look for id", scanText[string], whoHas[kind], id)
	return taken, err
}

// forgetReferences removes what stood for a thing that goes, and for what goes with it: messages of a conversation, users
// who were merged into a user.
func (t *tx) forgetReferences(id string) error {
	_, err := t.exec("forget references", `DELETE FROM import_references WHERE id = $1 OR (scope = $1 AND scope <> '')
		OR id IN (SELECT discarded_id FROM user_aliases WHERE surviving_id = $1)`, id)
	return err
}
