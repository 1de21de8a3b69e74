package chat

// Look is how the chat looks on pages that say nothing else. The zero value is Parlor's own look.
type Look struct {
	Position LookPosition
	Side     *int      // pixels between the launcher and the side of the window; nil is 20
	Bottom   int       // pixels that the launcher stands higher than usual
	Theme    LookTheme // empty: as the person's system has it
	Launcher string    // stands beside the launcher's picture; empty is nothing
	Greeting string    // what an empty conversation begins with; empty: the messenger's own words, in the person's language
	Intro    string    // what stands below; the same
}

// LookPosition says where the launcher stands.
type LookPosition string

// The values of LookPosition. Start and end are those of the page's writing: its left and right, where that runs from left to right.
const (
	LookEnd   LookPosition = ""
	LookStart LookPosition = "start"
	LookLeft  LookPosition = "left"
	LookRight LookPosition = "right"
)

// LookTheme says whether the chat is light or dark.
type LookTheme string

// The values of LookTheme.
const (
	LookAuto  LookTheme = ""
	LookLight LookTheme = "light"
	LookDark  LookTheme = "dark"
)

// Limits of a look.
const (
	MaxLauncherText = 30  // characters
	MaxGreeting     = 80  // characters
	MaxIntro        = 240 // characters
	MaxOffset       = 400 // pixels
	MaxLookBytes    = 560 // of the app's name and the three texts together, in JSON: each page loads them before anybody chats
)

// LookBytes is how much the texts that each page loads take, of MaxLookBytes.
func (a App) LookBytes() int {
	look := a.Settings.Look
	return jsonBytes(a.Name) + jsonBytes(look.Launcher) + jsonBytes(look.Greeting) + jsonBytes(look.Intro)
}

// jsonBytes is how long a text is between the quotes of JSON (RFC 8259 section 7).
func jsonBytes(text string) int {
	size := len(text)
	for _, c := range []byte(text) {
		switch {
		case c == '"' || c == '\\':
			size++
		case c < ' ':
			size += len(`\u0000`) - 1
		}
	}
	return size
}
