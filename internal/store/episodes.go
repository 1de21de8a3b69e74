package store

import (
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

// EpisodePage says which episodes of an app to list: those that were running between two times, after a place.
type EpisodePage struct {
	App      chat.AppID
	From, To time.Time // they had not ended before From, and were opened before To
	After    EpisodePlace
	Limit    int
}

// EpisodePlace is where an episode stands in its list; zero: before the first.
type EpisodePlace struct {
	At           time.Time // when it ended, or of those that run, when it was opened
	Conversation chat.ConversationID
}

// Episodes remembers the episodes that have ended; those that run are kept in the entries of the inbox. They stay when their conversation
// goes, and go with the app.
type Episodes interface {
	// InsertEpisode stores an episode that has ended. Of two of a conversation that ended in the same microsecond the first one stays.
	InsertEpisode(ended chat.Episode) error
	// DeleteEpisode takes one back, as it goes on. NotFound is no error: one may have ended before they were kept.
	DeleteEpisode(ended chat.Episode) error
	// ListEpisodes lists those that have ended, by their end.
	ListEpisodes(page EpisodePage) ([]chat.Episode, error)
	// ListRunningEpisodes lists those that have not, by their beginning.
	ListRunningEpisodes(page EpisodePage) ([]chat.Episode, error)
}
