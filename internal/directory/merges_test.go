package directory_test

import (
	"context"
	"strings"
	"testing"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/directory"
	"github.com/parlorchat/parlor/internal/store"
)

// backend is an app key as the work packages see it.
func (h *house) backend() chat.Principal {
	return chat.Principal{App: h.app.ID, Key: &chat.Key{ID: "app_test"}, Scope: chat.ScopeApp, Name: "key app_test"}
}

func both(surviving, discarded chat.UserID) directory.MergeInput {
	return directory.MergeInput{Surviving: directory.UserRef{User: surviving}, Discarded: directory.UserRef{User: discarded}}
}

func (h *house) mergeOf(surviving, discarded directory.SignedIn) chat.UserMerge {
	h.Helper()
	m, _, err := h.Merge(context.Background(), h.backend(), both(surviving.User.ID, discarded.User.ID))
	if err != nil {
		h.Fatal(err)
	}
	return m
}

func (h *house) audits() (actions []string) {
	h.Helper()
	h.write(func(tx store.Tx) error {
		all, err := tx.ListAudits(h.app.ID, 0, 99)
		actions = nil
		for _, entry := range all {
			actions = append(actions, entry.Actor+" "+entry.Action)
		}
		return err
	})
	return actions
}

func (h *house) merges() (all []chat.Merge) {
	h.heard.mu.Lock()
	defer h.heard.mu.Unlock()
	for _, event := range h.heard.events {
		if event.Merge != nil {
			all = append(all, *event.Merge)
		}
	}
	return all
}

func TestMergeIsToldAndNoted(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.tokens["ana"], h.tokens["ben"] = external("ana"), external("ben")
	ana, ben := h.in("sdk", "ana", ""), h.in("sdk", "ben", "")
	conversation := h.talks(ben)
	m := h.mergeOf(ana, ben)
	told := h.merges()
	if len(told) != 1 || told[0].Reason != chat.MergedByKey || told[0].Surviving != ana.User.ID || told[0].Discarded != ben.User.ID ||
		len(told[0].Conversations) != 1 || told[0].Conversations[0] != conversation || len(told[0].Clients) != 1 || told[0].Clients[0] != ben.Client.ID {
		t.Errorf("told %+v", told)
	}
	if ended := h.heard.ended(); len(ended) != 1 || ended[0] != (chat.EndedSessions{User: ben.User.ID, Why: "merged"}) {
		t.Errorf("ended %+v", ended)
	}
	if _, err := h.UndoMerge(context.Background(), h.backend(), m.ID); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(h.audits(), ", "); got != "key app_test user.merge.undo, key app_test user.merge" {
		t.Errorf("the audit log says %s", got)
	}
	if h.seatsUsed() != 2 {
		t.Errorf("%d seats are used", h.seatsUsed())
	}
}

func TestMergesOfAnonymousPeople(t *testing.T) {
	t.Parallel()
	t.Run("the survivor's session stays, the other's ends", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		a, b := h.anonymous(), h.anonymous()
		h.mergeOf(a, b)
		if _, err := h.Authenticate(context.Background(), h.app.ID, a.Token); err != nil {
			t.Errorf("the survivor: %v", err)
		}
		_, err := h.Authenticate(context.Background(), h.app.ID, b.Token)
		wantCode(t, err, "session_ended")
	})
	t.Run("one who is known takes them in, and no seat", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		h.tokens["ana"] = external("ana")
		ana, guest := h.in("sdk", "ana", ""), h.anonymous()
		m := h.mergeOf(ana, guest)
		if h.seatsUsed() != 1 {
			t.Errorf("%d seats are used", h.seatsUsed())
		}
		if _, err := h.UndoMerge(context.Background(), h.backend(), m.ID); err != nil || h.seatsUsed() != 1 {
			t.Errorf("%d seats are used after the undo: %v", h.seatsUsed(), err)
		}
	})
	t.Run("a survivor who then signs in as somebody else is gone for good", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		h.tokens["ana"] = external("ana")
		ana, a, b := h.in("sdk", "ana", ""), h.anonymous(), h.anonymous()
		m := h.mergeOf(a, b)
		if in := h.in("sdk", "ana", a.Token); in.Merge == nil || in.Merge.Reason != chat.MergedAtSignIn || in.Merge.Surviving != ana.User.ID {
			t.Fatalf("signed in with %+v", in.Merge)
		}
		_, err := h.UndoMerge(context.Background(), h.backend(), m.ID)
		wantCode(t, err, "merge_not_last")
		if !strings.Contains(err.Error(), string(ana.User.ID)) {
			t.Errorf("does not say into whom: %v", err)
		}
		if err := h.DeleteUser(context.Background(), h.backend(), string(ana.User.ID)); err != nil {
			t.Fatal(err)
		}
		_, err = h.GetMerge(context.Background(), h.backend(), m.ID)
		wantCode(t, err, "merge_not_found")
	})
	t.Run("an anonymous history that came at a sign-in in between stays", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		h.tokens["ana"], h.tokens["ben"] = external("ana"), external("ben")
		ana, ben, guest := h.in("sdk", "ana", ""), h.in("sdk", "ben", ""), h.anonymous()
		theirs, typed := h.talks(ben), h.talks(guest)
		m := h.mergeOf(ana, ben)
		h.in("sdk", "ana", guest.Token)
		if _, err := h.UndoMerge(context.Background(), h.backend(), m.ID); err != nil {
			t.Fatal(err)
		}
		if a, b := h.conversations(ana.User.ID), h.conversations(ben.User.ID); len(a) != 1 || a[0] != typed || len(b) != 1 || b[0] != theirs {
			t.Errorf("Ana has %v, Ben has %v", a, b)
		}
	})
}

func TestWhoMayMerge(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	a, b := h.anonymous(), h.anonymous()
	integration := h.backend()
	integration.Scope = chat.ScopeIntegration
	for name, p := range map[string]chat.Principal{"integration": integration, "session": {App: h.app.ID, Session: &a.Session}} {
		in := both(a.User.ID, b.User.ID)
		_, _, merged := h.Merge(context.Background(), p, in)
		_, previewed := h.PreviewMerge(context.Background(), p, in)
		_, undone := h.UndoMerge(context.Background(), p, "x")
		_, got := h.GetMerge(context.Background(), p, "x")
		_, listed := h.ListMerges(context.Background(), p, "", store.Span{Limit: 1})
		for call, err := range map[string]error{"merge": merged, "preview": previewed, "undo": undone, "get": got, "list": listed} {
			if chat.CodeOf(err) != "forbidden" {
				t.Errorf("%s, %s: %v", name, call, err)
			}
		}
	}
}
