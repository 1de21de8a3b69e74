package wire

import (
	"math"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/parlorchat/parlor/internal/chat"
)

// Content is what a message says; which members are there depends on Type.
type Content struct {
	Type           chat.ContentType `json:"type"`
	Text           string           `json:"text,omitzero"`
	HTMLText       string           `json:"htmlText,omitzero"`
	MarkdownText   string           `json:"markdownText,omitzero"`
	Payload        string           `json:"payload,omitzero"`
	Actions        []Action         `json:"actions,omitempty"`
	BlockChatInput bool             `json:"blockChatInput,omitzero"`
	MediaURL       string           `json:"mediaUrl,omitzero"`
	MediaType      string           `json:"mediaType,omitzero"`
	MediaSize      int64            `json:"mediaSize,omitzero"`
	AltText        string           `json:"altText,omitzero"`
	AttachmentID   string           `json:"attachmentId,omitzero"`
	Shown
	Items           []Item           `json:"items,omitempty"`
	DisplaySettings *DisplaySettings `json:"displaySettings,omitzero"`
	Fields          []FormField      `json:"fields,omitempty"`
	Submitted       *bool            `json:"submitted,omitzero"` // forms
	Rating          bool             `json:"rating,omitzero"`    // forms that ask for a rating of the conversation, and what answers them
	QuotedMessageID string           `json:"quotedMessageId,omitzero"`
	TextFallback    string           `json:"textFallback,omitzero"` // formResponse
	Coordinates     *Coordinates     `json:"coordinates,omitzero"`
	Location        *Location        `json:"location,omitzero"`
	Template        jsontext.Value   `json:"template,omitzero"` // an object
}

// DisplaySettings say how a carousel looks.
type DisplaySettings struct {
	ImageAspectRatio string `json:"imageAspectRatio,omitzero"`
}

// Coordinates are degrees. Both are there in answers.
type Coordinates struct {
	Lat  *float64 `json:"lat"`
	Long *float64 `json:"long"`
}

// Location describes coordinates.
type Location struct {
	Address string `json:"address,omitzero"`
	Name    string `json:"name,omitzero"`
}

// ContentOf is content as everybody sees it.
func ContentOf(c chat.Content) Content {
	content := Content{
		Type: c.Type, Text: c.Text, HTMLText: c.HTML, MarkdownText: c.Markdown, Payload: c.Payload,
		Actions: each(c.Actions, actionOf), BlockChatInput: c.BlockChatInput, QuotedMessageID: string(c.Quoted),
	}
	if c.Template != "" {
		content.Template = jsontext.Value(c.Template)
	}
	if m := c.Media; m != nil {
		content.MediaURL, content.MediaType, content.MediaSize = m.URL, m.Type, m.Size
		content.AltText, content.AttachmentID = m.Alt, m.Attachment
	}
	if c.Cards != nil {
		content.Items = each(c.Cards.Items, itemOf)
		if c.Cards.AspectRatio != "" {
			content.DisplaySettings = &DisplaySettings{c.Cards.AspectRatio}
		}
	}
	if c.Form != nil {
		content.Fields, content.Rating = each(c.Form.Fields, fieldOf), c.Form.Rating
	}
	switch {
	case c.Type == chat.ContentForm && c.Form != nil:
		content.Submitted = &c.Form.Submitted
	case c.Type == chat.ContentFormResponse:
		content.TextFallback = c.Fallback()
	}
	if l := c.Location; l != nil {
		content.Coordinates = &Coordinates{&l.Lat, &l.Long}
		if l.Address != "" || l.Name != "" {
			content.Location = &Location{l.Address, l.Name}
		}
	}
	return content
}

// Said is what the content says: of all members, as if its type had them all (chat.Content.Own).
func (c Content) Said() chat.Content {
	said := chat.Content{
		Type: c.Type, Text: c.Text, HTML: c.HTMLText, Markdown: c.MarkdownText, Payload: c.Payload,
		Actions: each(c.Actions, Action.said), BlockChatInput: c.BlockChatInput,
		Media: &chat.Media{URL: c.MediaURL, Type: c.MediaType, Alt: c.AltText, Attachment: c.AttachmentID},
		Cards: &chat.Cards{Items: each(c.Items, Item.said)}, Form: &chat.Form{Fields: each(c.Fields, FormField.said)},
		Quoted: chat.MessageID(c.QuotedMessageID),
	}
	for _, field := range c.Fields { // the documented place; beside the fields it is ours
		if said.Quoted == "" {
			said.Quoted = chat.MessageID(field.QuotedMessageID)
		}
	}
	if c.DisplaySettings != nil {
		said.Cards.AspectRatio = c.DisplaySettings.ImageAspectRatio
	}
	if c.Coordinates != nil {
		said.Location = &chat.Location{Lat: degrees(c.Coordinates.Lat), Long: degrees(c.Coordinates.Long)}
		if c.Location != nil {
			said.Location.Address, said.Location.Name = c.Location.Address, c.Location.Name
		}
	}
	if template := c.Template.Clone(); template.Kind() == '{' && template.Compact() == nil {
		said.Template = string(template)
	}
	return said
}

// degrees is NaN for nothing, which is no coordinate.
func degrees(d *float64) float64 {
	if d == nil {
		return math.NaN()
	}
	return *d
}

// each is nil for none.
func each[A, B any](list []A, f func(A) B) []B {
	if len(list) == 0 {
		return nil
	}
	out := make([]B, len(list))
	for i, a := range list {
		out[i] = f(a)
	}
	return out
}
