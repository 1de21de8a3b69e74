package httpapi

import (
	"context"
	"net/http"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/notice"
	"github.com/parlorchat/parlor/internal/wire"
)

// Notices are the work on mail; *notice.Service fits.
type Notices interface {
	State(ctx context.Context, p chat.Principal) (notice.State, error)
	SendTest(ctx context.Context, p chat.Principal) error
	SendTranscript(ctx context.Context, p chat.Principal, conversation chat.ConversationID) (address string, err error)
	StoppedAt(ctx context.Context, p chat.Principal, user chat.UserID) (time.Time, error)
}

// mailState tells whether this server sends mail, and which mail of the app was given up.
func (c *call) mailState() (answer, error) {
	state, err := c.api.Notices.State(c.Context(), c.principal)
	if err != nil {
		return answer{}, err
	}
	shown := wire.MailState{From: state.From, Failures: make([]wire.MailFailure, 0, len(state.Failures))}
	for _, m := range state.Failures {
		shown.Failures = append(shown.Failures, wire.MailFailure{Kind: string(m.Kind), UserID: string(m.User), At: wire.At(m.FailedAt), Reason: m.Reason, Attempts: m.Attempts})
	}
	return ok(shown)
}

// sendTestMail has a mail sent to whoever asks.
func (c *call) sendTestMail() (answer, error) {
	return answer{status: http.StatusAccepted, body: wire.Nothing{}}, c.api.Notices.SendTest(c.Context(), c.principal)
}

// sendTranscript has a conversation sent to its user.
func (c *call) sendTranscript() (answer, error) {
	address, err := c.api.Notices.SendTranscript(c.Context(), c.principal, chat.ConversationID(c.PathValue("conversationId")))
	if err != nil {
		return answer{}, err
	}
	return answer{status: http.StatusAccepted, body: wire.TranscriptSent{Email: address}}, nil
}

// userSubscription tells whether the user gets mail about answers.
func (c *call) userSubscription() (answer, error) {
	at, err := c.api.Notices.StoppedAt(c.Context(), c.principal, c.userID())
	if err != nil {
		return answer{}, err
	}
	return ok(wire.Subscription{StoppedAt: wire.At(at)})
}
