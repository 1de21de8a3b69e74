// Package indexer has people, messages and notes found by the search (ADR 17): it follows what is committed. Whoever writes something marks
// it in the same transaction, and the indexer takes what is marked, makes its tokens, and takes the mark away, so that it goes on exactly
// where it was after a crash, and finds what was there before there was a search. Of all nodes one works at a time, under a lease that
// another takes when it ends.
package indexer

import (
	"context"
	"log/slog"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/richtext"
	"github.com/parlorchat/parlor/internal/store"
	"github.com/parlorchat/parlor/internal/tokens"
)

// Figures of the indexer.
const (
	lookEvery  = time.Second      // how late something may be found
	leaseFor   = 10 * time.Second // much longer than one transaction
	atOnce     = 200              // texts that one transaction indexes
	markAtOnce = 2000             // users or conversations that one transaction marks to be indexed anew
)

// Indexer is run once. Make it with New.
type Indexer struct {
	store store.Store
	now   func() time.Time
	log   *slog.Logger
	lease string
	rules int64

	held   time.Time         // until when the lease is ours
	marked store.MarkedPlace // how far all is marked to be indexed by other rules
}

// New returns an Indexer.
func New(s store.Store, now func() time.Time, log *slog.Logger) *Indexer {
	return &Indexer{store: s, now: now, log: log, lease: chat.NewSecret(), rules: tokens.Rules}
}

// Run indexes until ctx ends.
func (x *Indexer) Run(ctx context.Context) error {
	look := time.NewTicker(lookEvery)
	defer look.Stop()
	for {
		if err := x.CatchUp(ctx); err != nil && ctx.Err() == nil {
			x.log.WarnContext(ctx, "what is new cannot be indexed for the search; trying again", "err", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-look.C:
		}
	}
}

// CatchUp indexes until nothing is left, or somebody else does. It rests as long as it works, so that others can write meanwhile.
func (x *Indexer) CatchUp(ctx context.Context) error {
	for {
		began := time.Now()
		some, err := x.indexSome(ctx)
		if err != nil || !some {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(time.Since(began)):
		}
	}
}

// indexSome indexes what one transaction takes, and tells with false that there is nothing to do here.
func (x *Indexer) indexSome(ctx context.Context) (some bool, err error) {
	err = x.store.Read(ctx, func(tx store.Tx) error {
		indexed, err := tx.IsIndexed(x.rules)
		some = !indexed
		return err
	})
	if err != nil || !some {
		return false, err
	}
	now, marked := x.now(), store.MarkedPlace{}
	until := now.Add(leaseFor)
	err = x.store.Write(ctx, func(tx store.Tx) error {
		former, held, err := tx.HoldIndexing(x.lease, x.rules, now, until)
		if some = held; err != nil || !held {
			return err
		}
		if former < x.rules {
			marked, err = x.mark(tx, now)
			return err
		}
		left, err := index(tx)
		some = left < atOnce
		return err
	})
	if err == nil && some {
		x.held, x.marked = until, marked
	}
	return some, err
}

// mark marks some of what was indexed by other rules, and notes with the last of it that all is: nobody waits for all of it. It begins anew where the lease
// was anybody's meanwhile, who may have indexed by those rules.
func (x *Indexer) mark(tx store.Tx, now time.Time) (next store.MarkedPlace, err error) {
	after := x.marked
	if !now.Before(x.held) {
		after = store.MarkedPlace{}
	}
	next, more, err := tx.MarkUnindexed(after, markAtOnce)
	if err != nil || more {
		return next, err
	}
	return store.MarkedPlace{}, tx.SetIndexingRules(x.rules)
}

// index indexes people, then notes, then messages, and returns how many more it would have taken.
func index(tx store.Tx) (left int, err error) {
	left = atOnce
	for _, kind := range []func(store.Tx, int) (int, error){indexUsers, indexNotes, indexMessages} {
		done, err := kind(tx, left)
		if left -= done; err != nil || left == 0 {
			return left, err
		}
	}
	return left, nil
}

func indexUsers(tx store.Tx, limit int) (int, error) {
	users, err := tx.ListUnindexedUsers(limit)
	if err != nil {
		return 0, err
	}
	for _, user := range users {
		identities, err := tx.ListIdentities(user.App, user.ID)
		if err != nil {
			return 0, err
		}
		if err := tx.IndexUser(user, tokens.OfUser(user.FoundBy(identities)...)); err != nil {
			return 0, err
		}
	}
	return len(users), nil
}

func indexNotes(tx store.Tx, limit int) (int, error) {
	notes, err := tx.ListUnindexedNotes(limit)
	if err != nil {
		return 0, err
	}
	for _, note := range notes {
		if err := tx.IndexNote(note, tokens.OfMessage(richtext.Plain(note.HTML))); err != nil {
			return 0, err
		}
	}
	return len(notes), nil
}

func indexMessages(tx store.Tx, limit int) (done int, err error) {
	conversations, err := tx.ListUnindexed(limit)
	if err != nil {
		return 0, err
	}
	var parts []store.IndexedPart
	for _, conversation := range conversations {
		if done == limit {
			break
		}
		part, err := partOf(tx, conversation, limit-done)
		if err != nil {
			return 0, err
		}
		parts = append(parts, part)
		done += max(1, len(part.Messages)) // what holds nothing any more is work as well
	}
	return done, tx.IndexMessages(parts)
}

// partOf makes the tokens of messages of a conversation, from where it was left.
func partOf(tx store.Tx, of store.Unindexed, limit int) (store.IndexedPart, error) {
	messages, err := tx.ListUnindexedMessages(of, limit)
	part := store.IndexedPart{Unindexed: of, Messages: make([]store.IndexedMessage, len(messages))}
	if err == nil && len(messages) == limit {
		part.Next = messages[limit-1].Number + 1
	}
	for i, m := range messages {
		part.Messages[i] = store.IndexedMessage{Number: m.Number, At: m.Received, Tokens: tokens.OfMessage(m.Content.Fallback())}
	}
	return part, err
}
