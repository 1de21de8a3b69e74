package wire

import "github.com/parlorchat/parlor/internal/chat"

// MergeInput is the body that merges two users.
type MergeInput struct {
	Surviving ParticipantInput `json:"surviving"`
	Discarded ParticipantInput `json:"discarded"`
	DryRun    bool             `json:"dryRun"`
}

// AppUserMerge is the body that merges two users in version 1.1 of the documented API.
type AppUserMerge struct {
	Surviving AppUserRef `json:"surviving"`
	Discarded AppUserRef `json:"discarded"`
}

// AppUserRef names a user as version 1.1 does: by exactly one of the id and the external ID.
type AppUserRef struct {
	ID     string `json:"_id"`
	UserID string `json:"userId"`
}

// OneMerge is one merge.
type OneMerge struct {
	Merge Merge `json:"merge"`
}

// MergeMade is a merge with what it did.
type MergeMade struct {
	Merge  Merge       `json:"merge"`
	Effect MergeEffect `json:"effect"`
}

// MergePreview is what a merge would do.
type MergePreview struct {
	Effect MergeEffect `json:"effect"`
}

// Merges is a page of merges.
type Merges struct {
	Merges []Merge `json:"merges"`
	Meta   Meta    `json:"meta"`
	Links  Links   `json:"links"`
}

// Merge is a merge that somebody decided.
type Merge struct {
	ID                  string `json:"id"`
	SurvivingUserID     string `json:"survivingUserId"`
	DiscardedUserID     string `json:"discardedUserId"`
	DiscardedExternalID string `json:"discardedExternalId,omitzero"`
	CreatedBy           string `json:"createdBy"`
	CreatedAt           Time   `json:"createdAt"`
	UndoneBy            string `json:"undoneBy,omitzero"`
	UndoneAt            Time   `json:"undoneAt,omitzero"`
}

// MergeOf is a merge.
func MergeOf(m chat.UserMerge) Merge {
	return Merge{ID: string(m.ID), SurvivingUserID: string(m.Surviving), DiscardedUserID: string(m.Discarded),
		DiscardedExternalID: m.DiscardedExternalID, CreatedBy: m.By, CreatedAt: At(m.At), UndoneBy: m.UndoneBy, UndoneAt: At(m.UndoneAt)}
}

// MergeEffect is what a merge does.
type MergeEffect struct {
	Surviving           User           `json:"surviving"`
	Discarded           User           `json:"discarded"`
	Conversations       int64          `json:"conversations"`
	SharedConversations int64          `json:"sharedConversations"`
	Clients             int64          `json:"clients"`
	Conflicts           []MergeClash   `json:"conflicts"`
	DiscardedMetadata   map[string]any `json:"discardedMetadata,omitempty"`
	EndedExternalID     string         `json:"endedExternalId,omitzero"`
	SeatFreed           bool           `json:"seatFreed"`
}

// MergeClash is a value that both users have, and differently.
type MergeClash struct {
	Field     string `json:"field"`
	Surviving any    `json:"surviving"`
	Discarded any    `json:"discarded"`
}

// ClashesOf is never null.
func ClashesOf(clashes []chat.MergeClash) []MergeClash {
	all := make([]MergeClash, 0, len(clashes))
	for _, clash := range clashes {
		all = append(all, MergeClash(clash))
	}
	return all
}
