package wire

import "github.com/parlorchat/parlor/internal/chat"

// Attachment is a file that this server keeps, as its uploader is told of it.
type Attachment struct {
	ID        string `json:"id"`
	MediaURL  string `json:"mediaUrl"`
	MediaType string `json:"mediaType"`
	MediaSize int64  `json:"mediaSize"`
}

// OneAttachment is one attachment.
type OneAttachment struct {
	Attachment Attachment `json:"attachment"`
}

// UploadRules is what a file must be like to be taken: what a client asks before it offers to send one.
type UploadRules struct {
	MaxBytes int64    `json:"maxBytes"`
	Pictures []string `json:"pictures"` // ends of names, without the dot
	Files    []string `json:"files"`
}

// AttachmentRemoval is the body that removes an attachment.
type AttachmentRemoval struct {
	MediaURL string `json:"mediaUrl"`
}

// AttachmentOf is an attachment.
func AttachmentOf(a chat.Attachment) Attachment {
	return Attachment{ID: string(a.ID), MediaURL: a.URL, MediaType: a.Type, MediaSize: a.Size}
}
