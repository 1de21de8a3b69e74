package chat

import (
	"reflect"
	"slices"
)

// ContentType says which members of Content count.
type ContentType string

// The types of content (contracts: REST v2, object shapes).
const (
	ContentText         ContentType = "text"
	ContentImage        ContentType = "image"
	ContentFile         ContentType = "file"
	ContentCarousel     ContentType = "carousel"
	ContentList         ContentType = "list"
	ContentForm         ContentType = "form"
	ContentFormResponse ContentType = "formResponse"
	ContentLocation     ContentType = "location"
	ContentTemplate     ContentType = "template"
)

// ForUsers tells whether a user may say this; the business may say everything.
func (t ContentType) ForUsers() bool {
	switch t {
	case ContentText, ContentImage, ContentFile, ContentLocation, ContentFormResponse:
		return true
	}
	return false
}

// Content is what a message says. It is stored under the names of these members, those of its parts included: one that
// is renamed is not found again in older rows.
type Content struct {
	Type           ContentType
	Text           string          // text, image, file, form
	HTML           string          // text, image, file: the part of a small HTML that is safe to show, once posted
	Markdown       string          // text, image, file: as posted, with what it means in HTML
	Payload        string          // text: an opaque value that the sender attaches, e.g. of a quick reply
	Actions        []MessageAction // text, image, list
	BlockChatInput bool            // all but formResponse: nothing can be written until an action or the form was used, or the business writes anew
	Media          *Media          // image, file
	Cards          *Cards          // carousel, list
	Form           *Form           // form, formResponse
	Quoted         MessageID       // formResponse: the form
	Location       *Location       // location
	Template       string          // template: a JSON object, passed on unread
}

// Media is a picture or a file: an attachment of this server, or what lies elsewhere.
type Media struct {
	URL        string
	Type       string // media type (RFC 6838); empty if nobody said it
	Size       int64  // bytes; 0 where it is not known
	Alt        string // what it shows, in words
	Attachment string // id of an attachment; beside an address elsewhere, the sender's own id of it
	File       *File  // of an attachment
}

// File is what content keeps of an attachment, so that it is shown without being looked for.
type File struct {
	Key           string // of the attachment
	Name          string
	Public        bool
	Width, Height int  // pixels; 0 where it is no picture
	Thumbnail     bool // there is a smaller picture
}

// Cards are the items of a carousel or a list.
type Cards struct {
	Items       []Item
	AspectRatio string // carousel: "horizontal", "square" or empty
}

// Item is one card.
type Item struct {
	Title       string
	Description string
	MediaURL    string
	MediaType   string
	AltText     string
	Size        string // of the picture: "compact", "large" or empty
	Actions     []MessageAction
	Metadata    Metadata
	File        *File // of an attachment
}

// Location is where something is.
type Location struct {
	Lat, Long float64 // degrees (WGS 84); NaN where it was not given, which Check refuses
	Address   string
	Name      string
}

// IsPlain tells whether there is nothing but type, text and payload.
func (c Content) IsPlain() bool {
	return c.HTML == "" && c.Markdown == "" && len(c.Actions) == 0 && !c.BlockChatInput && c.Media == nil && c.Cards == nil &&
		c.Form == nil && c.Quoted == "" && c.Location == nil && c.Template == ""
}

// Repeats tells whether c, as its sender said it, says what was stored of a message, for messages that are sent again:
// what the server knows of an attachment does not count.
func (c Content) Repeats(stored Content) bool {
	if c.Media != nil && stored.Media != nil && stored.Media.File != nil {
		said := *c.Media
		if said.URL == "" && said.Attachment == stored.Media.Attachment {
			said.URL = stored.Media.URL
		}
		said.Type, said.Size, said.File = stored.Media.Type, stored.Media.Size, stored.Media.File
		c.Media = &said
	}
	return reflect.DeepEqual(c, stored)
}

// MediaAt returns the address of the content's media by their place: 0 of an image or a file, else that of the item. The
// file is nil for media elsewhere.
func (c Content) MediaAt(place int) (url string, file *File, ok bool) {
	switch {
	case c.Media != nil && place == 0:
		return c.Media.URL, c.Media.File, c.Media.URL != ""
	case c.Cards != nil && place >= 0 && place < len(c.Cards.Items):
		item := c.Cards.Items[place]
		return item.MediaURL, item.File, item.MediaURL != ""
	}
	return "", nil, false
}

// WithOwnMedia returns the content with media and items that may be changed without changing those of c.
func (c Content) WithOwnMedia() Content {
	if c.Media != nil {
		media := *c.Media
		c.Media = &media
	}
	if c.Cards != nil {
		cards := *c.Cards
		cards.Items = slices.Clone(cards.Items)
		c.Cards = &cards
	}
	return c
}

// Attach notes in the media at the place what is known of the attachment that they are. What a key says of its type stays.
func (c Content) Attach(place int, a Attachment) {
	if c.Cards != nil {
		c.Cards.Items[place].File = a.File()
		return
	}
	c.Media.File, c.Media.Size = a.File(), a.Size
	if c.Media.URL == "" {
		c.Media.URL = a.URL
	}
	if c.Media.Type == "" {
		c.Media.Type = a.Type
	}
}

// Own returns the content with those members only that its type has and that a sender may set. Others are ignored, as
// members that are not known are.
func (c Content) Own() Content {
	own := Content{Type: c.Type, BlockChatInput: c.BlockChatInput && c.Type != ContentFormResponse}
	switch c.Type {
	case ContentText:
		own.Text, own.HTML, own.Markdown, own.Payload = c.Text, c.HTML, c.Markdown, c.Payload
		own.Actions = ownActions(c.Actions)
	case ContentImage, ContentFile:
		own.Text, own.HTML, own.Markdown, own.Media = c.Text, c.HTML, c.Markdown, c.Media.own()
		if c.Type == ContentImage {
			own.Actions = ownActions(c.Actions)
		}
	case ContentCarousel:
		own.Cards = c.Cards.own()
	case ContentList:
		own.Cards, own.Actions = c.Cards.own(), ownActions(c.Actions)
		own.Cards.AspectRatio = ""
	case ContentForm:
		own.Text, own.Form = c.Text, c.Form.own(FormField.asked)
	case ContentFormResponse:
		own.Form, own.Quoted = c.Form.own(FormField.answered), c.Quoted
	case ContentLocation:
		own.Location = c.Location
	case ContentTemplate:
		own.Template = c.Template
	}
	return own
}

// own is what a sender says of media; size and file are for the server to know.
func (m *Media) own() *Media {
	if m == nil {
		return &Media{}
	}
	own := *m
	own.Size, own.File = 0, nil
	return &own
}

func (c *Cards) own() *Cards {
	if c == nil {
		return &Cards{}
	}
	own := &Cards{AspectRatio: c.AspectRatio}
	for _, item := range c.Items {
		item.Actions, item.File = ownActions(item.Actions), nil
		own.Items = append(own.Items, item)
	}
	return own
}
