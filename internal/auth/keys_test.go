package auth

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/seal"
	"github.com/parlorchat/parlor/internal/store"
)

// counting is the real store, with its calls counted and, while broken is set, failing.
type counting struct {
	store.Store
	reads  atomic.Int64
	broken atomic.Bool
}

func (c *counting) Read(ctx context.Context, f func(store.Tx) error) error {
	c.reads.Add(1)
	if c.broken.Load() {
		return chat.Overloaded("The database does not answer.", time.Second, nil)
	}
	return c.Store.Read(ctx, f)
}

func (c *counting) Write(ctx context.Context, f func(store.Tx) error) error {
	if c.broken.Load() {
		return chat.Overloaded("The database does not answer.", time.Second, nil)
	}
	return c.Store.Write(ctx, f)
}

func newCounting(t *testing.T) (*fixture, *counting) {
	f := newFixture(t)
	c := &counting{Store: f.store}
	f.ring = NewKeyring(c, f.master)
	f.verifier = NewVerifier(f.ring)
	return f, c
}

// signIn verifies one token of each sort: a key by kid, and keys of a door.
func (f *fixture) signIn(t *testing.T, at time.Time) (bySDK, byJSM error) {
	t.Helper()
	_, bySDK = f.verifier.Verify(t.Context(), Request{App: f.app, Door: chat.DoorSDK, Token: sdk(sdkClaims)}, at)
	_, byJSM = f.verifier.Verify(t.Context(), Request{App: f.app, Door: chat.DoorJSM, Token: jsm(`{"email":"ana@example.com"}`)}, at)
	return bySDK, byJSM
}

func (f *fixture) revoke(t *testing.T, ids ...chat.KeyID) {
	t.Helper()
	f.write(t, func(tx store.Tx) error {
		for _, id := range ids {
			key, err := tx.GetKey(id)
			if err != nil {
				return err
			}
			key.RevokedAt = now
			if err := tx.UpdateKey(key); err != nil {
				return err
			}
		}
		return nil
	})
}

func TestKeysAreKeptForAMoment(t *testing.T) {
	t.Parallel()
	f, c := newCounting(t)
	for range 10 {
		if sdkErr, jsmErr := f.signIn(t, now); sdkErr != nil || jsmErr != nil {
			t.Fatal(sdkErr, jsmErr)
		}
	}
	if n := c.reads.Load(); n != 2 {
		t.Errorf("%d reads for ten sign-ins at two doors, want 2", n)
	}
	if keepKeys > 2*time.Second {
		t.Errorf("a revocation by another process is seen after %v; security rule 26 allows 2 s", keepKeys)
	}
	f.revoke(t, mainKey, jsmKey)
	sdkErr, jsmErr := f.signIn(t, now.Add(keepKeys))
	mustRefuse(t, sdkErr, "key_unknown")
	mustRefuse(t, jsmErr, "key_unknown")
}

func TestInvalidate(t *testing.T) {
	t.Parallel()
	f, _ := newCounting(t)
	if sdkErr, jsmErr := f.signIn(t, now); sdkErr != nil || jsmErr != nil {
		t.Fatal(sdkErr, jsmErr)
	}
	f.revoke(t, mainKey, jsmKey)
	f.ring.Invalidate(chat.Event{Kind: chat.EventAppChanged, App: appID}) // tells nothing of keys
	if sdkErr, jsmErr := f.signIn(t, now); sdkErr != nil || jsmErr != nil {
		t.Error("the keys were read again without need", sdkErr, jsmErr)
	}
	f.ring.Invalidate(chat.Event{Kind: chat.EventKeyChanged, App: appID, Key: mainKey})
	f.ring.Invalidate(chat.Event{Kind: chat.EventKeyChanged, App: appID, Key: jsmKey})
	sdkErr, jsmErr := f.signIn(t, now)
	mustRefuse(t, sdkErr, "key_unknown")
	mustRefuse(t, jsmErr, "key_unknown")
}

// overtaken is a store whose reads return only after the key was revoked and the ring was told.
type overtaken struct {
	store.Store
	after func()
}

func (o *overtaken) Read(ctx context.Context, f func(store.Tx) error) error {
	err := o.Store.Read(ctx, f)
	o.after()
	return err
}

func TestWhatWasReadBeforeInvalidateIsNotKept(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	o := &overtaken{Store: f.store}
	f.ring = NewKeyring(o, f.master)
	f.verifier = NewVerifier(f.ring)
	o.after = sync.OnceFunc(func() {
		f.revoke(t, mainKey)
		f.ring.Invalidate(chat.Event{Kind: chat.EventKeyChanged, App: appID, Key: mainKey})
	})
	if _, err := f.verifier.Verify(t.Context(), Request{App: f.app, Door: chat.DoorSDK, Token: sdk(sdkClaims)}, now); err != nil {
		t.Fatal(err)
	}
	_, err := f.verifier.Verify(t.Context(), Request{App: f.app, Door: chat.DoorSDK, Token: sdk(sdkClaims)}, now)
	mustRefuse(t, err, "key_unknown")
}

func TestStoreDown(t *testing.T) {
	t.Parallel()
	f, c := newCounting(t)
	c.broken.Store(true)
	sdkErr, jsmErr := f.signIn(t, now)
	for _, err := range []error{sdkErr, jsmErr} {
		if chat.KindOf(err) != chat.Unavailable {
			t.Errorf("got %v, want unavailable: a database that is down is no refusal", err)
		}
	}
	if _, err := f.verifier.Authenticate(t.Context(), appID, basic(mainKey, secretOf(mainKey)), now); chat.KindOf(err) != chat.Unavailable {
		t.Errorf("Basic: %v", err)
	}
	if _, err := f.verifier.Inspect(t.Context(), Request{App: f.app, Door: chat.DoorSDK, Token: sdk(sdkClaims)}, now); chat.KindOf(err) != chat.Unavailable {
		t.Errorf("Inspect: %v", err)
	}
	c.broken.Store(false)
	if sdkErr, jsmErr := f.signIn(t, now); sdkErr != nil || jsmErr != nil {
		t.Error("did not recover", sdkErr, jsmErr)
	}
}

func TestWrongMasterKeyIsNoRefusal(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.verifier = NewVerifier(NewKeyring(f.store, seal.NewMaster([32]byte{2})))
	sdkErr, jsmErr := f.signIn(t, now)
	for _, err := range []error{sdkErr, jsmErr} {
		if e := new(chat.Error); err == nil || errors.As(err, &e) {
			t.Errorf("got %v", err)
		}
	}
}

func (f *fixture) lastUsed(t *testing.T, id chat.KeyID) time.Time {
	t.Helper()
	var key chat.Key
	if err := f.store.Read(t.Context(), func(tx store.Tx) (err error) {
		key, err = tx.GetKey(id)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return key.LastUsedAt
}

func TestUsesAreNoted(t *testing.T) {
	t.Parallel()
	f, c := newCounting(t)
	if sdkErr, jsmErr := f.signIn(t, now); sdkErr != nil || jsmErr != nil {
		t.Fatal(sdkErr, jsmErr)
	}
	if _, err := f.verifier.Authenticate(t.Context(), appID, basic(account, secretOf(account)), now.Add(time.Second)); err != nil {
		t.Fatal(err)
	}
	_, err := f.verifier.Verify(t.Context(), Request{App: f.app, Door: chat.DoorSDK, Token: sign("x", kidHeader(sdkOnly), sdkClaims)}, now)
	mustRefuse(t, err, "signature_invalid")
	if at := f.lastUsed(t, mainKey); !at.IsZero() {
		t.Errorf("stored before Flush: %v", at)
	}

	c.broken.Store(true)
	if err := f.ring.Flush(t.Context(), now); chat.KindOf(err) != chat.Unavailable {
		t.Errorf("Flush without a database: %v", err)
	}
	c.broken.Store(false)
	if err := f.ring.Flush(t.Context(), now); err != nil {
		t.Fatal(err)
	}
	for id, want := range map[chat.KeyID]time.Time{mainKey: now, jsmKey: now, account: now.Add(time.Second), sdkOnly: {}} {
		if at := f.lastUsed(t, id); !at.Equal(want) {
			t.Errorf("%s last used %v, want %v", id, at, want)
		}
	}
	if err := f.ring.Flush(t.Context(), now); err != nil {
		t.Errorf("nothing to flush: %v", err)
	}
}

func TestFlushForgetsSecrets(t *testing.T) {
	t.Parallel()
	f, _ := newCounting(t)
	if sdkErr, jsmErr := f.signIn(t, now); sdkErr != nil || jsmErr != nil {
		t.Fatal(sdkErr, jsmErr)
	}
	if err := f.ring.Flush(t.Context(), now.Add(keepKeys)); err != nil {
		t.Fatal(err)
	}
	if n := len(f.ring.byID) + len(f.ring.byApp); n != 0 {
		t.Errorf("%d entries are left", n)
	}
}

func TestConcurrentUse(t *testing.T) {
	t.Parallel()
	f, _ := newCounting(t)
	var wait sync.WaitGroup
	for worker := range 8 {
		wait.Go(func() {
			for i := range 50 {
				at := now.Add(time.Duration(i) * 100 * time.Millisecond)
				id := fmt.Sprintf("u-%d-%d", worker, i)
				got, err := f.verifier.Verify(t.Context(), Request{App: f.app, Door: chat.DoorSDK, Token: sdk(`{"scope":"user","external_id":"` + id + `"}`)}, at)
				if err != nil || got.ExternalID != id {
					t.Errorf("got %q, %v", got.ExternalID, err)
				}
				if _, err := f.verifier.Verify(t.Context(), Request{App: f.app, Door: chat.DoorCode, Token: code(`{"id":7}`)}, at); err != nil {
					t.Error(err)
				}
				f.ring.Invalidate(chat.Event{Kind: chat.EventKeyChanged, App: appID, Key: mainKey})
			}
			if err := f.ring.Flush(t.Context(), now); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
}

func TestImpossibleIDsDoNotReachTheStore(t *testing.T) {
	t.Parallel()
	f, c := newCounting(t)
	for _, id := range []string{"a\x00", "\xFF", "a b", "é", "a\n", strings.Repeat("k", 129)} {
		if key, err := f.ring.find(t.Context(), chat.KeyID(id), now); key != nil || err != nil {
			t.Errorf("%q: %v, %v", id, key, err)
		}
	}
	if n := c.reads.Load(); n != 0 {
		t.Errorf("%d reads", n)
	}
}
