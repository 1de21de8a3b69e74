package inbox

import (
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// ShowImported is the step of an import for the messages that it brought to a conversation, in order: what was written elsewhere is done,
// so that a conversation comes closed, and nobody waits in it. One that is open already stays as it is.
func ShowImported(tx store.Tx, app chat.AppID, id chat.ConversationID, messages []chat.Message) error {
	if len(messages) == 0 {
		return nil
	}
	newest := messages[len(messages)-1].Received
	entry, found, err := tx.FindInboxEntry(app, id)
	switch {
	case err != nil:
		return err
	case !found:
		_, err = tx.InsertInboxEntry(chat.InboxEntry{App: app, Conversation: id, Status: chat.InboxClosed, MovedAt: newest})
		return err
	case entry.Status == chat.InboxClosed && newest.After(entry.MovedAt):
		entry.MovedAt = newest
		return tx.UpdateInboxEntry(entry)
	}
	return nil
}
