package directory_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
	"github.com/parlorchat/parlor/internal/tokens"
)

// knows stores a user, whom the search finds.
func (h *house) knows(number int64, externalID string) chat.User {
	h.Helper()
	user := chat.User{App: h.app.ID, ID: chat.UserID(fmt.Sprintf("%024d", number)), Number: number, ExternalID: externalID, CreatedAt: h.now}
	h.write(func(tx store.Tx) error {
		if err := tx.InsertUser(user); err != nil {
			return err
		}
		return tx.IndexUser(user, tokens.OfUser(user.FoundBy(nil)...))
	})
	return user
}

// TestSearchGoesOnAfterThoseWhoAreNamed: a page may be too small for all whom a query names, or just large enough.
func TestSearchGoesOnAfterThoseWhoAreNamed(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	operator := chat.Principal{App: h.app.ID, Operator: true}
	for number, externalID := range map[int64]string{1: "7a", 3: "8", 5: "7b", 7: "x", 9: "7", 11: "7c"} {
		h.knows(number, externalID)
	}
	for query, want := range map[string][]int64{
		"7": {9, 7, 11, 5, 1}, // the external id, the number, and those that begin so
		"8": {3},
		"x": {7},
		"z": nil,
	} {
		for limit := 1; limit <= len(want)+1; limit++ {
			var got []int64
			for before := int64(0); ; {
				users, next, err := h.FindUsers(context.Background(), operator, query, before, limit)
				if err != nil || len(users) > limit {
					t.Fatalf("%q by %d: %d users, %v", query, limit, len(users), err)
				}
				for _, user := range users {
					got = append(got, user.Number)
				}
				if next == 0 {
					break
				}
				if len(users) == 0 {
					t.Errorf("%q by %d: an empty page before %d", query, limit, next)
				}
				before = next
			}
			if !slices.Equal(got, want) {
				t.Errorf("%q by %d: got %v, want %v", query, limit, got, want)
			}
		}
	}
}
