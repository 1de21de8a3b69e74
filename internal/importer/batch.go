package importer

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/directory"
	"github.com/parlorchat/parlor/internal/inbox"
	"github.com/parlorchat/parlor/internal/messaging"
	"github.com/parlorchat/parlor/internal/store"
	"github.com/parlorchat/parlor/internal/strictjson"
)

// batch is some lines inside their transaction. A line is checked before any of it is written, so that a faulty one can
// be left out.
type batch struct {
	ctx    context.Context
	run    *run
	tx     store.Tx
	now    time.Time
	users  map[string]chat.UserID // that were found, by kind and name
	talks  map[string]*talk       // by the id of the conversation in the file
	order  []*talk                // those with something new
	result Result
	faults []Fault
}

// talk is a conversation that lines are about.
type talk struct {
	conversation chat.Conversation
	audience     []chat.UserID
	changed      bool
	added        []chat.Message // without what they say
}

// line imports one line. What is wrong with the line is a *Fault.
func (b *batch) line(l line) error {
	err := b.record(l.raw)
	if err == nil {
		return nil
	}
	fault := &Fault{Source: l.source, Line: l.number, Raw: l.raw}
	if form, ok := errors.AsType[*strictjson.Error](err); ok {
		fault.Problem = form.Error()
		return fault
	}
	if refusal, ok := chat.AsError(err); ok && isFault(refusal.Kind) {
		fault.Problem = refusal.Message
		return fault
	}
	return fmt.Errorf("%s:%d: %w", l.source, l.number, err)
}

// isFault tells refusals of a line from failures of the store.
func isFault(kind chat.Kind) bool {
	return kind == chat.Invalid || kind == chat.NotFound || kind == chat.Conflict || kind == chat.Forbidden
}

func (b *batch) record(raw []byte) error {
	var kind head
	if err := strictjson.Decode(raw, &kind); err != nil {
		return err
	}
	switch kind.Type {
	case "user":
		return b.user(raw)
	case "conversation":
		return b.conversation(raw)
	case "message":
		return b.message(raw)
	}
	return chat.InvalidField("type", `must be "user", "conversation" or "message"`)
}

func (b *batch) user(raw []byte) error {
	var l userLine
	if err := strictjson.Decode(raw, &l); err != nil {
		return err
	}
	user, err := l.said(b.run.App, b.now)
	if err != nil {
		return err
	}
	if l.ID != "" {
		if _, found, err := b.userByID(l.ID); err != nil || found {
			b.result.Users.Unchanged++
			return err
		}
	}
	if user.ExternalID != "" {
		known, found, err := b.userByExternalID(user.ExternalID)
		if err != nil {
			return err
		}
		if found {
			b.result.Users.Unchanged++
			return b.refer(chat.ImportedUser, "", l.ID, string(known))
		}
	}
	if user.ID, err = b.userIDFor(l.ID); err != nil {
		return err
	}
	if err := directory.ImportUser(b.tx, &user, b.now); err != nil {
		return err
	}
	b.result.Users.Imported++
	return b.refer(chat.ImportedUser, "", l.ID, string(user.ID))
}

func (b *batch) conversation(raw []byte) error {
	var l conversationLine
	if err := strictjson.Decode(raw, &l); err != nil {
		return err
	}
	c, err := l.said(b.run.App, b.now)
	if err != nil {
		return err
	}
	if found, err := b.talk(l.ID); err != nil || found != nil {
		b.result.Conversations.Unchanged++
		return err
	}
	participants, err := b.participants(l, c)
	if err != nil {
		return err
	}
	id, err := b.idFor(chat.ImportedConversation, l.ID)
	if err != nil {
		return err
	}
	c.ID = chat.ConversationID(id)
	t := &talk{conversation: c}
	for i := range participants {
		participants[i].Conversation = c.ID
		t.audience = append(t.audience, participants[i].User)
	}
	if err := messaging.ImportConversation(b.tx, c, participants); err != nil {
		return err
	}
	b.talks[l.ID] = t
	b.touch(t)
	b.result.Conversations.Imported++
	return b.refer(chat.ImportedConversation, "", l.ID, id)
}

func (b *batch) participants(l conversationLine, c chat.Conversation) ([]chat.Participant, error) {
	var all []chat.Participant
	for i, line := range l.Participants {
		p, err := line.said(i, c, b.now)
		if err != nil {
			return nil, err
		}
		at := "participants[" + strconv.Itoa(i) + "]"
		if p.User, err = b.named(at, line.UserID, line.UserExternalID); err != nil {
			return nil, err
		}
		if slices.ContainsFunc(all, func(other chat.Participant) bool { return other.User == p.User }) {
			return nil, chat.InvalidField(at, "is named twice")
		}
		all = append(all, p)
	}
	return all, nil
}

func (b *batch) message(raw []byte) error {
	var l messageLine
	if err := strictjson.Decode(raw, &l); err != nil {
		return err
	}
	in, at, err := l.said(b.now)
	if err != nil {
		return err
	}
	t, err := b.talk(l.ConversationID)
	if err != nil {
		return err
	}
	if t == nil {
		return chat.InvalidField("conversationId", "no line before this one, and nothing imported earlier, is a conversation with this id")
	}
	known, found, err := b.messageByID(t.conversation.ID, l.ID)
	if err != nil {
		return err
	}
	if found {
		if !known.Received.Equal(at) {
			return chat.InvalidField("id", "another message of this conversation, of %s, has this id", stamp(known.Received))
		}
		b.result.Messages.Unchanged++
		return nil
	}
	if newest := t.conversation.LastMessageAt; at.Before(newest) {
		return chat.InvalidField("received", "is before the newest message of the conversation (%s): the messages of a conversation must stand in "+
			"order of their times, and nothing can be put before what is there", stamp(newest))
	}
	m, err := b.compose(l, in, t, at)
	if err != nil {
		return err
	}
	stored, err := messaging.ImportMessage(b.tx, m)
	if err != nil {
		return err
	}
	t.conversation.LastMessageAt = at
	t.added = append(t.added, chat.Message{Number: stored.Number, Received: at})
	b.touch(t)
	b.result.Messages.Imported++
	return b.refer(chat.ImportedMessage, t.conversation.ID, l.ID, string(stored.ID))
}

// compose is the message as it will be stored, with the ids of here.
func (b *batch) compose(l messageLine, in messaging.SendInput, t *talk, at time.Time) (m chat.Message, err error) {
	m = chat.Message{App: b.run.App, Conversation: t.conversation.ID, Received: at, Content: in.Content, Metadata: in.Metadata,
		Origin: chat.Origin{Type: "api:conversations"},
		Author: chat.Author{Type: in.Author.Type, DisplayName: in.Author.DisplayName, AvatarURL: in.Author.AvatarURL, Subtype: in.Author.Subtype}}
	if m.Author.Type == chat.AuthorUser {
		if m.Author.User, err = b.named("author", string(in.Author.User), in.Author.UserExternalID); err != nil {
			return m, err
		}
	}
	if m.Content.Type == chat.ContentFormResponse {
		quoted, found, err := b.messageByID(t.conversation.ID, string(m.Content.Quoted))
		if err != nil {
			return m, err
		}
		if found {
			m.Content.Quoted = quoted.ID
			if err := b.copyMessage(quoted); err != nil {
				return m, err
			}
		}
	}
	if err := messaging.CheckImported(b.tx, m, t.audience); err != nil {
		return m, err
	}
	id, err := b.idFor(chat.ImportedMessage, l.ID)
	m.ID = chat.MessageID(id)
	return m, err
}

func (b *batch) touch(t *talk) {
	if !t.changed {
		t.changed = true
		b.order = append(b.order, t)
	}
}

// show tells of the conversations that the batch made or added to. It comes last: the log of events is locked from the
// first of them to the end of the transaction.
func (b *batch) show() error {
	for _, t := range b.order {
		if err := messaging.ShowImported(b.tx, b.run.App, t.conversation.ID, t.added, b.now); err != nil {
			return err
		}
		if err := inbox.ShowImported(b.tx, b.run.App, t.conversation.ID, t.added); err != nil {
			return err
		}
	}
	return nil
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }
