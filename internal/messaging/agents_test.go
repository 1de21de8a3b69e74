package messaging_test

import (
	"context"
	"strings"
	"sync"
	"testing"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/messaging"
)

func (r *room) agent(id, name string) chat.Principal {
	return chat.Principal{App: r.app, Agent: &chat.AgentAtWork{ID: chat.AgentID(id), Name: name, Role: chat.RoleAgent}, Name: "agent " + id}
}

// reply is what an agent sends who has seen the conversation up to a number.
func reply(to chat.Message, id, words string, seen int64) messaging.SendInput {
	in := text(id, words)
	in.Conversation, in.Seen = to.Conversation, seen
	return in
}

func TestAnAgentAnswersAsTheBusiness(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	asked := r.sends(r.as(ana, "a"), text("1", "hello"))
	kim := r.agent("kim", "Kim")
	in := reply(asked, "m1", "hi", 1)
	in.Author = messaging.AuthorInput{Type: chat.AuthorUser, User: ana, DisplayName: "Ana"} // is not theirs to say
	m := r.sends(kim, in)
	if m.Author != (chat.Author{Type: chat.AuthorBusiness, DisplayName: "Kim", Subtype: "agent"}) || m.Origin.Type != chat.OriginREST || m.Assurance != "" {
		t.Errorf("%+v", m)
	}
	if nameless := r.sends(r.agent("lou", ""), reply(asked, "m1", "hi", 2)); nameless.Author.DisplayName != "" || nameless.ID == m.ID {
		t.Errorf("%+v", nameless)
	}
	again, err := r.Send(t.Context(), kim, reply(asked, "m1", "hi", 1))
	if err != nil || !again.Duplicate || again.Message.ID != m.ID {
		t.Errorf("sent again, after a colleague: %+v, %v", again, err)
	}
	_, err = r.Send(t.Context(), kim, reply(asked, "m1", "something else", 9))
	r.wantCode(err, "conflict")
	_, err = r.Send(t.Context(), kim, reply(asked, "", "without an id", 9))
	r.wantCode(err, "bad_request")
	_, err = r.Send(t.Context(), r.agent("eve", "Eve"), reply(chat.Message{Conversation: "nothing"}, "m1", "hi", 0))
	r.wantCode(err, "conversation_not_found")
	stranger := r.agent("eve", "Eve")
	stranger.Agent.Role = ""
	_, err = r.Send(t.Context(), stranger, reply(asked, "m2", "hi", 9))
	r.wantCode(err, "forbidden")
}

func TestNobodyAnswersTwice(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	kim, lou := r.agent("kim", "Kim"), r.agent("lou", "Lou")
	asked := r.sends(r.as(ana, "a"), text("1", "hello"))
	r.sends(r.as(ana, "a"), text("2", "are you there?"))
	r.sends(kim, reply(asked, "m1", "hi", 1)) // a user's message meanwhile keeps nobody
	r.sends(kim, reply(asked, "m2", "and", 1))
	refused := func(in messaging.SendInput, who string) {
		t.Helper()
		_, err := r.Send(t.Context(), lou, in)
		r.wantCode(err, "answered_meanwhile")
		if !strings.Contains(err.Error(), who+" has answered") {
			t.Errorf("it does not say who: %v", err)
		}
	}
	refused(reply(asked, "m3", "hi from me", 2), "Kim")
	refused(reply(asked, "m3", "hi from me", 3), "Kim")
	r.answers(asked.Conversation, "from a program")
	refused(reply(asked, "m3", "hi from me", 4), "Shop")
	anyway := reply(asked, "m3", "hi from me", 2)
	anyway.Anyway = true
	sent := r.sends(lou, anyway)
	if sent.Number != 6 {
		t.Errorf("the refused ones took numbers: %d", sent.Number)
	}
	activity := text("", "Kim was assigned")
	activity.Conversation, activity.Author = asked.Conversation, messaging.AuthorInput{Type: chat.AuthorBusiness, Subtype: "activity"}
	r.sends(r.business(), activity)
	r.sends(kim, reply(asked, "m4", "I go on", sent.Number)) // an activity is no answer
}

func TestOfTwoAgentsAtOnceOneAnswers(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	asked := r.sends(r.as(ana, "a"), text("1", "hello"))
	var all sync.WaitGroup
	errs := make([]error, 8)
	for i := range errs {
		all.Go(func() {
			name := string(rune('a' + i))
			_, errs[i] = r.Send(context.Background(), r.agent(name, name), reply(asked, "m", "hi", 1))
		})
	}
	all.Wait()
	through := 0
	for _, err := range errs {
		if err == nil {
			through++
		} else {
			r.wantCode(err, "answered_meanwhile")
		}
	}
	if through != 1 {
		t.Errorf("%d got through", through)
	}
}

func TestAnAgentReadsAndTypesAsTheBusiness(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	asked := r.sends(r.as(ana, "a"), text("1", "hello"))
	r.sends(r.as(ana, "a"), text("2", "and"))
	kim := r.agent("kim", "Kim")
	if err := r.MarkRead(t.Context(), kim, asked.Conversation, 1); err != nil {
		t.Fatal(err)
	}
	if read := r.heard(chat.EventRead); len(read) != 1 || read[0].Read.By != chat.AuthorBusiness || read[0].Read.Number != 1 {
		t.Errorf("%+v", read)
	}
	if err := r.Type(t.Context(), kim, asked.Conversation, messaging.AuthorInput{DisplayName: "the boss"}, true); err != nil {
		t.Fatal(err)
	}
	want := chat.Author{Type: chat.AuthorBusiness, DisplayName: "Kim", Subtype: "agent"}
	if typing := r.heard(chat.EventTyping); len(typing) != 1 || typing[0].Typing.Author != want {
		t.Errorf("%+v", typing)
	}
	r.wantCode(r.MarkRead(t.Context(), chat.Principal{App: r.app}, asked.Conversation, 1), "forbidden")
}
