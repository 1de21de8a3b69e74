package store

import (
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

// UserPage says which users of an app to list: in order of number, after the number, at most Limit.
type UserPage struct {
	App    chat.AppID
	Email  string // normal form of a verified identity; empty: all users
	After  int64  // position of the last user already had; 0: from the start
	Before int64  // list backwards from here instead; 0: forwards
	Limit  int

	Blocked bool // those who are blocked alone; with Before
}

// Users remembers people. A user that was merged into another is found by no method but FindMerged.
type Users interface {
	// InsertUser stores a new user. Conflict if the external id is taken in the app.
	InsertUser(user chat.User) error
	// UpdateUser stores everything but ids and number, and moves Change by one. Conflict if the external id is taken; NotFound.
	UpdateUser(user *chat.User) error
	// TouchUser moves LastSeenAt, forward only.
	TouchUser(user chat.User) error
	// GetUser returns the user without identities, or NotFound.
	GetUser(app chat.AppID, id chat.UserID) (chat.User, error)
	// LockUser is GetUser that keeps others from changing the user until the transaction ends.
	LockUser(app chat.AppID, id chat.UserID) (chat.User, error)
	// FindUserByExternalID and FindUserByNumber return the user without identities, if there is one.
	FindUserByExternalID(app chat.AppID, externalID string) (chat.User, bool, error)
	FindUserByNumber(app chat.AppID, number int64) (chat.User, bool, error)
	// FindUserByIdentity returns the user who owns the verified identity, if there is one.
	FindUserByIdentity(app chat.AppID, kind chat.IdentityKind, value string) (chat.User, bool, error)
	// ListUsers returns a page in ascending order of number.
	ListUsers(page UserPage) ([]chat.User, error)
	// BumpUser moves Change by one: the user's set of conversations changed.
	BumpUser(app chat.AppID, id chat.UserID) error
	// DeleteUser removes the user, its identities, clients, sessions and participations, and the personal
	// conversations with their messages. Elsewhere the user's messages stay without author: in groups, also those that the
	// user has left, and in conversations of somebody whom the user was merged with for a while. Merges that led to the
	// user are forgotten, and so is what webhooks were not told about the user, waiting or dead. The caller gives the seat
	// back. NotFound.
	DeleteUser(app chat.AppID, id chat.UserID) error

	// ListIdentities returns the user's identities in order of kind and value.
	ListIdentities(app chat.AppID, user chat.UserID) ([]chat.Identity, error)
	// InsertIdentity gives a user an identity. Conflict if it is taken by another user; the same user's is kept.
	InsertIdentity(app chat.AppID, user chat.UserID, identity chat.Identity) error
	// MoveIdentity gives an identity of one user to another, on the word of who vouched for it to them. Open conflicts about it are gone.
	// NotFound if it is not the first one's.
	MoveIdentity(app chat.AppID, from, to chat.UserID, identity chat.Identity) error
	// DeleteIdentities takes all identities of the user. Open conflicts about them are gone.
	DeleteIdentities(app chat.AppID, user chat.UserID) error

	// MergeUser makes discarded an alias of surviving: from now on it is not found, its conversations, participations,
	// clients, identities and sent messages belong to surviving, and its sessions are gone. The survivor's default
	// conversation stays the default; in a group that both are in, the later read mark counts. Conflicts between the two are
	// settled by whoever merges them, others are the survivor's. It returns the conversations of discarded, those groups
	// included. The caller gives a seat back and moves Change. NotFound.
	MergeUser(app chat.AppID, surviving, discarded chat.UserID, by string) ([]chat.ConversationID, error)
	// FindMerged returns into whom a discarded user was merged, if it was.
	FindMerged(app chat.AppID, discarded chat.UserID) (chat.UserID, bool, error)

	// UseCode records that a one-time code was used, and tells with false that it had been before.
	UseCode(app chat.AppID, key chat.KeyID, tokenID string, expires time.Time) (bool, error)
}
