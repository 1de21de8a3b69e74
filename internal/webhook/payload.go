package webhook

import (
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
	"github.com/parlorchat/parlor/internal/wire"
)

// teller makes the payloads of one request inside one read of the store.
type teller struct {
	tx            store.Tx
	webhook       chat.Webhook
	integration   chat.IntegrationID // the app's web integration, where its users come in
	conversations map[chat.ConversationID]chat.Conversation
	users         map[chat.UserID]chat.User
	members       map[chat.SwitchboardIntegrationID]*chat.SwitchboardIntegration // nil: not asked for yet
}

func newTeller(tx store.Tx, w chat.Webhook) (*teller, error) {
	app, err := tx.GetApp(w.App)
	return &teller{tx: tx, webhook: w, integration: app.IntegrationID,
		conversations: map[chat.ConversationID]chat.Conversation{}, users: map[chat.UserID]chat.User{}}, err
}

// tell returns the event as the webhook is told of it; NotFound if what it is about is gone since.
func (t *teller) tell(d chat.Delivery) (wire.ToldEvent, error) {
	if d.Unreadable != nil {
		return wire.ToldEvent{}, d.Unreadable
	}
	told := wire.ToldEvent{ID: string(d.ID), Type: string(d.Event.Trigger), CreatedAt: wire.At(d.Event.At)}
	parts := payloads[d.Event.Trigger]
	for _, add := range parts {
		if err := add(t, d.Event, &told.Payload); err != nil {
			return wire.ToldEvent{}, err
		}
	}
	return told, nil
}

// payloads says what each trigger tells (contracts: Sunshine section 7).
var payloads = map[chat.Trigger][]func(*teller, chat.Event, *wire.Payload) error{
	chat.TriggerMessage:            {(*teller).conversation, (*teller).message},
	chat.TriggerConversationCreate: {(*teller).conversation, (*teller).creation},
	chat.TriggerConversationRemove: {(*teller).goneConversation},
	chat.TriggerJoin:               {(*teller).conversation, (*teller).participant},
	chat.TriggerLeave:              {(*teller).conversation, (*teller).participant},
	chat.TriggerRead:               {(*teller).conversation, (*teller).read},
	chat.TriggerTyping:             {(*teller).conversation, (*teller).typing},
	chat.TriggerPostback:           {(*teller).conversation, (*teller).subject, (*teller).postback},
	chat.TriggerClientAdd:          {(*teller).subject, (*teller).client},
	chat.TriggerUserUpdate:         {(*teller).subject, (*teller).reason},
	chat.TriggerUserMerge:          {(*teller).merge},
	chat.TriggerUserRemove:         {(*teller).goneUser},
	chat.TriggerPassControl:        {(*teller).conversation, (*teller).metadata},
	chat.TriggerOfferControl:       {(*teller).conversation, (*teller).metadata},
	chat.TriggerAcceptControl:      {(*teller).conversation, (*teller).metadata},
	chat.TriggerReleaseControl:     {(*teller).conversation, (*teller).metadata},
}

func (t *teller) conversation(e chat.Event, p *wire.Payload) error {
	c, known := t.conversations[e.Conversation]
	if !known {
		var err error
		if c, err = t.tx.GetConversation(t.webhook.App, e.Conversation); err != nil {
			return err
		}
		t.conversations[c.ID] = c
	}
	if e.Control != nil {
		var err error
		if c.Active, err = t.member(e.Control.Active); err != nil {
			return err
		}
		if c.Pending, err = t.member(e.Control.Pending); err != nil {
			return err
		}
	}
	p.Conversation = wire.ConversationRefOf(c)
	return nil
}

// member is who was in control when something happened; nobody if they are gone since.
func (t *teller) member(id chat.SwitchboardIntegrationID) (*chat.SwitchboardIntegration, error) {
	if id == "" {
		return nil, nil
	}
	if t.members == nil {
		all, err := t.tx.ListSwitchboardIntegrations(t.webhook.App)
		if err != nil {
			return nil, err
		}
		t.members = map[chat.SwitchboardIntegrationID]*chat.SwitchboardIntegration{}
		for i := range all {
			t.members[all[i].ID] = &all[i]
		}
	}
	return t.members[id], nil
}

// metadata is what whoever passed control on gave along.
func (t *teller) metadata(e chat.Event, p *wire.Payload) error {
	p.Metadata = e.Metadata
	return nil
}

func (t *teller) goneConversation(e chat.Event, p *wire.Payload) error {
	p.Conversation = &wire.ConversationRef{ID: string(e.Conversation)}
	if e.ConversationState != nil {
		p.Conversation.Type = string(e.ConversationState.Type)
	}
	return nil
}

// creation says why there is a conversation, and whose it is if it is a personal one.
func (t *teller) creation(e chat.Event, p *wire.Payload) error {
	p.CreationReason = e.Reason
	p.Source = &wire.ToldSource{Type: "web", IntegrationID: string(t.integration)}
	if e.Reason == chat.ReasonNone {
		p.Source = &wire.ToldSource{Type: "api:conversations"}
	}
	if t.conversations[e.Conversation].Type != chat.Personal {
		return nil
	}
	participants, err := t.tx.ListParticipants(t.webhook.App, e.Conversation, store.Span{Limit: 1})
	if err != nil || len(participants) == 0 {
		return err
	}
	p.User, err = t.user(participants[0].User)
	return err
}

// message tells the message as it is now; one that was taken away since is not told.
func (t *teller) message(e chat.Event, p *wire.Payload) error {
	m, err := t.tx.GetMessage(t.webhook.App, e.Conversation, e.Message.ID)
	if err == nil && m.Deleted {
		err = chat.Missing("message")
	}
	if err != nil {
		return err
	}
	if m.Content.Type == chat.ContentFormResponse {
		form, err := t.tx.GetMessage(t.webhook.App, e.Conversation, m.Content.Quoted)
		switch {
		case err == nil && !form.Deleted:
			m.Form = &form
		case err != nil && chat.KindOf(err) != chat.NotFound:
			return err
		}
	}
	told := wire.ToldMessage{Message: wire.MessageOf(m)}
	if told.Author, err = t.author(m.Author); err != nil {
		return err
	}
	told.Source, err = t.source(m.Origin.Type, m.Author.User, m.Origin.Client)
	p.Message = &told
	return err
}

// author is an author with the user, whose name stands in for the one that the author has not.
func (t *teller) author(a chat.Author) (wire.ToldAuthor, error) {
	told := wire.ToldAuthor{Author: wire.AuthorOf(a)}
	if a.Type != chat.AuthorUser {
		return told, nil
	}
	user, err := t.load(a.User)
	if err != nil {
		return told, err
	}
	told.User, told.UserExternalID = t.shown(user), user.ExternalID
	if told.DisplayName == "" {
		told.DisplayName = user.Name()
	}
	if told.AvatarURL == "" {
		told.AvatarURL = user.Profile.AvatarURL
	}
	return told, nil
}

// source is where something came in, with client and device where the webhook includes them and they are still there.
func (t *teller) source(kind string, user chat.UserID, client chat.ClientID) (wire.ToldSource, error) {
	source := wire.ToldSource{Type: kind}
	if kind != "web" {
		return source, nil
	}
	source.IntegrationID = string(t.integration)
	if !t.webhook.FullSource || client == "" {
		return source, nil
	}
	found, ok, err := t.tx.FindClient(t.webhook.App, client)
	if err != nil || !ok || found.User != user {
		return source, err
	}
	shape, device := wire.ClientOf(found, t.integration), wire.DeviceOf(found, t.integration)
	source.Client, source.Device = &shape, &device
	return source, nil
}

func (t *teller) participant(e chat.Event, p *wire.Payload) (err error) {
	p.User, err = t.user(e.Participant.User)
	return err
}

func (t *teller) read(e chat.Event, p *wire.Payload) error {
	return t.activity(p, string(chat.TriggerRead), chat.Author{Type: e.Read.By, User: e.Read.User})
}

func (t *teller) typing(e chat.Event, p *wire.Payload) error {
	kind := "typing:stop"
	if e.Typing.Active {
		kind = "typing:start"
	}
	return t.activity(p, kind, e.Typing.Author)
}

func (t *teller) activity(p *wire.Payload, kind string, by chat.Author) error {
	told := wire.ToldActivity{Type: kind, Source: wire.ToldSource{Type: "api:conversations"}}
	if by.Type == chat.AuthorUser {
		told.Source = wire.ToldSource{Type: "web", IntegrationID: string(t.integration)}
	}
	var err error
	told.Author, err = t.author(by)
	p.Activity = &told
	return err
}

func (t *teller) postback(e chat.Event, p *wire.Payload) error {
	p.Postback = &wire.ToldPostback{Payload: e.Postback.Payload, Metadata: e.Postback.Metadata}
	source, err := t.source("web", e.User, e.Postback.Client)
	p.Source = &source
	return err
}

// subject is the user whom the event is about.
func (t *teller) subject(e chat.Event, p *wire.Payload) (err error) {
	p.User, err = t.user(e.User)
	return err
}

func (t *teller) goneUser(e chat.Event, p *wire.Payload) error {
	p.User = wire.UserRefOf(chat.User{ID: e.User, ExternalID: e.UserExternalID, Seat: e.UserSeat})
	return nil
}

func (t *teller) client(e chat.Event, p *wire.Payload) error {
	found, ok, err := t.tx.FindClient(t.webhook.App, e.Client)
	if err == nil && !ok {
		err = chat.Missing("client")
	}
	if err != nil {
		return err
	}
	shape := wire.ClientOf(found, t.integration)
	p.Client = &shape
	p.Source = &wire.ToldSource{Type: "web", IntegrationID: string(t.integration)}
	return t.reason(e, p)
}

func (t *teller) reason(e chat.Event, p *wire.Payload) error {
	p.Reason = e.Reason
	return nil
}

func (t *teller) merge(e chat.Event, p *wire.Payload) error {
	surviving, err := t.user(e.Merge.Surviving)
	if err != nil {
		return err
	}
	discarded := chat.User{ID: e.Merge.Discarded, ExternalID: e.Merge.DiscardedExternalID, Seat: e.Merge.DiscardedSeat}
	p.MergedUsers = &wire.MergedUsers{Surviving: surviving, Discarded: wire.UserRefOf(discarded)}
	p.DiscardedMetadata, p.Reason = e.Merge.DiscardedMetadata, string(e.Merge.Reason)
	return nil
}

// user is a user as the webhook is shown users. One that was merged away since is told as what they became.
func (t *teller) user(id chat.UserID) (any, error) {
	user, err := t.load(id)
	return t.shown(user), err
}

func (t *teller) shown(user chat.User) any {
	if t.webhook.FullUser {
		return wire.UserOf(user)
	}
	return wire.UserRefOf(user)
}

func (t *teller) load(id chat.UserID) (chat.User, error) {
	if user, known := t.users[id]; known {
		return user, nil
	}
	user, err := t.tx.GetUser(t.webhook.App, id)
	if chat.KindOf(err) == chat.NotFound {
		survivor, merged, missing := t.tx.FindMerged(t.webhook.App, id)
		if missing != nil || !merged {
			return chat.User{}, err
		}
		user, err = t.tx.GetUser(t.webhook.App, survivor)
	}
	if err == nil && t.webhook.FullUser {
		user.Identities, err = t.tx.ListIdentities(t.webhook.App, user.ID)
	}
	if err == nil {
		t.users[id] = user
	}
	return user, err
}
