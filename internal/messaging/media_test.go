package messaging_test

import (
	"sync"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/messaging"
	"github.com/parlorchat/parlor/internal/store"
)

// attached stores an attachment.
func (r *room) attached(a chat.Attachment) chat.Attachment {
	r.Helper()
	a.App, a.ID, a.Key, a.CreatedAt = r.app, chat.AttachmentID(chat.NewID(start)), chat.NewMediaKey(), start
	if a.Access == "" {
		a.Access = chat.AccessPrivate
	}
	if a.Type == "" {
		a.Name, a.Type, a.Size, a.Width, a.Height = "lamp.png", "image/png", 700, 40, 30
	}
	a.URL = "https://chat.example" + chat.MediaPath + string(r.app) + "/" + a.Key + "/" + a.Name
	r.write(func(tx store.Tx) error {
		if err := tx.InsertLeftover(a.ID, start.Add(time.Hour)); err != nil {
			return err
		}
		_, err := tx.InsertAttachment(a)
		return err
	})
	return a
}

func (r *room) isThere(a chat.Attachment) (found bool) {
	r.Helper()
	err := r.store.Read(r.Context(), func(tx store.Tx) (err error) {
		_, found, err = tx.FindAttachment(r.app, a.ID)
		return err
	})
	if err != nil {
		r.Fatal(err)
	}
	return found
}

func picture(id string, conversation chat.ConversationID, attachment chat.AttachmentID) messaging.SendInput {
	return messaging.SendInput{ClientMessageID: id, Conversation: conversation,
		Content: chat.Content{Type: chat.ContentImage, Media: &chat.Media{Attachment: string(attachment), Alt: "A lamp"}}}
}

// TestUploadsAreSent: what the server knows of an upload stands in the message, and a repetition is known.
func TestUploadsAreSent(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	conversation := r.sends(r.as(ana, "a"), text("0", "hello")).Conversation
	a := r.attached(chat.Attachment{User: ana, Conversation: conversation})
	first := r.sends(r.as(ana, "a"), picture("1", conversation, a.ID))
	want := chat.Media{URL: a.URL, Type: "image/png", Size: 700, Alt: "A lamp", Attachment: string(a.ID)}
	got := *first.Content.Media
	if file := got.File; file == nil || *file != *a.File() {
		t.Errorf("the file is %+v", file)
	}
	if got.File = nil; got != want {
		t.Errorf("the media are %+v, want %+v", got, want)
	}

	again, err := r.Send(t.Context(), r.as(ana, "a"), picture("1", conversation, a.ID))
	if err != nil || !again.Duplicate || again.Message.ID != first.ID {
		t.Errorf("sent again: %+v %v", again, err)
	}
	_, err = r.Send(t.Context(), r.as(ana, "a"), picture("2", conversation, a.ID))
	r.wantCode(err, "conflict")
	if next := r.sends(r.as(ana, "a"), text("3", "next")); next.Number != 3 {
		t.Errorf("a refused message took the number before %d", next.Number)
	}
	if err := r.DeleteMessage(t.Context(), r.business(), conversation, first.ID); err != nil {
		t.Fatal(err)
	}
	again, err = r.Send(t.Context(), r.as(ana, "a"), picture("1", conversation, a.ID))
	if err != nil || !again.Duplicate || !again.Message.Deleted {
		t.Errorf("sent again after it was deleted: %+v %v", again, err)
	}
}

// TestUploadsOfOthers: an upload is sent by its user, in its conversation, once, and as what it is.
func TestUploadsOfOthers(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	here := r.sends(r.as(ana, "a"), text("0", "hello")).Conversation
	group, _, err := r.Create(t.Context(), r.business(), messaging.CreateInput{Type: chat.SDKGroup, Participants: []messaging.ParticipantInput{{User: ana}, {User: ben}}})
	if err != nil {
		t.Fatal(err)
	}
	there := group.Conversation.ID
	mine := r.attached(chat.Attachment{User: ana, Conversation: here})
	document := r.attached(chat.Attachment{User: ana, Conversation: here, Name: "a.pdf", Type: "application/pdf", Size: 1})
	for name, test := range map[string]struct {
		id           chat.AttachmentID
		conversation chat.ConversationID
		field        string
	}{
		"another's":            {r.attached(chat.Attachment{User: ben, Conversation: there}).ID, there, "content.attachmentId"},
		"a key's":              {r.attached(chat.Attachment{Conversation: here}).ID, here, "content.attachmentId"},
		"of elsewhere":         {mine.ID, there, "content.attachmentId"},
		"none":                 {"0123456789abcdef01234567", here, "content.attachmentId"},
		"no picture":           {document.ID, here, "content.type"},
		"nothing at all":       {"", here, "content.attachmentId"},
		"a name that is no id": {"../x", here, "content.attachmentId"},
	} {
		_, err := r.Send(t.Context(), r.as(ana, "a"), picture("1", test.conversation, test.id))
		if e, ok := chat.AsError(err); !ok || e.Kind != chat.Invalid || e.Field != test.field {
			t.Errorf("%s: %v", name, err)
		}
	}
	byAddress := picture("1", here, mine.ID)
	byAddress.Content.Media.URL = mine.URL
	if _, err := r.Send(t.Context(), r.as(ana, "a"), byAddress); chat.KindOf(err) != chat.Invalid {
		t.Errorf("by an address: %v", err)
	}
	file := picture("1", here, document.ID)
	file.Content.Type = chat.ContentFile
	r.sends(r.as(ana, "a"), file)
}

// TestOneUploadAtOnce: of many messages with one upload one is sent.
func TestOneUploadAtOnce(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	conversation := r.sends(r.as(ana, "a"), text("0", "hello")).Conversation
	a := r.attached(chat.Attachment{User: ana, Conversation: conversation})
	var all sync.WaitGroup
	var mu sync.Mutex
	sent := 0
	for i := range 10 {
		all.Go(func() {
			_, err := r.Send(t.Context(), r.as(ana, "a"), picture(string(rune('a'+i)), conversation, a.ID))
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				sent++
			} else if chat.CodeOf(err) != "conflict" {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if sent != 1 {
		t.Errorf("%d were sent", sent)
	}
}

// TestKeysNameAttachments: by id, by address under any name of the server, in cards too; what a key says stays.
func TestKeysNameAttachments(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	conversation := r.sends(r.as(ana, "a"), text("0", "hello")).Conversation
	a := r.attached(chat.Attachment{Access: chat.AccessPublic})
	post := func(content chat.Content) (chat.Message, error) {
		sent, err := r.Send(t.Context(), r.business(), messaging.SendInput{Conversation: conversation,
			Author: messaging.AuthorInput{Type: chat.AuthorBusiness}, Content: content})
		return sent.Message, err
	}
	byID, err := post(chat.Content{Type: chat.ContentImage, Media: &chat.Media{Attachment: string(a.ID)}})
	if err != nil || byID.Content.Media.URL != a.URL || byID.Content.Media.Type != "image/png" || byID.Content.Media.File == nil {
		t.Errorf("by id: %+v %v", byID.Content.Media, err)
	}
	elsewhere := "http://127.0.0.1:8080" + chat.MediaPath + string(r.app) + "/" + a.Key + "/other.png"
	byAddress, err := post(chat.Content{Type: chat.ContentFile, Media: &chat.Media{URL: elsewhere, Type: "image/x-mine"}})
	if media := byAddress.Content.Media; err != nil || media.URL != elsewhere || media.Type != "image/x-mine" || media.Size != 700 || media.File == nil {
		t.Errorf("by address: %+v %v", media, err)
	}
	link := []chat.MessageAction{{Type: chat.ActionLink, Text: "t", URI: "https://a.example"}}
	cards, err := post(chat.Content{Type: chat.ContentCarousel, Cards: &chat.Cards{Items: []chat.Item{
		{Title: "1", MediaURL: a.URL, Actions: link}, {Title: "2", MediaURL: "https://a.example/x.png", Actions: link}, {Title: "3", MediaURL: a.URL, Actions: link}}}})
	if err != nil || cards.Content.Cards.Items[0].File == nil || cards.Content.Cards.Items[1].File != nil || cards.Content.Cards.Items[2].File == nil {
		t.Errorf("in cards: %+v %v", cards.Content.Cards, err)
	}
	if _, err := post(chat.Content{Type: chat.ContentImage, Media: &chat.Media{Attachment: "mine"}}); chat.KindOf(err) != chat.Invalid {
		t.Errorf("no id: %v", err)
	}
	// Beside an address elsewhere it is a name of the sender's own.
	if m, err := post(chat.Content{Type: chat.ContentImage, Media: &chat.Media{URL: "https://a.example/x.png", Attachment: "mine"}}); err != nil || m.Content.Media.File != nil {
		t.Errorf("elsewhere: %+v %v", m.Content.Media, err)
	}

	for _, m := range []chat.Message{byID, byAddress} {
		if err := r.DeleteMessage(t.Context(), r.business(), conversation, m.ID); err != nil {
			t.Fatal(err)
		}
	}
	if !r.isThere(a) {
		t.Error("it went before the last message that shows it")
	}
	if err := r.DeleteMessage(t.Context(), r.business(), conversation, cards.ID); err != nil {
		t.Fatal(err)
	}
	if r.isThere(a) {
		t.Error("it is still there after the last message that shows it")
	}
}
