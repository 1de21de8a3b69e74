package directory_test

import (
	"testing"

	"github.com/parlorchat/parlor/internal/chat"
)

var rules = chat.Principal{App: "0000000000000000000000aa", Agent: &chat.AgentAtWork{ID: "kim", Role: chat.RoleAdmin}, Name: "agent kim"}

func TestBlockedUsersStayOutside(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.tokens["ana"] = chat.Assertion{Subject: chat.SubjectExternalID, ExternalID: "ana"}
	ana := h.in(chat.DoorSDK, "ana", "")
	for range 2 { // the second time changes nothing
		user, err := h.BlockUser(t.Context(), rules, ana.User.ID, true)
		if err != nil || !user.Blocked() {
			t.Fatal(user, err)
		}
	}
	if ended := h.heard.ended(); len(ended) != 1 || ended[0].User != ana.User.ID || ended[0].Why != "blocked" {
		t.Errorf("ended %+v", ended)
	}
	if _, err := h.Authenticate(t.Context(), h.app.ID, ana.Token); chat.KindOf(err) != chat.Unauthenticated {
		t.Errorf("a session goes on: %v", err)
	}
	if _, err := h.comes(chat.DoorSDK, "ana", ""); chat.CodeOf(err) != "user_blocked" {
		t.Errorf("comes in: %v", err)
	}
	if refused := h.Refusals.List(h.app.ID); len(refused) != 1 || refused[0].Why.Code != "user_blocked" {
		t.Errorf("remembers %+v", refused)
	}
	if user, err := h.BlockUser(t.Context(), rules, ana.User.ID, false); err != nil || user.Blocked() {
		t.Error(user, err)
	}
	h.in(chat.DoorSDK, "ana", "")
	if _, err := h.BlockUser(t.Context(), chat.Principal{App: h.app.ID, Agent: &chat.AgentAtWork{Role: chat.RoleAgent}}, ana.User.ID, true); chat.KindOf(err) != chat.Forbidden {
		t.Errorf("by an agent: %v", err)
	}
	if _, err := h.BlockUser(t.Context(), rules, "0000000000000000000000ff", true); chat.KindOf(err) != chat.NotFound {
		t.Errorf("nobody: %v", err)
	}
}
