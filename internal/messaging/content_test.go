package messaging_test

import (
	"testing"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/messaging"
)

// TestContentIsSentAgain: the same content is known again after the server has made what it makes of it; content that
// differs deep inside is another.
func TestContentIsSentAgain(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	send := func(url, action string) (messaging.Sent, error) {
		return r.Send(t.Context(), r.as(ana, "a"), messaging.SendInput{ClientMessageID: "1", Content: chat.Content{Type: chat.ContentText, Markdown: "**Mine**",
			Actions: []chat.MessageAction{{Type: chat.ActionLink, Text: action, URI: url}}}})
	}
	first, err := send("https://a.example/1", "Look")
	if err != nil || first.Duplicate || first.Message.Content.Text != "Mine" {
		t.Fatalf("%+v %v", first, err)
	}
	again, err := send("https://a.example/1", "Look")
	if err != nil || !again.Duplicate || again.Message.ID != first.Message.ID {
		t.Fatalf("%+v %v", again, err)
	}
	_, err = send("https://a.example/2", "Look")
	r.wantCode(err, "conflict")
	_, err = send("https://a.example/1", "Listen")
	r.wantCode(err, "conflict")
}

// TestUsersSayLess: a user may not post what asks or offers.
func TestUsersSayLess(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	for _, of := range []chat.ContentType{chat.ContentCarousel, chat.ContentList, chat.ContentForm, chat.ContentTemplate, "", "video"} {
		_, err := r.Send(t.Context(), r.as(ana, "a"), messaging.SendInput{ClientMessageID: "1", Content: chat.Content{Type: of, Template: "{}"}})
		if e, ok := chat.AsError(err); !ok || e.Kind != chat.Invalid || e.Field != "content.type" {
			t.Errorf("%s: %v", of, err)
		}
	}
}

// TestResponseIsSentAgain: a response that a client sends again is the first one, and no second answer to the form.
func TestResponseIsSentAgain(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	conversation := r.sends(r.as(ana, "a"), text("0", "hello")).Conversation
	field := chat.FormField{Type: chat.FieldText, Name: "n", Label: "Name"}
	form := r.sends(r.business(), messaging.SendInput{Conversation: conversation, Author: messaging.AuthorInput{Type: chat.AuthorBusiness},
		Content: chat.Content{Type: chat.ContentForm, Form: &chat.Form{Fields: []chat.FormField{field}}}})
	field.Text = "Ana"
	respond := func(id string) (messaging.Sent, error) {
		return r.Send(t.Context(), r.as(ana, "a"), messaging.SendInput{Conversation: conversation, ClientMessageID: id,
			Content: chat.Content{Type: chat.ContentFormResponse, Quoted: form.ID, Form: &chat.Form{Fields: []chat.FormField{field}}}})
	}
	for i := range 2 {
		if sent, err := respond("1"); err != nil || sent.Duplicate != (i == 1) || sent.Message.Number != 3 {
			t.Fatalf("%+v %v", sent, err)
		}
	}
	_, err := respond("2")
	r.wantCode(err, "conflict")
	if next := r.answers(conversation, "thanks"); next.Number != 4 {
		t.Errorf("a refused response took the number before %d", next.Number)
	}
}

func TestSilentMessages(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	conversation := r.sends(r.as(ana, "a"), text("1", "hello")).Conversation
	in := text("", "aside")
	in.Conversation, in.Author.Type, in.Destination = conversation, chat.AuthorBusiness, &messaging.DestinationInput{Type: messaging.Silent}
	aside := r.sends(r.business(), in)
	heard := r.heard(chat.EventMessage)
	if last := heard[len(heard)-1]; last.Message.ID != aside.ID || len(last.Audience) != 0 {
		t.Errorf("told are %v", last.Audience)
	}
	missed, err := r.Sync(t.Context(), r.as(ana, "a"), conversation, messaging.Cursor{Number: 1, Change: 1})
	if err != nil || len(missed.Events) != 1 || missed.Events[0].Message.ID != aside.ID {
		t.Errorf("a client that resumes gets %+v %v", missed, err)
	}
	in.ClientMessageID = "2"
	_, err = r.Send(t.Context(), r.as(ana, "a"), in)
	if e, ok := chat.AsError(err); !ok || e.Field != "destination" {
		t.Errorf("a user who is silent: %v", err)
	}
}

// TestCardNumbersAreConcealed: of users, where the app asks for it, and what is sent again is still the same message.
func TestCardNumbersAreConcealed(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	const number, masked = "4111 1111 1111 1111", "**** **** **** 1111"
	if said := r.sends(r.as(ana, "a"), text("0", number)); said.Content.Text != number {
		t.Errorf("nobody asked for it, and it is %q", said.Content.Text)
	}
	r.turnsOn("maskCreditCardNumbers")
	first := r.sends(r.as(ana, "a"), text("1", "mine is "+number))
	if first.Content.Text != "mine is "+masked {
		t.Errorf("stored is %q", first.Content.Text)
	}
	again, err := r.Send(t.Context(), r.as(ana, "a"), text("1", "mine is "+number))
	if err != nil || !again.Duplicate || again.Message.ID != first.ID {
		t.Errorf("sent again: %+v, %v", again, err)
	}
	_, messages, err := r.Create(t.Context(), r.as(ana, "a"), messaging.CreateInput{Messages: []messaging.SendInput{text("2", number)}})
	if err != nil || messages[0].Content.Text != masked {
		t.Errorf("a first message is %+v, %v", messages, err)
	}
	form := r.sends(r.business(), messaging.SendInput{Conversation: first.Conversation, Author: messaging.AuthorInput{Type: chat.AuthorBusiness},
		Content: chat.Content{Type: chat.ContentForm, Form: &chat.Form{Fields: []chat.FormField{{Type: chat.FieldText, Name: "card", Label: number}}}}})
	answer := r.sends(r.as(ana, "a"), messaging.SendInput{Conversation: first.Conversation, ClientMessageID: "3", Content: chat.Content{
		Type: chat.ContentFormResponse, Quoted: form.ID, Form: &chat.Form{Fields: []chat.FormField{{Type: chat.FieldText, Name: "card", Label: number, Text: number}}}}})
	if form.Content.Form.Fields[0].Label != number || answer.Content.Form.Fields[0].Text != masked {
		t.Errorf("the form is %+v, its answer %+v", form.Content.Form, answer.Content.Form)
	}
}
