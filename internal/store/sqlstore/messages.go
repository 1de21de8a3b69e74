package sqlstore

import (
	"fmt"
	"math"
	"slices"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

const messageColumns = `conversation_id, number, id, app_id, change, author_id, client_id, client_message_id, received_at, document`

func scanMessage(row scanner, m *chat.Message) error {
	return row.Scan((*string)(&m.Conversation), &m.Number, (*string)(&m.ID), (*string)(&m.App), &m.Change, (*string)(&m.Author.User),
		(*string)(&m.Origin.Client), &m.Origin.ClientMessageID, (*timeValue)(&m.Received), (*messageValue)(m))
}

// pageColumns are what a row of a page tells that is not the same for the whole page. A page costs by its columns.
const pageColumns = `number, id, change, author_id, client_id, client_message_id, received_at, document`

func scanOfPage(row scanner, m *chat.Message) error {
	return row.Scan(&m.Number, (*string)(&m.ID), &m.Change, (*string)(&m.Author.User), (*string)(&m.Origin.Client),
		&m.Origin.ClientMessageID, (*timeValue)(&m.Received), (*messageValue)(m))
}

func (t *tx) InsertMessage(m chat.Message) (bool, error) {
	const doing = "insert message"
	said, err := messageDocument(m)
	if err != nil {
		return false, fmt.Errorf("%s: %w", doing, err)
	}
	affected, err := t.exec(doing, `INSERT INTO messages (`+messageColumns+`, deleted)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
		ON CONFLICT (client_id, client_message_id) WHERE client_message_id <> '' DO NOTHING`,
		string(m.Conversation), m.Number, string(m.ID), string(m.App), m.Change, string(m.Author.User),
		string(m.Origin.Client), m.Origin.ClientMessageID, micros(m.Received), said, m.Deleted)
	return affected > 0, err
}

func (t *tx) FindSent(app chat.AppID, client chat.ClientID, clientMessageID string) (chat.Message, bool, error) {
	message, found, err := find(t, "find sent message", scanMessage, `SELECT `+messageColumns+` FROM messages
		WHERE client_id = $1 AND client_message_id = $2 AND client_message_id <> '' AND app_id = $3`, string(client), clientMessageID, string(app))
	if err != nil || !found {
		return message, found, err
	}
	err = t.nameAuthors([]*chat.Author{&message.Author})
	return message, err == nil, err
}

func (t *tx) GetMessage(app chat.AppID, conversation chat.ConversationID, id chat.MessageID) (chat.Message, error) {
	message, err := get(t, "message", "load message", scanMessage, `SELECT `+messageColumns+` FROM messages
		WHERE conversation_id = $1 AND id = $2 AND app_id = $3`, string(conversation), string(id), string(app))
	if err != nil {
		return message, err
	}
	return message, t.nameAuthors([]*chat.Author{&message.Author})
}

func (t *tx) FindMessageNumber(app chat.AppID, conversation chat.ConversationID, id chat.MessageID) (int64, bool, error) {
	return find(t, "find message number", scanNumber, `SELECT number FROM messages WHERE id = $1 AND conversation_id = $2 AND app_id = $3`,
		string(id), string(conversation), string(app))
}

const messagePage = `SELECT ` + pageColumns + ` FROM messages WHERE conversation_id = $1 AND app_id = $2 AND ($3 OR NOT deleted)`

func (t *tx) ListMessages(page store.MessagePage) ([]chat.Message, error) {
	messages, err := t.listMessages(page)
	if err != nil {
		return nil, err
	}
	authors := make([]*chat.Author, len(messages))
	for i := range messages {
		messages[i].App, messages[i].Conversation = page.App, page.Conversation
		authors[i] = &messages[i].Author
	}
	return messages, t.nameAuthors(authors)
}

func (t *tx) listMessages(page store.MessagePage) (messages []chat.Message, err error) {
	const doing = "list messages"
	conversation, app := string(page.Conversation), string(page.App)
	if page.After != 0 {
		return list(t, doing, scanOfPage, messagePage+` AND number > $4 ORDER BY number LIMIT $5 + 0`,
			conversation, app, page.Deleted, page.After, page.Limit)
	}
	before := int64(math.MaxInt64)
	if page.Before != 0 {
		before = page.Before
	}
	messages, err = list(t, doing, scanOfPage, messagePage+` AND number < $4 ORDER BY number DESC LIMIT $5 + 0`,
		conversation, app, page.Deleted, before, page.Limit)
	slices.Reverse(messages)
	return messages, err
}

// nameAuthors fills the external ids, which are those of today: it asks once for each user, of whom a page has few.
func (t *tx) nameAuthors(authors []*chat.Author) error {
	known := make(map[chat.UserID]string, 2)
	for _, author := range authors {
		if author.User == "" {
			continue
		}
		externalID, asked := known[author.User]
		if !asked {
			var err error
			externalID, _, err = find(t, "name author", scanText[string], `SELECT external_id FROM users WHERE id = $1`, string(author.User))
			if err != nil {
				return err
			}
			known[author.User] = externalID
		}
		author.ExternalID = externalID
	}
	return nil
}

// HasBusinessMessage looks for messages without a user. Of users who are gone there are some in groups: their type is
// asked for, too; it cannot be faked together with the missing user.
func (t *tx) HasBusinessMessage(app chat.AppID, conversation chat.ConversationID) (bool, error) {
	_, found, err := find(t, "find message of the business", scanNumber, `SELECT number FROM messages
		WHERE conversation_id = $1 AND app_id = $2 AND author_id = '' AND NOT deleted AND document LIKE '%"author":"business"%' LIMIT 1`,
		string(conversation), string(app))
	return found, err
}

func (t *tx) ListMessagesOfBusiness(app chat.AppID, conversation chat.ConversationID, after int64, limit int) ([]chat.Message, error) {
	return list(t, "list messages of the business", scanMessage, `SELECT `+messageColumns+` FROM messages
		WHERE conversation_id = $1 AND app_id = $2 AND number > $3 AND author_id = '' AND NOT deleted ORDER BY number DESC LIMIT $4 + 0`,
		string(conversation), string(app), after, limit)
}

func (t *tx) UpdateContent(m chat.Message) error {
	const doing = "update content"
	said, err := messageDocument(m)
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	if err := t.execOn("message", doing, `UPDATE messages SET document = $4
		WHERE conversation_id = $1 AND id = $2 AND app_id = $3 AND NOT deleted`, string(m.Conversation), string(m.ID), string(m.App), said); err != nil {
		return err
	}
	_, err = t.exec(doing, `UPDATE conversations SET unindexed_from = $2 WHERE id = $1 AND (unindexed_from = 0 OR unindexed_from > $2)`,
		string(m.Conversation), m.Number)
	return err
}

// eraseColumns empties a message but for its place, and where it came in: the client's own id of it is how it is known
// when it is sent again.
const eraseColumns = `deleted = TRUE, author_id = '', document = ''`

func (t *tx) EraseMessage(app chat.AppID, conversation chat.ConversationID, id chat.MessageID) error {
	const shownBy = ` AND number = (SELECT number FROM messages WHERE conversation_id = $1 AND id = $2 AND app_id = $3)`
	if err := t.unshow(conversation, shownBy, string(id), string(app)); err != nil {
		return err
	}
	if err := t.unindex(`subject = $1 AND kind = 'message'`+shownBy, string(conversation), string(id), string(app)); err != nil {
		return err
	}
	return t.execOn("message", "erase message", `UPDATE messages SET `+eraseColumns+`
		WHERE conversation_id = $1 AND id = $2 AND app_id = $3`, string(conversation), string(id), string(app))
}

func (t *tx) EraseMessages(app chat.AppID, conversation chat.ConversationID) (int64, error) {
	if err := t.unshow(conversation, ` AND app_id = $2`, string(app)); err != nil {
		return 0, err
	}
	if err := t.unindex(`subject = $1 AND kind = 'message'`, string(conversation)); err != nil {
		return 0, err
	}
	return t.exec("erase messages", `UPDATE messages SET `+eraseColumns+`
		WHERE conversation_id = $1 AND app_id = $2 AND NOT deleted`, string(conversation), string(app))
}
