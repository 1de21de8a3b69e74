package inbox

import (
	"context"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// ReadRating is a rating as those who read reports see it.
type ReadRating struct {
	chat.Rating
	Agent   chat.Colleague
	Comment string         // what the user said beside it, as long as their message is there
	Row     store.InboxRow // of the conversation; zero: it is gone
}

// ratingsList is what cursors call it.
const ratingsList = "ratings"

// LatestRatings returns what users of the app rated, the newest first: at most limit, of 1 to MaxPage, after the cursor, and the cursor of the page
// after it; "": there is none.
func (s *Service) LatestRatings(ctx context.Context, p chat.Principal, cursor string, limit int) (ratings []ReadRating, next string, err error) {
	if !p.May(chat.SetUpApp) {
		return nil, "", chat.Refuse("forbidden", "Ratings are for the admins of this app.")
	}
	if limit < 1 || limit > MaxPage {
		return nil, "", chat.InvalidField("limit", "must be a whole number from 1 to 100")
	}
	before, err := readCursor(ratingsList, cursor)
	if err != nil {
		return nil, "", err
	}
	err = s.store.Read(ctx, func(tx store.Tx) error {
		given, err := tx.ListRatings(store.RatingPage{App: p.App, Before: store.RatingPlace(before), Limit: limit + 1})
		if err != nil {
			return err
		}
		if next = ""; len(given) > limit {
			given = given[:limit]
			last := given[limit-1]
			next = writePlace(ratingsList, store.InboxPlace{At: last.RatedAt, Conversation: last.Conversation})
		}
		ratings, err = readRatings(tx, p.App, given)
		return err
	})
	return ratings, next, err
}

// readRatings adds to ratings who was rated, by whom, and what was said.
func readRatings(tx store.Tx, app chat.AppID, given []chat.Rating) ([]ReadRating, error) {
	rows, err := rowsOf(tx, app, given)
	if err != nil {
		return nil, err
	}
	names, err := namesOf(tx, func(yield func(chat.AgentID) bool) {
		for _, r := range given {
			if !yield(r.Agent) {
				return
			}
		}
	})
	if err != nil {
		return nil, err
	}
	ratings := make([]ReadRating, 0, len(given))
	for _, r := range given {
		comment, err := commentOf(tx, r)
		if err != nil {
			return nil, err
		}
		ratings = append(ratings, ReadRating{Rating: r, Agent: chat.Colleague{ID: r.Agent, Name: names[r.Agent]}, Comment: comment, Row: rows[r.Conversation]})
	}
	return ratings, nil
}

// rowsOf are the entries of the conversations that are still there.
func rowsOf(tx store.Tx, app chat.AppID, given []chat.Rating) (map[chat.ConversationID]store.InboxRow, error) {
	byID := map[chat.ConversationID]store.InboxRow{}
	if len(given) == 0 {
		return byID, nil
	}
	ids := make([]chat.ConversationID, len(given))
	for i, r := range given {
		ids[i] = r.Conversation
	}
	rows, err := tx.ListInboxOf(app, ids)
	for _, row := range rows {
		byID[row.Entry.Conversation] = row
	}
	return byID, err
}

func commentOf(tx store.Tx, r chat.Rating) (string, error) {
	answer, err := tx.GetMessage(r.App, r.Conversation, r.Answer)
	if err != nil || !answer.Rates() {
		if chat.KindOf(err) == chat.NotFound {
			err = nil
		}
		return "", err
	}
	return chat.CommentIn(answer), nil
}
