package store

import (
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

// EmailCodes remembers codes that were sent by e-mail, until they are used or an hour old.
type EmailCodes interface {
	// InsertEmailCode stores a code, and forgets those of its app that were made before the time.
	InsertEmailCode(code chat.EmailCode, forgetBefore time.Time) error
	// CountEmailCodes returns how many codes were made for the address since the time, under a lock on the app: of two
	// at once one sees the other.
	CountEmailCodes(app chat.AppID, email string, since time.Time) (int64, error)
	// LockEmailCode returns the code that the browser asked for last, for the address, and keeps it from being tried by
	// others until the transaction ends.
	LockEmailCode(app chat.AppID, email string, browser chat.TokenHash) (code chat.EmailCode, found bool, err error)
	// CountTry notes that a wrong code was given.
	CountTry(app chat.AppID, id string) error
	// UseEmailCodes ends all codes of the address: each works once, and none after another was used. They still count.
	UseEmailCodes(app chat.AppID, email string) error
}
