package chat

import (
	"maps"
	"slices"
	"time"
)

// MergeReason says what made two records one (contract: webhook user:merge).
type MergeReason string

// The reasons of merges.
const (
	MergedAtSignIn MergeReason = "sdkLogin" // somebody anonymous turned out to be known
	MergedByKey    MergeReason = "api"      // somebody decided it: see UserMerge
)

// Merge tells that one record became part of another: the discarded id answers "not found" from now on.
type Merge struct {
	Surviving, Discarded UserID
	Reason               MergeReason
	Conversations        []ConversationID // that moved
	Clients              []ClientID       // that moved
	DiscardedMetadata    Metadata         // entries that found no room beside the survivor's
	DiscardedExternalID  string
	DiscardedSeat        bool // see User.Seat
}

// UserMerge is a merge that somebody decided. It can be undone until one of the two is erased.
type UserMerge struct {
	App                  AppID
	ID                   MergeID
	Ordinal              int64 // grows with every merge of the server; given by the store
	Surviving, Discarded UserID
	DiscardedExternalID  string // empty: none, or the merge was undone; filled on reading
	By                   string // Principal.Name
	At                   time.Time
	UndoneBy             string
	UndoneAt             time.Time // zero: it was not undone
}

// Undone tells whether the two are apart again.
func (m UserMerge) Undone() bool { return !m.UndoneAt.IsZero() }

// MergeGain is what the survivor's record got of the discarded one's. Undo takes it away again where it is still the same.
type MergeGain struct {
	Profile  []string // names of the parts of the profile that were empty
	Metadata Metadata // entries that the survivor had not
}

// MergeCounts says how much of a user a merge moves.
type MergeCounts struct {
	Conversations int64 // that change hands whole
	Shared        int64 // groups that both are in: one participation stays
	Clients       int64
}

// part is one value of a profile under its name on the wire.
type part struct {
	name  string
	value *string
}

func (p *Profile) parts() []part {
	return []part{{"givenName", &p.GivenName}, {"surname", &p.Surname}, {"email", &p.Email}, {"avatarUrl", &p.AvatarURL}, {"locale", &p.Locale}}
}

// FilledFrom returns the profile with its empty parts taken from the other, and their names. Of a name in two parts
// both are taken or none, so that nobody gets another's surname.
func (p Profile) FilledFrom(other Profile) (filled Profile, gained []string) {
	named := p.GivenName != "" || p.Surname != ""
	for i, part := range p.parts() {
		from := other.parts()[i]
		if *part.value != "" || *from.value == "" || named && (part.name == "givenName" || part.name == "surname") {
			continue
		}
		*part.value, gained = *from.value, append(gained, part.name)
	}
	return p, gained
}

// Without returns the profile without the named parts, where they are still as in the other.
func (p Profile) Without(names []string, other Profile) Profile {
	for i, part := range p.parts() {
		if slices.Contains(names, part.name) && *part.value == *other.parts()[i].value {
			*part.value = ""
		}
	}
	return p
}

// MergeClash is a value that both have, and differently: the survivor's counts.
type MergeClash struct {
	Field                string // "profile.email", "metadata.plan"
	Surviving, Discarded any    // string, float64 or bool
}

// Clashes returns in which parts of profile and metadata two users differ, in order of the field.
func Clashes(surviving, discarded User) []MergeClash {
	var all []MergeClash
	theirs := discarded.Profile.parts()
	for i, part := range surviving.Profile.parts() {
		if mine, other := *part.value, *theirs[i].value; mine != "" && other != "" && mine != other {
			all = append(all, MergeClash{"profile." + part.name, mine, other})
		}
	}
	for _, key := range slices.Sorted(maps.Keys(discarded.Metadata)) {
		if mine, has := surviving.Metadata[key]; has && mine != discarded.Metadata[key] {
			all = append(all, MergeClash{"metadata." + key, mine, discarded.Metadata[key]})
		}
	}
	return all
}

// JoinedWith returns the metadata with those entries of the other that it has not, in order of their keys, as far as
// there is room; what is gained; and what found no room.
func (m Metadata) JoinedWith(other Metadata) (joined, gained, lost Metadata) {
	joined, gained, lost = m.Merged(nil), Metadata{}, Metadata{}
	for _, key := range slices.Sorted(maps.Keys(other)) {
		if _, has := m[key]; has {
			continue
		}
		joined[key] = other[key]
		if joined.Check() == "" {
			gained[key] = other[key]
			continue
		}
		delete(joined, key)
		lost[key] = other[key]
	}
	return joined, gained, lost
}

// Without returns the metadata without the entries that are still as in the other.
func (m Metadata) Without(other Metadata) Metadata {
	left := m.Merged(nil)
	for key, value := range other {
		if left[key] == value {
			delete(left, key)
		}
	}
	return left
}
