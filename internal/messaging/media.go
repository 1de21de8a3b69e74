package messaging

import (
	"cmp"
	"slices"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// checkOwnMedia tells what is wrong with media that a user names: they are uploads, and never addresses, of which nothing
// would be fetched (security rule 43).
func checkOwnMedia(m chat.Media) (field, problem string) {
	switch {
	case m.URL != "":
		return "content.mediaUrl", "is not for users: upload the file, and name it by attachmentId"
	case m.Attachment == "":
		return "content.attachmentId", "is required: upload the file first"
	}
	return "", ""
}

// attach finds the attachments that a message shows, notes in its content what is known of them, and keeps them as they
// are until the transaction ends. The input is left as it is: a transaction may run again.
// errSentBefore if the client sent the message before.
func attach(tx store.Tx, p chat.Principal, in SendInput, m *chat.Message) ([]chat.AttachmentID, error) {
	if m.Content.Media == nil && m.Content.Cards == nil {
		return nil, nil
	}
	m.Content = m.Content.WithOwnMedia()
	if p.Session != nil {
		return attachUpload(tx, p, in, m)
	}
	if media := m.Content.Media; media != nil && media.URL == "" {
		return attachNamed(tx, m)
	}
	return attachAddressed(tx, m)
}

// attachUpload is for the one upload that a user's message shows.
func attachUpload(tx store.Tx, p chat.Principal, in SendInput, m *chat.Message) ([]chat.AttachmentID, error) {
	const field = "content.attachmentId"
	a, found, err := tx.LockAttachment(m.App, chat.AttachmentID(m.Content.Media.Attachment))
	if err != nil {
		return nil, err
	}
	own := found && a.User == p.Session.User && a.Conversation == m.Conversation
	if own && !a.Sent {
		return show(m, a)
	}
	// Sent before, perhaps by this very message, which may be deleted since, and the upload with it.
	if _, before, err := tx.FindSent(p.App, p.Session.Client, in.ClientMessageID); err != nil || before {
		return nil, cmp.Or(err, errSentBefore)
	}
	if !own {
		return nil, chat.InvalidField(field, "is no upload of this user in this conversation")
	}
	return nil, &chat.Error{Kind: chat.Conflict, Code: "conflict", Field: field,
		Message: field + ": this upload was sent before; upload the file again to send it again"}
}

// attachNamed is for media that a key names by the id of an attachment alone.
func attachNamed(tx store.Tx, m *chat.Message) ([]chat.AttachmentID, error) {
	a, found, err := tx.LockAttachment(m.App, chat.AttachmentID(m.Content.Media.Attachment))
	if err != nil {
		return nil, err
	}
	if !found || a.Access == chat.AccessCopy {
		return nil, chat.InvalidField("content.attachmentId", "is no attachment of this app")
	}
	return show(m, a)
}

func show(m *chat.Message, a chat.Attachment) ([]chat.AttachmentID, error) {
	if m.Content.Type == chat.ContentImage && a.Width == 0 {
		return nil, chat.InvalidField("content.type", `this attachment is no picture: send it as "file"`)
	}
	m.Content.Attach(0, a)
	return []chat.AttachmentID{a.ID}, nil
}

// attachAddressed is for media that a key names by their addresses: those of attachments are known by the key in them.
func attachAddressed(tx store.Tx, m *chat.Message) ([]chat.AttachmentID, error) {
	places := map[chat.AttachmentID][]int{}
	for place := range chat.MaxItems {
		address, _, _ := m.Content.MediaAt(place)
		key, ok := chat.KeyOfMediaURL(m.App, address)
		if !ok {
			continue
		}
		a, found, err := tx.FindAttachmentByKey(m.App, key)
		if err != nil {
			return nil, err
		}
		if found && a.Access != chat.AccessCopy {
			places[a.ID] = append(places[a.ID], place)
		}
	}
	var shown []chat.AttachmentID
	for id := range places {
		shown = append(shown, id)
	}
	slices.Sort(shown) // two messages with the same pictures must not wait for each other
	for _, id := range shown {
		a, found, err := tx.LockAttachment(m.App, id)
		if err != nil {
			return nil, err
		}
		if !found {
			return nil, chat.InvalidField("content.mediaUrl", "names an attachment that was removed")
		}
		for _, place := range places[id] {
			m.Content.Attach(place, a)
		}
	}
	return shown, nil
}
