package sqlstore

import (
	"fmt"
	"slices"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// conversationRow is the document of what is written on a conversation; most have nothing, which is ”.
type conversationRow struct {
	DisplayName string        `json:"display_name,omitzero"`
	Description string        `json:"description,omitzero"`
	IconURL     string        `json:"icon_url,omitzero"`
	Metadata    chat.Metadata `json:"metadata,omitempty"`
}

func conversationDocument(c chat.Conversation) (string, error) {
	if c.DisplayName == "" && c.Description == "" && c.IconURL == "" && len(c.Metadata) == 0 {
		return "", nil
	}
	return document(conversationRow{DisplayName: c.DisplayName, Description: c.Description, IconURL: c.IconURL, Metadata: c.Metadata})
}

// conversationValue reads what conversationDocument wrote into the members that it has.
type conversationValue chat.Conversation

func (v *conversationValue) Scan(src any) error {
	var row conversationRow
	err := parse(src, &row)
	v.DisplayName, v.Description, v.IconURL, v.Metadata = row.DisplayName, row.Description, row.IconURL, row.Metadata
	return err
}

const conversationColumns = `conversations.id, conversations.app_id, type, document, last_number, change, business_read_number,
	business_read_at, last_message_at, created_at, COALESCE(controlled_by, ''), COALESCE(offered_to, '')`

func scanConversation(row scanner, c *chat.Conversation) error {
	return row.Scan((*string)(&c.ID), (*string)(&c.App), (*string)(&c.Type), (*conversationValue)(c), &c.LastNumber, &c.Change,
		&c.BusinessReadNumber, (*timeValue)(&c.BusinessReadAt), (*timeValue)(&c.LastMessageAt), (*timeValue)(&c.CreatedAt),
		(*string)(&c.Control.Active), (*string)(&c.Control.Pending))
}

// activeHour is the hour of a conversation's newest activity. It is kept with each participant, where it is written
// once an hour and not with each message, and orders a user's conversations well enough for a page to be found by an
// index; the exact order within the hours of the page is sorted.
func activeHour(activeAt int64) int64 { return activeAt / time.Hour.Microseconds() }

func (t *tx) InsertConversation(c chat.Conversation) error {
	const doing = "insert conversation"
	written, err := conversationDocument(c)
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	active := micros(c.LastUpdatedAt())
	_, err = t.exec(doing, `INSERT INTO conversations
		(id, app_id, type, document, last_number, change, business_read_number, business_read_at, last_message_at, created_at,
		 active_at, active_hour, controlled_by, offered_to)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
		string(c.ID), string(c.App), string(c.Type), written, c.LastNumber, c.Change, c.BusinessReadNumber, micros(c.BusinessReadAt),
		micros(c.LastMessageAt), micros(c.CreatedAt), active, activeHour(active), optional(c.Control.Active), optional(c.Control.Pending))
	return err
}

func (t *tx) UpdateConversation(c chat.Conversation) error {
	const doing = "update conversation"
	written, err := conversationDocument(c)
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	return t.execOn("conversation", doing, `UPDATE conversations SET document = $3 WHERE id = $1 AND app_id = $2`,
		string(c.ID), string(c.App), written)
}

const conversationByID = `SELECT ` + conversationColumns + ` FROM conversations WHERE id = $1 AND app_id = $2`

func (t *tx) GetConversation(app chat.AppID, id chat.ConversationID) (chat.Conversation, error) {
	return t.oneConversation("load conversation", conversationByID, app, id)
}

func (t *tx) LockConversation(app chat.AppID, id chat.ConversationID) (chat.Conversation, error) {
	return t.oneConversation("lock conversation", t.db.lockRows(conversationByID), app, id)
}

func (t *tx) oneConversation(doing, query string, app chat.AppID, id chat.ConversationID) (chat.Conversation, error) {
	c, err := get(t, "conversation", doing, scanConversation, query, string(id), string(app))
	if err != nil {
		return chat.Conversation{}, err
	}
	one := []chat.Conversation{c}
	err = t.nameControllers(app, one)
	return one[0], err
}

// numbered is a place with the hour of the conversation's activity before, and whether webhooks listen to the app.
type numbered struct {
	place      chat.Place
	formerHour int64
	listens    bool
}

func scanNumbered(row scanner, n *numbered) error {
	return row.Scan(&n.place.Number, &n.place.Change, &n.formerHour, &n.listens,
		(*string)(&n.place.Control.Active), (*string)(&n.place.Control.Pending), &n.place.Unattended)
}

func (t *tx) TakeNumber(app chat.AppID, id chat.ConversationID, at time.Time) (chat.Place, error) {
	const doing = "take message number"
	n, found, err := change(t, doing, scanNumbered, `UPDATE conversations
		SET last_number = last_number + 1, change = change + 1, last_message_at = $3, active_at = $3,
			unindexed_from = CASE WHEN unindexed_from = 0 THEN last_number + 1 ELSE unindexed_from END
		WHERE id = $1 AND app_id = $2 RETURNING last_number, change, active_hour,
			EXISTS (SELECT 1 FROM webhook_triggers t WHERE t.app_id = conversations.app_id),
			COALESCE(controlled_by, ''), COALESCE(offered_to, ''),
			controlled_by IS NULL AND EXISTS (SELECT 1 FROM switchboards b WHERE b.app_id = conversations.app_id AND b.enabled)`,
		string(id), string(app), micros(at))
	if err == nil && found && !n.listens {
		t.silent = app
	}
	switch {
	case err != nil:
		return chat.Place{}, err
	case !found:
		return chat.Place{}, fmt.Errorf("%s: %w", doing, chat.Missing("conversation"))
	case n.formerHour != activeHour(micros(at)):
		err = t.setActiveHour(id, activeHour(micros(at)))
	}
	n.place.Conversation = id
	return n.place, err
}

func (t *tx) setActiveHour(id chat.ConversationID, hour int64) error {
	const doing = "set active hour"
	if _, err := t.exec(doing, `UPDATE conversations SET active_hour = $2 WHERE id = $1`, string(id), hour); err != nil {
		return err
	}
	_, err := t.exec(doing, `UPDATE participants SET active_hour = $2 WHERE conversation_id = $1`, string(id), hour)
	return err
}

func (t *tx) MarkBusinessRead(app chat.AppID, id chat.ConversationID, number int64, at time.Time) (bool, error) {
	affected, err := t.exec("mark read by business", `UPDATE conversations SET business_read_number = $3, business_read_at = $4
		WHERE id = $1 AND app_id = $2 AND business_read_number < $3`, string(id), string(app), number, micros(at))
	return affected > 0, err
}

const activePage = `SELECT ` + conversationColumns + ` FROM participants p JOIN conversations ON conversations.id = p.conversation_id
	WHERE p.user_id = $1 AND p.app_id = $2`

func (t *tx) ListConversations(page store.ConversationPage) ([]chat.Conversation, error) {
	all, err := t.listConversations(page)
	if err != nil {
		return nil, err
	}
	return all, t.nameControllers(page.App, all)
}

func (t *tx) listConversations(page store.ConversationPage) ([]chat.Conversation, error) {
	const doing, newestFirst = "list conversations", ` ORDER BY p.active_hour DESC, active_at DESC, conversations.id DESC LIMIT `
	user, app := string(page.User), string(page.App)
	if page.Cursor() == "" {
		// The page of every sign-in.
		return list(t, doing, scanConversation, activePage+newestFirst+`$3 + 0`, user, app, page.Limit)
	}
	at, err := t.placeOfConversation(doing, page)
	if err != nil {
		return nil, err
	}
	hour := activeHour(at.number)
	if page.After != "" {
		return list(t, doing, scanConversation, activePage+` AND p.active_hour <= $3 AND (active_at, conversations.id) < ($4, $5)`+
			newestFirst+`$6 + 0`, user, app, hour, at.number, at.id, page.Limit)
	}
	all, err := list(t, doing, scanConversation, activePage+` AND p.active_hour >= $3 AND (active_at, conversations.id) > ($4, $5)
		ORDER BY p.active_hour, active_at, conversations.id LIMIT $6 + 0`, user, app, hour, at.number, at.id, page.Limit)
	slices.Reverse(all)
	return all, err
}

// placeOfConversation is where a page of conversations begins: at the present place of the one that is named by its id, or
// where one was when a cursor was made of it.
func (t *tx) placeOfConversation(doing string, page store.ConversationPage) (place, error) {
	if was, ok := store.ParseConversationCursor(page.Cursor()); ok {
		at := place{micros(was.ActiveAt), was.ID}
		if page.Before != "" {
			at.id += "g" // past all ids that begin like this
		}
		return at, nil
	}
	at, found, err := find(t, doing, scanPlace, `SELECT active_at, conversations.id FROM participants p
		JOIN conversations ON conversations.id = p.conversation_id WHERE p.user_id = $1 AND p.app_id = $2 AND p.conversation_id = $3`,
		string(page.User), string(page.App), page.Cursor())
	if err == nil && !found {
		err = fmt.Errorf("%s: %w", doing, page.NoPlace())
	}
	return at, err
}

func (t *tx) DeleteConversation(app chat.AppID, id chat.ConversationID) error {
	const doing = "delete conversation"
	if _, err := t.LockConversation(app, id); err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	if err := t.deleteConversation(id); err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	return nil
}

// deleteConversation removes a conversation that is locked, so that no message comes in between.
func (t *tx) deleteConversation(id chat.ConversationID) error {
	if err := t.unshow(id, ``); err != nil {
		return err
	}
	if err := t.dropThose(`conversation_id = $1 AND conversation_id <> ''`, string(id)); err != nil {
		return err
	}
	if _, err := t.exec("delete messages", `DELETE FROM messages WHERE conversation_id = $1`, string(id)); err != nil {
		return err
	}
	if _, err := t.exec("delete changes", `DELETE FROM changes WHERE conversation_id = $1`, string(id)); err != nil {
		return err
	}
	if _, err := t.exec("delete mails", `DELETE FROM mails WHERE conversation_id = $1 AND conversation_id <> ''`, string(id)); err != nil {
		return err
	}
	if err := t.forgetReferences(string(id)); err != nil {
		return err
	}
	if _, err := t.exec("delete row", `DELETE FROM conversations WHERE id = $1`, string(id)); err != nil {
		return err
	}
	return t.unindex(`subject = $1`, string(id))
}
