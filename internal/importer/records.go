package importer

import (
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/directory"
	"github.com/parlorchat/parlor/internal/messaging"
	"github.com/parlorchat/parlor/internal/wire"
)

// head is what every line has.
type head struct {
	Type string `json:"type"`
}

// userLine is a user: the members of REST's answers that a caller may say, with id and time.
type userLine struct {
	ID        string `json:"id"`
	CreatedAt string `json:"createdAt"`
	wire.UserInput
}

// conversationLine is a conversation. Its own type has another name, since every line has a type.
type conversationLine struct {
	ID               string            `json:"id"`
	ConversationType string            `json:"conversationType"`
	CreatedAt        string            `json:"createdAt"`
	BusinessLastRead string            `json:"businessLastRead"`
	DisplayName      wire.Text         `json:"displayName"`
	Description      wire.Text         `json:"description"`
	IconURL          wire.Text         `json:"iconUrl"`
	Metadata         map[string]any    `json:"metadata"`
	Participants     []participantLine `json:"participants"`
}

type participantLine struct {
	UserID         string `json:"userId"`
	UserExternalID string `json:"userExternalId"`
	JoinedAt       string `json:"joinedAt"`
	LastRead       string `json:"lastRead"`
}

// messageLine is a message.
type messageLine struct {
	ID             string         `json:"id"`
	ConversationID string         `json:"conversationId"`
	Received       string         `json:"received"`
	Author         wire.Author    `json:"author"`
	Content        wire.Content   `json:"content"`
	Metadata       map[string]any `json:"metadata"`
	Deleted        bool           `json:"deleted"`
}

// said is what the line says of the user.
func (l userLine) said(app chat.AppID, now time.Time) (chat.User, error) {
	if l.ID == "" && !l.ExternalID.Set {
		return chat.User{}, chat.InvalidField("id", "is required, or externalId")
	}
	if l.ID != "" {
		if err := checkID("id", l.ID); err != nil {
			return chat.User{}, err
		}
	}
	in := directory.UserInput{ExternalID: l.ExternalID.Pointer(), Metadata: l.Metadata, Profile: directory.ProfileInput{
		GivenName: l.Profile.GivenName.Pointer(), Surname: l.Profile.Surname.Pointer(), Email: l.Profile.Email.Pointer(),
		AvatarURL: l.Profile.AvatarURL.Pointer(), Locale: l.Profile.Locale.Pointer()}}
	at, err := timeOr("createdAt", l.CreatedAt, now, now)
	if err != nil {
		return chat.User{}, err
	}
	signedUp, err := timeOr("signedUpAt", l.SignedUpAt, at, now)
	if err != nil {
		return chat.User{}, err
	}
	in.SignedUpAt = &signedUp
	return in.Imported(app, at)
}

func (l conversationLine) said(app chat.AppID, now time.Time) (chat.Conversation, error) {
	if err := checkID("id", l.ID); err != nil {
		return chat.Conversation{}, err
	}
	at, err := timeOr("createdAt", l.CreatedAt, now, now)
	if err != nil {
		return chat.Conversation{}, err
	}
	in := messaging.CreateInput{Type: chat.ConversationType(l.ConversationType), Participants: make([]messaging.ParticipantInput, len(l.Participants)),
		ConversationInput: messaging.ConversationInput{DisplayName: l.DisplayName.Pointer(), Description: l.Description.Pointer(),
			IconURL: l.IconURL.Pointer(), Metadata: l.Metadata}}
	c, err := in.Imported(app, at)
	if err == nil {
		c.BusinessReadAt, err = timeOr("businessLastRead", l.BusinessLastRead, time.Time{}, now)
	}
	return c, err
}

// said is what the line says of the participant at the place, but for who they are.
func (l participantLine) said(i int, c chat.Conversation, now time.Time) (p chat.Participant, err error) {
	at := "participants[" + strconv.Itoa(i) + "]."
	if p.JoinedAt, err = timeOr(at+"joinedAt", l.JoinedAt, c.CreatedAt, now); err == nil {
		p.ReadAt, err = timeOr(at+"lastRead", l.LastRead, time.Time{}, now)
	}
	p.App, p.ID = c.App, chat.ParticipantID(chat.NewID(p.JoinedAt))
	return p, err
}

func (l messageLine) said(now time.Time) (in messaging.SendInput, at time.Time, err error) {
	if err := checkID("id", l.ID); err != nil {
		return in, at, err
	}
	if l.ConversationID == "" {
		return in, at, chat.InvalidField("conversationId", "is required")
	}
	if l.Deleted {
		return in, at, chat.InvalidField("deleted", "must not be true: leave the line of a message out that is gone")
	}
	if l.Received == "" {
		return in, at, chat.InvalidField("received", "is required: the time of the message")
	}
	if at, err = timeOr("received", l.Received, at, now); err != nil {
		return in, at, err
	}
	if len(l.Author.Subtypes) > 1 {
		return in, at, chat.InvalidField("author.subtypes", "must hold at most one")
	}
	if l.Content.MarkdownText != "" {
		l.Content.HTMLText = "" // is made of it: answers of REST have both
	}
	in = messaging.SendInput{Content: l.Content.Said(), Metadata: l.Metadata, Author: messaging.AuthorInput{
		Type: chat.AuthorType(l.Author.Type), User: chat.UserID(l.Author.UserID), UserExternalID: l.Author.UserExternalID,
		DisplayName: l.Author.DisplayName, AvatarURL: l.Author.AvatarURL}}
	for _, subtype := range l.Author.Subtypes {
		in.Author.Subtype = subtype
	}
	in, err = messaging.SettleImported(in)
	return in, at, err
}

// checkID checks an id as the file has it.
func checkID(field, id string) error {
	if problem := chat.CheckExternalID(id); problem != "" {
		return chat.InvalidField(field, "%s", problem)
	}
	if utf8.RuneCountInString(id) > chat.MaxImportID {
		return chat.InvalidField(field, "must have at most %d characters", chat.MaxImportID)
	}
	return nil
}

// timeOr reads a time that has passed, to the microsecond.
func timeOr(field, text string, otherwise, now time.Time) (time.Time, error) {
	if text == "" {
		return otherwise, nil
	}
	at, err := time.Parse(time.RFC3339, text)
	switch {
	case err != nil || !at.After(time.Unix(0, 0)):
		return at, chat.InvalidField(field, "must be a time as in RFC 3339 and after 1970 began, such as 2024-02-29T13:45:00Z")
	case at.After(now.Add(chat.Leeway)):
		return at, chat.InvalidField(field, "lies in the future")
	}
	return at.UTC().Truncate(time.Microsecond), nil
}
