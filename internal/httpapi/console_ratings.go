package httpapi

import (
	"github.com/parlorchat/parlor/internal/inbox"
	"github.com/parlorchat/parlor/internal/wire"
)

// listRatings lists what users thought of conversations, the newest first.
func (c *call) listRatings() (answer, error) {
	limit, err := c.limit()
	if err != nil {
		return answer{}, err
	}
	ratings, next, err := c.api.Inbox.LatestRatings(c.Context(), c.principal, c.URL.Query().Get("cursor"), limit)
	if err != nil {
		return answer{}, err
	}
	page := wire.RatingPage{Ratings: make([]wire.ReadRating, 0, len(ratings)), Cursor: next}
	for _, rating := range ratings {
		page.Ratings = append(page.Ratings, c.readRating(rating))
	}
	return ok(page)
}

func (c *call) readRating(r inbox.ReadRating) wire.ReadRating {
	shown := wire.ReadRating{Value: r.Value, At: wire.At(r.RatedAt), Comment: r.Comment, Agent: wire.AgentRefOf(r.Agent)}
	if r.Row.Entry.Conversation != "" {
		entry := EntryOf(r.Row, c.api.Links)
		shown.Conversation, shown.Person = entry.Conversation, entry.Person
	}
	return shown
}
