package wire_test

import (
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/wire"
)

// TestEventOf: every kind of event is either shown to clients, in the words of api/realtime.md section 4, or not at all.
func TestEventOf(t *testing.T) {
	t.Parallel()
	const other = "66d1f0a9d4c5b6a798897a6c"
	about := func(e chat.Event) chat.Event {
		e.Conversation, e.Change = conversationID, 5
		return e
	}
	for name, test := range map[string]struct {
		event chat.Event
		to    chat.UserID
		want  string // empty: not shown
	}{
		"removed": {about(chat.Event{Kind: chat.EventMessageRemoved, Message: &chat.Message{ID: "66d1f0c6a7b8091a2b3c4d5e", Number: 3}}), userID,
			`{"type":"message.removed","conversation":"` + conversationID + `","change":5,"id":"66d1f0c6a7b8091a2b3c4d5e","number":3}`},
		"cleared": {about(chat.Event{Kind: chat.EventMessagesCleared, Cleared: 9}), userID,
			`{"type":"messages.removed","conversation":"` + conversationID + `","change":5,"number":9}`},
		"read": {about(chat.Event{Kind: chat.EventRead, Read: &chat.ReadMark{By: chat.AuthorUser, User: userID, Number: 2, At: at("10:00:00")}}), other,
			`{"type":"read","conversation":"` + conversationID + `","change":5,"number":2,"by":"user","userId":"` + userID + `","at":"2026-09-01T10:00:00.000Z"}`},
		"gone":   {chat.Event{Kind: chat.EventConversationRemoved, Conversation: conversationID}, userID, `{"type":"conversation.removed","conversation":"` + conversationID + `"}`},
		"joined": {about(chat.Event{Kind: chat.EventJoined, Participant: &chat.Participant{User: other}}), userID, `{"type":"participant.added","conversation":"` + conversationID + `","change":5,"userId":"` + other + `"}`},
		"left":   {about(chat.Event{Kind: chat.EventLeft, Participant: &chat.Participant{User: other}}), userID, `{"type":"participant.removed","conversation":"` + conversationID + `","change":5,"userId":"` + other + `"}`},
		"typing ended": {chat.Event{Kind: chat.EventTyping, Conversation: conversationID, Typing: &chat.Typing{Author: chat.Author{Type: chat.AuthorBusiness, DisplayName: "Max"}}}, userID,
			`{"type":"typing","conversation":"` + conversationID + `","active":false,"author":{"type":"business","displayName":"Max"}}`},
		"postback":       {chat.Event{Kind: chat.EventPostback, Conversation: conversationID, User: userID, Postback: &chat.Postback{}}, userID, ""},
		"user changed":   {chat.Event{Kind: chat.EventUserUpdated, User: userID}, userID, ""},
		"user merged":    {chat.Event{Kind: chat.EventUserMerged, User: userID, Merge: &chat.Merge{}}, userID, ""},
		"user removed":   {chat.Event{Kind: chat.EventUserRemoved, User: userID}, userID, ""},
		"sessions ended": {chat.Event{Kind: chat.EventSessionsEnded, Ended: &chat.EndedSessions{}}, userID, ""},
		"app changed":    {chat.Event{Kind: chat.EventAppChanged}, userID, ""},
		"key changed":    {chat.Event{Kind: chat.EventKeyChanged}, userID, ""},
		"colleagues":     {chat.Event{Kind: chat.EventColleagues}, userID, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			shown, visible := wire.EventOf(test.event, wire.Viewer{User: test.to})
			if visible != (test.want != "") {
				t.Fatalf("visible is %t", visible)
			}
			if got := string(wire.Encode(shown)); visible && got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

// TestOnlyTheAuthorSeesTheirClient: which browser wrote a message, and under which id, is nobody else's business.
func TestOnlyTheAuthorSeesTheirClient(t *testing.T) {
	t.Parallel()
	mine := wire.LiveMessageOf(question, viewer)
	if mine.ClientMessageID != "m-1" || mine.Source.Client == nil || mine.Source.Client.ID != clientID || mine.Change != question.Change {
		t.Errorf("the author gets %s", wire.Encode(mine))
	}
	for name, shown := range map[string]wire.Message{
		"another user": wire.LiveMessageOf(question, wire.Viewer{User: "66d1f0a9d4c5b6a798897a6c"}),
		"nobody":       wire.LiveMessageOf(question, wire.Viewer{}),
		"REST":         wire.MessageOf(question),
	} {
		if shown.ClientMessageID != "" || shown.Source.Client != nil {
			t.Errorf("%s gets %s", name, wire.Encode(shown))
		}
	}
	if rest := wire.MessageOf(question); rest.Change != 0 {
		t.Error("REST shows the change number")
	}
}

func TestTimesAreUTCWithMilliseconds(t *testing.T) {
	t.Parallel()
	east := time.FixedZone("", 2*60*60)
	shown := wire.ConversationOf(chat.Conversation{CreatedAt: time.Date(2026, 9, 1, 1, 30, 0, 123456789, east)}, false)
	if got := string(wire.Encode(shown.CreatedAt)); got != `"2026-08-31T23:30:00.123Z"` {
		t.Error(got)
	}
}
