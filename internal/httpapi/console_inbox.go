package httpapi

import (
	"net/http"
	"strconv"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/inbox"
	"github.com/parlorchat/parlor/internal/store"
	"github.com/parlorchat/parlor/internal/wire"
)

const inboxPage = 50

// EntryOf is an entry of the inbox as agents see it.
func EntryOf(row store.InboxRow, media wire.MediaLinks) wire.Entry {
	return wire.EntryOf(row.Entry, wire.Listed{Conversation: row.Conversation, Last: row.Last, People: row.People, Person: row.Person,
		ReadNumber: row.ReadNumber, UserNumber: row.UserNumber, Assurance: row.Assurance}, media)
}

// ownEntry is an entry as the agent sees it who asks.
func (c *call) ownEntry(row store.InboxRow) wire.Entry {
	entry := EntryOf(row, c.api.Links)
	entry.OwnNumber = &row.OwnNumber
	return entry
}

// entries are never null.
func (c *call) entries(rows []store.InboxRow) []wire.Entry {
	entries := make([]wire.Entry, 0, len(rows))
	for _, row := range rows {
		entries = append(entries, c.ownEntry(row))
	}
	return entries
}

func (c *call) oneEntry(row store.InboxRow, err error) (answer, error) {
	if err != nil {
		return answer{}, err
	}
	return ok(wire.OneEntry{Entry: c.ownEntry(row)})
}

// limit reads how many the caller wants.
func (c *call) limit() (int, error) {
	text := c.URL.Query().Get("limit")
	if text == "" {
		return inboxPage, nil
	}
	limit, err := strconv.Atoi(text)
	if err != nil {
		return 0, chat.InvalidField("limit", "must be a whole number from 1 to 100")
	}
	return limit, nil
}

// listInbox lists a page of a view; that of those who wait, where none is named.
func (c *call) listInbox() (answer, error) {
	limit, err := c.limit()
	if err != nil {
		return answer{}, err
	}
	view := store.InboxView(c.URL.Query().Get("view"))
	if view == "" {
		view = store.InboxWaiting
	}
	page, err := c.api.Inbox.List(c.Context(), c.principal, view, c.URL.Query().Get("cursor"), limit)
	if err != nil {
		return answer{}, err
	}
	return ok(wire.Inbox{Entries: c.entries(page.Entries), Cursor: page.Cursor, Counts: wire.InboxCounts(page.Counts), Teams: wire.TeamCountsOf(page.Teams)})
}

func (c *call) getEntry() (answer, error) {
	return c.oneEntry(c.api.Inbox.Get(c.Context(), c.principal, c.conversationID()))
}

// changeEntry changes who answers, what becomes of the conversation, and its tags.
func (c *call) changeEntry() (answer, error) {
	var body wire.EntryChange
	if err := c.decode(&body); err != nil {
		return answer{}, err
	}
	change := inbox.Change{Status: chat.InboxStatus(body.Status), Tags: body.Tags, Seen: body.Seen, Team: (*chat.TeamID)(body.Team.Pointer()), Assignee: (*chat.AgentID)(body.Assignee.Pointer())}
	if until := body.SnoozedUntil.Value; until != "" {
		at, err := time.Parse(time.RFC3339, until)
		if err != nil {
			return answer{}, chat.InvalidField("snoozedUntil", "must be a time of RFC 3339, such as 2026-11-21T08:00:00Z")
		}
		change.SnoozedUntil = at
	}
	return c.oneEntry(c.api.Inbox.Change(c.Context(), c.principal, c.conversationID(), change))
}

// readThread answers the part of a thread before a cursor, what is new since one, or the newest part.
func (c *call) readThread() (answer, error) {
	query := c.URL.Query()
	limit, err := c.limit()
	if err != nil {
		return answer{}, err
	}
	var thread inbox.Thread
	if after := query.Get("after"); after != "" {
		thread, err = c.api.Inbox.ThreadAfter(c.Context(), c.principal, c.conversationID(), after)
	} else {
		thread, err = c.api.Inbox.Thread(c.Context(), c.principal, c.conversationID(), query.Get("before"), limit)
	}
	if err != nil {
		return answer{}, err
	}
	shown := wire.Thread{Items: make([]wire.ThreadItem, 0, len(thread.Items)), Before: thread.Before, After: thread.After, Reset: thread.Reset}
	for _, item := range thread.Items {
		shown.Items = append(shown.Items, itemOf(item, c.api.Links))
	}
	return ok(shown)
}

func itemOf(item inbox.Item, media wire.MediaLinks) wire.ThreadItem {
	switch {
	case item.Note != nil:
		return wire.NoteItem(*item.Note)
	case item.Happening != nil:
		return wire.HappeningItem(*item.Happening)
	}
	return wire.MessageItem(*item.Message, media)
}

// writeNote writes a note to the other agents.
func (c *call) writeNote() (answer, error) {
	var body wire.NoteInput
	if err := c.decode(&body); err != nil {
		return answer{}, err
	}
	note, duplicate, err := c.api.Inbox.Note(c.Context(), c.principal, c.conversationID(), body.ID, body.Text)
	if err != nil {
		return answer{}, err
	}
	return answer{doneStatus(duplicate), wire.OneItem{Item: wire.NoteItem(note)}}, nil
}

// doneStatus tells whether something was made, or was there already.
func doneStatus(duplicate bool) int {
	if duplicate {
		return http.StatusOK
	}
	return http.StatusCreated
}

// getPerson answers what agents see of a user.
func (c *call) getPerson() (answer, error) {
	person, err := c.api.Inbox.Person(c.Context(), c.principal, chat.UserID(c.PathValue("userId")))
	if err != nil {
		return answer{}, err
	}
	return ok(wire.PersonPanel{Person: wire.PersonDetailsOf(person.User, person.Clients, c.entries(person.Entries), person.Ratings)})
}
