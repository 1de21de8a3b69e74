package messaging

import (
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// Silent is the type of integration that is none: the message joins the history, and nobody is told.
const Silent = "none"

// DestinationInput says where a message of the business goes: exactly one of the members.
type DestinationInput struct {
	Integration chat.IntegrationID // a web integration of the app
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
		return chat.InvalidField("destination.integrationType", `must be "web" or "none"; no other channel is connected to this server`)
	}
	return nil
}

// find refuses integrations that the app has not, and those that nothing can be sent by.
func (d *DestinationInput) find(tx store.Tx, id chat.AppID) error {
	if d == nil || d.Integration == "" {
		return nil
	}
	integration, err := tx.GetIntegration(id, d.Integration)
	switch {
	case chat.KindOf(err) == chat.NotFound:
		return chat.InvalidField("destination.integrationId", "is no integration of this app")
	case err == nil && integration.Type != chat.IntegrationWeb:
		return chat.InvalidField("destination.integrationId", "names an integration of the type %s, by which nothing can be sent: the channel is not connected to this server", integration.Type)
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
