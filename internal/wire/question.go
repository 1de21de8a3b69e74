package wire

import "github.com/parlorchat/parlor/internal/chat"

// Questions are what an app asks of its own before the first message.
type Questions struct {
	Questions []Question `json:"questions"`
}

// Question is one of them. Without a name it is given one.
type Question struct {
	Name     string   `json:"name,omitzero"`
	Kind     string   `json:"kind"`
	Label    string   `json:"label"`
	Options  []string `json:"options,omitempty"`
	Required bool     `json:"required"`
}

// QuestionsOf are those of an app.
func QuestionsOf(a chat.App) Questions {
	shown := Questions{Questions: make([]Question, 0, len(a.Settings.Questions))}
	for _, q := range a.Settings.Questions {
		shown.Questions = append(shown.Questions, Question{q.Name, string(q.Kind), q.Label, q.Options, q.Required})
	}
	return shown
}

// Value is what was sent. Invalid where it says nothing of questions: who forgets them takes none away.
func (q Questions) Value() (questions []chat.Question, err error) {
	if q.Questions == nil {
		return nil, chat.InvalidField("questions", "is required: a list, which may be empty")
	}
	for _, one := range q.Questions {
		questions = append(questions, chat.Question{Name: one.Name, Kind: chat.QuestionKind(one.Kind), Label: one.Label, Options: one.Options, Required: one.Required})
	}
	return questions, nil
}

// Prechat is what people whom nobody knows are asked before they write, where the page asks nothing itself.
type Prechat struct {
	Asked  []string       `json:"asked"` // of name and email
	Fields []PrechatField `json:"fields"`
}

// PrechatField is a field of the form with the app's own questions, as forms have them, but that it may be left empty or have several lines.
type PrechatField struct {
	Type     string   `json:"type"`
	Name     string   `json:"name"`
	Label    string   `json:"label"`
	MaxSize  int      `json:"maxSize,omitzero"`
	Options  []Option `json:"options,omitempty"`
	Optional bool     `json:"optional,omitzero"`
	Long     bool     `json:"long,omitzero"`
}

// PrechatOf is what the app asks.
func PrechatOf(a chat.App) Prechat {
	asks := Prechat{Asked: append([]string{}, a.Settings.Prechat...), Fields: make([]PrechatField, 0, len(a.Settings.Questions))}
	for _, q := range a.Settings.Questions {
		asks.Fields = append(asks.Fields, prechatField(q))
	}
	return asks
}

func prechatField(q chat.Question) PrechatField {
	field := PrechatField{Type: string(chat.FieldText), Name: q.Name, Label: q.Label, Optional: !q.Required}
	switch q.Kind {
	case chat.QuestionShort:
		field.MaxSize = chat.MaxFieldSize
	case chat.QuestionLong:
		field.MaxSize, field.Long = chat.MaxFirstAnswer, true
	case chat.QuestionChoice:
		field.Type = string(chat.FieldSelect)
		for _, option := range q.Options {
			field.Options = append(field.Options, Option{option, option})
		}
	}
	return field
}
