package chat

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// PrechatFields are what people can be asked before they write, in the order in which they are.
func PrechatFields() []string { return []string{"name", "email"} }

// Limits of the questions of an app.
const (
	MaxQuestions       = 5
	MaxQuestionOptions = 20
	MaxFirstAnswer     = 2000 // characters of an answer to what is asked before the first message
)

// Question is what an app asks people whom nobody knows before they write, beside PrechatFields. Answers are what they typed, and prove nothing: they
// are the first message of the conversation, a response to a form that is no message.
type Question struct {
	Name     string // of the answer; unique in the app
	Kind     QuestionKind
	Label    string
	Options  []string // of a choice
	Required bool
}

// QuestionKind says how a question is answered.
type QuestionKind string

// The kinds of questions.
const (
	QuestionShort  QuestionKind = "short"  // a line
	QuestionLong   QuestionKind = "long"   // several lines
	QuestionChoice QuestionKind = "choice" // one of the options
)

// CheckQuestions tells what is wrong with the questions of an app: the field and the problem, or "" and "".
func CheckQuestions(questions []Question) (field, problem string) {
	var k checker
	k.want(len(questions) <= MaxQuestions, "questions", fmt.Sprintf("must be at most %d", MaxQuestions))
	taken := PrechatFields()
	for i, q := range questions {
		at := fmt.Sprintf("questions[%d]", i)
		k.required(at+".label", VisibleName(q.Label), MaxLabel)
		k.want(q.Kind == QuestionShort || q.Kind == QuestionLong || q.Kind == QuestionChoice, at+".kind", `must be "short", "long" or "choice"`)
		k.required(at+".name", q.Name, MaxLabel)
		k.want(!slices.Contains(taken, q.Name), at+".name", "must be another than those before, and neither name nor email")
		taken = append(taken, q.Name)
		q.checkOptions(&k, at+".options")
	}
	return k.field, k.problem
}

func (q Question) checkOptions(k *checker, at string) {
	if q.Kind != QuestionChoice {
		k.want(len(q.Options) == 0, at, "are for a choice only")
		return
	}
	k.count(at, len(q.Options), 1, MaxQuestionOptions)
	for i, option := range q.Options {
		k.required(fmt.Sprintf("%s[%d]", at, i), VisibleName(option), MaxLabel)
		k.want(!slices.Contains(q.Options[:i], option), fmt.Sprintf("%s[%d]", at, i), "must be another than those before")
	}
}

// NameQuestions gives a name to each question that has none, made of its label. Those that have one keep it, so that programs which read the answers
// go on when a label is put better.
func NameQuestions(questions []Question) []Question {
	named := slices.Clone(questions)
	taken := PrechatFields()
	for _, q := range named {
		taken = append(taken, q.Name)
	}
	for i, q := range named {
		if q.Name != "" {
			continue
		}
		plain := plainName(q.Label)
		name := plain
		for n := 2; slices.Contains(taken, name); n++ {
			name = plain + "_" + strconv.Itoa(n)
		}
		named[i].Name = name
		taken = append(taken, name)
	}
	return named
}

// maxPlainName is how many characters of a label its name has.
const maxPlainName = 40

// plainName is a label in small letters and digits, of any script, with a line between words.
func plainName(label string) string {
	words := strings.FieldsFunc(strings.ToLower(label), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
	plain := []rune(strings.Join(words, "_"))
	if len(plain) == 0 {
		return "question"
	}
	return string(plain[:min(len(plain), maxPlainName)])
}
