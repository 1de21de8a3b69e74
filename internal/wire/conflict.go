package wire

import "github.com/parlorchat/parlor/internal/chat"

// Conflict is an address with which one user came and which is another's.
type Conflict struct {
	ID        string              `json:"id"`
	Address   string              `json:"address"`
	User      ConflictingUser     `json:"user"`  // who came with it
	Owner     ConflictingUser     `json:"owner"` // whose it is
	Door      string              `json:"door,omitzero"`
	KeyID     string              `json:"keyId,omitzero"`
	Times     int64               `json:"times"`
	CreatedAt Time                `json:"createdAt"`
	LastAt    Time                `json:"lastAt"`
	Settled   *ConflictSettlement `json:"settled,omitzero"`
}

// ConflictSettlement is how a conflict ended.
type ConflictSettlement struct {
	How string      `json:"how"`
	By  *AuditActor `json:"by,omitzero"` // absent: it settled by itself
	At  Time        `json:"at"`
}

// ConflictingUser is one of the two whom a conflict is about.
type ConflictingUser struct {
	FoundPerson
	Assurance     string     `json:"assurance"`
	Identities    []Identity `json:"identities"`
	CreatedAt     Time       `json:"createdAt"`
	Conversations int64      `json:"conversations"`
}

// ConflictOf is a conflict between two users.
func ConflictOf(c chat.IdentityConflict, user, owner ConflictingUser, by *AuditActor) Conflict {
	shown := Conflict{ID: string(c.ID), Address: c.Value, User: user, Owner: owner, Door: string(c.Door), KeyID: string(c.Key), Times: c.Times,
		CreatedAt: At(c.CreatedAt), LastAt: At(c.LastAt)}
	if !c.Open() {
		shown.Settled = &ConflictSettlement{How: string(c.Settled), By: by, At: At(c.SettledAt)}
	}
	return shown
}

// ConflictingUserOf is a user with what tells them from the other.
func ConflictingUserOf(u chat.User, conversations int64) ConflictingUser {
	return ConflictingUser{FoundPerson: FoundPersonOf(u), Assurance: string(u.Assurance()), Identities: identitiesOf(u), CreatedAt: At(u.CreatedAt),
		Conversations: conversations}
}

// Conflicts is a page of conflicts.
type Conflicts struct {
	Conflicts []Conflict `json:"conflicts"`
	Cursor    string     `json:"cursor,omitzero"`
}

// ConflictCount is how many conflicts are open, 1000 at most.
type ConflictCount struct {
	Open int `json:"open"`
}

// ConflictMerge is the body that settles a conflict by making the two one.
type ConflictMerge struct {
	SurvivingUserID string `json:"survivingUserId"`
}
