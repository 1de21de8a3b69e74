// Package idempotency lets a caller repeat a request whose answer did not arrive, without its being done twice: the
// header Idempotency-Key of draft-ietf-httpapi-idempotency-key-header-07.
//
// That a request was done must be known exactly if what it did is: the receipt is written in the very transaction of the
// work. So the package stands around the store: Begin puts the request into the context, and Store, which the work
// packages are given, adds its receipt to the first write that is made for it. A request that fails leaves none, and may
// be repeated; its answer is kept after the commit, sealed, for a day.
package idempotency

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/seal"
	"github.com/parlorchat/parlor/internal/store"
)

// Limits of what a caller may name a request, and for how long it is remembered.
const (
	MaxName = 255 // bytes
	KeepFor = 24 * time.Hour
)

const (
	underway   = time.Minute     // how long after its first write a request without an answer may still be on its way
	keepWithin = 5 * time.Second // how long keeping an answer may take
)

// Service keeps receipts. It is safe for concurrent use.
type Service struct {
	store  store.Store
	master *seal.Master
	now    func() time.Time
}

// New returns the service.
func New(s store.Store, master *seal.Master, now func() time.Time) *Service {
	return &Service{store: s, master: master, now: now}
}

// Answer is what a caller was told.
type Answer struct {
	Status int
	Body   []byte
}

// Request is one that its caller has named. It is for one goroutine.
type Request struct {
	receipt chat.Receipt
	now     func() time.Time
	done    bool // the receipt is committed
}

type inContext struct{}

// Begin looks whether the request was done before, and returns its answer if it was. Else the work for it must run in
// the context that comes back. What is asked names everything that the answer depends on.
// Invalid for a name that cannot be one; Unprocessable if it named another request; Conflict while that is being done, or
// if its answer was lost.
func (s *Service) Begin(ctx context.Context, p chat.Principal, name string, asked ...[]byte) (context.Context, *Request, *Answer, error) {
	if err := check(name); err != nil {
		return nil, nil, nil, err
	}
	fingerprint := sha256.New()
	for _, part := range asked {
		fmt.Fprintf(fingerprint, "%d:", len(part))
		fingerprint.Write(part)
	}
	hash := sha256.Sum256([]byte(name))
	now := func() time.Time { return s.now().UTC().Truncate(time.Microsecond) }
	request := &Request{receipt: chat.Receipt{Key: p.Key.ID, Name: hash[:], Fingerprint: fingerprint.Sum(nil), At: now()}, now: now}
	answer, err := s.answered(ctx, request.receipt)
	return context.WithValue(ctx, inContext{}, request), request, answer, err
}

func check(name string) error {
	if name == "" || len(name) > MaxName {
		return chat.InvalidField("Idempotency-Key", "must have 1 to %d characters", MaxName)
	}
	for i := range len(name) {
		if name[i] < ' ' || name[i] > '~' {
			return chat.InvalidField("Idempotency-Key", "must be printable ASCII")
		}
	}
	return nil
}

// answered returns the answer to the request, nil if it was not done.
func (s *Service) answered(ctx context.Context, r chat.Receipt) (*Answer, error) {
	var first chat.Receipt
	var found bool
	err := s.store.Read(ctx, func(tx store.Tx) (err error) {
		first, found, err = tx.FindReceipt(r.Key, r.Name)
		return err
	})
	switch {
	case err != nil || !found:
		return nil, err
	case !bytes.Equal(first.Fingerprint, r.Fingerprint):
		return nil, &chat.Error{Kind: chat.Unprocessable, Code: "idempotency_key_reused", Field: "Idempotency-Key",
			Message: "Idempotency-Key: named another request before; a new request needs a new key"}
	case first.Status == 0 && r.At.Sub(first.At) < underway:
		return nil, underwayError()
	case first.Status == 0:
		return nil, answerLost()
	}
	body, err := s.master.Open(place(first), first.Sealed)
	if err != nil {
		return nil, answerLost() // it was sealed under a former master key
	}
	return &Answer{Status: int(first.Status), Body: body}, nil
}

func underwayError() error {
	return &chat.Error{Kind: chat.Conflict, Code: "idempotency_key_in_use", Field: "Idempotency-Key", RetryAfter: time.Second,
		Message: "Idempotency-Key: the first request with this key is still being done; repeat this one later"}
}

func answerLost() error {
	return &chat.Error{Kind: chat.Conflict, Code: "idempotency_answer_lost", Field: "Idempotency-Key",
		Message: "Idempotency-Key: the request was done, but its answer was lost; read what it made"}
}

func place(r chat.Receipt) seal.Record {
	return seal.Record{Key: string(r.Key) + "/" + hex.EncodeToString(r.Name), Purpose: "answer"}
}

// Apart is the context for writes that are not yet the work of a request, or undo what was: they leave no receipt.
func Apart(ctx context.Context) context.Context { return context.WithValue(ctx, inContext{}, nil) }

// Keep stores the answer of a request that was done, also for a caller who is not there any more: that is who asks again.
// For one that wrote nothing there is nothing to keep.
func (s *Service) Keep(ctx context.Context, r *Request, answer Answer) error {
	if !r.done {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), keepWithin)
	defer cancel()
	var err error
	r.receipt.Status = int64(answer.Status)
	if r.receipt.Sealed, err = s.master.Seal(place(r.receipt), answer.Body); err != nil {
		return fmt.Errorf("seal answer: %w", err)
	}
	return s.store.Write(ctx, func(tx store.Tx) error { return tx.SetAnswer(r.receipt) })
}

// Forget removes receipts that are older than KeepFor.
func (s *Service) Forget(ctx context.Context) error {
	return s.store.Write(ctx, func(tx store.Tx) error { return tx.ForgetReceipts(s.now().Add(-KeepFor)) })
}
