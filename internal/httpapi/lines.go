package httpapi

import (
	"context"
	"net/http"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/wire"
)

// Lines are the connections of clients to whom no WebSocket comes through (api/realtime.md section 8). A line is named
// by the token that opening it gave, in an app.
type Lines interface {
	// OpenLine signs in by the hello. Where it is refused, the end says how a socket would have been closed.
	OpenLine(ctx context.Context, app chat.App, r *http.Request, hello []byte) (wire.OpenedLine, *wire.LineClosed, error)
	SayOnLine(ctx context.Context, app chat.AppID, token string, said wire.LineSaid) error
	PollLine(ctx context.Context, app chat.AppID, token string, poll wire.LinePoll) (wire.LineHeard, error)
	// EndLine may be called for a line that is not there.
	EndLine(app chat.AppID, token string)
}

// openLine takes the first frame as it is: what is wrong with it is told as on a socket.
func (c *call) openLine() (answer, error) {
	if err := c.checkContentType(); err != nil {
		return answer{}, err
	}
	hello, err := c.readBody()
	if err != nil {
		return answer{}, err
	}
	opened, end, err := c.api.Lines.OpenLine(c.Context(), c.app, c.Request, hello)
	switch outcome := wire.OutcomeOf(err); {
	case err == nil:
		return created(opened)
	case end == nil || outcome.Status >= http.StatusInternalServerError:
		return answer{}, err
	default:
		tellHow(c.header, err)
		return answer{outcome.Status, wire.RefusedLine{Problems: wire.ProblemsOf(err), Closed: *end}}, nil
	}
}

func (c *call) sayOnLine() (answer, error) {
	line, err := c.line()
	if err != nil {
		return answer{}, err
	}
	var said wire.LineSaid
	if err := c.decode(&said); err != nil {
		return answer{}, err
	}
	return answer{status: http.StatusNoContent}, c.api.Lines.SayOnLine(c.Context(), c.app.ID, line, said)
}

func (c *call) pollLine() (answer, error) {
	line, err := c.line()
	if err != nil {
		return answer{}, err
	}
	var poll wire.LinePoll
	if err := c.decode(&poll); err != nil {
		return answer{}, err
	}
	heard, err := c.api.Lines.PollLine(c.Context(), c.app.ID, line, poll)
	if err != nil {
		return answer{}, err
	}
	return ok(heard)
}

func (c *call) endLine() (answer, error) {
	line, err := c.line()
	if err != nil {
		return answer{}, err
	}
	c.api.Lines.EndLine(c.app.ID, line)
	return answer{status: http.StatusNoContent}, nil
}

// line is the token of a line in the Authorization header. It stands there since proxies write down addresses.
func (c *call) line() (string, error) {
	token, err := c.bearer()
	if err != nil {
		err = &chat.Error{Kind: chat.Unauthenticated, Code: "unauthorized",
			Message: `The Authorization header must be "Bearer " and the line.`}
	}
	return token, err
}
