package importer

import (
	"errors"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// What a line names is looked for in the data of the run and, in a rehearsal, in the data behind it, from where it is
// copied as far as later lines need it.

// behind looks into the data behind a rehearsal.
func (b *batch) behind(look func(store.Tx) error) error {
	if b.run.Behind == nil {
		return nil
	}
	return b.run.Behind.Read(b.ctx, look)
}

// missing is nil for an error that says that something is not there.
func missing(err error) error {
	if chat.KindOf(err) == chat.NotFound {
		return nil
	}
	return err
}

// refer stores what an id of the file stands for, where it is not the id itself.
func (b *batch) refer(kind chat.Imported, in chat.ConversationID, ref, id string) error {
	if ref == "" || ref == id {
		return nil
	}
	return b.tx.InsertReference(chat.ImportRef{App: b.run.App, Kind: kind, Conversation: in, Ref: ref}, id)
}

// resolve is the id that an id of the file stands for: its own, unless something else was stored.
func (b *batch) resolve(kind chat.Imported, in chat.ConversationID, ref string) (string, error) {
	name := chat.ImportRef{App: b.run.App, Kind: kind, Conversation: in, Ref: ref}
	id, found, err := b.tx.FindReference(name)
	if err == nil && !found {
		err = b.behind(func(tx store.Tx) (err error) {
			id, found, err = tx.FindReference(name)
			return err
		})
	}
	if err == nil && !found {
		id = ref
	}
	return id, err
}

// idFor is the id of a new thing: that of the file, if it has the form of ours and is free.
func (b *batch) idFor(kind chat.Imported, ref string) (string, error) {
	if !chat.IsID(ref) {
		return chat.NewID(b.now), nil
	}
	taken, err := b.tx.IsTaken(kind, ref)
	if err == nil && !taken {
		err = b.behind(func(tx store.Tx) (err error) {
			taken, err = tx.IsTaken(kind, ref)
			return err
		})
	}
	if taken {
		ref = chat.NewID(b.now)
	}
	return ref, err
}

// userIDFor is idFor of a user, which directory checks further; "" lets it make one.
func (b *batch) userIDFor(ref string) (chat.UserID, error) {
	if !chat.IsID(ref) {
		return "", nil
	}
	id, err := b.idFor(chat.ImportedUser, ref)
	return chat.UserID(id), err
}

// named finds a user by exactly one of the ids of a line; field is where they stand.
func (b *batch) named(field, id, externalID string) (user chat.UserID, err error) {
	if (id == "") == (externalID == "") {
		return "", chat.InvalidField(field, "must name the user by exactly one of userId and userExternalId")
	}
	found := false
	if id != "" {
		field += ".userId"
		user, found, err = b.userByID(id)
	} else {
		field += ".userExternalId"
		user, found, err = b.userByExternalID(externalID)
	}
	if err == nil && !found {
		err = chat.InvalidField(field, "no line before this one, and nothing imported earlier, is a user with this id")
	}
	return user, err
}

func (b *batch) userByID(ref string) (chat.UserID, bool, error) {
	return b.found("id "+ref, func(tx store.Tx) (chat.User, bool, error) {
		id, err := b.resolve(chat.ImportedUser, "", ref)
		if err != nil {
			return chat.User{}, false, err
		}
		user, err := tx.GetUser(b.run.App, chat.UserID(id))
		if chat.KindOf(err) != chat.NotFound {
			return user, err == nil, err
		}
		into, merged, err := tx.FindMerged(b.run.App, chat.UserID(id))
		if err == nil && merged {
			user, err = tx.GetUser(b.run.App, into)
		}
		return user, merged, err
	})
}

func (b *batch) userByExternalID(externalID string) (chat.UserID, bool, error) {
	return b.found("external id "+externalID, func(tx store.Tx) (chat.User, bool, error) {
		return tx.FindUserByExternalID(b.run.App, externalID)
	})
}

// found looks for a user here, then behind.
func (b *batch) found(name string, look func(store.Tx) (chat.User, bool, error)) (chat.UserID, bool, error) {
	if id, known := b.users[name]; known {
		return id, true, nil
	}
	user, found, err := look(b.tx)
	if err == nil && !found {
		err = b.behind(func(tx store.Tx) (err error) {
			user, found, err = look(tx)
			return err
		})
		if err == nil && found {
			err = b.copyUser(user)
		}
	}
	if err != nil || !found {
		return "", false, err
	}
	b.users[name] = user.ID
	return user.ID, true, nil
}

// copyUser takes a user over into a rehearsal, under a number that is not given there.
func (b *batch) copyUser(user chat.User) error {
	if _, err := b.tx.GetUser(b.run.App, user.ID); err == nil || missing(err) != nil {
		return missing(err)
	}
	user.Number = -user.Number
	return b.tx.InsertUser(user)
}

// talk finds a conversation and locks it; nil if there is none.
func (b *batch) talk(ref string) (*talk, error) {
	if t, known := b.talks[ref]; known {
		return t, nil
	}
	id, err := b.resolve(chat.ImportedConversation, "", ref)
	if err != nil {
		return nil, err
	}
	t := &talk{}
	t.conversation, err = b.tx.LockConversation(b.run.App, chat.ConversationID(id))
	if chat.KindOf(err) == chat.NotFound && b.run.Behind != nil {
		t.conversation, err = b.copyTalk(chat.ConversationID(id))
	}
	if err != nil {
		return nil, missing(err)
	}
	if t.audience, err = b.tx.ListAudience(b.run.App, t.conversation.ID); err != nil {
		return nil, err
	}
	b.talks[ref] = t
	return t, nil
}

// copyTalk takes a conversation over into a rehearsal, with those who take part.
func (b *batch) copyTalk(id chat.ConversationID) (c chat.Conversation, err error) {
	var users []chat.User
	err = b.behind(func(tx store.Tx) error {
		users = nil
		if c, err = tx.GetConversation(b.run.App, id); err != nil {
			return err
		}
		ids, err := tx.ListAudience(b.run.App, id)
		for _, id := range ids {
			user, missed := tx.GetUser(b.run.App, id)
			users, err = append(users, user), errors.Join(err, missed)
		}
		return err
	})
	if err != nil {
		return c, err
	}
	if err := b.tx.InsertConversation(c); err != nil {
		return c, err
	}
	for _, user := range users {
		if err := b.copyUser(user); err != nil {
			return c, err
		}
		p := chat.Participant{App: c.App, Conversation: id, ID: chat.ParticipantID(chat.NewID(b.now)), User: user.ID, JoinedAt: b.now}
		if err := b.tx.InsertParticipant(p); err != nil {
			return c, err
		}
	}
	return c, nil
}

// messageByID finds a message of a conversation.
func (b *batch) messageByID(in chat.ConversationID, ref string) (m chat.Message, found bool, err error) {
	id, err := b.resolve(chat.ImportedMessage, in, ref)
	if err != nil {
		return m, false, err
	}
	look := func(tx store.Tx) error {
		m, err = tx.GetMessage(b.run.App, in, chat.MessageID(id))
		found = err == nil
		return missing(err)
	}
	if err := look(b.tx); err != nil || found {
		return m, found, err
	}
	return m, found, b.behind(look)
}

// copyMessage takes a message over into a rehearsal.
func (b *batch) copyMessage(m chat.Message) error {
	if b.run.Behind == nil {
		return nil
	}
	if _, err := b.tx.GetMessage(m.App, m.Conversation, m.ID); err == nil || missing(err) != nil {
		return missing(err)
	}
	_, err := b.tx.InsertMessage(m)
	return err
}
