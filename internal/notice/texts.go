package notice

import (
	"embed"
	"strings"

	"github.com/go-json-experiment/json"
)

// Texts are what mail to users, and the page that ends it, say in one language. %s is the name of the app.
type Texts struct {
	AnswerSubject, AnswerIntro, More, Open, Why, Stop      string
	TranscriptSubject, TranscriptIntro, You, TranscriptEnd string

	PageTitle, PageAsk, PageButton, PageDone, PageUndo, PageBack string
}

//go:embed texts/*.json
var files embed.FS

var languages = loadTexts()

func loadTexts() map[string]Texts {
	languages := map[string]Texts{}
	entries, err := files.ReadDir("texts")
	if err != nil {
		panic(err) // they are part of the program
	}
	for _, entry := range entries {
		raw, err := files.ReadFile("texts/" + entry.Name())
		var texts Texts
		if err == nil {
			err = json.Unmarshal(raw, &texts, json.RejectUnknownMembers(true))
		}
		if err != nil {
			panic(err)
		}
		languages[strings.TrimSuffix(entry.Name(), ".json")] = texts
	}
	return languages
}

// TextsFor are the texts in the first of the locales whose language is there, and that language; else in English.
func TextsFor(locales ...string) (texts Texts, language string) {
	for _, locale := range locales {
		language, _, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(locale, "_", "-")), "-")
		if texts, ok := languages[language]; ok {
			return texts, language
		}
	}
	return languages["en"], "en"
}
