package httpapi

import (
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/directory"
	"github.com/parlorchat/parlor/internal/store"
	"github.com/parlorchat/parlor/internal/wire"
)

// mergeUsers merges two users, or tells what that would do.
func (c *call) mergeUsers() (answer, error) {
	var body wire.MergeInput
	if err := c.decode(&body); err != nil {
		return answer{}, err
	}
	in := directory.MergeInput{Surviving: userRef(body.Surviving), Discarded: userRef(body.Discarded)}
	if body.DryRun {
		plan, err := c.api.Directory.PreviewMerge(c.Context(), c.principal, in)
		if err != nil {
			return answer{}, err
		}
		return ok(wire.MergePreview{Effect: effectOf(plan)})
	}
	merge, plan, err := c.api.Directory.Merge(c.Context(), c.principal, in)
	if err != nil {
		return answer{}, err
	}
	return created(wire.MergeMade{Merge: wire.MergeOf(merge), Effect: effectOf(plan)})
}

// mergeAppUsers is mergeUsers in the words of version 1.1, and its empty answer: programs for version 2 call it, since
// there is no other call that merges.
func (c *call) mergeAppUsers() (answer, error) {
	var body wire.AppUserMerge
	if err := c.decode(&body); err != nil {
		return answer{}, err
	}
	_, _, err := c.api.Directory.Merge(c.Context(), c.principal, directory.MergeInput{
		Surviving: directory.UserRef{User: chat.UserID(body.Surviving.ID), ExternalID: body.Surviving.UserID},
		Discarded: directory.UserRef{User: chat.UserID(body.Discarded.ID), ExternalID: body.Discarded.UserID},
	})
	if err != nil {
		return answer{}, err
	}
	return ok(wire.Nothing{})
}

// listMerges lists the merges of the app, or of one user, newest first.
func (c *call) listMerges() (answer, error) {
	user := chat.UserID(c.URL.Query().Get("filter[userId]"))
	page, err := list(c, func(span store.Span) (store.Page[chat.UserMerge], error) {
		return c.api.Directory.ListMerges(c.Context(), c.principal, user, span)
	}, wire.MergeOf)
	if err != nil {
		return answer{}, err
	}
	return ok(wire.Merges{Merges: page.records, Meta: page.meta, Links: page.links})
}

func (c *call) getMerge() (answer, error) {
	merge, err := c.api.Directory.GetMerge(c.Context(), c.principal, c.mergeID())
	if err != nil {
		return answer{}, err
	}
	return ok(wire.OneMerge{Merge: wire.MergeOf(merge)})
}

func (c *call) undoMerge() (answer, error) {
	merge, err := c.api.Directory.UndoMerge(c.Context(), c.principal, c.mergeID())
	if err != nil {
		return answer{}, err
	}
	return ok(wire.OneMerge{Merge: wire.MergeOf(merge)})
}

func (c *call) mergeID() chat.MergeID { return chat.MergeID(c.PathValue("mergeId")) }

func userRef(in wire.ParticipantInput) directory.UserRef {
	return directory.UserRef{User: chat.UserID(in.UserID), ExternalID: in.UserExternalID}
}

func effectOf(p directory.MergePlan) wire.MergeEffect {
	return wire.MergeEffect{
		Surviving: wire.UserOf(p.Surviving), Discarded: wire.UserOf(p.Discarded),
		Conversations: p.Counts.Conversations, SharedConversations: p.Counts.Shared, Clients: p.Counts.Clients,
		Conflicts: wire.ClashesOf(p.Clashes), DiscardedMetadata: p.Lost, EndedExternalID: p.Discarded.ExternalID, SeatFreed: p.FreesSeat(),
	}
}
