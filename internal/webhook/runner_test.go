package webhook

import (
	"context"
	"database/sql"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/outbound"
	"github.com/parlorchat/parlor/internal/pgtest"
	"github.com/parlorchat/parlor/internal/seal"
	"github.com/parlorchat/parlor/internal/sqlitetest"
	"github.com/parlorchat/parlor/internal/store"
	"github.com/parlorchat/parlor/internal/store/sqlstore"
)

// bench is a runner on a real database, with a clock and a receiver of its own.
type bench struct {
	*testing.T
	url    string
	store  store.Store
	master *seal.Master
	app    chat.App
	hook   chat.Webhook

	mu     sync.Mutex
	at     time.Time
	answer func(ctx context.Context, events []string) (int, error)
	calls  chan []string // ids of the conversations in each call
	sent   []sent
	mails  mailbox
}

// sent is where a call went, under which key, and how many events it held.
type sent struct {
	target, key string
	events      int
}

// mailbox keeps the mail that would be sent.
type mailbox []string

func (m *mailbox) Mail(to, subject, text string) error {
	*m = append(*m, to+"\n"+subject+"\n"+text)
	return nil
}

func TestMain(m *testing.M) { pgtest.Main(m) }

func newBench(t *testing.T) *bench {
	t.Helper()
	now := time.Now().UTC().Truncate(time.Microsecond)
	b := &bench{T: t, at: now, master: seal.NewMaster([32]byte{1}), calls: make(chan []string, 100)}
	b.url = sqlitetest.New(t)
	if os.Getenv("PARLOR_TEST_DATABASE") == "postgres" {
		b.url = pgtest.New(t)
	}
	s, err := sqlstore.Open(t.Context(), sqlstore.Options{URL: b.url})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	b.store = s
	b.app = chat.App{ID: chat.AppID(chat.NewID(now)), IntegrationID: chat.IntegrationID(chat.NewID(now)), CreatedAt: now}
	b.hook = chat.Webhook{App: b.app.ID, Integration: b.app.IntegrationID, ID: "hook", Target: "https://shop.example/", Triggers: []chat.Trigger{chat.TriggerEverything},
		Enabled: true, CreatedAt: now}
	if b.hook.Sealed, err = b.master.Seal(seal.WebhookSecret(b.app.ID, b.hook.ID), []byte("whsec_bmV3")); err != nil {
		t.Fatal(err)
	}
	b.write(func(tx store.Tx) error {
		if err := tx.InsertApp(&b.app); err != nil {
			return err
		}
		return tx.InsertWebhook(b.hook)
	})
	return b
}

func (b *bench) write(f func(store.Tx) error) {
	b.Helper()
	if err := b.store.Write(context.WithoutCancel(b.Context()), f); err != nil {
		b.Fatal(err)
	}
}

// sql does to the database what no method of the store does.
func (b *bench) sql(statement string) {
	b.Helper()
	driver, address := "pgx", b.url
	if path, ok := strings.CutPrefix(b.url, "sqlite:"); ok {
		driver, address = "sqlite", path
	}
	db, err := sql.Open(driver, address)
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(b.Context(), statement); err != nil {
		b.Fatal(err)
	}
}

// happen makes so many conversations, each of which is an event.
func (b *bench) happen(n int) {
	b.Helper()
	for range n {
		b.write(func(tx store.Tx) error {
			c := chat.Conversation{App: b.app.ID, ID: chat.ConversationID(chat.NewID(b.now())), Type: chat.SDKGroup, CreatedAt: b.now()}
			tx.Emit(chat.Event{Kind: chat.EventConversation, Trigger: chat.TriggerConversationCreate, App: b.app.ID, At: b.now(), Conversation: c.ID})
			return tx.InsertConversation(c)
		})
	}
}

// happenAtOnce is happen in one transaction, with events that need no rows.
func (b *bench) happenAtOnce(n int) {
	b.Helper()
	b.write(func(tx store.Tx) error {
		for i := range n {
			tx.Emit(chat.Event{Trigger: chat.TriggerConversationRemove, App: b.app.ID, At: b.now(), Conversation: chat.ConversationID(strconv.Itoa(i))})
		}
		return nil
	})
}

func (b *bench) now() time.Time {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.at
}

func (b *bench) pass(d time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.at = b.at.Add(d)
}

// Do stands for the way out of the server.
func (b *bench) Do(ctx context.Context, request *http.Request, _ outbound.Limits) (*outbound.Response, error) {
	raw, err := io.ReadAll(request.Body)
	if err != nil {
		return nil, err
	}
	var envelope struct {
		Events []struct {
			Payload struct{ Conversation struct{ ID string } }
		}
	}
	if err := json.Unmarshal(raw, &envelope); err != nil {
		b.Errorf("%v: %s", err, raw)
	}
	var ids []string
	for _, event := range envelope.Events {
		ids = append(ids, event.Payload.Conversation.ID)
	}
	b.mu.Lock()
	b.sent = append(b.sent, sent{request.URL.String(), request.Header.Get("X-API-Key"), len(ids)})
	b.mu.Unlock()
	status, err := b.answer(ctx, ids)
	b.calls <- ids
	if err != nil {
		return nil, err
	}
	return &outbound.Response{Status: status}, nil
}

func (b *bench) answers(status int) {
	b.answer = func(context.Context, []string) (int, error) { return status, nil }
}

func (b *bench) runner() *Runner {
	return New(Options{Store: b.store, Master: b.master, Caller: b, FirstPause: time.Second, Now: b.now, Log: slog.New(slog.DiscardHandler), Mailer: &b.mails, Count: func(string, int) {}})
}

// look lets the runner look once, and waits until it has done what there was.
func (b *bench) look(r *Runner) {
	b.Helper()
	r.begin(context.WithoutCancel(b.Context()))
	r.tasks.Wait()
}

func (b *bench) webhook() (w chat.Webhook) {
	b.Helper()
	err := b.store.Read(b.Context(), func(tx store.Tx) (err error) {
		w, err = tx.GetWebhook(b.app.ID, b.hook.ID)
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return w
}

func (b *bench) letters() (waiting, dead int) {
	b.Helper()
	err := b.store.Read(b.Context(), func(tx store.Tx) error {
		all, err := tx.ListDeliveries(b.hook.ID, 10_000)
		if err != nil {
			return err
		}
		gone, err := tx.ListDeadLetters(b.hook.ID, store.Span{Limit: 10_000})
		waiting, dead = len(all), len(gone)
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return waiting, dead
}

func (b *bench) wantLetters(waiting, dead int) {
	b.Helper()
	if w, d := b.letters(); w != waiting || d != dead {
		b.Errorf("%d wait and %d are dead, want %d and %d", w, d, waiting, dead)
	}
}

// TestThreeDaysOfFailure: nothing is given up before, and all after; then the webhook is off, and the audit log says why.
func TestThreeDaysOfFailure(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.answers(503)
	r := b.runner()
	b.write(func(tx store.Tx) error {
		if err := tx.InsertAgent(chat.Agent{ID: "a", Email: "admin@shop.example", Admin: true}); err != nil {
			return err
		}
		return tx.InsertAgent(chat.Agent{ID: "b", Email: "agent@shop.example"})
	})
	b.happen(2)
	b.look(r)
	b.look(r) // too early
	if len(b.calls) != 1 {
		t.Fatalf("%d calls at once, want 1", len(b.calls))
	}
	for hours := 0; hours < 70; hours += 2 {
		b.pass(2 * time.Hour)
		b.look(r)
	}
	b.wantLetters(2, 0)
	if w := b.webhook(); !w.Enabled || w.Queue.Failures != 36 {
		t.Errorf("after 70 hours: %+v", w.Queue)
	}
	b.pass(2 * time.Hour)
	b.look(r)
	b.wantLetters(0, 2)
	if w := b.webhook(); w.Enabled || w.Queue.LastError != "The server answered 503." {
		t.Errorf("after 72 hours: %+v", w)
	}
	if len(b.mails) != 1 || !strings.HasPrefix(b.mails[0], "admin@shop.example\n") || !strings.Contains(b.mails[0], "The server answered 503.") {
		t.Errorf("mails: %q", b.mails)
	}
	var audits []store.Audit
	if err := b.store.Read(t.Context(), func(tx store.Tx) (err error) {
		audits, err = tx.ListAudits(b.app.ID, 0, 10)
		return err
	}); err != nil || len(audits) != 1 || audits[0].Action != "webhook.off" || audits[0].Detail["reason"] != "The server answered 503." {
		t.Errorf("audits: %+v, %v", audits, err)
	}
}

// TestADeadLetterIsNoFailureOfTheReceiver: what it refused days ago does not count when it fails once.
func TestADeadLetterIsNoFailureOfTheReceiver(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	r := b.runner()
	b.answers(404)
	b.happen(1)
	b.look(r)
	b.wantLetters(0, 1)
	if w := b.webhook(); w.Queue != (chat.Queue{LastError: "The server answered 404."}) {
		t.Errorf("after a refusal: %+v", w.Queue)
	}
	b.pass(5 * 24 * time.Hour)
	b.answers(503)
	b.happen(1)
	b.look(r)
	b.wantLetters(1, 1)
	if w := b.webhook(); !w.Enabled || w.Queue.Failures != 1 {
		t.Errorf("after one failure: %+v", w)
	}
}

// TestTheServersOwnAbsenceIsNoFailure: a server that comes back after days tries as often as it would have.
func TestTheServersOwnAbsenceIsNoFailure(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	r := b.runner()
	b.answers(503)
	b.happen(1)
	b.look(r)
	b.pass(5 * 24 * time.Hour)
	for range leastFailures - 2 {
		b.look(r)
		b.pass(2 * time.Hour)
	}
	if w := b.webhook(); !w.Enabled || w.Queue.Failures != leastFailures-1 {
		t.Errorf("before %d failures: %+v", leastFailures, w)
	}
	b.look(r)
	if w := b.webhook(); w.Enabled {
		t.Errorf("after %d failures in more than three days: %+v", leastFailures, w)
	}
}

// TestTooLarge: a request that is too large is taken apart.
func TestTooLarge(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.answer = func(_ context.Context, events []string) (int, error) {
		if len(events) > 1 {
			return 413, nil
		}
		return 200, nil
	}
	b.happen(3)
	b.look(b.runner())
	b.wantLetters(0, 0)
	var sizes []int
	for len(b.calls) > 0 {
		sizes = append(sizes, len(<-b.calls))
	}
	if len(sizes) != 5 || sizes[0] != 3 || sizes[4] != 1 { // 3, 1, 2, 1, 1
		t.Errorf("calls of %v events", sizes)
	}
}

// TestTooLargeOften: after the first event alone requests grow again, but not at once.
func TestTooLargeOften(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.answer = func(_ context.Context, events []string) (int, error) {
		if len(events) > 10 {
			return 413, nil
		}
		return 200, nil
	}
	b.happenAtOnce(25)
	b.look(b.runner())
	b.wantLetters(0, 0)
	var sizes []int
	for _, call := range b.sent {
		sizes = append(sizes, call.events)
	}
	if want := []int{25, 1, 2, 4, 8, 10}; !slices.Equal(sizes, want) {
		t.Errorf("calls of %v events, want %v", sizes, want)
	}
}

// TestTooLargeKeepsTheLease: the second, smaller request has as much time as the first.
func TestTooLargeKeepsTheLease(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	other := b.runner()
	b.answer = func(_ context.Context, events []string) (int, error) {
		b.pass(leaseFor * 2 / 3)
		if len(events) > 1 {
			return 413, nil
		}
		other.begin(t.Context())
		return 200, nil
	}
	b.happen(2)
	b.look(b.runner())
	other.tasks.Wait()
	b.wantLetters(0, 0)
	if len(b.sent) != 3 { // 2, 1, 1
		t.Errorf("calls: %v", b.sent)
	}
}

// TestOneEventTakesTwoTransactions: one that leases, and one that stores the outcome and gives back.
func TestOneEventTakesTwoTransactions(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.answers(200)
	b.happen(1)
	counted := &countingStore{Store: b.store}
	b.store = counted
	b.look(b.runner())
	b.wantLetters(0, 0)
	if counted.writes != 2 {
		t.Errorf("%d transactions, want 2", counted.writes)
	}
}

type countingStore struct {
	store.Store
	writes int
}

func (s *countingStore) Write(ctx context.Context, f func(store.Tx) error) error {
	s.writes++
	return s.Store.Write(ctx, f)
}

// TestAnotherProcessFollowsOneThatDied: when its lease is over, and not before.
func TestAnotherProcessFollowsOneThatDied(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.answers(200)
	b.happen(1)
	dead, other := b.runner(), b.runner()
	if _, leased, err := dead.lease(t.Context(), b.hook.ID); err != nil || !leased {
		t.Fatal(leased, err)
	}
	b.look(other)
	b.wantLetters(1, 0)
	b.pass(leaseFor)
	b.look(other)
	b.wantLetters(0, 0)
}

// TestStopGivesUpWhatIsOnItsWay: it is no failure, and whoever starts next tells it at once.
func TestStopGivesUpWhatIsOnItsWay(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	asked := make(chan struct{})
	b.answer = func(ctx context.Context, _ []string) (int, error) {
		close(asked)
		<-ctx.Done()
		return 0, &outbound.Error{Retryable: true, Message: "The call was given up."}
	}
	b.happen(1)
	ctx, cancel := context.WithCancel(t.Context())
	stopped := make(chan error, 1)
	go func() { stopped <- b.runner().Run(ctx) }()
	<-asked
	cancel()
	if err := <-stopped; err != nil {
		t.Error(err)
	}
	b.wantLetters(1, 0)
	if w := b.webhook(); w.Queue != (chat.Queue{}) {
		t.Errorf("stopping counts as a failure: %+v", w.Queue)
	}
	b.answers(200)
	b.look(b.runner())
	b.wantLetters(0, 0)
}

// TestChangedWhileOnItsWay: an answer to the old address does not hold the new one up.
func TestChangedWhileOnItsWay(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.answer = func(context.Context, []string) (int, error) {
		b.write(func(tx store.Tx) error {
			w, err := tx.GetWebhook(b.app.ID, b.hook.ID)
			if err != nil {
				return err
			}
			w.Target = "https://new.example/"
			return tx.UpdateWebhook(w)
		})
		return 503, nil
	}
	b.happen(1)
	r := b.runner()
	b.look(r)
	if w := b.webhook(); w.Queue != (chat.Queue{}) || w.Target != "https://new.example/" {
		t.Errorf("got %+v", w)
	}
	b.answers(200)
	b.look(r)
	b.wantLetters(0, 0)
}

// TestAChangeHoldsFromTheNextRequest: nothing is told twice because of it, and what comes goes to the new address, under
// the new secret.
func TestAChangeHoldsFromTheNextRequest(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	r := b.runner()
	b.answer = func(context.Context, []string) (int, error) {
		if len(b.sent) > 1 {
			return 200, nil
		}
		changed := b.hook
		changed.Target = "https://new.example/"
		var err error
		if changed.Sealed, err = b.master.Seal(seal.WebhookSecret(changed.App, changed.ID), []byte("whsec_b3RoZXI=")); err != nil {
			return 0, err
		}
		b.write(func(tx store.Tx) error { return tx.UpdateWebhook(changed) })
		r.begin(t.Context())
		return 200, nil
	}
	b.happenAtOnce(maxEvents + 1)
	b.look(r)
	b.wantLetters(0, 0)
	if want := []sent{{"https://shop.example/", "whsec_bmV3", maxEvents}, {"https://new.example/", "whsec_b3RoZXI=", 1}}; !slices.Equal(b.sent, want) {
		t.Errorf("got %v, want %v", b.sent, want)
	}
}

// TestWhatIsNotWantedAnyMoreIsNotTold: neither what waits for a trigger that was taken out, nor anything once it is off.
func TestWhatIsNotWantedAnyMoreIsNotTold(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.answers(200)
	b.happen(1)
	b.hook.Triggers = []chat.Trigger{chat.TriggerMessage}
	b.write(func(tx store.Tx) error { return tx.UpdateWebhook(b.hook) })
	b.look(b.runner())
	b.wantLetters(0, 0)
	if len(b.sent) != 0 {
		t.Errorf("was told %v", b.sent)
	}
}

// TestAnEventThatCannotBeRead: the queue waits as after a failure and says so, and goes on without it in the end.
func TestAnEventThatCannotBeRead(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	r := b.runner()
	b.answers(200)
	b.happenAtOnce(3)
	b.sql(`UPDATE deliveries SET document = '{' WHERE position = (SELECT MIN(position) + 1 FROM deliveries)`)
	for n := range mostUnreadable - 1 {
		b.look(r)
		b.look(r) // too early
		b.wantLetters(2, 0)
		if w := b.webhook(); w.Queue.Failures != int64(n)+1 || !w.Queue.NextAt.After(b.now()) || !strings.Contains(w.Queue.LastError, "could not be read") {
			t.Fatalf("after %d tries: %+v", n+1, w.Queue)
		}
		b.pass(longestPause)
	}
	b.look(r)
	b.wantLetters(0, 1)
	if len(b.sent) != 2 {
		t.Errorf("calls: %v", b.sent)
	}
}

// TestTypingOfLongAgoIsNotTold, and costs no request.
func TestTypingOfLongAgoIsNotTold(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.answers(200)
	b.happen(1)
	b.look(b.runner())
	types := func() {
		b.write(func(tx store.Tx) error {
			tx.Emit(chat.Event{Trigger: chat.TriggerTyping, App: b.app.ID, At: b.now(), Conversation: chat.ConversationID((<-b.calls)[0]),
				Typing: &chat.Typing{Author: chat.Author{Type: chat.AuthorBusiness}, Active: true}})
			return nil
		})
	}
	types()
	b.pass(typingIsOver)
	b.look(b.runner())
	if len(b.sent) != 2 {
		t.Fatalf("after a minute: %v", b.sent)
	}
	types()
	b.pass(typingIsOver + time.Second)
	b.look(b.runner())
	b.wantLetters(0, 0)
	if len(b.sent) != 2 {
		t.Errorf("after more than a minute: %v", b.sent)
	}
}

// TestGoneWithALargeBacklog: all that waits is given up, in more than one transaction.
func TestGoneWithALargeBacklog(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.answers(410)
	b.happenAtOnce(2*pageOfRows + 1)
	b.look(b.runner())
	b.wantLetters(0, 2*pageOfRows+1)
	if w := b.webhook(); w.Enabled {
		t.Errorf("got %+v", w)
	}
}

// TestTheSweepGoesOn where a process died, or an admin switched a webhook off or removed it.
func TestTheSweepGoesOn(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	r := b.runner()
	b.happenAtOnce(pageOfRows + 1)
	r.sweep(t.Context())
	b.wantLetters(pageOfRows+1, 0)
	b.hook.Enabled = false
	b.write(func(tx store.Tx) error { return tx.UpdateWebhook(b.hook) })
	r.sweep(t.Context())
	b.wantLetters(0, pageOfRows+1)
	b.write(func(tx store.Tx) error { return tx.DeleteWebhook(b.app.ID, b.hook.ID) })
	r.sweep(t.Context())
	b.write(func(tx store.Tx) error { return tx.InsertWebhook(b.hook) })
	b.wantLetters(0, 0)
}

// TestManyDeadLettersComeInTheirOrder, and what happened since comes after them.
func TestManyDeadLettersComeInTheirOrder(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	r := b.runner()
	b.answers(410)
	b.happenAtOnce(2*pageOfRows + 10)
	b.look(r)
	b.hook.Enabled = true
	b.write(func(tx store.Tx) error { return tx.UpdateWebhook(b.hook) })
	b.write(func(tx store.Tx) error {
		revived, err := tx.ReviveDeadLetters(b.hook.ID, "")
		if revived != 2*pageOfRows+10 {
			t.Errorf("%d will be told", revived)
		}
		return err
	})
	b.happen(1)
	b.answers(200)
	<-b.calls
	b.look(r)
	b.wantLetters(0, 0)
	for n := 0; len(b.calls) > 0; {
		for _, id := range <-b.calls {
			if n < 2*pageOfRows+10 && id != strconv.Itoa(n) {
				t.Fatalf("%s came where %d was to come", id, n)
			}
			n++
		}
	}
}

// TestRefusedAddress: an address that may not be called is not tried again.
func TestRefusedAddress(t *testing.T) {
	t.Parallel()
	for name, failure := range map[string]*outbound.Error{
		"refused":     {Refused: true, Message: "not public"},
		"unsendable":  {Message: "cannot be made"},
		"unreachable": {Retryable: true, Message: "not reached"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			b.answer = func(context.Context, []string) (int, error) { return 0, failure }
			b.happen(1)
			b.look(b.runner())
			if failure.Retryable {
				b.wantLetters(1, 0)
			} else {
				b.wantLetters(0, 1)
			}
			if w := b.webhook(); w.Queue.LastError != failure.Message {
				t.Errorf("got %q", w.Queue.LastError)
			}
		})
	}
}

// TestManyWebhooksAtOnce: more than there are slots.
func TestManyWebhooksAtOnce(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.answers(200)
	for i := range 2 * maxAtOnce {
		b.write(func(tx store.Tx) error {
			w := b.hook
			w.ID = chat.WebhookID("hook" + strconv.Itoa(i))
			var err error
			if w.Sealed, err = b.master.Seal(seal.WebhookSecret(w.App, w.ID), []byte("whsec_bmV3")); err != nil {
				return err
			}
			return tx.InsertWebhook(w)
		})
	}
	b.happen(1)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	stopped := make(chan error, 1)
	go func() { stopped <- b.runner().Run(ctx) }()
	within := time.After(10 * time.Second)
	for range 2*maxAtOnce + 1 {
		select {
		case <-b.calls:
		case <-within:
			t.Fatal("not all webhooks were told within 10 seconds")
		}
	}
	cancel()
	if err := <-stopped; err != nil {
		t.Error(err)
	}
}
