package httpapi_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/store"
)

// told is an event as a receiver reads it.
type told struct {
	ID, Type, CreatedAt string
	Payload             struct {
		Conversation struct {
			ID, Type string
			led
		}
		Metadata map[string]any
		User     struct {
			ID, ExternalID string
			Authenticated  bool
			Profile        *struct{ GivenName string }
		}
		Message struct {
			ID      string
			Content struct{ Type, Text string }
			Author  struct {
				Type, UserID, DisplayName string
				User                      struct{ ID, ExternalID string }
			}
			Source struct {
				Type, IntegrationID string
				Client              *struct{ ID string }
				Device              *struct{ ID string }
			}
			QuotedMessage struct{ Message struct{ ID string } }
		}
		Activity struct {
			Type   string
			Author struct{ Type, UserID string }
		}
		Client      struct{ ID, Type string }
		MergedUsers struct {
			Surviving, Discarded struct {
				ID, ExternalID string
				Authenticated  bool
			}
		}
		Reason, CreationReason string
	}
}

// receiver is a company's program that webhooks call. It answers what its test sets, and keeps what it took.
type receiver struct {
	*testing.T
	server *httptest.Server

	mu      sync.Mutex
	answer  int
	calls   []http.Header
	bodies  []string
	events  []told
	changed chan struct{} // closed and made anew with each call
}

func newReceiver(t *testing.T) *receiver {
	t.Helper()
	r := &receiver{T: t, answer: 200, changed: make(chan struct{})}
	r.server = httptest.NewServer(http.HandlerFunc(r.receive))
	t.Cleanup(r.server.Close)
	return r
}

func (r *receiver) receive(w http.ResponseWriter, call *http.Request) {
	body, err := io.ReadAll(call.Body)
	if err != nil {
		r.Errorf("the body of a webhook's call did not arrive: %v", err)
	}
	var envelope struct{ Events []told }
	if err := json.Unmarshal(body, &envelope); err != nil {
		r.Errorf("%v: %s", err, body)
	}
	if c, err := loadContract(); err == nil {
		var value any
		_ = json.Unmarshal(body, &value) // it was read above
		if err := c.document.Components.Schemas["Envelope"].Value.VisitJSON(value); err != nil {
			r.Errorf("an envelope is not as the contract says: %v\n%s", err, body)
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.calls, r.bodies = append(r.calls, call.Header), append(r.bodies, string(body))
	if r.answer < 300 {
		r.events = append(r.events, envelope.Events...)
	}
	close(r.changed)
	r.changed = make(chan struct{})
	if r.answer == http.StatusFound {
		w.Header().Set("Location", r.server.URL+"/elsewhere")
	}
	w.WriteHeader(r.answer)
}

func (r *receiver) answers(status int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.answer = status
}

// await waits until the receiver is as the test wants it.
func (r *receiver) await(what string, is func() bool) {
	r.Helper()
	within := time.After(15 * time.Second)
	for {
		r.mu.Lock()
		done, changed := is(), r.changed
		r.mu.Unlock()
		if done {
			return
		}
		select {
		case <-changed:
		case <-within:
			r.mu.Lock()
			defer r.mu.Unlock()
			r.Fatalf("%s did not come; there were %d calls, and these events: %+v", what, len(r.calls), r.events)
		}
	}
}

// event waits for an event of the type that fits.
func (r *receiver) event(kind string, fits func(told) bool) (found told) {
	r.Helper()
	r.await(kind, func() bool {
		i := slices.IndexFunc(r.events, func(e told) bool { return e.Type == kind && (fits == nil || fits(e)) })
		if i >= 0 {
			found = r.events[i]
		}
		return i >= 0
	})
	return found
}

func (e env) listen(r *receiver, triggers ...string) integration {
	e.Helper()
	return e.rest("POST", "/integrations", customBody(r.server.URL, triggers...)).want(201).integration()
}

func TestWebhooksAreToldWhatHappens(t *testing.T) {
	t.Parallel()
	e, r := start(t), newReceiver(t)
	hook := e.listen(r).Webhooks[0]
	if hook.Secret == "" || hook.Version != "v2" || !hook.Enabled {
		t.Errorf("got %+v", hook)
	}

	signed := e.signIn(`{"door":"sdk","token":"` + e.UserToken("ana") + `"}`).want(201).signedIn()
	added := r.event("client:add", nil)
	if added.Payload.User.ExternalID != "ana" || !added.Payload.User.Authenticated || added.Payload.Client.Type != "sdk" || added.Payload.Reason != "sdkLogin" {
		t.Errorf("client:add: %+v", added.Payload)
	}
	nobody := e.signIn(`{}`).want(201).signedIn()
	e.call("POST", e.sdk("/sessions"), `{"door":"sdk","token":"`+e.UserToken("ben")+`"}`, "Authorization: Bearer "+nobody.Session.Token).want(201)
	if updated := r.event("user:update", nil).Payload; updated.User.ID != nobody.User.ID || updated.User.ExternalID != "ben" || updated.Reason != "authentication" {
		t.Errorf("user:update: %+v", updated)
	}

	own := e.newConversation("ana")
	if made := r.event("conversation:create", nil); made.Payload.Conversation.ID != own.ID || made.Payload.CreationReason != "none" || made.Payload.User.ID != signed.User.ID {
		t.Errorf("conversation:create: %+v", made.Payload)
	}
	e.rest("POST", "/conversations/"+own.ID+"/messages", `{"author":{"type":"user","userExternalId":"ana"},"content":{"type":"text","text":"hello"}}`).want(201)
	message := r.event("conversation:message", nil).Payload
	if message.Message.Content.Text != "hello" || message.Message.Author.User.ExternalID != "ana" || message.Message.Author.UserID != signed.User.ID ||
		message.Message.Source.Type != "api:conversations" || message.User.ID != "" {
		t.Errorf("conversation:message: %+v", message)
	}
	e.rest("POST", "/conversations/"+own.ID+"/messages", `{"author":{"type":"business","displayName":"Support"},"content":{"type":"text","text":"welcome"}}`).want(201)
	r.event("conversation:message", func(e told) bool { return e.Payload.Message.Author.DisplayName == "Support" })

	e.rest("POST", "/conversations/"+own.ID+"/activity", `{"author":{"type":"user","userExternalId":"ana"},"type":"conversation:read"}`).want(200)
	if read := r.event("conversation:read", nil).Payload.Activity; read.Type != "conversation:read" || read.Author.UserID != signed.User.ID {
		t.Errorf("conversation:read: %+v", read)
	}
	e.rest("POST", "/conversations/"+own.ID+"/activity", `{"author":{"type":"business"},"type":"typing:start"}`).want(200)
	if typing := r.event("conversation:typing", nil).Payload.Activity; typing.Type != "typing:start" || typing.Author.Type != "business" {
		t.Errorf("conversation:typing: %+v", typing)
	}

	group := e.anyConversation()
	e.rest("POST", group+"/join", `{"userExternalId":"ana"}`).want(201)
	if joined := r.event("conversation:join", nil).Payload; joined.User.ExternalID != "ana" || joined.Conversation.Type != "sdkGroup" {
		t.Errorf("conversation:join: %+v", joined)
	}
	e.rest("POST", group+"/leave", `{"userExternalId":"ana"}`).want(200)
	r.event("conversation:leave", func(e told) bool { return e.Payload.User.ExternalID == "ana" })
	e.rest("DELETE", group, "").want(200)
	r.event("conversation:remove", func(e told) bool {
		return strings.HasSuffix(group, e.Payload.Conversation.ID) && e.Payload.Conversation.Type == "sdkGroup"
	})

	anonymous := e.signIn(`{}`).want(201).signedIn()
	merged := e.call("POST", e.sdk("/sessions"), `{"door":"sdk","token":"`+e.UserToken("ana")+`"}`, "Authorization: Bearer "+anonymous.Session.Token)
	merged.want(201)
	merge := r.event("user:merge", nil).Payload
	if merge.MergedUsers.Surviving.ID != signed.User.ID || !merge.MergedUsers.Surviving.Authenticated ||
		merge.MergedUsers.Discarded.ID != anonymous.User.ID || merge.MergedUsers.Discarded.Authenticated || merge.Reason != "sdkLogin" {
		t.Errorf("user:merge: %+v", merge)
	}
	e.newUser("ana's other self")
	again := e.merge("ana", "ana's other self")
	byKey := r.event("user:merge", func(e told) bool { return e.Payload.Reason == "api" }).Payload.MergedUsers
	if byKey.Discarded.ExternalID != "ana's other self" || !byKey.Discarded.Authenticated {
		t.Errorf("user:merge by a key: %+v", byKey)
	}
	e.undo(again).want(200)
	for _, one := range []string{"ana", "ana's other self"} {
		r.event("user:update", func(e told) bool { return e.Payload.Reason == "mergeUndone" && e.Payload.User.ExternalID == one })
	}
	e.rest("DELETE", "/users/ana", "").want(200)
	if gone := r.event("user:remove", nil).Payload.User; gone.ID != signed.User.ID || gone.ExternalID != "ana" || !gone.Authenticated {
		t.Errorf("user:remove: %+v", gone)
	}
}

func TestWebhooksChooseWhatTheyAreTold(t *testing.T) {
	t.Parallel()
	e, r := start(t), newReceiver(t)
	made := e.listen(r, "conversation:message")
	path := "/integrations/" + made.ID + "/webhooks/" + made.Webhooks[0].ID
	changed := e.rest("PATCH", path, `{"includeFullUser":true,"includeFullSource":true,"triggers":["conversation:message","conversation:join"]}`).want(200).webhook()
	if !changed.IncludeFullUser || !changed.IncludeFullSource || len(changed.Triggers) != 2 || changed.Secret != "" {
		t.Errorf("got %+v", changed)
	}
	e.rest("POST", "/users", `{"externalId":"ana","profile":{"givenName":"Ana"}}`).want(201)
	group := e.anyConversation()
	e.rest("POST", group+"/join", `{"userExternalId":"ana"}`).want(201)
	joined := r.event("conversation:join", nil)
	if profile := joined.Payload.User.Profile; profile == nil || profile.GivenName != "Ana" {
		t.Errorf("the user is not told in full: %+v", joined.Payload.User)
	}
	r.await("one event", func() bool {
		for _, event := range r.events {
			if event.Type != "conversation:join" {
				t.Errorf("was told of %s", event.Type)
			}
		}
		return true
	})
}

// verify holds a call against its secret as a receiver by Standard Webhooks does.
func verify(t *testing.T, call http.Header, body, secret string) bool {
	t.Helper()
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	if err != nil || len(key) != 32 {
		t.Fatalf("the secret is no base64 of 32 bytes: %v", err)
	}
	mac := hmac.New(sha256.New, key)
	fmt.Fprintf(mac, "%s.%s.%s", call.Get("webhook-id"), call.Get("webhook-timestamp"), body)
	wanted := "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
	return slices.Contains(strings.Fields(call.Get("webhook-signature")), wanted)
}

func TestWebhooksAreSigned(t *testing.T) {
	t.Parallel()
	e, r := start(t), newReceiver(t)
	made := e.listen(r, "conversation:create")
	first := made.Webhooks[0].Secret
	last := func(n int) (http.Header, string) {
		r.await("a call", func() bool { return len(r.calls) >= n })
		return r.calls[n-1], r.bodies[n-1]
	}
	e.anyConversation()
	call, body := last(1)
	if call.Get("X-API-Key") != first || !verify(t, call, body, first) {
		t.Errorf("not signed with the secret: %v", call)
	}
	path := "/integrations/" + made.ID + "/webhooks/" + made.Webhooks[0].ID
	second := e.rest("POST", path+"/secret", ``).want(201).webhook().Secret
	e.anyConversation()
	call, body = last(2)
	if call.Get("X-API-Key") != first || !verify(t, call, body, first) || !verify(t, call, body, second) || first == second {
		t.Errorf("during the overlap not signed with both: %v", call)
	}
	third := e.rest("POST", path+"/secret", `{"overlapSeconds":0}`).want(201).webhook().Secret
	e.anyConversation()
	call, body = last(3)
	if call.Get("X-API-Key") != third || !verify(t, call, body, third) || verify(t, call, body, second) {
		t.Errorf("after a rotation without overlap: %v", call)
	}
	e.rest("POST", path+"/secret", `{"overlapSeconds":-1}`).wantProblem(400, "bad_request", "overlapSeconds")
	e.rest("POST", path+"/secret", `{"overlapSeconds":9999999999}`).wantProblem(400, "bad_request", "overlapSeconds")
	for _, answer := range []reply{e.rest("GET", path, ""), e.rest("GET", "/integrations/"+made.ID, ""), e.rest("GET", "/integrations/"+made.ID+"/webhooks", "")} {
		if strings.Contains(string(answer.want(200).body), "whsec_") {
			t.Errorf("a secret is shown again: %s", answer.body)
		}
	}
}

// TestWhatFailsIsTriedAgain: in order, with the same ids, and in one call.
func TestWhatFailsIsTriedAgain(t *testing.T) {
	t.Parallel()
	for _, status := range []int{500, 503, 429, 302} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			t.Parallel()
			e, r := start(t), newReceiver(t)
			r.answers(status)
			made := e.listen(r, "conversation:create")
			e.anyConversation()
			r.await("a second try", func() bool { return len(r.calls) >= 2 && r.calls[0].Get("webhook-id") == r.calls[1].Get("webhook-id") })
			path := "/integrations/" + made.ID + "/webhooks/" + made.Webhooks[0].ID
			if shown := e.rest("GET", path, "").want(200).webhook(); shown.FailingSince == "" || shown.LastError != fmt.Sprintf("The server answered %d.", status) {
				t.Errorf("the failure is not shown: %+v", shown)
			}
			e.anyConversation()
			r.answers(200)
			e.rest("PATCH", path, `{}`).want(200) // tries at once
			r.await("both events", func() bool { return len(r.events) >= 2 })
			if r.events[0].CreatedAt > r.events[1].CreatedAt || r.events[0].ID == r.events[1].ID {
				t.Errorf("not in order: %+v", r.events)
			}
			e.eventually("the webhook is well again", func() bool { return e.rest("GET", path, "").webhook().LastError == "" })
		})
	}
}

func (e env) eventually(what string, is func() bool) {
	e.Helper()
	within, again := time.After(15*time.Second), time.NewTicker(10*time.Millisecond)
	defer again.Stop()
	for !is() {
		select {
		case <-within:
			e.Fatalf("not within 15 seconds: %s", what)
		case <-again.C:
		}
	}
}

type deadLetters struct {
	DeadLetters []struct{ ID, Type, Reason, CreatedAt, DiedAt string }
	Meta        struct {
		HasMore     bool
		AfterCursor string
	}
}

func TestWhatIsRefusedBecomesADeadLetter(t *testing.T) {
	t.Parallel()
	for _, status := range []int{400, 401, 403, 404, 406, 413} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			t.Parallel()
			e, r := start(t), newReceiver(t)
			r.answers(status)
			made := e.listen(r, "conversation:create")
			path := "/integrations/" + made.ID + "/webhooks/" + made.Webhooks[0].ID
			letters := func(query string) deadLetters {
				return decode[deadLetters](t, e.rest("GET", path+"/deadLetters"+query, "").want(200).body)
			}
			for n := range 3 {
				e.anyConversation()
				e.eventually("a dead letter", func() bool { return len(letters("").DeadLetters) == n+1 })
			}
			first := letters("?page[size]=1")
			if !first.Meta.HasMore || first.DeadLetters[0].Reason != fmt.Sprintf("The server answered %d.", status) || first.DeadLetters[0].Type != "conversation:create" {
				t.Errorf("got %+v", first)
			}
			second := letters("?page[size]=2&page[after]=" + first.Meta.AfterCursor)
			if len(second.DeadLetters) != 2 || second.Meta.HasMore || second.DeadLetters[0].ID == first.DeadLetters[0].ID {
				t.Errorf("got %+v", second)
			}
			ids := []string{first.DeadLetters[0].ID, second.DeadLetters[0].ID, second.DeadLetters[1].ID}
			list := pagedList{path: e.path(path + "/deadLetters"), member: "deadLetters", ids: ids, auth: e.basic()}
			list.walk(e.in(t))
			for i, id := range ids {
				if got := append(list.get(e, list.at("page[before]="+id)).ids, list.get(e, list.at("page[after]="+id)).ids...); !slices.Equal(got, slices.Delete(slices.Clone(ids), i, i+1)) {
					t.Errorf("before and after %d stand %v", i, got)
				}
			}
			list.refuses(e, made.ID)
			r.answers(200)
			if got := string(e.rest("POST", path+"/deadLetters/replay", `{"eventId":"`+second.DeadLetters[1].ID+`"}`).want(200).body); got != `{"replayed":1}` {
				t.Errorf("got %s", got)
			}
			r.await("the one", func() bool { return len(r.events) == 1 && r.events[0].ID == second.DeadLetters[1].ID })
			e.rest("POST", path+"/deadLetters/replay", `{}`).want(200)
			r.await("the others in their order", func() bool {
				return len(r.events) == 3 && r.events[1].ID == first.DeadLetters[0].ID && r.events[2].ID == second.DeadLetters[0].ID
			})
			e.rest("POST", path+"/deadLetters/replay", `{"eventId":"x"}`).wantProblem(404, "event_not_found", "")
		})
	}
}

func TestAGoneReceiverIsSwitchedOff(t *testing.T) {
	t.Parallel()
	e, r := start(t), newReceiver(t)
	r.answers(410)
	made := e.listen(r, "conversation:create")
	path := "/integrations/" + made.ID + "/webhooks/" + made.Webhooks[0].ID
	e.anyConversation()
	e.eventually("the webhook is off", func() bool { return !e.rest("GET", path, "").webhook().Enabled })
	e.anyConversation() // is not told of
	e.rest("POST", path+"/deadLetters/replay", `{}`).wantProblem(409, "webhook_disabled", "")
	r.answers(200)
	if on := e.rest("PATCH", path, `{"enabled":true}`).want(200).webhook(); !on.Enabled || on.LastError != "" {
		t.Errorf("got %+v", on)
	}
	e.rest("POST", path+"/deadLetters/replay", ``).want(200)
	r.await("the event", func() bool { return len(r.events) == 1 })
}

// TestWhatIsErasedIsNotTold: a receiver that was down learns nothing of what is gone by then.
func TestWhatIsErasedIsNotTold(t *testing.T) {
	t.Parallel()
	e, r := start(t), newReceiver(t)
	r.answers(500)
	made := e.listen(r, "*")
	path := "/integrations/" + made.ID + "/webhooks/" + made.Webhooks[0].ID
	e.newUser("ana")
	own := e.newConversation("ana")
	gone := e.say(own.ID, "a secret")
	e.say(own.ID, "no secret")
	e.rest("DELETE", "/conversations/"+own.ID+"/messages/"+gone.ID, "").want(200)
	r.answers(200)
	e.rest("PATCH", path, `{}`).want(200)
	r.event("conversation:message", func(e told) bool { return e.Payload.Message.Content.Text == "no secret" })
	r.await("all", func() bool {
		for _, event := range r.events {
			if event.Payload.Message.ID == gone.ID {
				t.Errorf("was told of a message that was deleted: %+v", event)
			}
		}
		return true
	})
}

func TestManyEventsCome(t *testing.T) {
	t.Parallel()
	e, r := start(t), newReceiver(t)
	r.answers(503)
	made := e.listen(r, "conversation:message")
	e.newUser("ana")
	own := e.newConversation("ana")
	var wanted []string
	for i := range 250 {
		wanted = append(wanted, e.say(own.ID, fmt.Sprintf("%d %s", i, strings.Repeat("x", 1000))).ID)
	}
	r.answers(200)
	e.rest("PATCH", "/integrations/"+made.ID+"/webhooks/"+made.Webhooks[0].ID, `{}`).want(200)
	r.await("all of them", func() bool { return len(r.events) >= len(wanted) })
	var got []string
	for _, event := range r.events {
		got = append(got, event.Payload.Message.ID)
	}
	if !slices.Equal(got, wanted) {
		t.Errorf("%d events came, out of order or twice", len(got))
	}
	for _, body := range r.bodies {
		if len(body) > 64_000 {
			t.Errorf("a call has %d bytes", len(body))
		}
	}
}

func TestWebhooksAreBounded(t *testing.T) {
	t.Parallel()
	e := start(t)
	made := e.newCustom()
	path := "/integrations/" + made.ID + "/webhooks"
	for range 9 {
		e.rest("POST", path, `{"target":"https://shop.example/hook","triggers":["conversation:message"]}`).want(201)
	}
	e.rest("POST", path, `{"target":"https://shop.example/hook","triggers":["conversation:message"]}`).wantProblem(400, "too_many_webhooks", "")
	e.rest("POST", "/integrations", customBody("https://shop.example/hook")).wantProblem(400, "too_many_webhooks", "")
	if n := strings.Count(string(e.rest("GET", path, "").want(200).body), `"target"`); n != 10 {
		t.Errorf("%d webhooks, want 10", n)
	}
	e.rest("DELETE", path+"/"+made.Webhooks[0].ID, "").want(200)
	e.rest("GET", path+"/"+made.Webhooks[0].ID, "").wantProblem(404, "not_found", "")
	e.rest("POST", "/integrations/"+string(e.App.IntegrationID)+"/webhooks", `{"target":"https://shop.example/hook","triggers":["*"]}`).
		wantProblem(400, "bad_request", "integrationId")
	for body, field := range map[string]string{
		`{"triggers":["*"]}`:                                                                   "target",
		`{"target":"https://shop.example"}`:                                                    "triggers",
		`{"target":"https://shop.example","triggers":[]}`:                                      "triggers",
		`{"target":"https://user:pass@shop.example","triggers":["*"]}`:                         "target",
		`{"target":"https://169.254.169.254/latest","triggers":["*"]}`:                         "target",
		`{"target":"ftp://shop.example","triggers":["*"]}`:                                     "target",
		`{"target":"https://shop.example","triggers":["*"," "]}`:                               "triggers[1]",
		`{"target":"https://shop.example/` + strings.Repeat("x", 2048) + `","triggers":["*"]}`: "target",
	} {
		e.rest("POST", path, body).wantProblem(400, "bad_request", field)
	}
}

// TestASecretStaysWithItsReceiver: another origin gets another secret, in the answer; another path keeps it.
func TestASecretStaysWithItsReceiver(t *testing.T) {
	t.Parallel()
	e, r, elsewhere := start(t), newReceiver(t), newReceiver(t)
	made := e.listen(r, "conversation:message")
	path, former := "/integrations/"+made.ID+"/webhooks/"+made.Webhooks[0].ID, made.Webhooks[0].Secret
	retarget := func(url string) string {
		return decode[struct{ Webhook webhook }](t, e.rest("PATCH", path, `{"target":"`+url+`"}`).want(200).body).Webhook.Secret
	}
	e.newUser("ana")
	own := e.newConversation("ana")
	if secret := retarget(r.server.URL + "/other"); secret != "" {
		t.Errorf("another path made the secret %s", secret)
	}
	e.say(own.ID, "one")
	r.event("conversation:message", nil)
	secret := retarget(elsewhere.server.URL)
	if secret == "" || secret == former {
		t.Errorf("another origin has the secret %q", secret)
	}
	e.say(own.ID, "two")
	elsewhere.event("conversation:message", nil)
	if sent, other := r.calls[0].Get("X-API-Key"), elsewhere.calls[0].Get("X-API-Key"); sent != former || other != secret {
		t.Errorf("the receivers were sent %s and %s", sent, other)
	}
	e.Read(func(tx store.Tx) error {
		all, err := tx.ListAudits(e.App.ID, 0, 1)
		host := func(r *receiver) string { return strings.TrimPrefix(r.server.URL, "http://") }
		if detail := all[0].Detail; detail["target"] != host(elsewhere) || detail["former_target"] != host(r) || len(detail) != 2 {
			t.Errorf("the audit log says %v", detail)
		}
		return err
	})
}
