package chat

import "time"

// Receipt says that a request with an Idempotency-Key was done, and how it was answered.
type Receipt struct {
	Key         KeyID     // who asked
	Name        []byte    // SHA-256 of what the caller named the request
	Fingerprint []byte    // SHA-256 of what was asked: the same name for something else is a mistake
	Status      int64     // of the answer; 0: it is not kept yet, or was lost with the process that gave it
	Sealed      []byte    // the body of the answer, sealed under the master key: it may hold a secret
	At          time.Time // when it was done
}
