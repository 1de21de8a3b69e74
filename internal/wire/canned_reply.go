package wire

import "github.com/parlorchat/parlor/internal/chat"

// CannedReply is an answer that is written once and sent often.
type CannedReply struct {
	ID       string `json:"id"`
	Shortcut string `json:"shortcut"`
	Title    string `json:"title"`
	Text     string `json:"text"` // Markdown, with variables
}

// CannedReplyOf is a canned reply.
func CannedReplyOf(r chat.CannedReply) CannedReply {
	return CannedReply{ID: string(r.ID), Shortcut: r.Shortcut, Title: r.Title, Text: r.Text}
}

// OneCannedReply is one canned reply.
type OneCannedReply struct {
	CannedReply CannedReply `json:"cannedReply"`
}

// CannedReplies are those of an app, in order of their shortcuts.
type CannedReplies struct {
	CannedReplies []CannedReply `json:"cannedReplies"`
}

// CannedReplyInput is the body that makes or changes one.
type CannedReplyInput struct {
	Shortcut string `json:"shortcut"`
	Title    string `json:"title"`
	Text     string `json:"text"`
}

// MarkdownInput is a text whose look is asked for.
type MarkdownInput struct {
	Text string `json:"text"`
}

// MarkdownShown is what such a text means.
type MarkdownShown struct {
	HTML string `json:"html"`
}
