package inbox_test

import (
	"testing"

	"github.com/parlorchat/parlor/internal/chat"
)

func TestAgentsAreToldWhoWrites(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	conversation := d.asks(ana)
	d.must(d.Type(t.Context(), agent(kim), conversation, true, true))
	told := d.heard(chat.EventAgentTyping)
	if len(told) != 1 || told[0].Conversation != conversation || *told[0].Agent != (chat.AgentTyping{Colleague: chat.Colleague{ID: kim, Name: "Kim"}, Active: true, Note: true}) {
		t.Errorf("told %+v", told)
	}
	d.wantCode(d.Type(t.Context(), agent(kim), "000000000000000000000000", true, false), "conversation_not_found")
}
