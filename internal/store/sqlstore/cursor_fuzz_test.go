package sqlstore

import (
	"path/filepath"
	"testing"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// FuzzCursor reads every list of an app at whatever cursor: it is a place in the list or refused, and what is read is the
// app's own.
func FuzzCursor(f *testing.F) {
	s, err := Open(f.Context(), Options{URL: "sqlite:" + filepath.Join(f.TempDir(), "parlor.db")})
	if err != nil {
		f.Fatal(err)
	}
	defer s.Close()
	fillEverything(f, s, "mine")
	fillEverything(f, s, "theirs")
	for _, cursor := range []string{"mine", "minep1", "minemerge", "minepersonal", "theirs", "theirsp1", "theirsmerge", "theirspersonal",
		"000000000000000000000001", "BgrS3_bHwAEjRWeJq83vASNF", "AAAAAAAAAAAAAAAAAAAAAAAA", "", "?", "' OR 1=1 --"} {
		f.Add(cursor, true)
		f.Add(cursor, false)
	}
	f.Fuzz(func(t *testing.T, cursor string, forward bool) {
		span := store.Span{After: cursor, Limit: 9}
		if !forward {
			span = store.Span{Before: cursor, Limit: 9}
		}
		for name, read := range listsOfMine(span) {
			err := s.Read(t.Context(), func(tx store.Tx) error {
				owners, err := read(tx)
				for _, owner := range owners {
					if owner != "mine" {
						t.Errorf("%s at %+v hold a record of %q", name, span, owner)
					}
				}
				return err
			})
			if err != nil && chat.KindOf(err) != chat.Invalid {
				t.Errorf("%s at %+v: %v", name, span, err)
			}
		}
	})
}

// listsOfMine are the lists of the app "mine", which give the apps that their records belong to.
func listsOfMine(span store.Span) map[string]func(store.Tx) ([]chat.AppID, error) {
	return map[string]func(store.Tx) ([]chat.AppID, error){
		"integrations": func(tx store.Tx) ([]chat.AppID, error) {
			all, err := tx.ListIntegrations(store.IntegrationPage{App: "mine", Span: span})
			return owners(all, func(i chat.Integration) chat.AppID { return i.App }), err
		},
		"participants": func(tx store.Tx) ([]chat.AppID, error) {
			all, err := tx.ListParticipants("mine", "minegroup", span)
			return owners(all, func(p chat.Participant) chat.AppID { return p.App }), err
		},
		"conversations": func(tx store.Tx) ([]chat.AppID, error) {
			all, err := tx.ListConversations(store.ConversationPage{App: "mine", User: "mineana", Span: span})
			return owners(all, func(c chat.Conversation) chat.AppID { return c.App }), err
		},
		"merges": func(tx store.Tx) ([]chat.AppID, error) {
			all, err := tx.ListMerges(store.MergePage{App: "mine", Span: span})
			return owners(all, func(m chat.UserMerge) chat.AppID { return m.App }), err
		},
		"dead letters": func(tx store.Tx) ([]chat.AppID, error) {
			all, err := tx.ListDeadLetters("minehook", span)
			return owners(all, func(d chat.Delivery) chat.AppID { return d.Event.App }), err
		},
		"apps": func(tx store.Tx) ([]chat.AppID, error) {
			_, err := tx.ListApps(span) // which are everybody's
			return nil, err
		},
	}
}

func owners[T any](all []T, owner func(T) chat.AppID) []chat.AppID {
	apps := make([]chat.AppID, 0, len(all))
	for _, one := range all {
		apps = append(apps, owner(one))
	}
	return apps
}
