package sqlstore

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

var columnQueries = map[string]string{
	"sqlite":   `SELECT p.name FROM pragma_table_info($1) p ORDER BY p.name`,
	"postgres": `SELECT column_name::text FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1 ORDER BY column_name`,
}

// TestMergesKeepEveryColumn: what a migration adds to a table that merges copy must be kept and given back as well.
func TestMergesKeepEveryColumn(t *testing.T) {
	t.Parallel()
	onDialects(t, func(t *testing.T, name, url string) {
		s := openFor(t, Options{URL: url})
		for from, kept := range map[string]struct {
			into   string
			except []string // said by the merge itself, or by another row
		}{
			"users":               {"merged_users", []string{"unindexed"}}, // whoever comes back is indexed anew
			"participants":        {"merged_participants", []string{"user_id", "active_hour"}},
			"former_participants": {"merged_former_participants", []string{"user_id", "app_id"}},
			"identities":          {"merged_identities", []string{"user_id"}},
			"identity_conflicts":  {"merged_conflicts", nil},
		} {
			there := lines(t, s, columnQueries[name], kept.into)
			for _, column := range lines(t, s, columnQueries[name], from) {
				if !slices.Contains(there, column) && !slices.Contains(kept.except, column) {
					t.Errorf("%s.%s is not kept in %s", from, column, kept.into)
				}
			}
		}
		for _, column := range lines(t, s, columnQueries[name], "users") {
			if column != "unindexed" && !strings.Contains(columnsOfUser, column) {
				t.Errorf("columnsOfUser lacks %s", column)
			}
		}
	})
}

// movedByMerges are the columns that name users, all of which a merge moves.
var movedByMerges = []string{"clients.user_id", "former_participants.user_id", "identities.user_id", "identity_conflicts.owner_id",
	"identity_conflicts.user_id", "participants.user_id", "user_aliases.surviving_id"}

// TestMergesMoveWhateverIsTheUsers: a new table that refers to users must be moved by handOver and given back by UndoMerge.
func TestMergesMoveWhateverIsTheUsers(t *testing.T) {
	t.Parallel()
	s := openFor(t, Options{URL: dialects[0].url(t)})
	var found []string
	for _, table := range lines(t, s, tableQueries["sqlite"]) {
		for _, column := range lines(t, s, `SELECT f."from" FROM pragma_foreign_key_list($1) f WHERE f."table" = 'users' ORDER BY 1`, table) {
			found = append(found, table+"."+column)
		}
	}
	slices.Sort(found)
	if !slices.Equal(found, movedByMerges) {
		t.Errorf("these refer to users: %v\nthese are moved by merges: %v", found, movedByMerges)
	}
}

// dump is every row of every table, but for what a merge and its undo leave behind on purpose: the merge itself, the
// sessions that ended, the change number of the user who came back.
func dump(t *testing.T, s *Store, dialect string) (rows []string) {
	t.Helper()
	for _, table := range lines(t, s, tableQueries[dialect]) {
		if table == "merges" || table == "counters" || table == versionTable {
			continue
		}
		var columns []string
		for _, column := range lines(t, s, columnQueries[dialect], table) {
			switch {
			case table == "users" && column == "change", table == "clients" && slices.Contains(ofSessionOnly, column):
				continue
			case dialect == "sqlite":
				columns = append(columns, "quote("+column+")")
			default:
				columns = append(columns, "COALESCE(quote_literal("+column+"::text), 'NULL')")
			}
		}
		query := `SELECT '` + table + ` ' || ` + strings.Join(columns, ` || ',' || `) + ` FROM ` + table + ` ORDER BY 1`
		rows = append(rows, lines(t, s, query)...)
	}
	return rows
}

var ofSessionOnly = []string{"session_id", "session_hash", "key_id", "door", "assurance", "anonymous", "idle_for", "expires_at", "last_used_at", "signed_in_at"}

// people fills an app with users who talk at random, and returns them.
type people struct {
	t     *testing.T
	s     *Store
	r     *rand.Rand
	app   chat.AppID
	now   time.Time
	users []chat.UserID
	talks []chat.ConversationID
}

func (p *people) id() string { return chat.NewID(p.now) }

func (p *people) write(f func(store.Tx) error) {
	p.t.Helper()
	if err := p.s.Write(context.Background(), f); err != nil {
		p.t.Fatal(err)
	}
}

func newPeople(t *testing.T, s *Store, seed uint64) *people {
	p := &people{t: t, s: s, r: rand.New(rand.NewPCG(seed, seed)), now: time.UnixMicro(1_800_000_000_000_000).UTC()}
	p.app = chat.AppID(p.id())
	p.write(func(tx store.Tx) error {
		if err := tx.InsertApp(&chat.App{ID: p.app, IntegrationID: chat.IntegrationID(p.app), CreatedAt: p.now}); err != nil {
			return err
		}
		for i := range 5 {
			user := chat.User{App: p.app, ID: chat.UserID(p.id()), Number: int64(i + 1), ExternalID: fmt.Sprint("u-", i), Seat: i%2 == 0,
				Profile: chat.Profile{GivenName: fmt.Sprint("Name ", i)}, Metadata: chat.Metadata{"n": float64(i)}, CreatedAt: p.now}
			if err := tx.InsertUser(user); err != nil {
				return err
			}
			p.users = append(p.users, user.ID)
		}
		return nil
	})
	for range 60 {
		p.write(p.something())
	}
	return p
}

func (p *people) user() chat.UserID { return p.users[p.r.IntN(len(p.users))] }

// something is one of the things that happen in an app; what is not possible just now does not.
func (p *people) something() func(store.Tx) error {
	user, other, at := p.user(), p.user(), p.now.Add(time.Duration(p.r.IntN(1e6))*time.Second)
	id, text := p.id(), fmt.Sprint(p.r.IntN(20))
	var talk chat.ConversationID
	if len(p.talks) > 0 {
		talk = p.talks[p.r.IntN(len(p.talks))]
	}
	switch n := p.r.IntN(11); {
	case n == 10:
		return func(tx store.Tx) error {
			if err := tx.InsertLeftover(chat.AttachmentID(id), at); err != nil {
				return err
			}
			_, err := tx.InsertAttachment(chat.Attachment{App: p.app, ID: chat.AttachmentID(id), Key: id, User: user, CreatedAt: at})
			return err
		}
	case n < 2 || talk == "":
		p.talks = append(p.talks, chat.ConversationID(id))
		return func(tx store.Tx) error { return p.begin(tx, chat.ConversationID(id), user, other, at) }
	case n < 5:
		return func(tx store.Tx) error { return p.say(tx, talk, user, id, at) }
	case n == 5:
		return func(tx store.Tx) error {
			_, err := tx.MarkRead(p.app, talk, user, int64(p.r.IntN(9)), at)
			if err == nil {
				err = tx.AppendChange(&chat.Change{App: p.app, Conversation: talk, Kind: chat.EventRead, At: at,
					Read: &chat.ReadMark{By: chat.AuthorUser, User: user, Number: 1, At: at}})
			}
			return err
		}
	case n == 6:
		return func(tx store.Tx) error { return p.comeOrGo(tx, talk, user, id, at) }
	case n == 7:
		return func(tx store.Tx) error {
			return ignoring(chat.Conflict, tx.InsertIdentity(p.app, user, chat.Identity{Kind: chat.IdentityEmail, Value: text}))
		}
	case n == 8 && user != other:
		return func(tx store.Tx) error {
			return tx.RecordConflict(chat.IdentityConflict{App: p.app, ID: chat.ConflictID(id), User: user, Owner: other, Kind: chat.IdentityEmail, Value: text, CreatedAt: at})
		}
	}
	return func(tx store.Tx) error {
		client := chat.Client{App: p.app, ID: chat.ClientID(id), User: user, LastSeenAt: at, CreatedAt: at}
		return tx.InsertSignedIn(client, chat.Session{App: p.app, ID: chat.SessionID(id), Client: client.ID, User: user, Hash: chat.HashToken(id), ExpiresAt: at})
	}
}

func ignoring(kind chat.Kind, err error) error {
	if chat.KindOf(err) == kind {
		return nil
	}
	return err
}

func (p *people) begin(tx store.Tx, id chat.ConversationID, user, other chat.UserID, at time.Time) error {
	kind := [...]chat.ConversationType{chat.Personal, chat.SDKGroup}[p.r.IntN(2)]
	if err := tx.InsertConversation(chat.Conversation{App: p.app, ID: id, Type: kind, CreatedAt: at}); err != nil {
		return err
	}
	_, has, err := tx.FindDefault(p.app, user)
	if err != nil {
		return err
	}
	err = tx.InsertParticipant(chat.Participant{App: p.app, Conversation: id, ID: chat.ParticipantID(p.id()), User: user, JoinedAt: at,
		Default: kind == chat.Personal && !has})
	if err == nil && kind == chat.SDKGroup && other != user {
		err = tx.InsertParticipant(chat.Participant{App: p.app, Conversation: id, ID: chat.ParticipantID(p.id()), User: other, JoinedAt: at})
	}
	return err
}

func (p *people) say(tx store.Tx, talk chat.ConversationID, user chat.UserID, id string, at time.Time) error {
	if _, takesPart, err := tx.FindParticipant(p.app, talk, user); err != nil || !takesPart {
		return err
	}
	place, err := tx.TakeNumber(p.app, talk, at)
	if err != nil {
		return err
	}
	_, err = tx.InsertMessage(chat.Message{App: p.app, Conversation: talk, ID: chat.MessageID(id), Number: place.Number, Change: place.Change,
		Author: chat.Author{Type: chat.AuthorUser, User: user}, Content: chat.Content{Type: chat.ContentText, Text: id}, Received: at})
	return err
}

func (p *people) comeOrGo(tx store.Tx, talk chat.ConversationID, user chat.UserID, id string, at time.Time) error {
	c, err := tx.GetConversation(p.app, talk)
	if err != nil || c.Type != chat.SDKGroup {
		return err
	}
	if _, takesPart, err := tx.FindParticipant(p.app, talk, user); err != nil {
		return err
	} else if takesPart {
		return tx.DeleteParticipant(p.app, talk, user)
	}
	return tx.InsertParticipant(chat.Participant{App: p.app, Conversation: talk, ID: chat.ParticipantID(id), User: user, JoinedAt: at})
}

func (p *people) merge(surviving, discarded chat.UserID) chat.UserMerge {
	p.t.Helper()
	m := chat.UserMerge{App: p.app, ID: chat.MergeID(p.id()), Surviving: surviving, Discarded: discarded, By: "test", At: p.now}
	p.write(func(tx store.Tx) error {
		if err := tx.KeepMerge(&m, chat.MergeGain{}); err != nil {
			return err
		}
		_, err := tx.MergeUser(p.app, surviving, discarded, "test")
		return err
	})
	return m
}

func (p *people) undo(m chat.UserMerge) {
	p.t.Helper()
	p.write(func(tx store.Tx) error {
		_, err := tx.UndoMerge(m)
		return err
	})
}

// TestUndoneMergesLeaveNoTrace merges people who have talked at random, in chains too, undoes it in the other order, and
// finds every row as it was.
func TestUndoneMergesLeaveNoTrace(t *testing.T) {
	t.Parallel()
	onDialects(t, func(t *testing.T, name, url string) {
		s := openFor(t, Options{URL: url})
		for seed := range uint64(12) {
			p := newPeople(t, s, seed)
			before := dump(t, s, name)
			var done []chat.UserMerge
			left := slices.Clone(p.users)
			for range 1 + p.r.IntN(4) {
				p.r.Shuffle(len(left), func(i, j int) { left[i], left[j] = left[j], left[i] })
				done = append(done, p.merge(left[0], left[1]))
				left = slices.Delete(left, 1, 2)
			}
			if slices.Equal(before, dump(t, s, name)) {
				t.Fatal("the merges changed nothing: the test is blind")
			}
			for _, m := range slices.Backward(done) {
				p.undo(m)
			}
			if after := dump(t, s, name); !slices.Equal(after, before) {
				t.Fatalf("seed %d, %d merges:\n%s", seed, len(done), difference(before, after))
			}
		}
	})
}

func difference(before, after []string) string {
	var all []string
	for _, row := range before {
		if !slices.Contains(after, row) {
			all = append(all, "- "+row)
		}
	}
	for _, row := range after {
		if !slices.Contains(before, row) {
			all = append(all, "+ "+row)
		}
	}
	return strings.Join(all, "\n")
}
