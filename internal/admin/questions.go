package admin

import (
	"context"
	"strconv"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// SetQuestions replaces what an app asks people whom nobody knows before they write, and returns the app as it is then. A question without a name is
// given one. Invalid, with Field; NotFound.
func (s *Service) SetQuestions(ctx context.Context, p chat.Principal, id chat.AppID, questions []chat.Question) (app chat.App, err error) {
	if err := maySetUp(p, id); err != nil {
		return chat.App{}, err
	}
	questions = chat.NameQuestions(questions)
	if field, problem := chat.CheckQuestions(questions); problem != "" {
		return chat.App{}, chat.InvalidField(field, "%s", problem)
	}
	entry := store.Audit{App: id, At: s.now(), Actor: p.Name, Action: "app.questions", Target: string(id), Detail: detailOfQuestions(questions)}
	return s.changeApp(ctx, entry, func(_ store.Tx, app *chat.App) error {
		app.Settings.Questions = questions
		return nil
	})
}

// detailOfQuestions is what the audit log says of them: each label by its place.
func detailOfQuestions(questions []chat.Question) map[string]string {
	detail := map[string]string{"count": strconv.Itoa(len(questions))}
	for i, q := range questions {
		detail[strconv.Itoa(i+1)] = q.Label
	}
	return detail
}
