package directory

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// MergeInput names the two whose records become one, each by exactly one of its ids.
type MergeInput struct {
	Surviving, Discarded UserRef
}

// UserRef names a user.
type UserRef struct {
	User       chat.UserID
	ExternalID string
}

// MergePlan is what a merge does: to look at before, and to tell afterwards.
type MergePlan struct {
	Surviving chat.User // afterwards
	Discarded chat.User // before
	Counts    chat.MergeCounts
	Gain      chat.MergeGain
	Lost      chat.Metadata     // entries of the discarded that find no room
	Clashes   []chat.MergeClash // what both have, and differently
}

// FreesSeat tells whether both took a seat, of which one is given back: who survives somebody known is known.
func (p MergePlan) FreesSeat() bool { return p.Discarded.Seat }

// PreviewMerge tells what Merge would do, and changes nothing. Errors as Merge.
func (s *Service) PreviewMerge(ctx context.Context, p chat.Principal, in MergeInput) (MergePlan, error) {
	if !p.May(chat.MergeUsers) {
		return MergePlan{}, notAllowed()
	}
	var plan MergePlan
	err := s.store.Read(ctx, func(tx store.Tx) error {
		surviving, discarded, err := in.find(tx, p.App)
		if err != nil {
			return err
		}
		plan, err = planMerge(tx, p.App, surviving, discarded)
		return err
	})
	return plan, err
}

// Merge makes one user part of another because somebody decided so (security rule 32). Conversations, clients and
// identities go to the survivor, whose own values win; the discarded id and external id stop working at once, and a
// token of that external id makes a new user from then on (contracts: Sunshine section 8). UndoMerge takes them apart
// again. Invalid for one and the same user, and for a known person who would become part of an anonymous record;
// NotFound user_not_found.
func (s *Service) Merge(ctx context.Context, p chat.Principal, in MergeInput) (chat.UserMerge, MergePlan, error) {
	if !p.May(chat.MergeUsers) {
		return chat.UserMerge{}, MergePlan{}, notAllowed()
	}
	var made chat.UserMerge
	var plan MergePlan
	now := s.clock()
	err := s.store.Write(ctx, func(tx store.Tx) error {
		surviving, discarded, err := in.find(tx, p.App)
		if err != nil {
			return err
		}
		if err := lockBoth(tx, p.App, surviving, discarded); err != nil {
			return err
		}
		made, plan, err = mergeLocked(tx, p, surviving, discarded, now)
		return err
	})
	return made, plan, err
}

// mergeLocked merges two users who are locked, on the word of the principal.
func mergeLocked(tx store.Tx, p chat.Principal, surviving, discarded chat.UserID, now time.Time) (chat.UserMerge, MergePlan, error) {
	plan, err := planMerge(tx, p.App, surviving, discarded)
	if err != nil {
		return chat.UserMerge{}, MergePlan{}, err
	}
	made := chat.UserMerge{App: p.App, ID: chat.MergeID(chat.NewID(now)), Surviving: surviving, Discarded: discarded,
		DiscardedExternalID: plan.Discarded.ExternalID, By: p.Name, At: now}
	return made, plan, carryOut(tx, &made, plan)
}

// find returns the ids of two different users.
func (in MergeInput) find(tx store.Tx, app chat.AppID) (surviving, discarded chat.UserID, err error) {
	if surviving, err = in.Surviving.find(tx, app, "surviving"); err != nil {
		return "", "", err
	}
	if discarded, err = in.Discarded.find(tx, app, "discarded"); err != nil {
		return "", "", err
	}
	if surviving == discarded {
		err = chat.InvalidField("discarded", "is the same user as surviving: name two")
	}
	return surviving, discarded, err
}

func (r UserRef) find(tx store.Tx, app chat.AppID, field string) (chat.UserID, error) {
	if (r.User == "") == (r.ExternalID == "") {
		return "", chat.InvalidField(field, "must name a user by exactly one of userId and userExternalId")
	}
	missing := chat.Missing("user")
	missing.Field = field
	if r.User != "" {
		user, err := tx.GetUser(app, r.User)
		if chat.KindOf(err) == chat.NotFound {
			err = missing
		}
		return user.ID, err
	}
	user, found, err := tx.FindUserByExternalID(app, r.ExternalID)
	if err == nil && !found {
		err = missing
	}
	return user.ID, err
}

// lockBoth locks two users, always in the same order, so that two merges never wait for each other.
func lockBoth(tx store.Tx, app chat.AppID, a, b chat.UserID) error {
	if _, err := tx.LockUser(app, min(a, b)); err != nil {
		return err
	}
	_, err := tx.LockUser(app, max(a, b))
	return err
}

func planMerge(tx store.Tx, app chat.AppID, surviving, discarded chat.UserID) (plan MergePlan, err error) {
	survivor, err := lookUp(tx, app, string(surviving))
	if err != nil {
		return MergePlan{}, err
	}
	if plan.Discarded, err = lookUp(tx, app, string(discarded)); err != nil {
		return MergePlan{}, err
	}
	if plan.Discarded.Seat && !survivor.Seat {
		return MergePlan{}, chat.InvalidField("surviving", "is anonymous, and discarded is not: exchange the two, so that who is known stays known")
	}
	plan.Clashes = chat.Clashes(survivor, plan.Discarded)
	survivor.Profile, plan.Gain.Profile = survivor.Profile.FilledFrom(plan.Discarded.Profile)
	survivor.Metadata, plan.Gain.Metadata, plan.Lost = survivor.Metadata.JoinedWith(plan.Discarded.Metadata)
	survivor.Identities = slices.SortedFunc(slices.Values(slices.Concat(survivor.Identities, plan.Discarded.Identities)), inOrder)
	plan.Surviving = survivor
	plan.Counts, err = tx.CountMerge(app, surviving, discarded)
	return plan, err
}

// inOrder is the order in which identities are listed.
func inOrder(a, b chat.Identity) int {
	return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Value, b.Value))
}

// carryOut merges two users who are locked.
func carryOut(tx store.Tx, m *chat.UserMerge, plan MergePlan) error {
	if err := tx.KeepMerge(m, plan.Gain); err != nil {
		return err
	}
	if err := tx.UpdateUser(&plan.Surviving); err != nil {
		return err
	}
	_, err := merge(tx, joining{app: m.App, actor: m.By, detail: map[string]string{"reason": "decided", "merge": string(m.ID)}, why: "merged",
		merge: chat.Merge{Surviving: m.Surviving, Discarded: m.Discarded, Reason: chat.MergedByKey, DiscardedMetadata: plan.Lost,
			DiscardedExternalID: plan.Discarded.ExternalID, DiscardedSeat: plan.Discarded.Seat}}, m.At)
	if err == nil && plan.FreesSeat() {
		err = tx.FreeSeat(m.App)
	}
	return err
}

// joining is a merge about to happen, whoever wanted it.
type joining struct {
	app    chat.AppID
	merge  chat.Merge        // without what moves
	actor  string            // for the audit log, and who settles the conflicts between the two
	detail map[string]string // the same
	why    string            // the sessions of the discarded user end
}

// merge makes the discarded user part of the surviving one: conversations move whole, the discarded id answers
// "not found" from now on, and everybody who shows the conversations is told.
func merge(tx store.Tx, j joining, now time.Time) (*chat.Merge, error) {
	m := j.merge
	clients, err := tx.ListClients(j.app, m.Discarded)
	if err != nil {
		return nil, err
	}
	for _, client := range clients {
		m.Clients = append(m.Clients, client.ID)
	}
	if m.Conversations, err = tx.MergeUser(j.app, m.Surviving, m.Discarded, j.actor); err != nil {
		return nil, err
	}
	if err := showMoved(tx, j.app, m.Conversations, now); err != nil {
		return nil, err
	}
	if err := tx.BumpUser(j.app, m.Surviving); err != nil {
		return nil, err
	}
	if err := tx.AppendEvent(&chat.Event{Kind: chat.EventUserMerged, Trigger: chat.TriggerUserMerge, App: j.app, User: m.Surviving, Merge: &m, At: now}); err != nil {
		return nil, err
	}
	detail := maps.Clone(j.detail)
	detail["discarded"] = string(m.Discarded)
	if err := tx.AppendAudit(store.Audit{App: j.app, At: now, Actor: j.actor, Action: "user.merge",
		Target: string(m.Surviving), Detail: detail}); err != nil {
		return nil, err
	}
	return &m, appendEnded(tx, j.app, m.Discarded, chat.EndedSessions{User: m.Discarded, Why: j.why}, now)
}

// maxShown is the most moved conversations that open clients are told of at once; they find the rest when they list.
const maxShown = 50

// showMoved tells the participants of conversations that changed hands who is in them.
func showMoved(tx store.Tx, app chat.AppID, moved []chat.ConversationID, now time.Time) error {
	for _, id := range moved[:min(len(moved), maxShown)] {
		conversation, err := tx.GetConversation(app, id)
		if err != nil {
			return err
		}
		users, err := tx.ListAudience(app, id)
		if err != nil {
			return err
		}
		tx.Emit(chat.Event{Kind: chat.EventConversation, App: app, At: now, Conversation: id,
			Audience: users, ConversationState: &conversation})
	}
	return nil
}
