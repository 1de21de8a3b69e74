package wire

import "github.com/parlorchat/parlor/internal/chat"

// Action is a button.
type Action struct {
	ID            string                 `json:"id,omitzero"` // socket only
	Type          chat.MessageActionType `json:"type"`
	Text          string                 `json:"text"`
	URI           string                 `json:"uri,omitzero"`
	Default       bool                   `json:"default,omitzero"`
	Payload       *string                `json:"payload,omitzero"`
	IconURL       string                 `json:"iconUrl,omitzero"`
	Amount        *int64                 `json:"amount,omitzero"`
	Currency      string                 `json:"currency,omitzero"`
	Fallback      string                 `json:"fallback,omitzero"`
	Size          string                 `json:"size,omitzero"`
	OpenOnReceive bool                   `json:"openOnReceive,omitzero"`
	Metadata      chat.Metadata          `json:"metadata,omitempty"`
}

func actionOf(a chat.MessageAction) Action {
	return Action{Type: a.Type, Text: a.Text, URI: a.URI, Default: a.Default, Payload: a.Payload, IconURL: a.IconURL,
		Amount: a.Amount, Currency: a.Currency, Fallback: a.Fallback, Size: a.Size, OpenOnReceive: a.OpenOnReceive, Metadata: a.Metadata}
}

func (a Action) said() chat.MessageAction {
	return chat.MessageAction{Type: a.Type, Text: a.Text, URI: a.URI, Default: a.Default, Payload: a.Payload, IconURL: a.IconURL,
		Amount: a.Amount, Currency: a.Currency, Fallback: a.Fallback, Size: a.Size, OpenOnReceive: a.OpenOnReceive, Metadata: orNone(a.Metadata)}
}

// nameActions gives the actions of a message their ids, by which a client says which one was pressed.
func (c *Content) nameActions(message chat.MessageID) {
	for i := range c.Actions {
		c.Actions[i].ID = string(chat.ActionIDOf(message, i))
	}
	for i, item := range c.Items {
		for j := range item.Actions {
			item.Actions[j].ID = string(chat.ActionIDOf(message, i, j))
		}
	}
}

// Item is a card of a carousel or a list.
type Item struct {
	Title       string        `json:"title"`
	Description string        `json:"description,omitzero"`
	MediaURL    string        `json:"mediaUrl,omitzero"`
	MediaType   string        `json:"mediaType,omitzero"`
	AltText     string        `json:"altText,omitzero"`
	Size        string        `json:"size,omitzero"`
	Actions     []Action      `json:"actions"`
	Metadata    chat.Metadata `json:"metadata,omitempty"`
	Shown
}

func itemOf(i chat.Item) Item {
	return Item{Title: i.Title, Description: i.Description, MediaURL: i.MediaURL, MediaType: i.MediaType, AltText: i.AltText,
		Size: i.Size, Actions: each(i.Actions, actionOf), Metadata: i.Metadata}
}

func (i Item) said() chat.Item {
	return chat.Item{Title: i.Title, Description: i.Description, MediaURL: i.MediaURL, MediaType: i.MediaType, AltText: i.AltText,
		Size: i.Size, Actions: each(i.Actions, Action.said), Metadata: orNone(i.Metadata)}
}

// FormField is a question of a form, or an answer to one.
type FormField struct {
	Type        chat.FieldType `json:"type"`
	Name        string         `json:"name"`
	Label       string         `json:"label"`
	Placeholder string         `json:"placeholder,omitzero"`
	MinSize     *int           `json:"minSize,omitzero"`
	MaxSize     *int           `json:"maxSize,omitzero"`
	Format      string         `json:"format,omitzero"`
	Options     []Option       `json:"options,omitempty"`
	Text        string         `json:"text,omitzero"`
	Email       string         `json:"email,omitzero"`
	Select      []Option       `json:"select,omitempty"`

	QuotedMessageID string `json:"quotedMessageId,omitzero"` // formResponse: as in Content
}

func fieldOf(f chat.FormField) FormField {
	return FormField{Type: f.Type, Name: f.Name, Label: f.Label, Placeholder: f.Placeholder,
		MinSize: f.MinSize, MaxSize: f.MaxSize, Format: f.Format, Options: each(f.Options, optionOf),
		Text: f.Text, Email: f.Email, Select: each(f.Select, optionOf)}
}

func (f FormField) said() chat.FormField {
	return chat.FormField{Type: f.Type, Name: f.Name, Label: f.Label, Placeholder: f.Placeholder,
		MinSize: f.MinSize, MaxSize: f.MaxSize, Format: f.Format, Options: each(f.Options, Option.said),
		Text: f.Text, Email: f.Email, Select: each(f.Select, Option.said)}
}

// Option is one thing to choose.
type Option struct {
	Name  string `json:"name"`
	Label string `json:"label"`
}

func optionOf(o chat.Option) Option { return Option(o) }

func (o Option) said() chat.Option { return chat.Option(o) }

// orNone makes nothing of metadata that holds nothing.
func orNone(m chat.Metadata) chat.Metadata {
	m = m.WithoutNulls()
	if len(m) == 0 {
		return nil
	}
	return m
}
