package wire

import "github.com/parlorchat/parlor/internal/chat"

// Draft is a message that a client wants to post: of the types that end users write themselves. Members of other types
// are ignored, actions and markup among them.
type Draft struct {
	ID              string           `json:"id"`   // in conversation.create; send names it beside the message
	Type            chat.ContentType `json:"type"` // absent: text
	Text            string           `json:"text"`
	Payload         string           `json:"payload"`
	Fields          []FormField      `json:"fields"`          // formResponse
	QuotedMessageID string           `json:"quotedMessageId"` // formResponse
	Coordinates     *Coordinates     `json:"coordinates"`     // location
	Location        *Location        `json:"location"`        // location
	AttachmentID    string           `json:"attachmentId"`    // image, file
	AltText         string           `json:"altText"`         // image, file
	Metadata        map[string]any   `json:"metadata"`
}

// Said is what the draft says, or Invalid for a type that clients do not send.
func (d Draft) Said() (chat.Content, error) {
	content := Content{Type: d.Type}
	switch d.Type {
	case "", chat.ContentText:
		return chat.Content{Type: chat.ContentText, Text: d.Text, Payload: d.Payload}, nil
	case chat.ContentImage, chat.ContentFile:
		// By an attachment, and never by an address.
		return chat.Content{Type: d.Type, Text: d.Text, Media: &chat.Media{Attachment: d.AttachmentID, Alt: d.AltText}}, nil
	case chat.ContentFormResponse:
		content.Fields, content.QuotedMessageID = d.Fields, d.QuotedMessageID
	case chat.ContentLocation:
		content.Coordinates, content.Location = d.Coordinates, d.Location
	default:
		return chat.Content{}, chat.InvalidField("message.type", `must be "text", "image", "file", "formResponse" or "location"`)
	}
	return content.Said().Own(), nil
}
