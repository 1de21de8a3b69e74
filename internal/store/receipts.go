package store

import (
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

// Receipts remembers which requests with an Idempotency-Key were done.
type Receipts interface {
	// InsertReceipt stores the receipt, or tells with false that there is one of that name. One that another transaction
	// is about to store is waited for.
	InsertReceipt(receipt chat.Receipt) (bool, error)
	// FindReceipt returns the receipt of that name, if there is one.
	FindReceipt(key chat.KeyID, name []byte) (chat.Receipt, bool, error)
	// SetAnswer stores Status and Sealed of a receipt, if it is still there.
	SetAnswer(receipt chat.Receipt) error
	// ForgetReceipts removes those from before the time.
	ForgetReceipts(before time.Time) error
}
