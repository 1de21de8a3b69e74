package directory

import (
	"context"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// GetMerge returns one merge. NotFound merge_not_found, also once either of the two was erased.
func (s *Service) GetMerge(ctx context.Context, p chat.Principal, id chat.MergeID) (chat.UserMerge, error) {
	if !p.May(chat.MergeUsers) {
		return chat.UserMerge{}, notAllowed()
	}
	var merge chat.UserMerge
	err := s.store.Read(ctx, func(tx store.Tx) error {
		var err error
		merge, err = tx.GetMerge(p.App, id)
		return err
	})
	return merge, err
}

// ListMerges returns a page of the app's merges, newest first; with a user only those in which they survived or were
// discarded. Invalid (store.Span).
func (s *Service) ListMerges(ctx context.Context, p chat.Principal, user chat.UserID, span store.Span) (merges store.Page[chat.UserMerge], err error) {
	if !p.May(chat.MergeUsers) {
		return merges, notAllowed()
	}
	err = s.store.Read(ctx, func(tx store.Tx) (err error) {
		merges, err = store.ReadPage(span, func(m chat.UserMerge) string { return string(m.ID) }, func(span store.Span) ([]chat.UserMerge, error) {
			return tx.ListMerges(store.MergePage{App: p.App, User: user, Span: span})
		})
		return err
	})
	return merges, err
}

// UndoMerge takes the two apart again (design rule 9): the discarded user comes back with all that was theirs, and what
// was written and made since stays the survivor's. Of several merges in a row the last is undone first.
// NotFound merge_not_found; Conflict merge_undone, merge_not_last, or conflict if somebody else has the external id by
// now; Forbidden seat_limit_reached.
func (s *Service) UndoMerge(ctx context.Context, p chat.Principal, id chat.MergeID) (chat.UserMerge, error) {
	if !p.May(chat.MergeUsers) {
		return chat.UserMerge{}, notAllowed()
	}
	var merge chat.UserMerge
	now := s.clock()
	err := s.store.Write(ctx, func(tx store.Tx) error {
		found, err := tx.GetMerge(p.App, id)
		if err != nil {
			return err
		}
		survivor, err := tx.LockUser(p.App, found.Surviving)
		if chat.KindOf(err) == chat.NotFound {
			return mergedSince(tx, found)
		}
		if err != nil {
			return err
		}
		if merge, err = mayUndo(tx, p.App, id); err != nil {
			return err
		}
		merge.UndoneBy, merge.UndoneAt = p.Name, now
		if err := takeApart(tx, merge, survivor); err != nil {
			return err
		}
		merge.DiscardedExternalID = ""
		return nil
	})
	return merge, err
}

// mergedSince says why the survivor of a merge is not there.
func mergedSince(tx store.Tx, m chat.UserMerge) error {
	if m.Undone() {
		return undone()
	}
	last, found, err := tx.FindLastMerge(m.App, m.Surviving)
	switch {
	case err != nil:
		return err
	case found && last.ID != m.ID:
		return notLast(last)
	}
	into, found, err := tx.FindMerged(m.App, m.Surviving)
	if err != nil {
		return err
	}
	if !found {
		return chat.Missing("merge")
	}
	return &chat.Error{Kind: chat.Conflict, Code: "merge_not_last",
		Message: "The surviving user became part of user " + string(into) + " when they signed in, which cannot be undone."}
}

func undone() error {
	return &chat.Error{Kind: chat.Conflict, Code: "merge_undone", Message: "This merge was undone already."}
}

func notLast(last chat.UserMerge) error {
	return &chat.Error{Kind: chat.Conflict, Code: "merge_not_last", Message: "The merge " + string(last.ID) + " came later: undo it first."}
}

// mayUndo loads a merge whose survivor is locked, and refuses what cannot be undone.
func mayUndo(tx store.Tx, app chat.AppID, id chat.MergeID) (chat.UserMerge, error) {
	merge, err := tx.GetMerge(app, id)
	if err != nil {
		return chat.UserMerge{}, err
	}
	if merge.Undone() {
		return chat.UserMerge{}, undone()
	}
	last, _, err := tx.FindLastMerge(app, merge.Surviving)
	if err == nil && last.ID != id {
		err = notLast(last)
	}
	if err != nil {
		return chat.UserMerge{}, err
	}
	for _, externalID := range []string{merge.DiscardedExternalID, string(merge.Discarded)} {
		if err := stillFree(tx, app, externalID); err != nil {
			return chat.UserMerge{}, err
		}
	}
	return merge, nil
}

// stillFree returns a Conflict that names the user who has the external id by now.
func stillFree(tx store.Tx, app chat.AppID, externalID string) error {
	if externalID == "" {
		return nil
	}
	owner, taken, err := tx.FindUserByExternalID(app, externalID)
	if err == nil && taken {
		err = &chat.Error{Kind: chat.Conflict, Code: "conflict", Field: "externalId", Message: "externalId: user " + string(owner.ID) +
			" has the discarded user's id by now; give that user another external id, or remove them, and undo then"}
	}
	return err
}

// takeApart undoes a merge that may be undone; the survivor is locked.
func takeApart(tx store.Tx, m chat.UserMerge, survivor chat.User) error {
	kept, gain, err := tx.GetKept(m.App, m.ID)
	if err != nil {
		return err
	}
	back, err := tx.UndoMerge(m)
	if err != nil {
		return err
	}
	if kept.Seat {
		if err := takeSeat(tx, m.App); err != nil {
			return err
		}
	}
	survivor.Profile = survivor.Profile.Without(gain.Profile, kept.Profile)
	survivor.Metadata = survivor.Metadata.Without(gain.Metadata)
	if err := tx.UpdateUser(&survivor); err != nil {
		return err
	}
	for _, clash := range back.Clashes {
		clash.CreatedAt = m.UndoneAt
		if err := recordConflict(tx, clash); err != nil {
			return err
		}
	}
	if err := tellApart(tx, m, back, m.UndoneAt); err != nil {
		return err
	}
	return tx.AppendAudit(store.Audit{App: m.App, At: m.UndoneAt, Actor: m.UndoneBy, Action: "user.merge.undo", Target: string(m.Surviving),
		Detail: map[string]string{"discarded": string(m.Discarded), "merge": string(m.ID)}})
}

// tellApart tells the survivor's clients which conversations left and which of their sessions ended, everybody in a group
// that the other is there again, and webhooks, which were told of the merge, of both.
func tellApart(tx store.Tx, m chat.UserMerge, back store.Unmerged, now time.Time) error {
	for _, id := range back.Conversations {
		tx.Emit(chat.Event{Kind: chat.EventConversationRemoved, App: m.App, At: now, Conversation: id, Audience: []chat.UserID{m.Surviving}})
	}
	if err := showMoved(tx, m.App, append(back.Shared, back.Conversations...), now); err != nil {
		return err
	}
	for _, client := range back.Sessions {
		if err := appendEnded(tx, m.App, m.Surviving, chat.EndedSessions{Client: client, Why: "unmerged"}, now); err != nil {
			return err
		}
	}
	for _, user := range []chat.UserID{m.Surviving, m.Discarded} {
		if err := tx.AppendEvent(&chat.Event{Kind: chat.EventUserUpdated, Trigger: chat.TriggerUserUpdate, Reason: chat.ReasonMergeUndone,
			App: m.App, User: user, At: now}); err != nil {
			return err
		}
	}
	return nil
}
