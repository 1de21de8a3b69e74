package chat

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestCheckTags(t *testing.T) {
	t.Parallel()
	many := make([]string, MaxTags+1)
	for i := range many {
		many[i] = strings.Repeat("x", i+1)
	}
	for name, c := range map[string]struct {
		tags, want []string
		good       bool
	}{
		"none": {nil, nil, true}, "in order": {[]string{"b", "a"}, []string{"a", "b"}, true},
		"trimmed and once": {[]string{" a b ", "a b"}, []string{"a b"}, true}, "empty": {[]string{" "}, nil, false},
		"nothing to see": {[]string{"\u200b"}, nil, false}, "a control character": {[]string{"a\nb"}, nil, false}, "no text": {[]string{"\xff"}, nil, false},
		"long": {[]string{strings.Repeat("ü", MaxTag)}, []string{strings.Repeat("ü", MaxTag)}, true}, "too long": {[]string{strings.Repeat("ü", MaxTag+1)}, nil, false},
		"many": {many[:MaxTags], many[:MaxTags], true}, "too many": {many, nil, false}, "twice as many, doubled": {append(many[:MaxTags:MaxTags], many[:MaxTags]...), many[:MaxTags], true},
	} {
		if got, problem := CheckTags(c.tags); (problem == "") != c.good || !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, %q", name, got, problem)
		}
	}
}

// TestEntriesFollowMessages is the whole table of what a message does to an entry.
func TestEntriesFollowMessages(t *testing.T) {
	t.Parallel()
	before, now := time.Unix(100, 0), time.Unix(200, 0)
	for _, status := range []InboxStatus{InboxOpen, InboxSnoozed, InboxClosed} {
		for _, waits := range []bool{false, true} {
			for name, author := range map[string]Author{
				"user": {Type: AuthorUser}, "business": {Type: AuthorBusiness}, "bot": {Type: AuthorBusiness, Subtype: "bot"},
				"activity": {Type: AuthorBusiness, Subtype: SubtypeActivity},
			} {
				e := InboxEntry{Status: status, MovedAt: before, Tags: []string{"a"}, LastOrdinal: 3, Assignee: Colleague{ID: "k"}}
				if status == InboxSnoozed {
					e.SnoozedUntil = now.Add(time.Hour)
				}
				if waits {
					e.WaitingSince = before
				}
				want, waits := e, waits && status != InboxClosed
				switch {
				case name == "user" && (status != InboxOpen || !waits):
					want.Status, want.SnoozedUntil, want.MovedAt, want.OpenedAt = InboxOpen, time.Time{}, now, now
					if !waits {
						want.WaitingSince = now
					}
				case name != "user" && name != "activity" && waits:
					want.WaitingSince, want.MovedAt, want.AnsweredAt = time.Time{}, now, now
				}
				if got := e.After(Message{Author: author, Received: now}); !got.Equal(want) {
					t.Errorf("%s, waiting %v, a message of %s: %+v", status, waits, name, got)
				}
			}
		}
	}
	if first := FirstEntry(Message{Author: Author{Type: AuthorUser}, Received: now}); !first.Equal(InboxEntry{Status: InboxOpen, WaitingSince: now, MovedAt: now, OpenedAt: now}) {
		t.Errorf("first of a user: %+v", first)
	}
	if first := FirstEntry(Message{Author: Author{Type: AuthorBusiness}, Received: now}); !first.Equal(InboxEntry{Status: InboxOpen, MovedAt: now}) {
		t.Errorf("first of the business: %+v", first)
	}
}
