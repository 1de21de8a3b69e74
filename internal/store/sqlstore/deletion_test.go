package sqlstore

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// kept are the tables that outlive every app; of the audit log the chain does.
var kept = []string{"counters", "agents", "agent_sessions", "totps", "recovery_codes", "passkeys", "agent_subjects", "agent_challenges", "leftover_files", "audits", "search_state", "server_secrets", versionTable}

var tableQueries = map[string]string{
	"sqlite":   `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search_users_%' AND name NOT LIKE 'search_said_%' ORDER BY name`,
	"postgres": `SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename`,
}

// fillEverything puts at least one row of the app into each table.
func fillEverything(t testing.TB, s *Store, app chat.AppID) {
	t.Helper()
	now := time.Now()
	id := func(what string) string { return string(app) + what }
	user := func(what string) chat.UserID { return chat.UserID(id(what)) }
	group, personal := chat.ConversationID(id("group")), chat.ConversationID(id("personal"))
	client := chat.ClientID(id("client"))
	err := s.Write(context.Background(), func(x store.Tx) error {
		settings := chat.AppSettings{Hosts: []string{id(".example")}}
		steps := []error{
			x.InsertApp(&chat.App{ID: app, IntegrationID: chat.IntegrationID(app), Settings: settings}),
			x.InsertKey(chat.Key{ID: chat.KeyID(id("key")), App: app}),
			x.InsertUser(chat.User{App: app, ID: user("ana"), Number: 1}),
			x.InsertUser(chat.User{App: app, ID: user("ben"), Number: 2}),
			x.InsertUser(chat.User{App: app, ID: user("gone"), Number: 3}),
			x.InsertIdentity(app, user("ana"), chat.Identity{Kind: chat.IdentityEmail, Value: "a"}),
			x.RecordConflict(chat.IdentityConflict{App: app, ID: chat.ConflictID(id("conflict")), User: user("ben"), Owner: user("ana"), Kind: chat.IdentityEmail, Value: "a"}),
			x.InsertClient(chat.Client{App: app, ID: client, User: user("ana")}),
			x.InsertIdentity(app, user("gone"), chat.Identity{Kind: chat.IdentityEmail, Value: "g"}),
			x.RecordConflict(chat.IdentityConflict{App: app, ID: chat.ConflictID(id("settled")), User: user("gone"), Owner: user("ben"), Kind: chat.IdentityEmail, Value: "b"}),
			x.InsertConversation(chat.Conversation{App: app, ID: group, Type: chat.SDKGroup}),
			x.InsertConversation(chat.Conversation{App: app, ID: personal, Type: chat.Personal}),
			x.InsertParticipant(chat.Participant{App: app, Conversation: group, ID: chat.ParticipantID(id("p1")), User: user("ana")}),
			x.InsertParticipant(chat.Participant{App: app, Conversation: group, ID: chat.ParticipantID(id("p2")), User: user("ben")}),
			x.InsertParticipant(chat.Participant{App: app, Conversation: personal, ID: chat.ParticipantID(id("p3")), User: user("ana"), Default: true}),
			x.InsertParticipant(chat.Participant{App: app, Conversation: group, ID: chat.ParticipantID(id("p4")), User: user("gone")}),
			x.DeleteParticipant(app, group, user("ben")),
			x.DeleteParticipant(app, group, user("gone")),
			x.InsertParticipant(chat.Participant{App: app, Conversation: personal, ID: chat.ParticipantID(id("p5")), User: user("gone")}),
			x.AppendChange(&chat.Change{App: app, Conversation: personal, Kind: chat.EventJoined, User: user("gone")}),
			x.AppendChange(&chat.Change{App: app, Conversation: personal, Kind: chat.EventConversation}),
			x.AppendEvent(&chat.Event{App: app, Kind: chat.EventAppChanged}),
			x.AppendAudit(store.Audit{App: app, At: now, Actor: "cli", Action: "app.set", Target: string(app), Detail: map[string]string{"name": "n"}}),
			x.InsertReference(chat.ImportRef{App: app, Kind: chat.ImportedUser, Ref: "a"}, string(user("ana"))),
			x.InsertReference(chat.ImportRef{App: app, Kind: chat.ImportedConversation, Ref: "p"}, string(personal)),
			x.InsertReference(chat.ImportRef{App: app, Kind: chat.ImportedMessage, Conversation: personal, Ref: "m"}, id(string(personal))),
			x.SetLogo(app, chat.Logo{Type: "image/png", Bytes: []byte("x")}),
			x.InsertEmailCode(chat.EmailCode{App: app, ID: id("code"), Email: "a", CreatedAt: now}, now),
			x.InsertAgent(chat.Agent{ID: chat.AgentID(id("kim")), Email: id("kim")}),
			x.MarkReadBy(chat.AgentID(id("kim")), personal, 1),
			x.PutMembership(chat.Membership{App: app, Agent: chat.AgentID(id("kim")), Role: chat.RoleAgent}),
			x.InsertTeam(chat.Team{App: app, ID: chat.TeamID(id("team")), Name: "Support", Members: []chat.Colleague{{ID: chat.AgentID(id("kim"))}}}),
			x.InsertInvitation(chat.Invitation{App: app, ID: chat.InvitationID(id("link")), Hash: chat.HashToken(id("link"))}),
			x.InsertCannedReply(chat.CannedReply{App: app, ID: chat.CannedReplyID(id("canned")), Shortcut: "hi"}),
		}
		for i, err := range steps {
			if err != nil {
				t.Logf("step %d", i)
				return err
			}
		}
		if _, err := x.PutSavedView(chat.SavedView{App: app, Agent: chat.AgentID(id("kim")), ID: "v"}); err != nil {
			return err
		}
		if _, err := x.InsertReceipt(chat.Receipt{Key: chat.KeyID(id("key")), Name: []byte{1}, Fingerprint: []byte{1}}); err != nil {
			return err
		}
		hook := chat.Webhook{App: app, Integration: chat.IntegrationID(app), ID: chat.WebhookID(id("hook")), Triggers: []chat.Trigger{"*"}, Enabled: true}
		if err := x.InsertWebhook(hook); err != nil {
			return err
		}
		if err := x.RecordAttempt(chat.Attempt{Webhook: hook.ID}); err != nil {
			return err
		}
		if leased, err := x.LeaseSweep(app, "lease", now, now.Add(time.Minute)); err != nil || !leased {
			return errors.Join(err, errors.New("no lease"))
		}
		x.Emit(chat.Event{App: app, Trigger: chat.TriggerTyping})
		board := chat.Switchboard{App: app, ID: chat.SwitchboardID(id("board")), Enabled: true}
		if err := x.InsertSwitchboard(board); err != nil {
			return err
		}
		member := chat.SwitchboardIntegration{App: app, Switchboard: board.ID, ID: chat.SwitchboardIntegrationID(id("member")), Name: "bot", Integration: hook.Integration}
		if err := x.InsertSwitchboardIntegration(member); err != nil {
			return err
		}
		if err := x.SetControl(app, personal, chat.Control{Active: member.ID, Pending: member.ID}); err != nil {
			return err
		}
		if _, err := x.ReplaceSession(chat.Session{App: app, ID: chat.SessionID(id("session")), Hash: chat.HashToken(id("")), User: user("ana"), Client: client, ExpiresAt: now}); err != nil {
			return err
		}
		if _, err := x.UseCode(app, chat.KeyID(id("key")), "jti", now.Add(time.Hour)); err != nil {
			return err
		}
		merge := chat.UserMerge{App: app, ID: chat.MergeID(id("merge")), Surviving: user("ana"), Discarded: user("gone")}
		if err := x.KeepMerge(&merge, chat.MergeGain{Profile: []string{"locale"}}); err != nil {
			return err
		}
		if _, err := x.MergeUser(app, user("ana"), user("gone"), "test"); err != nil {
			return err
		}
		for _, conversation := range []chat.ConversationID{group, personal} {
			place, err := x.TakeNumber(app, conversation, now)
			if err != nil {
				return err
			}
			m := chat.Message{App: app, Conversation: conversation, ID: chat.MessageID(id(string(conversation))), Number: place.Number, Change: place.Change,
				Author: chat.Author{Type: chat.AuthorUser, User: user("ana"), DisplayName: "Ana"}, Content: chat.Content{Type: chat.ContentText, Text: "t"}}
			if _, err := x.InsertMessage(m); err != nil {
				return err
			}
			if err := attach(x, m, user("ben")); err != nil {
				return err
			}
			if err := workOn(x, m); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// workOn puts the message's conversation into the inbox, with a note and a happening, and has all found with its author.
func workOn(x store.Tx, m chat.Message) error {
	entry := chat.FirstEntry(m)
	if _, err := x.InsertInboxEntry(entry); err != nil {
		return err
	}
	entry.Status = chat.InboxClosed
	if ended, _ := entry.Ended(""); x.InsertEpisode(ended) != nil {
		return errors.New("no episode")
	}
	if _, err := x.InsertNote(chat.Note{App: m.App, Conversation: m.Conversation, Ordinal: 1, SentID: string(m.ID)}); err != nil {
		return err
	}
	part := store.IndexedPart{Unindexed: store.Unindexed{App: m.App, Conversation: m.Conversation, From: 1}}
	part.Messages = []store.IndexedMessage{{Number: m.Number, At: time.Now(), Tokens: []string{"t"}}}
	if err := x.IndexMessages([]store.IndexedPart{part}); err != nil {
		return err
	}
	if err := x.IndexNote(chat.Note{App: m.App, Conversation: m.Conversation, Ordinal: 1, At: time.Now()}, []string{"n"}); err != nil {
		return err
	}
	if err := x.IndexUser(chat.User{App: m.App, ID: m.Author.User, Number: 1}, []string{"u"}); err != nil {
		return err
	}
	mail := chat.Mail{App: m.App, ID: chat.MailID(m.ID), Kind: chat.MailAnswers, Cause: string(m.ID), Conversation: m.Conversation, User: m.Author.User}
	for _, err := range []error{x.QueueMail(mail), x.SetMailedNumber(m.Conversation, m.Author.User, 1), x.Unsubscribe(m.App, m.Author.User, time.Now())} {
		if err != nil {
			return err
		}
	}
	entry.WaitingSince = time.Now()
	if _, err := x.NoteWaiting(entry); err != nil {
		return err
	}
	if err := x.InsertRating(chat.Rating{App: m.App, Conversation: m.Conversation, OpenedAt: m.Received, Form: m.ID, AskedAt: m.Received}); err != nil {
		return err
	}
	return x.InsertHappening(chat.Happening{App: m.App, Conversation: m.Conversation, Ordinal: 2, Type: chat.HappenedClosed})
}

// attach makes an attachment of the user that the message shows.
func attach(x store.Tx, m chat.Message, user chat.UserID) error {
	id := chat.AttachmentID(m.ID)
	if err := x.InsertLeftover(id, time.Now()); err != nil {
		return err
	}
	a := chat.Attachment{App: m.App, ID: id, Key: string(id), Access: chat.AccessPrivate, User: user, Conversation: m.Conversation}
	if _, err := x.InsertAttachment(a); err != nil {
		return err
	}
	return x.ShowAttachment(m.App, id, m.Conversation, m.Number)
}

func countRows(t *testing.T, s *Store, tables []string) map[string]int {
	t.Helper()
	counts := map[string]int{}
	for _, table := range tables {
		counts[table] = len(lines(t, s, `SELECT 'row' FROM `+table))
	}
	return counts
}

func TestDeletedAppLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	onDialects(t, func(t *testing.T, name, url string) {
		s := openFor(t, Options{URL: url})
		tables := slices.DeleteFunc(lines(t, s, tableQueries[name]), func(table string) bool { return slices.Contains(kept, table) })
		fillEverything(t, s, "stays")
		before := countRows(t, s, tables)
		for table, n := range before {
			if n == 0 {
				t.Errorf("the test puts no row into %s", table)
			}
		}
		fillEverything(t, s, "goes")
		if err := s.Write(t.Context(), func(x store.Tx) error { return x.DeleteApp("goes") }); err != nil {
			t.Fatal(err)
		}
		for table, n := range countRows(t, s, tables) {
			if n != before[table] {
				t.Errorf("%s has %d rows, and had %d before the app came", table, n, before[table])
			}
		}
		if said := lines(t, s, `SELECT app_id FROM audits WHERE actor <> '' OR action <> '' OR target <> '' OR detail <> '' OR at <> 0`); !slices.Equal(said, []string{"stays"}) {
			t.Errorf("the audit log says something of %v", said)
		}
	})
}

func TestDeletedUserLeavesTheGroupOnly(t *testing.T) {
	t.Parallel()
	onDialects(t, func(t *testing.T, _, url string) {
		s := openFor(t, Options{URL: url})
		fillEverything(t, s, "app")
		if err := s.Write(t.Context(), func(x store.Tx) error { return x.DeleteUser("app", "appana") }); err != nil {
			t.Fatal(err)
		}
		left := countRows(t, s, []string{"users", "user_aliases", "identities", "identity_conflicts", "clients", "conversations",
			"participants", "former_participants", "messages", "changes", "merges", "merged_users", "merged_participants",
			"merged_former_participants", "merged_entries", "merged_identities", "merged_conflicts", "merged_names", "import_references",
			"attachments", "attachment_messages", "leftover_files", "inbox", "notes", "happenings", "search", "mails", "mailed_numbers", "unsubscribed_users",
			"told_waitings"})
		want := map[string]int{"users": 1, "user_aliases": 0, "identities": 0, "identity_conflicts": 0, "clients": 0,
			"conversations": 1, "participants": 0, "former_participants": 1, "messages": 1, "changes": 0, "merges": 0, "merged_users": 0, "merged_participants": 0,
			"merged_former_participants": 0, "merged_entries": 0, "merged_identities": 0, "merged_conflicts": 0, "merged_names": 0, "import_references": 0,
			"attachments": 1, "attachment_messages": 1, "leftover_files": 1, "inbox": 1, "notes": 1, "happenings": 1, "search": 2,
			"mails": 0, "mailed_numbers": 0, "unsubscribed_users": 0, "told_waitings": 1}
		for table, n := range left {
			if n != want[table] {
				t.Errorf("%s has %d rows, want %d", table, n, want[table])
			}
		}
		if traces := lines(t, s, `SELECT document FROM messages WHERE document LIKE '%Ana%' OR author_id <> ''`); len(traces) > 0 {
			t.Errorf("the group still names the author: %v", traces)
		}
	})
}
