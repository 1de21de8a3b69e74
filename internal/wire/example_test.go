package wire_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/wire"
)

var update = flag.Bool("update", false, "write api/examples anew")

const (
	appID          = "66d1f0a2c3b4a59687786950"
	userID         = "66d1f0a9d4c5b6a798897a6b"
	conversationID = "66d1f0b4e5f6071829304152"
	clientID       = "66d1f0b1a2b3c4d5e6f70819"
)

// viewer is Ana, without a server that shows media.
var viewer = wire.Viewer{User: userID}

func at(clock string) time.Time {
	t, err := time.Parse(time.RFC3339Nano, "2026-09-01T"+clock+"Z")
	if err != nil {
		panic(err)
	}
	return t
}

var (
	ana = chat.User{
		App: appID, ID: userID, Number: 7, ExternalID: "u-42", Source: chat.SourceSDK, Seat: true, SignedUpAt: at("09:58:00.5"),
		Profile:  chat.Profile{GivenName: "Ana", Surname: "Silva", Email: "Ana@example.com", Locale: "pt-PT"},
		Metadata: chat.Metadata{"plan": "gold", "orders": 12.0, "vip": true},
		Identities: []chat.Identity{{Kind: chat.IdentityEmail, Value: "ana@example.com", Written: "Ana@example.com",
			VerifiedBy: chat.VerifiedByKey}},
	}
	order = chat.Conversation{
		App: appID, ID: conversationID, Type: chat.Personal, DisplayName: "Order 1001", Metadata: chat.Metadata{"order": 1001.0},
		LastNumber: 2, Change: 3, BusinessReadNumber: 1, BusinessReadAt: at("10:01:30"),
		LastMessageAt: at("10:02:00.123"), CreatedAt: at("10:00:00"),
	}
	question = chat.Message{
		App: appID, Conversation: conversationID, ID: "66d1f0c6a7b8091a2b3c4d5e", Number: 1, Change: 1,
		Author:  chat.Author{Type: chat.AuthorUser, User: userID, ExternalID: "u-42"},
		Content: chat.Content{Type: chat.ContentText, Text: "Where is my order? <1001> ü 🙂"},
		Origin:  chat.Origin{Type: "web", Client: clientID, ClientMessageID: "m-1"}, Assurance: chat.AssuranceSigned,
		Received: at("10:01:00"),
	}
	reply = chat.Message{
		App: appID, Conversation: conversationID, ID: "66d1f0c8b9ca1b2c3d4e5f60", Number: 2, Change: 3,
		Author:  chat.Author{Type: chat.AuthorBusiness, DisplayName: "Max", AvatarURL: "https://example.com/max.png", Subtype: "agent"},
		Content: chat.Content{Type: chat.ContentText, Text: "It left us this morning.", Payload: "tracking"},
		Origin:  chat.Origin{Type: "api:conversations"}, Metadata: chat.Metadata{"ticket": "T-9"}, Received: at("10:02:00.123"),
	}
	participant = chat.Participant{App: appID, Conversation: conversationID, ID: "66d1f0b5f60718293a4b5c6d", User: userID,
		ExternalID: "u-42", Default: true, ReadNumber: 1, ReadAt: at("10:01:00"), Unread: 1}
	session = chat.Session{App: appID, User: userID, Client: clientID, Assurance: chat.AssuranceSigned, ExpiresAt: at("11:00:00")}
)

func signedIn() wire.Session {
	return wire.SessionOf("NEVER-A-REAL-SESSION-0123456789abcdefghijkl", session, at("10:59:00"))
}

func event(t *testing.T, e chat.Event) wire.Event {
	t.Helper()
	shown, visible := wire.EventOf(e, viewer)
	if !visible {
		t.Fatalf("%s is not shown to clients", e.Kind)
	}
	return shown
}

// TestExamples: what the nouns encode to is what api/examples shows, and what openapi.yaml describes. The files are for
// the front end's tests and for people too.
func TestExamples(t *testing.T) {
	t.Parallel()
	document := contract(t)
	said := chat.Event{Kind: chat.EventMessage, Conversation: conversationID, Change: question.Change, Message: &question}
	read := chat.Event{Kind: chat.EventRead, Conversation: conversationID, Change: 2,
		Read: &chat.ReadMark{By: chat.AuthorBusiness, Number: 1, At: at("10:01:30")}}
	answered := chat.Event{Kind: chat.EventMessage, Conversation: conversationID, Change: reply.Change, Message: &reply}
	for name, example := range map[string]struct {
		schema string
		value  any
	}{
		"user":         {"User", wire.UserOf(ana)},
		"conversation": {"Conversation", wire.ConversationOf(order, true)},
		"message":      {"Message", wire.MessageOf(reply)},
		"sign-in": {"SignedIn", wire.SignedIn{Session: signedIn(), User: wire.UserOf(ana), Client: wire.ClientRef{ID: clientID},
			Merged: wire.MergedOf(&chat.Merge{Surviving: userID, Discarded: "66d1f0aa0102030405060708"})}},
		"invalid-auth": {"Problems", wire.ProblemsOf(chat.InvalidAuth(chat.ReasonClaimInvalid, "external_id",
			"The claim external_id is a number; it must be a string.", "Write the id as a string, as in String(user.id)."))},
		"frame-welcome": {"Welcome", wire.Welcome{Type: "welcome", Version: wire.ProtocolVersion, Session: new(signedIn()), User: wire.UserOf(ana),
			Client: wire.ClientRef{ID: clientID}, HeartbeatSeconds: 25, Conversations: []wire.LiveConversation{
				wire.LiveConversationOf(order, []chat.Participant{participant}, &reply, viewer)}}},
		"frame-message": {"Event", event(t, said)},
		"frame-sync": {"Sync", wire.Sync{Type: "sync", Conversation: conversationID, Change: 4, Done: true,
			Events: []wire.Event{event(t, said), event(t, read), event(t, answered)}}},
		"frame-error": {"Failure", wire.FailureOf(4, &chat.Error{Kind: chat.RateLimited,
			Code: "rate_limited", Message: "Too many messages: send this one again a little later.", RetryAfter: 1500 * time.Millisecond})},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := indented(t, wire.Encode(example.value))
			checkGolden(t, filepath.Join("..", "..", "api", "examples", name+".json"), got)
			var value any
			if err := json.Unmarshal(got, &value); err != nil {
				t.Fatal(err)
			}
			if err := schema(t, document, example.schema).VisitJSON(value, openapi3.EnableJSONSchema2020()); err != nil {
				t.Errorf("is no %s: %v", example.schema, err)
			}
		})
	}
}

func indented(t *testing.T, raw jsontext.Value) []byte {
	t.Helper()
	if err := raw.Indent(jsontext.WithIndent("  ")); err != nil {
		t.Fatal(err)
	}
	return append(raw, '\n')
}

func checkGolden(t *testing.T, file string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs (go test ./internal/wire -update writes it anew); now it is\n%s", file, got)
	}
}
