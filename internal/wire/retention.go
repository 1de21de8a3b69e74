package wire

// Stale is what an app would keep no longer.
type Stale struct {
	Conversations int64 `json:"conversations"`
	Messages      int64 `json:"messages"`
	More          bool  `json:"more,omitempty"` // there are at least so many
}
