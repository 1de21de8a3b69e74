package httpapi

import (
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/wire"
)

// prechat tells what people whom nobody knows are asked before they write. It is asked by whoever opens the chat, before there is a session.
func (c *call) prechat() (answer, error) {
	c.header.Set("Cache-Control", "public, max-age=60")
	return ok(wire.PrechatOf(c.app))
}

// getQuestions tells what the app asks of its own.
func (c *call) getQuestions() (answer, error) {
	return questions(c.api.Admin.GetApp(c.Context(), c.principal, c.app.ID))
}

// setQuestions replaces it.
func (c *call) setQuestions() (answer, error) {
	var body wire.Questions
	if err := c.decode(&body); err != nil {
		return answer{}, err
	}
	asked, err := body.Value()
	if err != nil {
		return answer{}, err
	}
	return questions(c.api.Admin.SetQuestions(c.Context(), c.principal, c.app.ID, asked))
}

func questions(app chat.App, err error) (answer, error) {
	if err != nil {
		return answer{}, err
	}
	return ok(wire.QuestionsOf(app))
}
