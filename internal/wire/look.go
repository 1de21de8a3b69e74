package wire

import "github.com/parlorchat/parlor/internal/chat"

// Look is what the widget looks like where its page does not say. Absent members are as usual.
type Look struct {
	Position   string `json:"position,omitzero"` // "start", "left" or "right"
	Side       *int   `json:"side,omitzero"`     // pixels
	Bottom     int    `json:"bottom,omitzero"`   // pixels
	Theme      string `json:"theme,omitzero"`    // "light" or "dark"
	ButtonText string `json:"buttonText,omitzero"`
}

// Texts are what the messenger says in place of its own words, by the names that pages know them by.
type Texts struct {
	Greeting     string `json:"greeting,omitzero"`
	IntroAppText string `json:"introAppText,omitzero"`
}

// lookOf leaves out the texts that have no room beside the name: an integration may have a longer one than its app.
func lookOf(a chat.App) (Look, Texts) {
	l := a.Settings.Look
	look := Look{Position: string(l.Position), Side: l.Side, Bottom: l.Bottom, Theme: string(l.Theme)}
	if a.LookBytes() > chat.MaxLookBytes {
		return look, Texts{}
	}
	look.ButtonText = l.Launcher
	return look, Texts{l.Greeting, l.Intro}
}
