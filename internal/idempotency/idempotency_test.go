package idempotency_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/idempotency"
	"github.com/parlorchat/parlor/internal/seal"
	"github.com/parlorchat/parlor/internal/sqlitetest"
	"github.com/parlorchat/parlor/internal/store"
	"github.com/parlorchat/parlor/internal/store/sqlstore"
)

// desk is the service on a real database, with a clock of its own.
type desk struct {
	*testing.T
	plain, work store.Store
	service     *idempotency.Service
	caller      chat.Principal
	now         time.Time
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	s, err := sqlstore.Open(t.Context(), sqlstore.Options{URL: sqlitetest.New(t)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	d := &desk{T: t, plain: s, work: idempotency.Store(s), now: time.Now()}
	d.service = idempotency.New(s, seal.NewMaster([32]byte{1}), func() time.Time { return d.now })
	key := chat.Key{ID: "act_1", CreatedAt: d.now}
	if err := s.Write(t.Context(), func(tx store.Tx) error { return tx.InsertKey(key) }); err != nil {
		t.Fatal(err)
	}
	d.caller = chat.Principal{Key: &key}
	return d
}

func (d *desk) begin(name string) (context.Context, *idempotency.Request, *idempotency.Answer, error) {
	return d.service.Begin(d.Context(), d.caller, name, []byte("POST /things"), []byte("{}"))
}

// mark is a piece of work that can be seen.
func (d *desk) mark(ctx context.Context) error {
	return d.work.Write(ctx, func(tx store.Tx) error { return tx.AppendAudit(store.Audit{At: d.now, Action: "mark"}) })
}

func (d *desk) marks() (n int) {
	d.Helper()
	if err := d.plain.Read(d.Context(), func(tx store.Tx) error {
		all, err := tx.ListAudits("", 0, 100)
		n = len(all)
		return err
	}); err != nil {
		d.Fatal(err)
	}
	return n
}

// TestALostAnswer: a process that dies between the work and the keeping of its answer leaves the receipt, and nobody does
// the work again.
func TestALostAnswer(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ctx, _, _, err := d.begin("k")
	if err != nil {
		t.Fatal(err)
	}
	if err := d.mark(ctx); err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		wait time.Duration
		code string
	}{{0, "idempotency_key_in_use"}, {59 * time.Second, "idempotency_key_in_use"}, {2 * time.Second, "idempotency_answer_lost"}} {
		d.now = d.now.Add(step.wait)
		if _, _, answer, err := d.begin("k"); answer != nil || chat.CodeOf(err) != step.code {
			t.Errorf("after %v more: %v, %v, want %s", step.wait, answer, err, step.code)
		}
	}
	d.now = d.now.Add(idempotency.KeepFor)
	if err := d.service.Forget(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, _, answer, err := d.begin("k"); answer != nil || err != nil {
		t.Errorf("after a day: %v, %v", answer, err)
	}
}

// TestOneWriteOfTwoRequests: the second finds the receipt inside its transaction, and does nothing.
func TestOneWriteOfTwoRequests(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	first, _, _, _ := d.begin("k")
	second, request, _, err := d.begin("k")
	if err != nil {
		t.Fatal(err)
	}
	if err := d.mark(first); err != nil {
		t.Fatal(err)
	}
	if err := d.mark(second); chat.CodeOf(err) != "idempotency_key_in_use" {
		t.Errorf("the second is answered %v", err)
	}
	if err := d.service.Keep(t.Context(), request, idempotency.Answer{Status: 201, Body: []byte("second")}); err != nil {
		t.Error(err)
	}
	if n := d.marks(); n != 1 {
		t.Errorf("the work was done %d times", n)
	}
	if _, _, answer, _ := d.begin("k"); answer != nil {
		t.Errorf("one that did nothing left its answer: %+v", answer)
	}
}

// TestWorkInSeveralWrites: the first leaves the receipt, the others are as they are.
func TestWorkInSeveralWrites(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ctx, request, _, _ := d.begin("k")
	for range 3 {
		if err := d.mark(ctx); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.service.Keep(ctx, request, idempotency.Answer{Status: 201, Body: []byte("done")}); err != nil {
		t.Fatal(err)
	}
	_, _, answer, err := d.begin("k")
	if err != nil || answer == nil || string(answer.Body) != "done" || d.marks() != 3 {
		t.Errorf("got %v, %v", answer, err)
	}
}

// TestWorkThatFails: it leaves no receipt.
func TestWorkThatFails(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	failed := errors.New("no")
	ctx, request, _, _ := d.begin("k")
	if err := d.work.Write(ctx, func(store.Tx) error { return failed }); !errors.Is(err, failed) {
		t.Errorf("got %v", err)
	}
	if err := d.service.Keep(ctx, request, idempotency.Answer{Status: 201}); err != nil {
		t.Error(err)
	}
	if _, _, answer, err := d.begin("k"); answer != nil || err != nil {
		t.Errorf("got %v, %v", answer, err)
	}
}

// TestACallerWhoIsGone: the answer is kept for when they ask again.
func TestACallerWhoIsGone(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ctx, request, _, _ := d.begin("k")
	ctx, leave := context.WithCancel(ctx)
	if err := d.mark(ctx); err != nil {
		t.Fatal(err)
	}
	leave()
	if err := d.service.Keep(ctx, request, idempotency.Answer{Status: 201, Body: []byte("done")}); err != nil {
		t.Error(err)
	}
	if _, _, answer, err := d.begin("k"); err != nil || answer == nil || string(answer.Body) != "done" {
		t.Errorf("got %v, %v", answer, err)
	}
}

// TestWritesApart: what is written before the work leaves no receipt.
func TestWritesApart(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ctx, _, _, _ := d.begin("k")
	if err := d.mark(idempotency.Apart(ctx)); err != nil {
		t.Fatal(err)
	}
	if _, _, answer, err := d.begin("k"); answer != nil || err != nil {
		t.Errorf("got %v, %v", answer, err)
	}
	if err := d.mark(ctx); err != nil {
		t.Fatal(err)
	}
	if _, _, _, err := d.begin("k"); chat.CodeOf(err) != "idempotency_key_in_use" {
		t.Errorf("the work itself left %v", err)
	}
}

// TestASlowRequest: how long it may still be on its way counts from its work.
func TestASlowRequest(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ctx, _, _, _ := d.begin("k")
	d.now = d.now.Add(10 * time.Minute)
	if err := d.mark(ctx); err != nil {
		t.Fatal(err)
	}
	d.now = d.now.Add(59 * time.Second)
	if _, _, _, err := d.begin("k"); chat.CodeOf(err) != "idempotency_key_in_use" {
		t.Errorf("got %v", err)
	}
}
