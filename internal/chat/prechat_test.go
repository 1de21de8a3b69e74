package chat

import (
	"fmt"
	"strings"
	"testing"
)

func TestQuestionsAreCheckedFieldByField(t *testing.T) {
	t.Parallel()
	short := Question{Name: "order", Kind: QuestionShort, Label: "Order"}
	with := func(change func(*Question)) []Question {
		q := short
		change(&q)
		return []Question{q}
	}
	choice := func(options ...string) []Question {
		return with(func(q *Question) { q.Kind, q.Options = QuestionChoice, options })
	}
	many := make([]string, MaxQuestionOptions+1)
	for i := range many {
		many[i] = fmt.Sprint(i)
	}
	for name, c := range map[string]struct {
		questions []Question
		field     string
	}{
		"none":                    {nil, ""},
		"a choice":                {choice("a", "b"), ""},
		"as many as there can be": {choice(many[1:]...), ""},
		"six":                     {make([]Question, MaxQuestions+1), "questions"},
		"no label":                {with(func(q *Question) { q.Label = " \u200b" }), "questions[0].label"},
		"a long label":            {with(func(q *Question) { q.Label = strings.Repeat("a", MaxLabel+1) }), "questions[0].label"},
		"no kind":                 {with(func(q *Question) { q.Kind = "" }), "questions[0].kind"},
		"no name":                 {with(func(q *Question) { q.Name = "" }), "questions[0].name"},
		"the name of the name":    {with(func(q *Question) { q.Name = "name" }), "questions[0].name"},
		"two of a name":           {[]Question{short, short}, "questions[1].name"},
		"a choice of nothing":     {choice(), "questions[0].options"},
		"of too much":             {choice(many...), "questions[0].options"},
		"an empty option":         {choice("a", ""), "questions[0].options[1]"},
		"an option twice":         {choice("a", "a"), "questions[0].options[1]"},
		"options of a line":       {with(func(q *Question) { q.Options = []string{"a"} }), "questions[0].options"},
	} {
		if field, problem := CheckQuestions(c.questions); field != c.field || (problem == "") != (c.field == "") {
			t.Errorf("%s: %q %q, want %q", name, field, problem, c.field)
		}
	}
}

func TestQuestionsAreNamedByTheirLabels(t *testing.T) {
	t.Parallel()
	labels := []string{"What is it about?", "what is it ABOUT", "Name", "…", "ご注文 番号", strings.Repeat("a", 99)}
	want := []string{"what_is_it_about", "what_is_it_about_2", "name_2", "question", "ご注文_番号", strings.Repeat("a", 40)}
	questions := make([]Question, len(labels))
	for i, label := range labels {
		questions[i].Label = label
	}
	named := NameQuestions(questions)
	for i, q := range named {
		if q.Name != want[i] {
			t.Errorf("%q is %q, want %q", q.Label, q.Name, want[i])
		}
	}
	named[0].Label = "Another"
	if again := NameQuestions(named); again[0].Name != want[0] {
		t.Errorf("renamed %q", again[0].Name)
	}
	if field, problem := CheckQuestions(named[:MaxQuestions]); field == "questions[0].name" {
		t.Error(problem)
	}
}

func TestOnlyWhatWasAskedFirstIsAnsweredAtLength(t *testing.T) {
	t.Parallel()
	answer := func(quoted MessageID, characters int) Content {
		return Content{Type: ContentFormResponse, Quoted: quoted, Form: &Form{Fields: []FormField{{Type: FieldText, Name: "a", Label: "A", Text: strings.Repeat("é", characters)}}}}
	}
	for _, c := range []struct {
		content Content
		taken   bool
	}{
		{answer("", MaxFirstAnswer), true}, {answer("", MaxFirstAnswer+1), false},
		{answer("m", MaxFieldSize), true}, {answer("m", MaxFieldSize+1), false},
	} {
		if field, _ := c.content.Check(); (field == "") != c.taken {
			t.Errorf("%q of %d characters is refused at %q", c.content.Quoted, len([]rune(c.content.Form.Fields[0].Text)), field)
		}
	}
}
