package sqlstore

import (
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

// retryAfter is how long a caller is asked to wait when the database cannot take its work.
const retryAfter = time.Second

// unavailable is the error for a database that is full, locked, lost or overloaded. The cause is for the operator.
func unavailable(err error) *chat.Error {
	return chat.Overloaded("The database cannot take this now.", retryAfter, err)
}

// gaveUp is the error for work whose caller stopped waiting before it was done: nothing has happened.
func gaveUp(err error) *chat.Error {
	return chat.Overloaded("The time for this ran out; nothing has been stored.", retryAfter, err)
}

// unstorable is the error for text that the database has no place for.
func unstorable(err error) *chat.Error {
	return &chat.Error{Kind: chat.Invalid, Code: "bad_request", Message: "The text holds characters that cannot be stored.", Err: err}
}

// dangling is the error for a row that refers to something that is gone.
func dangling(err error) *chat.Error {
	return &chat.Error{Kind: chat.NotFound, Code: "not_found", Message: "Something that this refers to does not exist in this app.", Err: err}
}

// conflict is the error for a name that is taken.
func conflict(field, message string) *chat.Error {
	return &chat.Error{Kind: chat.Conflict, Code: "conflict", Field: field, Message: message}
}

// taken is the error for a unique name that another transaction took at the same moment.
func taken(err error) *chat.Error {
	return &chat.Error{Kind: chat.Conflict, Code: "conflict", Message: "Somebody else took this name at the same moment.", Err: err}
}

// broken is the error for everything that should not be.
func broken(err error) *chat.Error {
	return &chat.Error{Kind: chat.Internal, Code: "internal", Err: err}
}
