package store

import (
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

// RatingPage says which ratings of an app to list, the newest first, from a place on.
type RatingPage struct {
	App    chat.AppID
	From   time.Time // none that is older
	Before RatingPlace
	Limit  int
}

// RatingPlace is where a rating stands in its list; zero: before the newest.
type RatingPlace struct {
	At           time.Time
	Conversation chat.ConversationID
}

// Ratings remembers what users think of episodes. They change under the lock of the conversation, outlive it, and go with the app.
type Ratings interface {
	// InsertRating stores that a user was asked. Conflict if that was done for the episode.
	InsertRating(rating chat.Rating) error
	// FindRating returns the rating of an episode, if its user was asked.
	FindRating(app chat.AppID, conversation chat.ConversationID, openedAt time.Time) (chat.Rating, bool, error)
	// RateConversation stores value, time and answer of the rating that was asked for by the form, if there is one.
	RateConversation(rating chat.Rating) error
	// DeleteRating removes it, as if nobody had been asked.
	DeleteRating(rating chat.Rating) error
	// ListRatingsAsked lists what users were asked for, by when that was.
	ListRatingsAsked(page RatingPage) ([]chat.Rating, error)
	// ListRatings lists what was rated, by when that was.
	ListRatings(page RatingPage) ([]chat.Rating, error)
	// ListRatingsOfUser returns what was rated in the conversations that the user takes part in, the newest first.
	ListRatingsOfUser(app chat.AppID, user chat.UserID, limit int) ([]chat.Rating, error)
}
