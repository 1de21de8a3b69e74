package store

import "github.com/parlorchat/parlor/internal/chat"

// Imports remembers what the ids of imported files stand for, where they are not the ids that the things have here. A
// reference goes with the thing that it names, and with the conversation of it.
type Imports interface {
	// InsertReference stores what a reference stands for. Conflict if it stands for something already.
	InsertReference(ref chat.ImportRef, id string) error
	// FindReference returns the id that a reference stands for, if it was stored.
	FindReference(ref chat.ImportRef) (id string, found bool, err error)
	// IsTaken tells whether a thing of the kind has the id, in whichever app: it cannot be given again. It is the one
	// question about other apps, and tells no more than that.
	IsTaken(kind chat.Imported, id string) (bool, error)
}
