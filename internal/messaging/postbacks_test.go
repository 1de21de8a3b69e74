package messaging_test

import (
	"reflect"
	"sync"
	"testing"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/messaging"
	"github.com/parlorchat/parlor/internal/store"
)

// offers posts a message of the business with these actions into Ana's conversation.
func (r *room) offers(conversation chat.ConversationID, actions ...chat.MessageAction) chat.Message {
	r.Helper()
	return r.sends(r.business(), messaging.SendInput{Conversation: conversation, Author: messaging.AuthorInput{Type: chat.AuthorBusiness},
		Content: chat.Content{Type: chat.ContentText, Text: "Well?", Actions: actions}})
}

func (r *room) echoes() { r.turnsOn("echoPostback") }

// turnsOn switches on one of chat.AppSwitches.
func (r *room) turnsOn(name string) {
	r.write(func(tx store.Tx) error {
		app, err := tx.GetApp(r.app)
		if err != nil {
			return err
		}
		app.Settings.Switches = []string{name}
		return tx.UpdateApp(app)
	})
}

var later = chat.MessageAction{Type: chat.ActionPostback, Text: "Later", Payload: new("LATER"), Metadata: chat.Metadata{"step": "2"}}

func TestPostbackIsTold(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	conversation := r.sends(r.as(ana, "a"), text("0", "hello")).Conversation
	offer := r.offers(conversation, chat.MessageAction{Type: chat.ActionReply, Text: "Yes", Payload: new("Y")}, later)
	card := chat.Item{Title: "Shoe", Actions: []chat.MessageAction{{Type: chat.ActionLink, Text: "Look", URI: "https://shop.example"}, later}}
	cards := r.sends(r.business(), messaging.SendInput{Conversation: conversation, Author: messaging.AuthorInput{Type: chat.AuthorBusiness},
		Content: chat.Content{Type: chat.ContentCarousel, Cards: &chat.Cards{Items: []chat.Item{card, card}}}})
	for i, in := range []messaging.PostbackInput{
		{Message: offer.ID, Action: chat.ActionIDOf(offer.ID, 1)},
		{Message: cards.ID, Action: chat.ActionIDOf(cards.ID, 1, 1)},
	} {
		in.Conversation, in.ClientMessageID = conversation, string(rune('a'+i))
		if err := r.Postback(t.Context(), r.as(ana, "a"), in); err != nil {
			t.Fatal(err)
		}
		want := chat.Event{Kind: chat.EventPostback, Trigger: chat.TriggerPostback, Conversation: conversation, App: r.app, At: start, User: ana,
			Postback: &chat.Postback{Message: in.Message, Client: "a", Text: "Later", Payload: "LATER", Metadata: chat.Metadata{"step": "2"}}}
		if heard := r.heard(chat.EventPostback); len(heard) != i+1 || !reflect.DeepEqual(heard[i], want) {
			t.Fatalf("heard %+v, want the last to be %+v", heard, want)
		}
	}
	more := messaging.PostbackInput{Conversation: conversation, Message: offer.ID, Action: chat.ActionIDOf(offer.ID, 1), ClientMessageID: "c",
		Metadata: chat.Metadata{"step": "99", "page": "/shoes"}}
	if err := r.Postback(t.Context(), r.as(ana, "a"), more); err != nil {
		t.Fatal(err)
	}
	if told := r.heard(chat.EventPostback)[2].Postback.Metadata; !reflect.DeepEqual(told, chat.Metadata{"step": "2", "page": "/shoes"}) {
		t.Errorf("the metadata are %v", told)
	}
	if next := r.answers(conversation, "so be it"); next.Number != 4 || next.Change != 4 {
		t.Errorf("a postback that is not echoed changed the conversation: %+v", next)
	}
}

func TestPostbackIsRefused(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	conversation := r.sends(r.as(ana, "a"), text("0", "hello")).Conversation
	other, _, err := r.Create(t.Context(), r.as(ana, "a"), messaging.CreateInput{})
	if err != nil {
		t.Fatal(err)
	}
	offer := r.offers(conversation, later, chat.MessageAction{Type: chat.ActionReply, Text: "Yes", Payload: new("Y")})
	elsewhere := r.offers(other.Conversation.ID, later)
	gone := r.offers(conversation, later)
	if err := r.DeleteMessage(t.Context(), r.business(), conversation, gone.ID); err != nil {
		t.Fatal(err)
	}
	own := r.sends(r.business(), messaging.SendInput{Conversation: conversation, Author: messaging.AuthorInput{Type: chat.AuthorUser, User: ana},
		Content: chat.Content{Type: chat.ContentText, Text: "mine", Actions: []chat.MessageAction{later}}})
	id := func(m chat.Message) chat.ActionID { return chat.ActionIDOf(m.ID, 0) }
	for name, test := range map[string]struct {
		by      chat.Principal
		in      messaging.PostbackInput
		code    string
		field   string
		unnamed bool
	}{
		"somebody else":            {by: r.as(eve, "e"), in: messaging.PostbackInput{Conversation: conversation, Message: offer.ID, Action: id(offer)}, code: "conversation_not_found"},
		"a key":                    {by: r.business(), in: messaging.PostbackInput{Conversation: conversation, Message: offer.ID, Action: id(offer)}, code: "forbidden"},
		"no conversation":          {by: r.as(ana, "a"), in: messaging.PostbackInput{Message: offer.ID, Action: id(offer)}, code: "conversation_not_found"},
		"no message":               {by: r.as(ana, "a"), in: messaging.PostbackInput{Conversation: conversation, Action: id(offer)}, code: "message_not_found"},
		"of another conversation":  {by: r.as(ana, "a"), in: messaging.PostbackInput{Conversation: conversation, Message: elsewhere.ID, Action: id(elsewhere)}, code: "message_not_found"},
		"a removed message":        {by: r.as(ana, "a"), in: messaging.PostbackInput{Conversation: conversation, Message: gone.ID, Action: id(gone)}, code: "message_not_found"},
		"no action":                {by: r.as(ana, "a"), in: messaging.PostbackInput{Conversation: conversation, Message: offer.ID}, code: "action_not_found"},
		"of another message":       {by: r.as(ana, "a"), in: messaging.PostbackInput{Conversation: conversation, Message: offer.ID, Action: id(elsewhere)}, code: "action_not_found"},
		"beyond the last":          {by: r.as(ana, "a"), in: messaging.PostbackInput{Conversation: conversation, Message: offer.ID, Action: chat.ActionIDOf(offer.ID, 2)}, code: "action_not_found"},
		"not of the business":      {by: r.as(ana, "a"), in: messaging.PostbackInput{Conversation: conversation, Message: own.ID, Action: id(own)}, code: "action_not_found"},
		"a reply":                  {by: r.as(ana, "a"), in: messaging.PostbackInput{Conversation: conversation, Message: offer.ID, Action: chat.ActionIDOf(offer.ID, 1)}, code: "bad_request", field: "action"},
		"without an id of its own": {by: r.as(ana, "a"), in: messaging.PostbackInput{Conversation: conversation, Message: offer.ID, Action: id(offer)}, code: "bad_request", field: "id", unnamed: true},
	} {
		if !test.unnamed {
			test.in.ClientMessageID = "p"
		}
		err := r.Postback(t.Context(), test.by, test.in)
		if e, ok := chat.AsError(err); !ok || e.Code != test.code || e.Field != test.field {
			t.Errorf("%s: got %v, want %s", name, err, test.code)
		}
	}
	err = r.Postback(t.Context(), r.as(ana, "a"), messaging.PostbackInput{Conversation: conversation, Message: offer.ID, Action: id(offer),
		ClientMessageID: "p", Metadata: chat.Metadata{"list": []any{1}}})
	if e, ok := chat.AsError(err); !ok || e.Field != "metadata" {
		t.Errorf("metadata that are none: %v", err)
	}
	if heard := r.heard(chat.EventPostback); len(heard) != 0 {
		t.Errorf("refused and told: %+v", heard)
	}
}

// TestPostbackIsEchoed: the words of the button are a message of the user, once for one press however often it is sent.
func TestPostbackIsEchoed(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	r.echoes()
	conversation := r.sends(r.as(ana, "a"), text("0", "hello")).Conversation
	offer := r.offers(conversation, later)
	press := func(id string) error {
		return r.Postback(t.Context(), r.as(ana, "a"), messaging.PostbackInput{Conversation: conversation, Message: offer.ID,
			Action: chat.ActionIDOf(offer.ID, 0), ClientMessageID: id})
	}
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			if err := press("1"); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	heard := r.heard(chat.EventMessage)
	echo := heard[len(heard)-1].Message
	if len(heard) != 3 || len(r.heard(chat.EventPostback)) != 1 {
		t.Fatalf("eight times one press: %d messages, %d postbacks", len(heard), len(r.heard(chat.EventPostback)))
	}
	if echo.Content.Text != "Later" || echo.Content.Payload != "" || echo.Author.User != ana || echo.Origin.ClientMessageID != "1" || echo.Assurance != chat.AssuranceSigned {
		t.Errorf("the echo is %+v", echo)
	}
	if err := press("2"); err != nil || len(r.heard(chat.EventPostback)) != 2 {
		t.Errorf("a second press: %v", err)
	}
	r.wantCode(press("0"), "conflict") // another message of this client
}
