package httpapi

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/directory"
	"github.com/parlorchat/parlor/internal/store"
	"github.com/parlorchat/parlor/internal/wire"
)

// listConflicts lists those that are open, or those that are settled.
func (c *call) listConflicts() (answer, error) {
	page, err := c.conflictPage()
	if err != nil {
		return answer{}, err
	}
	conflicts, next, err := c.api.Directory.ListConflicts(c.Context(), c.principal, page)
	if err != nil {
		return answer{}, err
	}
	list := wire.Conflicts{Conflicts: make([]wire.Conflict, 0, len(conflicts))}
	for _, conflict := range conflicts {
		list.Conflicts = append(list.Conflicts, conflictOf(conflict))
	}
	if next != (store.ConflictPlace{}) {
		list.Cursor = strconv.FormatInt(next.At.UnixMicro(), 10) + "-" + string(next.ID)
	}
	return ok(list)
}

func (c *call) conflictPage() (page store.ConflictPage, err error) {
	switch status := c.URL.Query().Get("status"); status {
	case "", "open":
	case "settled":
		page.Settled = true
	default:
		return page, chat.InvalidField("status", "must be open or settled")
	}
	if page.Limit, err = c.limit(); err != nil {
		return page, err
	}
	if cursor := c.URL.Query().Get("cursor"); cursor != "" {
		micros, id, _ := strings.Cut(cursor, "-")
		at, err := strconv.ParseInt(micros, 10, 64)
		if err != nil || at < 1 || !chat.IsID(id) {
			return page, chat.InvalidField("cursor", "is no cursor of this list: use one of a newer answer, or none to begin anew")
		}
		page.Before = store.ConflictPlace{At: time.UnixMicro(at), ID: chat.ConflictID(id)}
	}
	return page, nil
}

func conflictOf(c directory.Conflict) wire.Conflict {
	var by *wire.AuditActor
	if c.SettledBy != "" {
		kind, id := store.Audit{Actor: c.SettledBy}.Who()
		by = &wire.AuditActor{Kind: kind, ID: id, Name: c.Settler}
	}
	return wire.ConflictOf(c.IdentityConflict, wire.ConflictingUserOf(c.Came.User, c.Came.Conversations),
		wire.ConflictingUserOf(c.Owns.User, c.Owns.Conversations), by)
}

// countConflicts counts those that are open.
func (c *call) countConflicts() (answer, error) {
	count, err := c.api.Directory.CountConflicts(c.Context(), c.principal)
	if err != nil {
		return answer{}, err
	}
	return ok(wire.ConflictCount{Open: count})
}

// mergeConflict settles a conflict by making the two one.
func (c *call) mergeConflict() (answer, error) {
	var body wire.ConflictMerge
	if err := c.decode(&body); err != nil {
		return answer{}, err
	}
	merge, plan, err := c.api.Directory.MergeConflict(c.Context(), c.principal, c.conflictID(), chat.UserID(body.SurvivingUserID))
	if err != nil {
		return answer{}, err
	}
	return created(wire.MergeMade{Merge: wire.MergeOf(merge), Effect: effectOf(plan)})
}

// moveAddress settles a conflict by giving the address to whoever came with it.
func (c *call) moveAddress() (answer, error) {
	return answer{status: http.StatusNoContent}, c.api.Directory.MoveAddress(c.Context(), c.principal, c.conflictID())
}

// dismissConflict leaves all as it is.
func (c *call) dismissConflict() (answer, error) {
	return answer{status: http.StatusNoContent}, c.api.Directory.DismissConflict(c.Context(), c.principal, c.conflictID())
}

// reopenConflict takes a dismissal back.
func (c *call) reopenConflict() (answer, error) {
	return answer{status: http.StatusNoContent}, c.api.Directory.ReopenConflict(c.Context(), c.principal, c.conflictID())
}

func (c *call) conflictID() chat.ConflictID { return chat.ConflictID(c.PathValue("conflictId")) }
