package admin

import (
	"context"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// Stale counts the conversations of an app, and their messages, that would be removed if it kept messages for as long as the setting "retention" says in this text. Invalid, with Field; NotFound.
func (s *Service) Stale(ctx context.Context, p chat.Principal, id chat.AppID, retention string) (conversations, messages int64, err error) {
	if err := maySetUp(p, id); err != nil {
		return 0, 0, err
	}
	var app chat.App
	if err := applySettings(&app, map[string]string{"retention": retention}); err != nil {
		return 0, 0, err
	}
	since, ends := app.Settings.KeptSince(s.now())
	if !ends {
		return 0, 0, nil
	}
	err = s.store.Read(ctx, func(tx store.Tx) (err error) {
		conversations, messages, err = tx.CountStale(id, since)
		return err
	})
	return conversations, messages, err
}
