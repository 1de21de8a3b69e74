package wire

import "github.com/parlorchat/parlor/internal/chat"

// Entry is a conversation as lists of the inbox show it.
type Entry struct {
	Conversation       string    `json:"conversation"`
	DisplayName        string    `json:"displayName,omitzero"`
	Person             *Person   `json:"person,omitzero"` // the first user; absent: nobody takes part
	People             int64     `json:"people"`
	Status             string    `json:"status"`
	SnoozedUntil       Time      `json:"snoozedUntil,omitzero"`
	Team               *TeamRef  `json:"team,omitzero"`
	Assignee           *AgentRef `json:"assignee,omitzero"`
	Tags               []string  `json:"tags"`
	WaitingSince       Time      `json:"waitingSince,omitzero"`
	MovedAt            Time      `json:"movedAt"`
	LastNumber         int64     `json:"lastNumber"`
	Change             int64     `json:"change"`
	BusinessReadNumber int64     `json:"businessReadNumber"`
	ReadNumber         int64     `json:"readNumber"`         // of that user
	UserNumber         int64     `json:"userNumber"`         // of the newest message of a user; 0 where the newest 100 are none of theirs
	OwnNumber          *int64    `json:"ownNumber,omitzero"` // how far whoever asks has read; absent on the line of all agents
	LastMessage        *Message  `json:"lastMessage,omitzero"`
}

// Person is a user as agents see who it is.
type Person struct {
	UserID     string `json:"userId"`
	ExternalID string `json:"externalId,omitzero"`
	Number     int64  `json:"number"`
	Name       string `json:"name"` // empty: nothing is known
	AvatarURL  string `json:"avatarUrl,omitzero"`
	Assurance  string `json:"assurance"` // of what they wrote last
}

// Listed is what an entry shows of its conversation.
type Listed struct {
	Conversation chat.Conversation
	Last         *chat.Message
	People       int64
	Person       chat.User
	ReadNumber   int64
	UserNumber   int64
	Assurance    chat.Assurance
}

// EntryOf is an entry with what it shows.
func EntryOf(e chat.InboxEntry, of Listed, media MediaLinks) Entry {
	entry := Entry{
		Conversation: string(e.Conversation), DisplayName: of.Conversation.DisplayName, Person: personOf(of.Person, of.Assurance), People: of.People,
		Status: string(e.Status), SnoozedUntil: At(e.SnoozedUntil), Team: TeamRefOf(e.Team), Assignee: AgentRefOf(e.Assignee), Tags: e.Tags, MovedAt: At(e.MovedAt),
		LastNumber: of.Conversation.LastNumber, Change: of.Conversation.Change, BusinessReadNumber: of.Conversation.BusinessReadNumber, ReadNumber: of.ReadNumber, UserNumber: of.UserNumber,
	}
	if e.Waits() {
		entry.WaitingSince = At(e.WaitingSince)
	}
	if entry.Tags == nil {
		entry.Tags = []string{}
	}
	if of.Last != nil {
		last := DeskMessageOf(*of.Last, media)
		entry.LastMessage = &last
	}
	return entry
}

// personOf is a user, with how sure we were of them when they wrote last; before that it is what their record says.
func personOf(u chat.User, last chat.Assurance) *Person {
	if u.ID == "" {
		return nil
	}
	if last == "" {
		last = u.Assurance()
	}
	return &Person{UserID: string(u.ID), ExternalID: u.ExternalID, Number: u.Number, Name: u.Name(), AvatarURL: u.Profile.AvatarURL, Assurance: string(last)}
}

// AgentRefOf is nil for nobody.
func AgentRefOf(c chat.Colleague) *AgentRef {
	if c.ID == "" {
		return nil
	}
	return &AgentRef{ID: string(c.ID), Name: c.Name}
}

// DeskMessageOf is a message as agents see it: as users do, and which agent wrote it under which of the console's own ids.
func DeskMessageOf(m chat.Message, media MediaLinks) Message {
	message := LiveMessageOf(m, Viewer{Media: media})
	if m.Author.Type == chat.AuthorBusiness && m.Author.Subtype == chat.SubtypeAgent {
		message.AgentID, message.ClientMessageID = string(m.Origin.Client), m.Origin.ClientMessageID
	}
	return message
}

// EntryChange is the body that changes an entry. What is absent stays as it is.
type EntryChange struct {
	Status       string    `json:"status"`
	SnoozedUntil Text      `json:"snoozedUntil"`
	Team         Text      `json:"team"`     // null: none
	Assignee     Text      `json:"assignee"` // null: nobody
	Tags         *[]string `json:"tags"`
	Seen         int64     `json:"seen"`
}

// OneEntry is one entry.
type OneEntry struct {
	Entry Entry `json:"entry"`
}

// Inbox is a page of a view.
type Inbox struct {
	Entries []Entry     `json:"entries"`
	Cursor  string      `json:"cursor,omitzero"`
	Counts  InboxCounts `json:"counts"`
	Teams   TeamCounts  `json:"teams"`
}

// TeamCounts is how many open entries teams have, by their ids, 1000 at most.
type TeamCounts map[string]int64

// TeamCountsOf are the counts of teams.
func TeamCountsOf(open map[chat.TeamID]int64) TeamCounts {
	counts := TeamCounts{}
	for team, n := range open {
		counts[string(team)] = n
	}
	return counts
}

// InboxCounts is how many entries each view has, 1000 at most.
type InboxCounts struct {
	Waiting    int64 `json:"waiting"`
	Mine       int64 `json:"mine"`
	Unread     int64 `json:"unread"`
	Unassigned int64 `json:"unassigned"`
	Open       int64 `json:"open"`
	Snoozed    int64 `json:"snoozed"`
	Closed     int64 `json:"closed"`
}

// Thread is a part of what happened in a conversation, in order of time.
type Thread struct {
	Items  []ThreadItem `json:"items"`
	Before string       `json:"before,omitzero"` // cursor of the part before it; absent: it begins here
	After  string       `json:"after"`           // cursor of what is new since
	Reset  bool         `json:"reset,omitzero"`  // too much is new: read the thread anew
}

// ThreadItem is a message, one that was removed, a note, or a happening: Kind says which member is there.
type ThreadItem struct {
	Kind      string     `json:"kind"` // "message", "removed", "note", "happening"
	At        Time       `json:"at"`
	Message   *Message   `json:"message,omitzero"`
	ID        string     `json:"id,omitzero"`     // of a removed message
	Number    int64      `json:"number,omitzero"` // of a removed message
	Note      *Note      `json:"note,omitzero"`
	Happening *Happening `json:"happening,omitzero"`
}

// Note is what agents write to each other.
type Note struct {
	ID     string   `json:"id"`
	SentID string   `json:"sentId"` // the console's own id
	Text   string   `json:"text"`   // Markdown, as written
	HTML   string   `json:"html"`
	Author AgentRef `json:"author"`
}

// Happening is what agents, or time, did with a conversation.
type Happening struct {
	ID    string    `json:"id"`
	Type  string    `json:"type"`
	By    *AgentRef `json:"by,omitzero"`   // absent: it came by itself
	To    *AgentRef `json:"to,omitzero"`   // of "assigned" and "team"; absent: to nobody
	Team  *TeamRef  `json:"team,omitzero"` // of "team"; absent: to none. One that is gone has no name
	Until Time      `json:"until,omitzero"`
	Tags  []string  `json:"tags,omitempty"`
}

// MessageItem is a message in a thread, or that one was removed.
func MessageItem(m chat.Message, media MediaLinks) ThreadItem {
	if m.Deleted {
		return ThreadItem{Kind: "removed", At: At(m.Received), ID: string(m.ID), Number: m.Number}
	}
	message := DeskMessageOf(m, media)
	return ThreadItem{Kind: "message", At: At(m.Received), Message: &message}
}

// NoteItem is a note in a thread.
func NoteItem(n chat.Note) ThreadItem {
	return ThreadItem{Kind: "note", At: At(n.At), Note: &Note{ID: string(n.ID), SentID: n.SentID, Text: n.Text, HTML: n.HTML, Author: AgentRef{string(n.Author.ID), n.Author.Name}}}
}

// HappeningItem is a happening in a thread.
func HappeningItem(h chat.Happening) ThreadItem {
	return ThreadItem{Kind: "happening", At: At(h.At), Happening: &Happening{ID: string(h.ID), Type: string(h.Type), By: AgentRefOf(h.By), To: AgentRefOf(h.To), Team: TeamRefOf(h.Team), Until: At(h.Until), Tags: h.Tags}}
}

// AgentMessage is the body with which an agent answers: a text, or any content.
type AgentMessage struct {
	ID      string   `json:"id"`
	Text    string   `json:"text"`
	Content *Content `json:"content"`
	Seen    int64    `json:"seen"`
	Anyway  bool     `json:"anyway"`
}

// OneMessage is one message.
type OneMessage struct {
	Message Message `json:"message"`
}

// NoteInput is the body that writes a note.
type NoteInput struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

// OneItem is one item of a thread.
type OneItem struct {
	Item ThreadItem `json:"item"`
}

// ReadInput is the body that says how far the business has read.
type ReadInput struct {
	Number int64 `json:"number"`
}

// TypingInput is the body that says that an agent writes.
type TypingInput struct {
	Active bool `json:"active"`
	Note   bool `json:"note"` // to the other agents only
}

// PersonPanel is what agents see of a user.
type PersonPanel struct {
	Person PersonDetails `json:"person"`
}

// PersonDetails are a user's record, where they are signed in, and their conversations.
type PersonDetails struct {
	Person
	Source         string         `json:"source"`
	Profile        Profile        `json:"profile"`
	SignedUpAt     Time           `json:"signedUpAt,omitzero"`
	LastSeenAt     Time           `json:"lastSeenAt,omitzero"`
	Blocked        bool           `json:"blocked"`
	VerifiedEmails []string       `json:"verifiedEmails"`
	Attributes     map[string]any `json:"attributes"` // of signed claims
	Metadata       map[string]any `json:"metadata"`
	Clients        []PersonClient `json:"clients"`
	Conversations  []Entry        `json:"conversations"`
	Ratings        []Rating       `json:"ratings"` // the newest
}

// Rating is what a user thought of a conversation.
type Rating struct {
	Conversation string `json:"conversation"`
	Value        int64  `json:"value"` // 1 to 5
	At           Time   `json:"at"`
}

// PersonClient is a browser or device of a user.
type PersonClient struct {
	ID         string         `json:"id"`
	Platform   string         `json:"platform"`
	Name       string         `json:"name,omitzero"`
	Locale     string         `json:"locale,omitzero"`
	TimeZone   string         `json:"timeZone,omitzero"`
	LastSeenAt Time           `json:"lastSeenAt,omitzero"`
	Info       map[string]any `json:"info"` // what it says of itself
}

// PersonDetailsOf is a user with their identities, clients and conversations, the newest first.
func PersonDetailsOf(u chat.User, clients []chat.Client, conversations []Entry, ratings []chat.Rating) PersonDetails {
	details := PersonDetails{
		Person: *personOf(u, assuranceIn(u, conversations)), Source: string(u.Source), Profile: Profile(u.Profile), SignedUpAt: At(u.SignedUpAt), LastSeenAt: At(u.LastSeenAt), Blocked: u.Blocked(),
		VerifiedEmails: []string{}, Attributes: metadata(u.Attributes), Metadata: metadata(u.Metadata), Clients: PersonClientsOf(clients), Conversations: conversations,
		Ratings: make([]Rating, 0, len(ratings)),
	}
	for _, r := range ratings {
		details.Ratings = append(details.Ratings, Rating{string(r.Conversation), r.Value, At(r.RatedAt)})
	}
	for _, identity := range u.Identities {
		if identity.Kind == chat.IdentityEmail {
			details.VerifiedEmails = append(details.VerifiedEmails, identity.Written)
		}
	}
	return details
}

// assuranceIn is how sure we were of the user in the newest of the conversations that tells.
func assuranceIn(u chat.User, conversations []Entry) chat.Assurance {
	for _, entry := range conversations {
		if entry.Person != nil && entry.Person.UserID == string(u.ID) {
			return chat.Assurance(entry.Person.Assurance)
		}
	}
	return ""
}

// DeskEvent is an event as the console sees it on its line: those of users' clients, and what only agents see.
type DeskEvent struct {
	Type         string      `json:"type"`
	Conversation string      `json:"conversation,omitzero"`
	Entry        *Entry      `json:"entry,omitzero"`
	Item         *ThreadItem `json:"item,omitzero"`
	Agent        *AgentRef   `json:"agent,omitzero"`
	Active       *bool       `json:"active,omitzero"`
	Note         bool        `json:"note,omitzero"`
}

// DeskEventOf is an event as agents see it, or false if it is none that they see. Entries are shown as they are when they are looked at, and not by the event.
func DeskEventOf(e chat.Event, media MediaLinks) (any, bool) {
	switch {
	case e.Kind == chat.EventNote:
		item := NoteItem(*e.Note)
		return DeskEvent{Type: "item", Conversation: string(e.Conversation), Item: &item}, true
	case e.Kind == chat.EventHappening:
		item := HappeningItem(*e.Happening)
		return DeskEvent{Type: "item", Conversation: string(e.Conversation), Item: &item}, true
	case e.Kind == chat.EventColleagues:
		return DeskEvent{Type: "colleagues"}, true
	case e.Kind == chat.EventAgentTyping:
		return DeskEvent{Type: "agent.typing", Conversation: string(e.Conversation), Agent: AgentRefOf(e.Agent.Colleague), Active: &e.Agent.Active, Note: e.Agent.Note}, true
	case e.Kind == chat.EventMessage:
		message := DeskMessageOf(*e.Message, media)
		return Event{Type: "message", Conversation: string(e.Conversation), Change: e.Change, Message: &message}, true
	case e.Kind == chat.EventTyping && e.Typing.Author.Type == chat.AuthorBusiness:
		return nil, false // EventAgentTyping says who
	}
	return EventOf(e, Viewer{Media: media})
}
