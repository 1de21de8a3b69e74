package sqlstore

import "github.com/parlorchat/parlor/internal/chat"

// questionRow is the part of an app's settings that is asked before the first message.
type questionRow struct {
	Name     string   `json:"name"`
	Kind     string   `json:"kind"`
	Label    string   `json:"label"`
	Options  []string `json:"options,omitempty"`
	Required bool     `json:"required,omitzero"`
}

func questionRows(questions []chat.Question) (rows []questionRow) {
	for _, q := range questions {
		rows = append(rows, questionRow{q.Name, string(q.Kind), q.Label, q.Options, q.Required})
	}
	return rows
}

func questionsOf(rows []questionRow) (questions []chat.Question) {
	for _, r := range rows {
		questions = append(questions, chat.Question{Name: r.Name, Kind: chat.QuestionKind(r.Kind), Label: r.Label, Options: r.Options, Required: r.Required})
	}
	return questions
}
