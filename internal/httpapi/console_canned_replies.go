package httpapi

import (
	"net/http"

	"github.com/parlorchat/parlor/internal/admin"
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/wire"
)

func (c *call) cannedReplyID() chat.CannedReplyID {
	return chat.CannedReplyID(c.PathValue("cannedReplyId"))
}

// listCannedReplies lists all of the app, in order of their shortcuts.
func (c *call) listCannedReplies() (answer, error) {
	replies, err := c.api.Admin.ListCannedReplies(c.Context(), c.principal)
	if err != nil {
		return answer{}, err
	}
	list := wire.CannedReplies{CannedReplies: make([]wire.CannedReply, 0, len(replies))}
	for _, reply := range replies {
		list.CannedReplies = append(list.CannedReplies, wire.CannedReplyOf(reply))
	}
	return ok(list)
}

// createCannedReply makes one.
func (c *call) createCannedReply() (answer, error) {
	in, err := c.cannedReplyInput()
	if err != nil {
		return answer{}, err
	}
	reply, err := c.api.Admin.CreateCannedReply(c.Context(), c.principal, in)
	if err != nil {
		return answer{}, err
	}
	return created(wire.OneCannedReply{CannedReply: wire.CannedReplyOf(reply)})
}

// updateCannedReply makes another one of it.
func (c *call) updateCannedReply() (answer, error) {
	in, err := c.cannedReplyInput()
	if err != nil {
		return answer{}, err
	}
	reply, err := c.api.Admin.UpdateCannedReply(c.Context(), c.principal, c.cannedReplyID(), in)
	if err != nil {
		return answer{}, err
	}
	return ok(wire.OneCannedReply{CannedReply: wire.CannedReplyOf(reply)})
}

func (c *call) cannedReplyInput() (admin.CannedReplyInput, error) {
	var body wire.CannedReplyInput
	err := c.decode(&body)
	return admin.CannedReplyInput(body), err
}

// previewCannedReply shows what a text means, before it is kept.
func (c *call) previewCannedReply() (answer, error) {
	var body wire.MarkdownInput
	if err := c.decode(&body); err != nil {
		return answer{}, err
	}
	html, err := c.api.Admin.PreviewCannedReply(c.principal, body.Text)
	if err != nil {
		return answer{}, err
	}
	return ok(wire.MarkdownShown{HTML: html})
}

// deleteCannedReply removes one.
func (c *call) deleteCannedReply() (answer, error) {
	return answer{status: http.StatusNoContent}, c.api.Admin.DeleteCannedReply(c.Context(), c.principal, c.cannedReplyID())
}
