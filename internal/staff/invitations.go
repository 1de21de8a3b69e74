package staff

import (
	"cmp"
	"context"
	"strings"
	"unicode/utf8"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/password"
	"github.com/parlorchat/parlor/internal/store"
)

// linkOver is the code of a link that works no more, or never did.
const linkOver = "link_over"

// serverItself acts where no agent is there yet.
const serverItself = "server"

// SetUp makes the link by which the first account of a server is made, and ends those that were made before. Without it, with false, where somebody may
// manage the server already.
func (s *Service) SetUp(ctx context.Context) (token string, isNeeded bool, err error) {
	token, now := chat.NewSecret(), s.now()
	err = s.store.Write(ctx, func(tx store.Tx) error {
		admins, err := tx.ListAdmins()
		if err != nil || len(admins) > 0 {
			return err
		}
		isNeeded = true
		former, err := tx.ListInvitations("")
		if err != nil {
			return err
		}
		for _, invitation := range former {
			if _, err := tx.DeleteInvitation(invitation.ID); err != nil {
				return err
			}
		}
		return tx.InsertInvitation(chat.Invitation{ID: chat.InvitationID(chat.NewID(now)), Hash: chat.HashToken(token), Admin: true,
			CreatedAt: now, ExpiresAt: now.Add(chat.InvitationLife)})
	})
	return token, isNeeded, err
}

// InviteInput says who is invited to what.
type InviteInput struct {
	Email string // any that can be an identity; kept in normal form
	App   chat.AppID
	Role  chat.Role
}

// Invite makes a link for somebody who shall have a role in an app. The agent must be an owner there: the caller has asked.
func (s *Service) Invite(ctx context.Context, by chat.Agent, in InviteInput) (token string, invitation chat.Invitation, err error) {
	email, ok := chat.NormalEmail(in.Email)
	if !ok {
		return "", chat.Invitation{}, chat.InvalidField("email", "must be a bare ASCII address such as ana@example.com")
	}
	if !in.Role.Known() {
		return "", chat.Invitation{}, unknownRole()
	}
	token, now := chat.NewSecret(), s.now()
	invitation = chat.Invitation{ID: chat.InvitationID(chat.NewID(now)), Hash: chat.HashToken(token), Email: email, App: in.App, Role: in.Role, By: by.ID,
		CreatedAt: now, ExpiresAt: now.Add(chat.InvitationLife)}
	err = s.store.Write(ctx, func(tx store.Tx) error {
		if err := tx.InsertInvitation(invitation); err != nil {
			return err
		}
		return tx.AppendAudit(store.Audit{App: in.App, At: now, Actor: nameOf(by), Action: "agent.invite", Target: string(invitation.ID),
			Detail: map[string]string{"role": string(in.Role)}})
	})
	return token, invitation, err
}

// Link is what somebody who opens a link is told of it.
type Link struct {
	chat.Invitation
	AppName    string // of the app that it leads to, if it leads to one
	HasAccount bool   // the address has an account: its password opens the link
}

// Look returns what a link is for. NotFound link_over where it is none any more.
func (s *Service) Look(ctx context.Context, token string) (link Link, err error) {
	err = s.store.Write(ctx, func(tx store.Tx) error {
		link = Link{}
		if link.Invitation, err = s.live(tx, token); err != nil {
			return err
		}
		if link.App != "" {
			app, err := tx.GetApp(link.App)
			if err != nil {
				return err
			}
			link.AppName = app.Name
		}
		_, link.HasAccount, err = tx.FindAgentByEmail(link.Email)
		return err
	})
	return link, err
}

// AcceptInput is what somebody who opens a link says.
type AcceptInput struct {
	Email    string // for a link without an address; else that of the link counts
	Name     string
	Password string // 8 to 1024 bytes, as typed; of an account that is there: its own
}

// Accept makes the account that a link is for, or gives the one that is there its role, and signs in as SignIn does. The link is over then.
func (s *Service) Accept(ctx context.Context, token string, in AcceptInput) (SignedIn, error) {
	if len(in.Password) < password.Min || len(in.Password) > password.Max {
		return SignedIn{}, chat.InvalidField("password", "must have from %d to %d bytes", password.Min, password.Max)
	}
	name, err := nameIn(in.Name)
	if err != nil {
		return SignedIn{}, err
	}
	link, err := s.Look(ctx, token)
	if err != nil {
		return SignedIn{}, err
	}
	email, ok := chat.NormalEmail(cmp.Or(link.Email, in.Email))
	if !ok {
		return SignedIn{}, chat.InvalidField("email", "must be a bare ASCII address such as ana@example.com")
	}
	// Passwords are worked on before the transaction: others wait for it.
	agent, err := s.find(ctx, email)
	if err != nil {
		return SignedIn{}, err
	}
	isThere := agent.ID != ""
	if isThere && !opens(agent, in.Password) {
		return SignedIn{}, wrongPassword()
	}
	if !isThere {
		now := s.now()
		agent = chat.Agent{ID: chat.AgentID(chat.NewID(now)), Email: email, Name: name, PasswordHash: password.Hash(in.Password), Admin: link.Admin, WantsMail: true, CreatedAt: now}
	}
	if agent, err = s.accept(ctx, token, agent, isThere); err != nil {
		return SignedIn{}, err
	}
	return s.enter(ctx, agent)
}

// accept stores a new account, or takes one that is there, and gives it what the link is for.
func (s *Service) accept(ctx context.Context, token string, given chat.Agent, isThere bool) (agent chat.Agent, err error) {
	err = s.store.Write(ctx, func(tx store.Tx) error {
		invitation, err := s.live(tx, token)
		if err != nil {
			return err
		}
		if agent = given; !isThere {
			err = tx.InsertAgent(agent)
		} else if agent, err = lockSame(tx, given); err == nil && invitation.Admin && !agent.Admin {
			agent.Admin = true
			err = tx.UpdateAgent(agent)
		}
		if err != nil {
			return err
		}
		if err := join(tx, invitation, agent); err != nil {
			return err
		}
		if _, err := tx.DeleteInvitation(invitation.ID); err != nil {
			return err
		}
		actor := serverItself
		if invitation.By != "" {
			actor = "agent " + string(invitation.By)
		}
		return tx.AppendAudit(store.Audit{App: invitation.App, At: s.now(), Actor: actor, Action: "agent.join", Target: string(agent.ID)})
	})
	return agent, err
}

// nameIn is the name in what somebody typed; empty where nobody could see any of it.
func nameIn(typed string) (string, error) {
	name := chat.VisibleName(strings.TrimSpace(typed))
	if utf8.RuneCountInString(name) > chat.MaxDisplayName || !utf8.ValidString(name) {
		return "", chat.InvalidField("name", "must have at most %d characters", chat.MaxDisplayName)
	}
	return name, nil
}

func unknownRole() error { return chat.InvalidField("role", "must be agent, admin or owner") }

// join gives the agent the role of the invitation. Nobody loses one that is more.
func join(tx store.Tx, invitation chat.Invitation, agent chat.Agent) error {
	if invitation.App == "" {
		return nil
	}
	role, err := tx.FindMembership(invitation.App, agent.ID)
	if err != nil || role.Includes(invitation.Role) {
		return err
	}
	return tx.PutMembership(chat.Membership{App: invitation.App, Agent: agent.ID, Role: invitation.Role})
}

// live returns what a link is for, if it still is: the one that sets the server up is over when somebody manages it, however they came.
func (s *Service) live(tx store.Tx, token string) (chat.Invitation, error) {
	invitation, found, err := tx.LockInvitation(chat.HashToken(token))
	if err != nil {
		return chat.Invitation{}, err
	}
	isOver := !found || !s.now().Before(invitation.ExpiresAt)
	if !isOver && invitation.Admin {
		admins, err := tx.ListAdmins()
		if err != nil {
			return chat.Invitation{}, err
		}
		isOver = len(admins) > 0
	}
	if isOver {
		return chat.Invitation{}, &chat.Error{Kind: chat.NotFound, Code: linkOver, Message: "This link was used, has ended, or was never made.",
			Cure: "Ask an owner for another one. The first link of a server is printed when it starts."}
	}
	return invitation, nil
}
