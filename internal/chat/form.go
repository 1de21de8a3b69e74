package chat

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Limits of forms (contract); sizes and answers in characters.
const (
	MaxFields      = 20
	MaxFieldSize   = 256 // of an answer, and of minSize and maxSize
	MaxOptions     = 200
	DefaultMinSize = 1
	DefaultMaxSize = 128
)

// Form is what is asked, or what was answered.
type Form struct {
	Fields    []FormField
	Submitted bool // somebody has answered this form: nobody can again
	Rating    bool // it asks for a rating of the conversation (RatingForm), or gives one
}

// FormField is one question, or one answer. An answer repeats type, name and label of its question.
type FormField struct {
	Type        FieldType
	Name        string // of the field in its form: unique
	Label       string
	Placeholder string
	MinSize     *int     // questions for text: characters; nil: DefaultMinSize
	MaxSize     *int     // questions for text: characters; nil: DefaultMaxSize
	Format      string   // questions for text: "integer", "decimal" or empty
	Options     []Option // questions with a choice
	Text        string   // answers
	Email       string   // answers
	Select      []Option // answers: what was chosen
}

// FieldType says how a field is answered.
type FieldType string

// The types of fields.
const (
	FieldText   FieldType = "text"
	FieldEmail  FieldType = "email"
	FieldSelect FieldType = "select"
)

// Option is one thing to choose.
type Option struct{ Name, Label string }

func (f *Form) own(member func(FormField) FormField) *Form {
	own := &Form{}
	if f != nil {
		for _, field := range f.Fields {
			own.Fields = append(own.Fields, member(field))
		}
	}
	return own
}

// asked returns the members of a question.
func (f FormField) asked() FormField {
	own := FormField{Type: f.Type, Name: f.Name, Label: f.Label, Placeholder: f.Placeholder}
	switch f.Type {
	case FieldText:
		own.MinSize, own.MaxSize, own.Format = f.MinSize, f.MaxSize, f.Format
	case FieldSelect:
		own.Options = f.Options
	}
	return own
}

// answered returns the members of an answer.
func (f FormField) answered() FormField {
	own := FormField{Type: f.Type, Name: f.Name, Label: f.Label}
	switch f.Type {
	case FieldText:
		own.Text = f.Text
	case FieldEmail:
		own.Email = f.Email
	case FieldSelect:
		own.Select = f.Select
	}
	return own
}

func (f *Form) checkAsked(k *checker) {
	f.checkFields(k, func(at string, field FormField) {
		k.atMost(at+".placeholder", field.Placeholder, MaxLabel)
		least, most := field.sizes()
		k.want(least >= 1 && least <= MaxFieldSize, at+".minSize", "must be from 1 to 256")
		k.want(most >= 1 && most <= MaxFieldSize, at+".maxSize", "must be from 1 to 256")
		k.want(least <= most, at+".minSize", "must not be more than maxSize, which is 128 unless it is given")
		k.oneOf(at+".format", field.Format, "integer", "decimal")
		if field.Type == FieldSelect {
			k.options(at+".options", field.Options)
		}
	})
}

func (f *Form) checkAnswered(k *checker, mostText int) {
	f.checkFields(k, func(at string, field FormField) {
		switch field.Type {
		case FieldText:
			k.required(at+".text", field.Text, mostText)
		case FieldEmail:
			_, valid := NormalEmail(field.Email)
			k.required(at+".email", field.Email, MaxLabel)
			k.want(valid, at+".email", "must be an e-mail address")
		case FieldSelect:
			k.options(at+".select", field.Select)
		}
	})
}

// checkFields checks what questions and answers have in common, and then the rest of each.
func (f *Form) checkFields(k *checker, rest func(at string, field FormField)) {
	if f == nil {
		f = &Form{}
	}
	k.count("content.fields", len(f.Fields), 1, MaxFields)
	names := map[string]bool{}
	for i, field := range f.Fields {
		at := fmt.Sprintf("content.fields[%d]", i)
		if field.Type != FieldText && field.Type != FieldEmail && field.Type != FieldSelect {
			k.fail(at+".type", `must be "text", "email" or "select"`)
		}
		k.required(at+".name", field.Name, MaxLabel)
		k.want(!names[field.Name], at+".name", "must be another than those of the fields before")
		k.required(at+".label", field.Label, MaxLabel)
		rest(at, field)
		names[field.Name] = true
	}
}

func (k *checker) options(at string, options []Option) {
	k.count(at, len(options), 1, MaxOptions)
	for i, option := range options {
		k.required(fmt.Sprintf("%s[%d].name", at, i), option.Name, MaxLabel)
		k.required(fmt.Sprintf("%s[%d].label", at, i), option.Label, MaxLabel)
	}
}

// sizes are the bounds of an answer in text.
func (f FormField) sizes() (least, most int) {
	least, most = DefaultMinSize, DefaultMaxSize
	if f.MinSize != nil {
		least = *f.MinSize
	}
	if f.MaxSize != nil {
		most = *f.MaxSize
	}
	return least, most
}

// CheckAnswers tells what is wrong with the answers to this form: the field and the problem, or "" and "". A field may
// be left out.
func (f Form) CheckAnswers(answers Form) (field, problem string) {
	var k checker
	for i, answer := range answers.Fields {
		at := fmt.Sprintf("content.fields[%d]", i)
		asked := slices.IndexFunc(f.Fields, func(q FormField) bool { return q.Name == answer.Name })
		if asked < 0 {
			k.fail(at+".name", "is no field of the form")
			break
		}
		f.Fields[asked].checkAnswer(&k, at, answer)
	}
	return k.field, k.problem
}

func (f FormField) checkAnswer(k *checker, at string, answer FormField) {
	if answer.Type != f.Type {
		k.fail(at+".type", "must be %q, as in the form", f.Type)
		return
	}
	switch f.Type {
	case FieldText:
		least, most := f.sizes()
		if n := utf8.RuneCountInString(answer.Text); n < least || n > most {
			k.fail(at+".text", "must have %d to %d characters", least, most)
		}
		k.want(f.Format == "" || isNumber(answer.Text, f.Format == "decimal"), at+".text", "must be a number as the form asks for: "+f.Format)
	case FieldSelect:
		for i, chosen := range answer.Select {
			known := slices.ContainsFunc(f.Options, func(o Option) bool { return o.Name == chosen.Name })
			k.want(known, fmt.Sprintf("%s.select[%d].name", at, i), "is no option of the form")
		}
	}
}

// isNumber takes digits with an optional sign and, if decimal, a point or a comma between them.
func isNumber(s string, decimal bool) bool {
	if s != "" && (s[0] == '-' || s[0] == '+') {
		s = s[1:]
	}
	if decimal {
		whole, part, found := strings.Cut(strings.Replace(s, ",", ".", 1), ".")
		if found && part == "" {
			return false
		}
		s = whole + part
	}
	return s != "" && strings.Trim(s, "0123456789") == ""
}
