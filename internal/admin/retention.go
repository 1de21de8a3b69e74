package admin

import (
	"context"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// maxStaleCounted is where the count of conversations stops, so that nobody waits for all of a large app.
const maxStaleCounted = 100_000

// Stale are conversations, and the messages in them, that an app would keep no longer; with More there are at least so many.
type Stale struct {
	Conversations, Messages int64
	More                    bool
}

// Stale counts what would be removed of an app if it kept messages for as long as the setting "retention" says in this text. Invalid, with Field; NotFound.
func (s *Service) Stale(ctx context.Context, p chat.Principal, id chat.AppID, retention string) (stale Stale, err error) {
	if err := maySetUp(p, id); err != nil {
		return Stale{}, err
	}
	var app chat.App
	if err := applySettings(&app, map[string]string{"retention": retention}); err != nil {
		return Stale{}, err
	}
	since, ends := app.Settings.KeptSince(s.now())
	if !ends {
		return Stale{}, nil
	}
	err = s.store.Read(ctx, func(tx store.Tx) (err error) {
		stale.Conversations, stale.Messages, err = tx.CountStale(id, since, maxStaleCounted)
		return err
	})
	stale.More = stale.Conversations == maxStaleCounted
	return stale, err
}
