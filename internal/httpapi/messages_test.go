package httpapi_test

import (
	"fmt"
	"strings"
	"testing"
)

// said is a message as a program reads it.
type said struct {
	ID     string
	Number int64
	Author struct {
		Type, UserID, UserExternalID, DisplayName, AvatarURL string
		Subtypes                                             []string
	}
	Content  struct{ Type, Text, Payload string }
	Source   struct{ Type string }
	Metadata map[string]any
}

// post posts a message and returns the answer.
func (e env) post(conversation, author, text string) reply {
	e.Helper()
	return e.rest("POST", "/conversations/"+conversation+"/messages", fmt.Sprintf(`{"author":%s,"content":{"type":"text","text":%q}}`, author, text))
}

// say posts a message of the business.
func (e env) say(conversation, text string) said {
	e.Helper()
	return decode[struct{ Messages []said }](e.T, e.post(conversation, `{"type":"business"}`, text).want(201).body).Messages[0]
}

func TestPostMessages(t *testing.T) {
	t.Parallel()
	e := start(t)
	user := e.newUser("u")
	e.newUser("stranger")
	conversation := e.newConversation("u").ID
	post := func(body string) reply { return e.rest("POST", "/conversations/"+conversation+"/messages", body) }

	r := post(`{"author":{"type":"business","displayName":"Max","avatarUrl":"https://example.com/m.png","subtypes":["AI"]},
		"content":{"type":"text","text":"Olá 🙂 <b>\u2028","payload":"p"},"metadata":{"a":1,"b":"x","c":null},"destination":{"integrationType":"none"}}`).want(201)
	one := decode[struct{ Messages []said }](t, r.body).Messages[0]
	if one.Number != 1 || one.Content.Text != "Olá 🙂 <b>\u2028" || one.Content.Payload != "p" || one.Author.DisplayName != "Max" ||
		fmt.Sprintf("%v %v %v", one.Author.Subtypes, one.Metadata, one.Source.Type) != "[AI] map[a:1 b:x] api:conversations" {
		t.Errorf("posted %+v", one)
	}
	for i, author := range []string{`{"type":"user","userId":"` + user.ID + `"}`, `{"type":"user","userExternalId":"u"}`} {
		got := decode[struct{ Messages []said }](t, e.post(conversation, author, "hi").want(201).body).Messages[0]
		if got.Number != int64(i)+2 || got.Author.UserID != user.ID || got.Author.UserExternalID != "u" {
			t.Errorf("as the user: %+v", got)
		}
	}
	long := strings.Repeat("🙂", 4096)
	post(`{"author":{"type":"business"},"content":{"type":"text","text":"` + long + `"}}`).want(201)
	post(`{"author":{"type":"business","displayName":"` + strings.Repeat("é", 255) + `"},"content":{"type":"text","text":"x"}}`).want(201)
	for name, test := range map[string]struct {
		body   string
		status int
		field  string
	}{
		"no author":          {`{"content":{"type":"text","text":"x"}}`, 400, "author.type"},
		"author unknown":     {`{"author":{"type":"bot"},"content":{"type":"text","text":"x"}}`, 400, "author.type"},
		"user without id":    {`{"author":{"type":"user"},"content":{"type":"text","text":"x"}}`, 400, "author"},
		"user with both ids": {`{"author":{"type":"user","userId":"` + user.ID + `","userExternalId":"u"},"content":{"type":"text","text":"x"}}`, 400, "author"},
		"business with id":   {`{"author":{"type":"business","userId":"` + user.ID + `"},"content":{"type":"text","text":"x"}}`, 400, "author"},
		"user elsewhere":     {`{"author":{"type":"user","userExternalId":"stranger"},"content":{"type":"text","text":"x"}}`, 400, "author"},
		"user unknown":       {`{"author":{"type":"user","userExternalId":"w"},"content":{"type":"text","text":"x"}}`, 404, ""},
		"two subtypes":       {`{"author":{"type":"business","subtypes":["AI","bot"]},"content":{"type":"text","text":"x"}}`, 400, "author.subtypes"},
		"subtype unknown":    {`{"author":{"type":"business","subtypes":["ai"]},"content":{"type":"text","text":"x"}}`, 400, "author.subtypes"},
		"subtype of a user":  {`{"author":{"type":"user","userExternalId":"u","subtypes":["bot"]},"content":{"type":"text","text":"x"}}`, 400, "author.subtypes"},
		"name longer":        {`{"author":{"type":"business","displayName":"` + strings.Repeat("n", 256) + `"},"content":{"type":"text","text":"x"}}`, 400, "author.displayName"},
		"no content":         {`{"author":{"type":"business"}}`, 400, "content.type"},
		"content unknown":    {`{"author":{"type":"business"},"content":{"type":"video","mediaUrl":"https://example.com/v"}}`, 400, "content.type"},
		"empty text":         {`{"author":{"type":"business"},"content":{"type":"text","text":""}}`, 400, "content.text"},
		"text longer":        {`{"author":{"type":"business"},"content":{"type":"text","text":"` + long + `x"}}`, 400, "content.text"},
		"text a number":      {`{"author":{"type":"business"},"content":{"type":"text","text":7}}`, 400, ""},
		"metadata deep":      {`{"author":{"type":"business"},"content":{"type":"text","text":"x"},"metadata":{"a":{}}}`, 400, "metadata"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := reply(e.in(t).rest("POST", "/conversations/"+conversation+"/messages", test.body)).want(test.status)
			if test.field != "" {
				r.wantProblem(400, "bad_request", test.field)
			}
		})
	}
}

// TestPagesOfMessages walks through 250 messages: the newest page first, the oldest message first in each.
func TestPagesOfMessages(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.newUser("u")
	conversation := e.newConversation("u").ID
	path := "/conversations/" + conversation + "/messages"
	if got, want := string(e.rest("GET", path, "").want(200).body), `{"messages":[],"meta":{"hasMore":false},"links":{}}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	for i := range 250 { // past the recorder, which checks other posts
		body := fmt.Sprintf(`{"author":{"type":"business"},"content":{"type":"text","text":"message %d"}}`, i+1)
		if status, _, raw := e.Do("POST", e.path(path), body, e.basic()); status != 201 {
			t.Fatalf("%d %s", status, raw)
		}
	}
	wantRun := func(page listing, from, to int64, prev, next bool) {
		t.Helper()
		if n := int64(len(page.Messages)); n != to-from+1 {
			t.Fatalf("a page of %d messages, want %d to %d", n, from, to)
		}
		for i, m := range page.Messages {
			if m.Number != from+int64(i) || m.Content.Text != fmt.Sprint("message ", m.Number) {
				t.Fatalf("at %d stands %+v", i, m)
			}
		}
		if (page.Links.Prev != "") != prev || (page.Links.Next != "") != next {
			t.Errorf("%d to %d: links %+v", from, to, page.Links)
		}
	}
	newest := e.rest("GET", path, "").want(200).listing()
	wantRun(newest, 151, 250, true, false)
	middle := e.follow(newest.Links.Prev)
	wantRun(middle, 51, 150, true, true)
	oldest := e.follow(middle.Links.Prev)
	wantRun(oldest, 1, 50, false, true)
	if oldest.Meta.HasMore || !middle.Meta.HasMore || !newest.Meta.HasMore {
		t.Error("hasMore is wrong on the way back")
	}
	forth := e.follow(oldest.Links.Next)
	wantRun(forth, 51, 150, true, true)
	last := e.follow(forth.Links.Next)
	wantRun(last, 151, 250, true, false)
	if !forth.Meta.HasMore || last.Meta.HasMore {
		t.Error("hasMore is wrong on the way forth")
	}
	wantRun(e.rest("GET", path+"?page[size]=10", "").want(200).listing(), 151, 250, true, false)
	after := e.rest("GET", path+"?page[after]="+last.Messages[99].ID, "").want(200).listing()
	if len(after.Messages) != 0 || after.Meta.HasMore {
		t.Errorf("after the newest stands %+v", after)
	}

	other := e.newConversation("u").ID
	e.rest("GET", "/conversations/"+other+"/messages?page[before]="+newest.Meta.BeforeCursor, "").wantProblem(400, "bad_request", "page[before]")
	e.rest("GET", path+"?page[before]="+newest.Meta.BeforeCursor+"&page[after]="+newest.Meta.BeforeCursor, "").wantProblem(400, "bad_request", "")
	e.rest("GET", path+"?page[before]=250", "").wantProblem(400, "bad_request", "page[before]")
}

func TestDeleteMessages(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.newUser("u")
	conversation, other := e.newConversation("u").ID, e.newConversation("u").ID
	path := "/conversations/" + conversation + "/messages"
	var ids []string
	for i := range 3 {
		ids = append(ids, e.say(conversation, fmt.Sprint(i)).ID)
	}
	e.rest("DELETE", "/conversations/"+other+"/messages/"+ids[1], "").wantProblem(404, "message_not_found", "")
	if got := string(e.rest("DELETE", path+"/"+ids[1], "").want(200).body); got != "{}" {
		t.Errorf("delete answers %s", got)
	}
	e.rest("DELETE", path+"/"+ids[1], "").wantProblem(404, "message_not_found", "")
	page := e.rest("GET", path, "").want(200).listing()
	if len(page.Messages) != 2 || page.Messages[0].ID != ids[0] || page.Messages[1].ID != ids[2] || page.Messages[1].Number != 3 {
		t.Errorf("left are %+v", page.Messages)
	}
	for range 2 {
		if got := string(e.rest("DELETE", path, "").want(200).body); got != "{}" {
			t.Errorf("delete all answers %s", got)
		}
	}
	if page := e.rest("GET", path, "").want(200).listing(); len(page.Messages) != 0 {
		t.Errorf("left are %+v", page.Messages)
	}
	if next := e.say(conversation, "next"); next.Number != 4 {
		t.Errorf("the next message has the number %d", next.Number)
	}
	const unknown = "0123456789abcdef01234567"
	for _, test := range []struct{ method, path, body, code string }{
		{"GET", "/conversations/" + unknown + "/messages", "", "conversation_not_found"},
		{"DELETE", "/conversations/" + unknown + "/messages", "", "conversation_not_found"},
		{"DELETE", "/conversations/" + unknown + "/messages/" + unknown, "", "conversation_not_found"},
		{"DELETE", path + "/" + unknown, "", "message_not_found"},
		{"DELETE", path + "/x", "", "message_not_found"},
	} {
		e.rest(test.method, test.path, test.body).wantProblem(404, test.code, "")
	}
}
