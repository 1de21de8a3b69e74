package sqlstore

import (
	"fmt"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// unreadColumn counts among the newest 1000 messages, so that a list stays cheap for somebody who never reads.
const unreadColumn = `(SELECT count(*) FROM messages m WHERE m.conversation_id = p.conversation_id
	AND m.number > CASE WHEN p.read_number > c.last_number - 1000 THEN p.read_number ELSE c.last_number - 1000 END
	AND NOT m.deleted AND m.author_id <> p.user_id)`

const participantColumns = `p.app_id, p.conversation_id, p.id, p.user_id, u.external_id, p.is_default, p.read_number, p.read_at,
	p.joined_at, ` + unreadColumn

const fromParticipants = `FROM participants p JOIN users u ON u.id = p.user_id JOIN conversations c ON c.id = p.conversation_id `

const participantQuery = `SELECT ` + participantColumns + ` ` + fromParticipants

func scanParticipant(row scanner, p *chat.Participant) error {
	return row.Scan((*string)(&p.App), (*string)(&p.Conversation), (*string)(&p.ID), (*string)(&p.User), &p.ExternalID, &p.Default,
		&p.ReadNumber, (*timeValue)(&p.ReadAt), (*timeValue)(&p.JoinedAt), &p.Unread)
}

// InsertParticipant keeps the conversation locked, so that its hour and the order of joining hold.
func (t *tx) InsertParticipant(p chat.Participant) error {
	const doing = "insert participant"
	hour, found, err := find(t, doing, scanNumber,
		t.db.lockRows(`SELECT active_hour FROM conversations WHERE id = $1 AND app_id = $2`), string(p.Conversation), string(p.App))
	if err != nil {
		return err
	}
	if !found {
		return fmt.Errorf("%s: %w", doing, chat.Missing("conversation"))
	}
	affected, err := t.exec(doing, `INSERT INTO participants
		(conversation_id, ordinal, id, app_id, user_id, joined_at, is_default, read_number, read_at, active_hour)
		VALUES ($1, (SELECT COALESCE(MAX(ordinal), 0) + 1 FROM participants WHERE conversation_id = $1), $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT DO NOTHING`,
		string(p.Conversation), string(p.ID), string(p.App), string(p.User), micros(p.JoinedAt), p.Default, p.ReadNumber,
		micros(p.ReadAt), hour)
	if err == nil && affected == 0 {
		err = fmt.Errorf("%s: %w", doing, conflict("userId", "The user takes part already, or has another default conversation."))
	}
	return err
}

func (t *tx) DeleteParticipant(app chat.AppID, conversation chat.ConversationID, user chat.UserID) error {
	err := t.execOn("participant", "delete participant",
		`DELETE FROM participants WHERE conversation_id = $1 AND user_id = $2 AND app_id = $3`, string(conversation), string(user), string(app))
	if err != nil {
		return err
	}
	_, err = t.exec("remember former participant", `INSERT INTO former_participants (conversation_id, user_id, app_id)
		VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, string(conversation), string(user), string(app))
	return err
}

func (t *tx) ListAudience(app chat.AppID, conversation chat.ConversationID) ([]chat.UserID, error) {
	return list(t, "list audience", scanText[chat.UserID],
		`SELECT user_id FROM participants WHERE conversation_id = $1 AND app_id = $2 ORDER BY ordinal`, string(conversation), string(app))
}

func (t *tx) ListParticipants(app chat.AppID, conversation chat.ConversationID, span store.Span) ([]chat.Participant, error) {
	participants := sequence[chat.Participant]{doing: "list participants", scan: scanParticipant, columns: participantColumns,
		from: fromParticipants + `WHERE p.conversation_id = $1 AND p.app_id = $2`, args: []any{string(conversation), string(app)},
		id: "p.id", number: "p.ordinal"}
	return participants.read(t, span)
}

func (t *tx) FindParticipantByID(app chat.AppID, conversation chat.ConversationID, id chat.ParticipantID) (chat.Participant, bool, error) {
	return find(t, "find participant by id", scanParticipant,
		participantQuery+`WHERE p.id = $1 AND p.conversation_id = $2 AND p.app_id = $3`, string(id), string(conversation), string(app))
}

func (t *tx) FindParticipant(app chat.AppID, conversation chat.ConversationID, user chat.UserID) (chat.Participant, bool, error) {
	return find(t, "find participant", scanParticipant,
		participantQuery+`WHERE p.user_id = $1 AND p.conversation_id = $2 AND p.app_id = $3`, string(user), string(conversation), string(app))
}

func (t *tx) FindDefault(app chat.AppID, user chat.UserID) (chat.ConversationID, bool, error) {
	return find(t, "find default conversation", scanText[chat.ConversationID],
		`SELECT conversation_id FROM participants WHERE user_id = $1 AND is_default AND app_id = $2`, string(user), string(app))
}

func (t *tx) CountConversations(app chat.AppID, user chat.UserID) (int64, error) {
	counted, _, err := find(t, "count conversations", scanNumber, `SELECT count(*) FROM participants WHERE user_id = $1 AND app_id = $2`, string(user), string(app))
	return counted, err
}

func (t *tx) MarkRead(app chat.AppID, conversation chat.ConversationID, user chat.UserID, number int64, at time.Time) (bool, error) {
	affected, err := t.exec("mark read", `UPDATE participants SET read_number = $4, read_at = $5
		WHERE user_id = $1 AND conversation_id = $2 AND app_id = $3 AND read_number < $4`,
		string(user), string(conversation), string(app), number, micros(at))
	return affected > 0, err
}
