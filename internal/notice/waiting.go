package notice

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/mail"
	"github.com/parlorchat/parlor/internal/store"
)

// alertAll tells the agents of each app of those who wait too long.
func (s *Service) alertAll(ctx context.Context) error {
	span := store.Span{Limit: pageOfMails}
	for {
		var page store.Page[chat.App]
		err := s.Store.Read(ctx, func(tx store.Tx) (err error) {
			page, err = store.ReadPage(span, func(a chat.App) string { return string(a.ID) }, tx.ListApps)
			return err
		})
		if err != nil {
			return err
		}
		for _, app := range page.Records {
			if app.Settings.MailWaiting == 0 {
				continue
			}
			if err := s.alert(ctx, app); err != nil {
				return err
			}
		}
		if !page.More {
			return nil
		}
		span.After = page.After
	}
}

// alert goes on with who has waited longest. Whoever waits for a shorter time has waited for less of the business hours, too.
func (s *Service) alert(ctx context.Context, app chat.App) error {
	now := s.Now()
	var waiting []chat.InboxEntry
	err := s.Store.Read(ctx, func(tx store.Tx) (err error) {
		waiting, err = tx.ListLongWaiting(app.ID, now.Add(-app.Settings.MailWaiting), pageOfMails)
		return err
	})
	if err != nil {
		return err
	}
	zone := app.Settings.Zone()
	for _, entry := range waiting {
		if app.Settings.Hours.Within(entry.WaitingSince, now, zone) < app.Settings.MailWaiting {
			return nil
		}
		if err := s.Store.Write(ctx, func(tx store.Tx) error { return queueAlert(tx, entry, now) }); err != nil {
			return err
		}
	}
	return nil
}

// queueAlert queues a mail for each agent who is to be told, once for each time that the user waits.
func queueAlert(tx store.Tx, entry chat.InboxEntry, now time.Time) error {
	isNew, err := tx.NoteWaiting(entry)
	if err != nil || !isNew {
		return err
	}
	agents, err := agentsFor(tx, entry)
	if err != nil {
		return err
	}
	for _, agent := range agents {
		err := tx.QueueMail(chat.Mail{
			ID: chat.MailID(chat.NewID(now)), App: entry.App, Kind: chat.MailWaiting, Cause: "waiting " + string(entry.Conversation) + " " + string(agent.ID),
			Conversation: entry.Conversation, Agent: agent.ID, CreatedAt: now, NextAt: now,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// agentsFor are who is told of an entry: its assignee, as long as they may answer in the app; else the members of its team, or all who work in the app, and of one
// in which nobody does, who manages the server.
func agentsFor(tx store.Tx, entry chat.InboxEntry) ([]chat.Agent, error) {
	working, err := workingIn(tx, entry.App)
	if err != nil {
		return nil, err
	}
	admins, err := tx.ListAdmins()
	if err != nil {
		return nil, err
	}
	members, err := membersOf(tx, entry.App, entry.Team.ID)
	if err != nil {
		return nil, err
	}
	told := slices.DeleteFunc(slices.Clone(working), func(a chat.Agent) bool { return !members[a.ID] })
	if len(told) == 0 {
		told = working
	}
	if len(told) == 0 {
		told = admins
	}
	all := slices.Concat(working, admins)
	if i := slices.IndexFunc(all, func(a chat.Agent) bool { return a.ID == entry.Assignee.ID }); i >= 0 {
		told = all[i : i+1]
	}
	return slices.DeleteFunc(slices.Clone(told), func(a chat.Agent) bool { return !a.WantsMail }), nil
}

// workingIn are the agents with a role in the app whose accounts are open.
func workingIn(tx store.Tx, app chat.AppID) (agents []chat.Agent, err error) {
	members, err := tx.ListMembershipsOfApp(app)
	for _, member := range members {
		agent, err := tx.GetAgent(member.Agent)
		if err != nil {
			return nil, err
		}
		if agent.DisabledAt.IsZero() {
			agents = append(agents, agent)
		}
	}
	return agents, err
}

// membersOf are who is in the team; nobody is in none.
func membersOf(tx store.Tx, app chat.AppID, id chat.TeamID) (map[chat.AgentID]bool, error) {
	if id == "" {
		return nil, nil
	}
	teams, err := tx.ListTeams(app)
	members := map[chat.AgentID]bool{}
	if i := slices.IndexFunc(teams, func(team chat.Team) bool { return team.ID == id }); i >= 0 {
		for _, member := range teams[i].Members {
			members[member.ID] = true
		}
	}
	return members, err
}

// waiting tells an agent of somebody who still waits.
func (s *Service) waiting(tx store.Tx, app chat.App, m chat.Mail) (draft, error) {
	agent, err := tx.GetAgent(m.Agent)
	if err != nil || !agent.WantsMail || !agent.DisabledAt.IsZero() {
		return draft{}, err
	}
	entry, found, err := tx.FindInboxEntry(m.App, m.Conversation)
	if err != nil || !found || !entry.Waits() {
		return draft{}, err
	}
	since := entry.WaitingSince.In(app.Settings.Zone()).Format("Monday, 15:04")
	page := sheet{
		Language: "en", Intro: fmt.Sprintf("In %s, somebody has been waiting for an answer since %s.", app.Name, since),
		Link: s.Base() + "/console/apps/" + string(m.App) + "/inbox/waiting/" + string(m.Conversation), Open: "Open the conversation",
		Why: "You work in this app. Your profile at the console has a switch for this mail.",
	}
	text, html := page.render()
	return draft{Letter: mail.Letter{To: agent.Email, Subject: "Somebody waits for an answer in " + app.Name, Text: text, HTML: html}}, nil
}
