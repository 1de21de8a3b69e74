package wire

import "github.com/parlorchat/parlor/internal/chat"

// Conversation is a conversation as REST shows it.
type Conversation struct {
	ID               string         `json:"id"`
	Type             string         `json:"type"`
	IsDefault        bool           `json:"isDefault"`
	DisplayName      string         `json:"displayName,omitzero"`
	Description      string         `json:"description,omitzero"`
	IconURL          string         `json:"iconUrl,omitzero"`
	Metadata         map[string]any `json:"metadata"`
	BusinessLastRead Time           `json:"businessLastRead,omitzero"`
	LastUpdatedAt    Time           `json:"lastUpdatedAt"`
	CreatedAt        Time           `json:"createdAt"`

	Active  *SwitchboardIntegrationRef `json:"activeSwitchboardIntegration,omitzero"`
	Pending *SwitchboardIntegrationRef `json:"pendingSwitchboardIntegration,omitzero"`
}

// Participant is a user in a conversation.
type Participant struct {
	ID             string `json:"id"`
	UserID         string `json:"userId"`
	UserExternalID string `json:"userExternalId,omitzero"`
	UnreadCount    int64  `json:"unreadCount"`
	LastRead       Time   `json:"lastRead,omitzero"`

	ClientAssociations []ClientAssociation `json:"clientAssociations,omitzero"` // REST only
}

// ClientAssociation is a client of a participant.
type ClientAssociation struct {
	Type     string `json:"type"`
	ClientID string `json:"clientId"`
}

// LiveConversation is a conversation as the socket shows it to one of its users.
type LiveConversation struct {
	Conversation
	LastNumber         int64         `json:"lastNumber"`
	Change             int64         `json:"change"`
	UnreadCount        int64         `json:"unreadCount"`
	ReadNumber         int64         `json:"readNumber"`
	BusinessReadNumber int64         `json:"businessReadNumber"`
	Participants       []Participant `json:"participants"`
	LastMessage        *Message      `json:"lastMessage"`
}

// ConversationOf is a conversation as REST shows it.
func ConversationOf(c chat.Conversation, isDefault bool) Conversation {
	return Conversation{
		ID: string(c.ID), Type: string(c.Type), IsDefault: isDefault, DisplayName: c.DisplayName,
		Description: c.Description, IconURL: c.IconURL, Metadata: metadata(c.Metadata),
		BusinessLastRead: At(c.BusinessReadAt), LastUpdatedAt: At(c.LastUpdatedAt()), CreatedAt: At(c.CreatedAt),
		Active: SwitchboardIntegrationRefOf(c.Active), Pending: SwitchboardIntegrationRefOf(c.Pending),
	}
}

// LiveConversationOf is a conversation as a user sees it.
func LiveConversationOf(c chat.Conversation, participants []chat.Participant, last *chat.Message, to Viewer) LiveConversation {
	live := LiveConversation{
		Conversation: ConversationOf(c, false), LastNumber: c.LastNumber, Change: c.Change,
		BusinessReadNumber: c.BusinessReadNumber, Participants: make([]Participant, 0, len(participants)),
	}
	for _, p := range participants {
		live.Participants = append(live.Participants, ParticipantOf(p))
		if p.User == to.User {
			live.IsDefault, live.UnreadCount, live.ReadNumber = p.Default, p.Unread, p.ReadNumber
		}
	}
	if last != nil {
		message := LiveMessageOf(*last, to)
		live.LastMessage = &message
	}
	return live
}

// ParticipantWithClientsOf is a participant as REST shows it: with the user's clients, the one seen last first.
func ParticipantWithClientsOf(p chat.Participant, clients []chat.Client) Participant {
	shown := ParticipantOf(p)
	shown.ClientAssociations = make([]ClientAssociation, 0, len(clients))
	for _, client := range clients {
		shown.ClientAssociations = append(shown.ClientAssociations, ClientAssociation{Type: "sdk", ClientID: string(client.ID)})
	}
	return shown
}

// ParticipantOf is a participant.
func ParticipantOf(p chat.Participant) Participant {
	return Participant{ID: string(p.ID), UserID: string(p.User), UserExternalID: p.ExternalID,
		UnreadCount: p.Unread, LastRead: At(p.ReadAt)}
}
