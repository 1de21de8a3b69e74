package wire

// RatingPage is a page of what users thought of conversations, the newest first.
type RatingPage struct {
	Ratings []ReadRating `json:"ratings"`
	Cursor  string       `json:"cursor,omitzero"`
}

// ReadRating is what a user thought of an episode of a conversation.
type ReadRating struct {
	Value        int64     `json:"value"` // 1 to 5
	At           Time      `json:"at"`
	Comment      string    `json:"comment,omitzero"`
	Agent        *AgentRef `json:"agent,omitzero"`
	Conversation string    `json:"conversation,omitzero"` // absent: it was erased since
	Person       *Person   `json:"person,omitzero"`
}
