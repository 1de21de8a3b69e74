package inbox

import (
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// rowsAtOnce are read from the store in one go.
const rowsAtOnce = 1000

// eachEpisode goes through all episodes of an app that were running between two times.
func eachEpisode(tx store.Tx, app chat.AppID, from, to time.Time, do func(chat.Episode)) error {
	page := store.EpisodePage{App: app, From: from, To: to, Limit: rowsAtOnce}
	err := inPages(chat.Episode{}, func(last chat.Episode) ([]chat.Episode, error) {
		page.After = store.EpisodePlace{At: last.ClosedAt, Conversation: last.Conversation}
		return tx.ListEpisodes(page)
	}, do)
	if err != nil {
		return err
	}
	return inPages(chat.Episode{}, func(last chat.Episode) ([]chat.Episode, error) {
		page.After = store.EpisodePlace{At: last.OpenedAt, Conversation: last.Conversation}
		return tx.ListRunningEpisodes(page)
	}, do)
}

// eachAsked goes through all that users of an app were asked to rate between two times, the newest first.
func eachAsked(tx store.Tx, app chat.AppID, from, to time.Time, do func(chat.Rating)) error {
	page := store.RatingPage{App: app, From: from, Limit: rowsAtOnce}
	return inPages(chat.Rating{AskedAt: to}, func(last chat.Rating) ([]chat.Rating, error) {
		page.Before = store.RatingPlace{At: last.AskedAt, Conversation: last.Conversation}
		return tx.ListRatingsAsked(page)
	}, do)
}

// eachRating goes through all that they rated between them, the newest first.
func eachRating(tx store.Tx, app chat.AppID, from, to time.Time, do func(chat.Rating)) error {
	page := store.RatingPage{App: app, From: from, Limit: rowsAtOnce}
	return inPages(chat.Rating{RatedAt: to}, func(last chat.Rating) ([]chat.Rating, error) {
		page.Before = store.RatingPlace{At: last.RatedAt, Conversation: last.Conversation}
		return tx.ListRatings(page)
	}, do)
}

// inPages goes through the rest of a list after a row; each time it reads rowsAtOnce.
func inPages[Row any](last Row, list func(last Row) ([]Row, error), do func(Row)) error {
	for {
		some, err := list(last)
		if err != nil {
			return err
		}
		for _, row := range some {
			do(row)
		}
		if len(some) < rowsAtOnce {
			return nil
		}
		last = some[len(some)-1]
	}
}
