package webhook

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/outbound"
	"github.com/parlorchat/parlor/internal/store"
)

func (b *bench) attempts() (all []chat.Attempt) {
	b.Helper()
	err := b.store.Read(b.Context(), func(tx store.Tx) (err error) { all, err = tx.ListAttempts(b.hook.ID); return err })
	if err != nil {
		b.Fatal(err)
	}
	return all
}

// TestAttemptsAreRemembered: each request with what came of it, and how often it was tried by then.
func TestAttemptsAreRemembered(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	r := b.runner()
	b.happen(3)
	b.answer = func(context.Context, []string) (int, error) { b.pass(40 * time.Millisecond); return 503, nil }
	b.look(r)
	b.pass(time.Hour)
	b.answer = func(context.Context, []string) (int, error) {
		return 0, &outbound.Error{Retryable: true, Message: "not reached"}
	}
	b.look(r)
	b.pass(time.Hour)
	b.answers(404)
	b.look(r)
	b.answers(200)
	b.happen(1)
	b.look(r)

	all := b.attempts()
	if len(all) != 4 {
		t.Fatalf("%+v", all)
	}
	for i, want := range []chat.Attempt{
		{Number: 1, Events: 1, Status: 200, Outcome: "told"},
		{Number: 3, Events: 3, Status: 404, Outcome: "dead", Fault: "The server answered 404."},
		{Number: 2, Events: 3, Outcome: "failed", Fault: "not reached"},
		{Number: 1, Events: 3, Status: 503, Outcome: "failed", Fault: "The server answered 503.", Took: 40 * time.Millisecond},
	} {
		got := all[i]
		if len(got.Triggers) != 1 || got.Triggers[0] != chat.TriggerConversationCreate || got.Request == "" || got.At.IsZero() {
			t.Errorf("%d: %+v", i, got)
		}
		got.Triggers, got.Request, got.At, got.Webhook = nil, "", time.Time{}, ""
		if got.Number != want.Number || got.Events != want.Events || got.Status != want.Status || got.Outcome != want.Outcome || got.Fault != want.Fault || got.Took != want.Took {
			t.Errorf("%d: %+v, want %+v", i, got, want)
		}
	}
}

// TestTooLargeIsRememberedToo: also the request that is made again in fewer events.
func TestTooLargeIsRememberedToo(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.happen(2)
	b.answer = func(_ context.Context, ids []string) (int, error) {
		if len(ids) > 1 {
			return http.StatusRequestEntityTooLarge, nil
		}
		return 200, nil
	}
	b.look(b.runner())
	statuses := []int64{}
	for _, attempt := range b.attempts() {
		statuses = append(statuses, attempt.Status)
	}
	if len(statuses) != 3 || statuses[0] != 200 || statuses[2] != http.StatusRequestEntityTooLarge {
		t.Errorf("%v", statuses)
	}
}

// TestTestEvents: by the way of all others, whether the webhook is on or off; the queue stays as it is.
func TestTestEvents(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	r := b.runner()
	b.happen(1)
	b.answers(503)
	b.look(r)
	failing := b.webhook()
	b.answers(200)
	told, err := r.Test(t.Context(), chat.Principal{Name: "agent kim"}, failing)
	if err != nil || told.Outcome != "told" || told.Status != 200 || told.Triggers[0] != chat.TriggerTest || told.Fault != "" {
		t.Errorf("%+v, %v", told, err)
	}
	if b.webhook().Queue != failing.Queue {
		t.Error("a test changed the queue")
	}
	if b.sent[len(b.sent)-1].key != "whsec_bmV3" {
		t.Error("the test is not signed as others are")
	}
	b.wantLetters(1, 0)

	off := failing
	off.Enabled = false
	b.write(func(tx store.Tx) error { return tx.UpdateWebhook(off) })
	b.answer = func(context.Context, []string) (int, error) {
		return 0, &outbound.Error{Refused: true, Message: "not public", Err: errors.New("10.0.0.1")}
	}
	refused, err := r.Test(t.Context(), chat.Principal{}, off)
	if err != nil || refused.Outcome != "dead" || refused.Fault != "not public" || refused.Status != 0 {
		t.Errorf("%+v, %v", refused, err)
	}
	if all := b.attempts(); len(all) != 3 || all[0].Request != refused.Request || all[1].Request != told.Request {
		t.Errorf("%+v", all)
	}
}

// repeating is a store that runs each function twice and keeps what the second did, as Postgres does with one whose transaction has lost against others.
type repeating struct{ store.Store }

var errLost = errors.New("this transaction has lost")

func (s repeating) Write(ctx context.Context, f func(store.Tx) error) error {
	err := s.Store.Write(ctx, func(tx store.Tx) error {
		if err := f(tx); err != nil {
			return err
		}
		return errLost
	})
	if !errors.Is(err, errLost) {
		return err
	}
	return s.Store.Write(ctx, f)
}

// TestAttemptsOfARepeatedTransactionAreRememberedOnce: what is told, fails, is too large and is given up, and a test.
func TestAttemptsOfARepeatedTransactionAreRememberedOnce(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	once := b.store
	b.store = repeating{once}
	r := b.runner()
	b.store = once
	b.happen(2)
	b.answers(503)
	b.look(r)
	b.pass(time.Hour)
	b.answer = func(_ context.Context, ids []string) (int, error) {
		if len(ids) > 1 {
			return http.StatusRequestEntityTooLarge, nil
		}
		return 404, nil
	}
	b.look(r)
	b.happen(1)
	b.answers(200)
	b.look(r)
	if _, err := r.Test(t.Context(), chat.Principal{Name: "agent kim"}, b.webhook()); err != nil {
		t.Fatal(err)
	}
	type told struct {
		outcome string
		number  int64
		events  int64
	}
	var got []told
	for _, attempt := range b.attempts() {
		got = append(got, told{attempt.Outcome, attempt.Number, attempt.Events})
	}
	want := []told{{"told", 1, 1}, {"told", 1, 1}, {"dead", 1, 1}, {"dead", 2, 1}, {"dead", 2, 2}, {"failed", 1, 2}}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	b.wantLetters(0, 2)
	if queue := b.webhook().Queue; queue.Failures != 0 {
		t.Errorf("the queue is %+v", queue)
	}
}
