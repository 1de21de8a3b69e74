package httpapi_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// postContent posts content on behalf of an author.
func (e env) postContent(conversation, author, content string) reply {
	e.Helper()
	return e.rest("POST", "/conversations/"+conversation+"/messages", `{"author":`+author+`,"content":`+content+`}`)
}

const business = `{"type":"business"}`

// told is the contents of all messages of a conversation, as REST lists them.
func (e env) told(conversation string) []map[string]any {
	e.Helper()
	list := decode[struct {
		Messages []struct{ Content map[string]any }
	}](e.T, e.rest("GET", "/conversations/"+conversation+"/messages", "").want(200).body)
	var contents []map[string]any
	for _, m := range list.Messages {
		contents = append(contents, m.Content)
	}
	return contents
}

// inWords is what REST says of content of several parts.
var inWords = map[string]string{
	"carousel": "Red shoe\nLook https://shop.example/red\nBlue shoe", "list": "Delivery\nAll https://shop.example/all", "location": "The shop\nRua Augusta 1, Lisboa",
}

// TestPostEveryContent posts what api/examples shows of each type and lists it as it was.
func TestPostEveryContent(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.newUser("u")
	conversation := e.newConversation("u").ID
	for _, name := range []string{"text", "image", "file", "carousel", "list", "form", "location", "template"} {
		raw, err := os.ReadFile(filepath.Join("..", "..", "api", "examples", "content-"+name+".json"))
		if err != nil {
			t.Fatal(err)
		}
		want := decode[map[string]any](t, raw)
		if words := inWords[name]; words != "" {
			want["text"] = words
		}
		posted := decode[map[string]any](t, raw)
		for _, made := range []string{"submitted", "textFallback"} { // by the server
			delete(posted, made)
		}
		if posted["markdownText"] != nil {
			delete(posted, "htmlText")
		}
		body, err := json.Marshal(posted)
		if err != nil {
			t.Fatal(err)
		}
		answer := decode[struct {
			Messages []struct{ Content map[string]any }
		}](t, e.postContent(conversation, business, string(body)).want(201).body)
		contents := e.told(conversation)
		for _, got := range []map[string]any{answer.Messages[0].Content, contents[len(contents)-1]} {
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%s: got %v, want %v", name, got, want)
			}
		}
	}
}

// TestEveryContentMayBlockTheInput but a response to a form, over REST, in webhooks and on the list.
func TestEveryContentMayBlockTheInput(t *testing.T) {
	t.Parallel()
	e, r := start(t), newReceiver(t)
	e.listen(r, "conversation:message")
	e.newUser("u")
	conversation := e.newConversation("u").ID
	const action = `{"type":"postback","text":"t","payload":"p"}`
	for _, content := range []string{
		`{"type":"text","text":"x"`, `{"type":"image","mediaUrl":"https://a.example/i.png"`, `{"type":"file","mediaUrl":"https://a.example/f"`,
		`{"type":"carousel","items":[{"title":"t","actions":[` + action + `]}]`, `{"type":"list","items":[{"title":"t","actions":[` + action + `]}]`,
		`{"type":"form","fields":[{"type":"text","name":"n","label":"l"}]`, `{"type":"location","coordinates":{"lat":1,"long":2}`, `{"type":"template","template":{}`,
	} {
		e.postContent(conversation, business, content+`,"blockChatInput":true}`).want(201)
		e.postContent(conversation, business, content+`,"blockChatInput":false}`).want(201)
	}
	for i, content := range e.told(conversation) {
		if blocks := content["blockChatInput"] == true; blocks != (i%2 == 0) {
			t.Errorf("%s: %v", content["type"], content["blockChatInput"])
		}
	}
	r.await("16 messages", func() bool { return len(r.events) == 16 })
	if n := strings.Count(strings.Join(r.bodies, ""), `"blockChatInput":true`); n != 8 {
		t.Errorf("webhooks are told of %d", n)
	}
}

// TestWhatActionsMayLack: what is empty is taken, and told as it was posted.
func TestWhatActionsMayLack(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.newUser("u")
	conversation := e.newConversation("u").ID
	long := strings.Repeat("é", 4096)
	e.postContent(conversation, business, `{"type":"text","text":"x","actions":[{"type":"reply","text":"","payload":"YES"},{"type":"reply","text":"No","payload":""},
		{"type":"postback","text":"`+long+`","payload":"","metadata":{"a":null,"b":1}},{"type":"buy","text":"Buy","amount":0},
		{"type":"link","text":"l","uri":"https://a.example","extraChannelOptions":{"messenger":{}}},{"type":"webview","text":"w","uri":"https://a.example","fallback":"https://b.example","default":true}]}`).want(201)
	want := []any{map[string]any{"type": "reply", "text": "", "payload": "YES"}, map[string]any{"type": "reply", "text": "No", "payload": ""},
		map[string]any{"type": "postback", "text": long, "payload": "", "metadata": map[string]any{"b": 1.0}},
		map[string]any{"type": "buy", "text": "Buy", "amount": 0.0}, map[string]any{"type": "link", "text": "l", "uri": "https://a.example"},
		map[string]any{"type": "webview", "text": "w", "uri": "https://a.example", "fallback": "https://b.example"}}
	if got := e.told(conversation)[0]["actions"]; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v", got)
	}
}

// TestRefusedContents: a refusal names the member; what is wrong in which way, the tests of chat say.
func TestRefusedContents(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.newUser("u")
	conversation := e.newConversation("u").ID
	action := func(action string) string { return `{"type":"text","text":"x","actions":[` + action + `]}` }
	card := func(action string) string {
		return `{"type":"carousel","items":[{"title":"t","actions":[` + action + `]}]}`
	}
	good := `{"type":"link","text":"t","uri":"https://a.example"}`
	field := func(field string) string { return `{"type":"form","fields":[` + field + `]}` }
	for content, field := range map[string]string{
		`{}`: "content.type",
		`{"type":"video","mediaUrl":"https://a.example"}`: "content.type",
		`{"type":"text"}`:                                                     "content.text",
		`{"type":"text","text":null,"actions":[]}`:                            "content.text",
		`{"type":"text","htmlText":"a","markdownText":"b"}`:                   "content.markdownText",
		`{"type":"text","htmlText":"<script>alert(1)</script><img src=x>"}`:   "content.htmlText",
		`{"type":"text","text":"x","htmlText":"<img src=x>"}`:                 "content.htmlText",
		`{"type":"text","htmlText":"` + strings.Repeat("<b>", 100) + `x"}`:    "content.htmlText",
		`{"type":"text","markdownText":"` + strings.Repeat("> ", 100) + `x"}`: "content.markdownText",
		`{"type":"text","markdownText":"![x](https://a.example)"}`:            "content.markdownText",
		`{"type":"image","mediaUrl":"javascript:alert(1)"}`:                   "content.mediaUrl",
		`{"type":"file","mediaUrl":"data:,x"}`:                                "content.mediaUrl",
		`{"type":"list","items":[]}`:                                          "content.items",
		`{"type":"location","location":{"name":"x"}}`:                         "content.coordinates",
		`{"type":"location","coordinates":{"lat":1}}`:                         "content.coordinates.long",
		`{"type":"location","coordinates":{"lat":1e300,"long":0}}`:            "content.coordinates.lat",
		`{"type":"template","template":"x"}`:                                  "content.template",
		`{"type":"template","template":[1]}`:                                  "content.template",
		`{"type":"template","template":null}`:                                 "content.template",
		action(`{"type":"link","text":"t","uri":"javascript:x"}`):             "content.actions[0].uri",
		action(good + `,{"type":"reply","text":"t"}`):                         "content.actions[1].payload",
		action(`{}`): "content.actions[0].type",
		action(`{"type":"reply","text":"","payload":""}`):                 "content.actions[0].text",
		action(`{"type":"postback","text":"","payload":"p"}`):             "content.actions[0].text",
		action(`{"type":"postback","text":"t"}`):                          "content.actions[0].payload",
		action(`{"type":"link","text":"t","uri":"myapp://x"}`):            "content.actions[0].uri",
		action(`{"type":"buy","text":"t","amount":-1,"currency":"eur"}`):  "content.actions[0].amount",
		action(`{"type":"buy","text":"t","currency":"eur"}`):              "content.actions[0].amount",
		action(`{"type":"webview","text":"t","uri":"https://a.example"}`): "content.actions[0].fallback",
		action(`{"type":"locationRequest"}`):                              "content.actions[0].text",
		card(`{"type":"reply","text":"t","payload":"p"}`):                 "content.items[0].actions[0].type",
		card(``): "content.items[0].actions",
		card(`{"type":"postback","text":"t","payload":"p","metadata":{"a":[]}}`): "content.items[0].actions[0].metadata",
		field(``):                           "content.fields",
		field(`{"type":"text","name":"n"}`): "content.fields[0].label",
		field(`{"type":"select","name":"n","label":"l"}`):                                      "content.fields[0].options",
		field(`{"type":"text","name":"n","label":"l","minSize":0}`):                            "content.fields[0].minSize",
		`{"type":"formResponse","fields":[{"type":"text","name":"n","label":"l","text":"x"}]}`: "content.quotedMessageId",
		// and what has not the form: the reader says where
		action(`{"type":"buy","text":"t","amount":9.99}`):                                                  "",
		`{"type":"text","text":"x","actions":{}}`:                                                          "",
		`{"type":"location","coordinates":{"lat":"1","long":"2"}}`:                                         "",
		`{"type":"carousel","items":[null]}`:                                                               "content.items[0].title",
		`{"type":"form","fields":[{"type":"text","name":"n","label":"l","minSize":99999999999999999999}]}`: "",
	} {
		e.postContent(conversation, business, content).wantProblem(400, "bad_request", field)
	}
	for _, of := range []string{"carousel", "list", "form", "template"} {
		e.postContent(conversation, `{"type":"user","userExternalId":"u"}`, `{"type":"`+of+`"}`).wantProblem(400, "bad_request", "content.type")
	}
	if got := e.told(conversation); len(got) != 0 {
		t.Errorf("something was posted: %v", got)
	}
}

func TestPostMarkup(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.newUser("u")
	conversation := e.newConversation("u").ID
	for _, test := range []struct{ posted, text, html, markdown string }{
		{`{"type":"text","markdownText":"**Hi** [you](https://a.example)<script>x</script>"}`, "Hi you (https://a.example)x",
			`<p><strong>Hi</strong> <a href="https://a.example" rel="noopener noreferrer nofollow">you</a>x</p>`, "**Hi** [you](https://a.example)<script>x</script>"},
		{`{"type":"text","htmlText":"<p onclick=x>a<b>b</p>"}`, "ab", "<p>a<b>b</b></p>", ""},
		{`{"type":"text","text":"mine","htmlText":"<b>b</b><script>x</script>"}`, "mine", "<b>b</b>", ""},
		{`{"type":"image","mediaUrl":"https://a.example/i.png","markdownText":"*i*"}`, "i", "<p><em>i</em></p>", "*i*"},
		{`{"type":"file","mediaUrl":"https://a.example/f"}`, "", "", ""},
	} {
		e.postContent(conversation, business, test.posted).want(201)
		contents := e.told(conversation)
		got := contents[len(contents)-1]
		for member, want := range map[string]string{"text": test.text, "htmlText": test.html, "markdownText": test.markdown} {
			if said, _ := got[member].(string); said != want {
				t.Errorf("%s: %s is %q, want %q", test.posted, member, said, want)
			}
		}
	}
}

// TestUsersPost: what a user may say over REST.
func TestUsersPost(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.newUser("u")
	conversation := e.newConversation("u").ID
	for _, content := range []string{
		`{"type":"text","text":"x"}`, `{"type":"image","mediaUrl":"https://a.example/i.png"}`, `{"type":"file","mediaUrl":"https://a.example/f","altText":"f"}`,
		`{"type":"location","coordinates":{"lat":0,"long":0}}`,
	} {
		e.postContent(conversation, `{"type":"user","userExternalId":"u"}`, content).want(201)
	}
}

// TestForms: a form takes one response, whose fields it knows, in its own conversation.
func TestForms(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.newUser("u")
	conversation, other := e.newConversation("u").ID, e.newConversation("u").ID
	posted := func(r reply) said { return decode[struct{ Messages []said }](e.T, r.want(201).body).Messages[0] }
	form := posted(e.postContent(conversation, business, `{"type":"form","blockChatInput":true,"fields":[{"type":"text","name":"n","label":"Name","maxSize":3},{"type":"email","name":"m","label":"Mail"}]}`))
	text := e.say(conversation, "no form")
	respond := func(conversation, form, text string) reply {
		return e.postContent(conversation, `{"type":"user","userExternalId":"u"}`,
			fmt.Sprintf(`{"type":"formResponse","quotedMessageId":%q,"fields":[{"type":"text","name":"n","label":"Name","text":%q}]}`, form, text))
	}
	const quoted = "content.quotedMessageId"
	respond(conversation, text.ID, "Ana").wantProblem(400, "bad_request", quoted)
	respond(conversation, "0123456789abcdef01234567", "Ana").wantProblem(400, "bad_request", quoted)
	respond(other, form.ID, "Ana").wantProblem(400, "bad_request", quoted)
	respond(conversation, form.ID, "Anna").wantProblem(400, "bad_request", "content.fields[0].text")
	if got := e.told(conversation)[0]["submitted"]; got != false {
		t.Errorf("before an answer, submitted is %v", got)
	}
	respond(conversation, form.ID, "Ana").want(201)
	contents := e.told(conversation)
	if len(contents) != 3 || contents[0]["submitted"] != true || contents[0]["blockChatInput"] != true || contents[2]["textFallback"] != "Name: Ana" || contents[2]["quotedMessageId"] != form.ID {
		t.Errorf("told are %v", contents)
	}
	respond(conversation, form.ID, "Eve").wantProblem(409, "conflict", quoted)
	if got := e.told(conversation); len(got) != 3 {
		t.Errorf("the second response is there: %v", got)
	}
	gone := posted(e.postContent(conversation, business, `{"type":"form","fields":[{"type":"text","name":"n","label":"Name"}]}`))
	e.rest("DELETE", "/conversations/"+conversation+"/messages/"+gone.ID, "").want(200)
	respond(conversation, gone.ID, "Ana").wantProblem(400, "bad_request", quoted)
}

// TestAnswersShowTheirForm: over REST and to webhooks, also where the form was named as documented, or not at all.
func TestAnswersShowTheirForm(t *testing.T) {
	t.Parallel()
	e, r := start(t), newReceiver(t)
	e.listen(r, "conversation:message")
	e.newUser("u")
	conversation := e.newConversation("u").ID
	type quoting struct {
		Content struct {
			QuotedMessageID string
			Fields          []struct{ QuotedMessageID string }
		}
		QuotedMessage struct {
			Type    string
			Message struct {
				ID      string
				Content struct{ Submitted bool }
			}
		}
	}
	ask := func() said {
		return decode[struct{ Messages []said }](t, e.postContent(conversation, business, `{"type":"form","fields":[{"type":"text","name":"n","label":"Name"}]}`).want(201).body).Messages[0]
	}
	answer := func(more string) reply {
		return e.postContent(conversation, `{"type":"user","userExternalId":"u"}`, `{"type":"formResponse","fields":[{"type":"text","name":"n","label":"Name","text":"Ana"`+more+`}]}`)
	}
	old, newer := ask(), ask()
	e.say(conversation, "please")
	check := func(q quoting, form said) {
		t.Helper()
		if q.Content.QuotedMessageID != form.ID || q.Content.Fields[0].QuotedMessageID != form.ID || q.QuotedMessage.Type != "message" ||
			q.QuotedMessage.Message.ID != form.ID || !q.QuotedMessage.Message.Content.Submitted {
			t.Errorf("the answer to %s is %+v", form.ID, q)
		}
	}
	for _, one := range []struct {
		named string
		form  said
	}{{"", newer}, {`,"quotedMessageId":"` + old.ID + `"`, old}} {
		check(decode[struct{ Messages []quoting }](t, answer(one.named).want(201).body).Messages[0], one.form)
	}
	listed := decode[struct{ Messages []quoting }](t, e.rest("GET", "/conversations/"+conversation+"/messages", "").want(200).body).Messages
	check(listed[3], newer)
	check(listed[4], old)
	r.event("conversation:message", func(e told) bool { return e.Payload.Message.QuotedMessage.Message.ID == old.ID })
	answer("").wantProblem(400, "bad_request", "content.quotedMessageId")
	e.rest("DELETE", "/conversations/"+conversation+"/messages/"+old.ID, "").want(200)
	listed = decode[struct{ Messages []quoting }](t, e.rest("GET", "/conversations/"+conversation+"/messages", "").want(200).body).Messages
	if listed[3].QuotedMessage.Type != "" {
		t.Errorf("a form that is gone is shown: %+v", listed[3])
	}
}

// TestFormIsAnsweredOnce: of responses at once, one is taken.
func TestFormIsAnsweredOnce(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.newUser("u")
	conversation := e.newConversation("u").ID
	form := decode[struct{ Messages []said }](t, e.postContent(conversation, business, `{"type":"form","fields":[{"type":"text","name":"n","label":"Name"}]}`).want(201).body).Messages[0]
	body := `{"author":{"type":"user","userExternalId":"u"},"content":{"type":"formResponse","quotedMessageId":"` + form.ID + `","fields":[{"type":"text","name":"n","label":"Name","text":"x"}]}}`
	statuses := make(chan int, 8)
	for range cap(statuses) {
		go func() {
			status, _, _ := e.Do("POST", e.path("/conversations/"+conversation+"/messages"), body, e.basic())
			statuses <- status
		}()
	}
	count := map[int]int{}
	for range cap(statuses) {
		count[<-statuses]++
	}
	if count[201] != 1 || count[409] != cap(statuses)-1 {
		t.Errorf("answered with %v", count)
	}
}

func TestDestinations(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.newUser("u")
	conversation := e.newConversation("u").ID
	post := func(author, destination string) reply {
		return e.rest("POST", "/conversations/"+conversation+"/messages",
			`{"author":`+author+`,"content":{"type":"text","text":"x"},"destination":`+destination+`,"override":{"line":{"a":[1]}},"schema":"whatsapp"}`)
	}
	post(business, `{"integrationType":"none"}`).want(201)
	post(business, `{"integrationType":"web"}`).want(201)
	post(business, `{"integrationId":"`+string(e.App.IntegrationID)+`"}`).want(201)
	for destination, field := range map[string]string{
		`{}`: "destination", `{"integrationType":"line"}`: "destination.integrationType", `{"integrationId":"0123456789abcdef01234567"}`: "destination.integrationId",
		`{"integrationId":"` + string(e.App.IntegrationID) + `","integrationType":"web"}`: "destination",
	} {
		post(business, destination).wantProblem(400, "bad_request", field)
	}
	post(`{"type":"user","userExternalId":"u"}`, `{"integrationType":"none"}`).wantProblem(400, "bad_request", "destination")
	if got := e.told(conversation); len(got) != 3 {
		t.Errorf("posted are %v", got)
	}
}
