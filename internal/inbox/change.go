package inbox

import (
	"context"
	"slices"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// Change is what is to become of an entry. What is nil or empty stays as it is.
type Change struct {
	Status       chat.InboxStatus
	SnoozedUntil time.Time // with InboxSnoozed: within a year
	// Team brings the entry to a team, which says who answers unless Assignee does; "" takes it out of its team.
	Team     *chat.TeamID
	Assignee *chat.AgentID
	Tags     *[]string
	// Seen is the number of the newest message that the agent has seen. Where it is above 0, nothing is closed or put off in which a user
	// wrote after it.
	Seen int64
}

// Change changes an entry, and returns it as Get does. What is so already is not done again, and nobody is told of it. Invalid for an
// assignee who cannot answer in the app, and for a team that it does not have; Conflict written_meanwhile; NotFound.
func (s *Service) Change(ctx context.Context, p chat.Principal, id chat.ConversationID, change Change) (row store.InboxRow, err error) {
	if err := admit(p); err != nil {
		return row, err
	}
	now := s.clock()
	if err := change.check(now); err != nil {
		return row, err
	}
	err = s.store.Write(ctx, func(tx store.Tx) error {
		entry, conversation, err := locked(tx, p.App, id)
		if err != nil {
			return err
		}
		next, happened, err := change.apply(tx, entry, conversation, now)
		if err != nil {
			return err
		}
		if !next.Equal(entry) {
			for _, h := range happened {
				h.By, h.At = p.Colleague(), now
				if err := happen(tx, &next, h); err != nil {
					return err
				}
			}
			if err := tx.UpdateInboxEntry(next); err != nil {
				return err
			}
			if err := turnEpisode(tx, entry, next, p.Colleague().ID); err != nil {
				return err
			}
			if err := s.turnRating(tx, entry, next, p.Colleague().ID); err != nil {
				return err
			}
			tell(tx, next, now)
		}
		row, err = rowOf(tx, p, id)
		return err
	})
	return row, err
}

// check judges what can be judged without looking anything up, and settles the tags.
func (c *Change) check(now time.Time) error {
	until := c.SnoozedUntil.Truncate(time.Microsecond)
	switch {
	case c.Status != "" && !c.Status.Known():
		return chat.InvalidField("status", `must be "open", "snoozed" or "closed"`)
	case c.Status != chat.InboxSnoozed && !until.IsZero():
		return chat.InvalidField("snoozedUntil", `goes with status "snoozed"`)
	case c.Status == chat.InboxSnoozed && (!until.After(now) || until.After(now.Add(chat.MaxSnooze))):
		return chat.InvalidField("snoozedUntil", "must be a time within the next 365 days")
	}
	c.SnoozedUntil = until
	if c.Tags == nil {
		return nil
	}
	tags, problem := chat.CheckTags(*c.Tags)
	if problem != "" {
		return chat.InvalidField("tags", "%s", problem)
	}
	c.Tags = &tags
	return nil
}

// apply returns the entry as it becomes, and what happens to it.
func (c Change) apply(tx store.Tx, e chat.InboxEntry, conversation chat.Conversation, now time.Time) (chat.InboxEntry, []chat.Happening, error) {
	happened, err := c.assign(tx, &e, now)
	if err != nil {
		return e, nil, err
	}
	if c.Tags != nil && !slices.Equal(*c.Tags, e.Tags) {
		e.Tags = *c.Tags
		happened = append(happened, chat.Happening{Type: chat.HappenedTagged, Tags: e.Tags})
	}
	if c.Status == "" || c.Status == e.Status && c.SnoozedUntil.Equal(e.SnoozedUntil) {
		return e, happened, nil
	}
	if err := c.overlooks(tx, conversation); err != nil {
		return e, nil, err
	}
	if c.Status != e.Status {
		e.MovedAt = now
	}
	e.Status, e.SnoozedUntil = c.Status, c.SnoozedUntil
	return e, append(happened, chat.Happening{Type: whatHappens[c.Status], Until: c.SnoozedUntil}), nil
}

// assign changes who answers, and which team. The team is locked last, as all do.
func (c Change) assign(tx store.Tx, e *chat.InboxEntry, now time.Time) ([]chat.Happening, error) {
	former := *e
	if c.Assignee != nil && *c.Assignee != e.Assignee.ID {
		to, err := assignee(tx, e.App, *c.Assignee)
		if err != nil {
			return nil, err
		}
		e.Assignee = to
	}
	if c.Team != nil {
		if err := c.bring(tx, e, now); err != nil {
			return nil, err
		}
	}
	var happened []chat.Happening
	isOther := e.Assignee.ID != former.Assignee.ID
	if e.Team.ID != former.Team.ID || c.Team != nil && *c.Team != "" && isOther {
		of := chat.Happening{Type: chat.HappenedTeam, Team: e.Team}
		if e.Team.ID != "" {
			of.To, isOther = e.Assignee, false
		}
		happened = append(happened, of)
	}
	if isOther {
		happened = append(happened, chat.Happening{Type: chat.HappenedAssigned, To: e.Assignee})
	}
	return happened, nil
}

// bring puts the entry into the team, or takes it out.
func (c Change) bring(tx store.Tx, e *chat.InboxEntry, now time.Time) error {
	if *c.Team == "" {
		e.Team = chat.TeamRef{}
		return nil
	}
	team, found, err := tx.LockTeam(e.App, *c.Team)
	if err == nil && !found {
		err = chat.InvalidField("team", "is no team of this app")
	}
	if err != nil {
		return err
	}
	isThere := e.Team.ID == team.ID && e.Assignee.ID != ""
	e.Team = chat.TeamRef{ID: team.ID, Name: team.Name}
	if c.Assignee == nil && !isThere {
		e.Assignee, err = turn(tx, team, now)
	}
	return err
}

// turnEpisode stores the episode that the agent ended by closing the entry, and takes back the one that they let go on.
func turnEpisode(tx store.Tx, former, next chat.InboxEntry, by chat.AgentID) error {
	if former.Status == next.Status {
		return nil
	}
	if resumed, ran := former.Ended(""); ran {
		return tx.DeleteEpisode(resumed)
	}
	if ended, ran := next.Ended(by); ran {
		return tx.InsertEpisode(ended)
	}
	return nil
}

var whatHappens = map[chat.InboxStatus]chat.HappeningType{
	chat.InboxOpen: chat.HappenedReopened, chat.InboxSnoozed: chat.HappenedSnoozed, chat.InboxClosed: chat.HappenedClosed,
}

// assignee returns who is to answer: an open account with a role in the app, or that manages the server.
func assignee(tx store.Tx, app chat.AppID, id chat.AgentID) (chat.Colleague, error) {
	if id == "" {
		return chat.Colleague{}, nil
	}
	agent, err := tx.GetAgent(id)
	if err != nil && chat.KindOf(err) != chat.NotFound {
		return chat.Colleague{}, err
	}
	role, errOfRole := tx.FindMembership(app, id)
	switch {
	case errOfRole != nil:
		return chat.Colleague{}, errOfRole
	case err != nil, !agent.DisabledAt.IsZero(), role == "" && !agent.Admin:
		return chat.Colleague{}, chat.InvalidField("assignee", "is nobody who answers in this app")
	}
	return chat.Colleague{ID: agent.ID, Name: agent.Name}, nil
}

// overlooks tells that the agent has not seen a message of a user that is about to be put away.
func (c Change) overlooks(tx store.Tx, conversation chat.Conversation) error {
	if c.Status == chat.InboxOpen || c.Seen == 0 || c.Seen >= conversation.LastNumber {
		return nil
	}
	unseen, err := tx.ListMessages(store.MessagePage{App: conversation.App, Conversation: conversation.ID, After: c.Seen, Limit: maxUnseen})
	if err != nil {
		return err
	}
	for _, m := range unseen {
		if m.Author.Type == chat.AuthorUser {
			return &chat.Error{Kind: chat.Conflict, Code: "written_meanwhile", Field: "seen", Message: "The user has written meanwhile."}
		}
	}
	return nil
}

// maxUnseen is how many messages after those that were seen are looked at.
const maxUnseen = 100
