package idempotency

import (
	"context"

	"github.com/parlorchat/parlor/internal/store"
)

// Store is a store whose writes leave the receipt of the request that they are done for.
func Store(s store.Store) store.Store { return receiving{s} }

type receiving struct{ store.Store }

// Write adds the receipt of the context's request to its first write. If another request of the same name came first,
// nothing is done: Conflict idempotency_key_in_use.
func (s receiving) Write(ctx context.Context, f func(store.Tx) error) error {
	request, named := ctx.Value(inContext{}).(*Request)
	if !named || request.done {
		return s.Store.Write(ctx, f)
	}
	request.receipt.At = request.now()
	err := s.Store.Write(ctx, func(tx store.Tx) error {
		first, err := tx.InsertReceipt(request.receipt)
		if err != nil {
			return err
		}
		if !first {
			return underwayError()
		}
		return f(tx)
	})
	request.done = err == nil
	return err
}
