package messaging

import (
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// Silent is the type of integration that is none: the message joins the history, and nobody is told.
const Silent = "none"

// DestinationInput says where a message of the business goes: exactly one of the members.
type DestinationInput struct {
	Integration chat.IntegrationID // the web integration of the app
	Type        string             // "web" or Silent
}

// check is nil for no destination: the message goes to every participant.
func (d *DestinationInput) check(by chat.AuthorType) error {
	switch {
	case d == nil:
		return nil
	case by != chat.AuthorBusiness:
		return chat.InvalidField("destination", "goes with author.type business only")
	case (d.Integration == "") == (d.Type == ""):
		return chat.InvalidField("destination", "must have exactly one of integrationId and integrationType")
	case d.Type != "" && d.Type != "web" && d.Type != Silent:
		return chat.InvalidField("destination.integrationType", `must be "web" or "none"; this server has no other integrations`)
	}
	return nil
}

// find refuses integrations that the app has not.
func (d *DestinationInput) find(tx store.Tx, id chat.AppID) error {
	if d == nil || d.Integration == "" {
		return nil
	}
	app, err := tx.GetApp(id)
	if err == nil && app.IntegrationID != d.Integration {
		err = chat.InvalidField("destination.integrationId", "is no integration of this app")
	}
	return err
}

// told are those of the participants who hear of the message at once. The others find it in the history: a client by
// the gap in the change numbers, at the next change or when it resumes.
func (d *DestinationInput) told(participants []chat.UserID) []chat.UserID {
	if d != nil && d.Type == Silent {
		return nil
	}
	return participants
}
