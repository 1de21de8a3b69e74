package messaging

import (
	"cmp"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// asAgent is the author on whose behalf an agent writes: the business, by the agent's name. Without one, nothing stands in its place, and the
// business's is shown.
func asAgent(agent chat.AgentAtWork) AuthorInput {
	return AuthorInput{Type: chat.AuthorBusiness, DisplayName: agent.Name, Subtype: chat.SubtypeAgent}
}

// sender is what the client's own ids of messages are unique for: a browser of a user, or an agent at any.
func sender(p chat.Principal) chat.ClientID {
	if p.Agent != nil {
		return p.Agent.Client()
	}
	return p.Session.Client
}

// maxMeanwhile is how many messages of the business are looked at for an answer of a colleague.
const maxMeanwhile = 100

// answeredMeanwhile tells with Conflict who of the business has answered after what the agent has seen. The message has its number by
// then: of two agents who answer at once, the second finds the answer of the first.
func answeredMeanwhile(tx store.Tx, p chat.Principal, in SendInput, own chat.Message) error {
	if p.Agent == nil || in.Anyway {
		return nil
	}
	meanwhile, err := tx.ListMessagesOfBusiness(p.App, own.Conversation, in.Seen, maxMeanwhile)
	if err != nil {
		return err
	}
	for _, m := range meanwhile {
		if m.IsAnswer() && m.Origin.Client != sender(p) {
			who := cmp.Or(m.Author.DisplayName, "Somebody else")
			return &chat.Error{Kind: chat.Conflict, Code: "answered_meanwhile", Field: "seen", Message: who + " has answered meanwhile."}
		}
	}
	return nil
}
