package admin

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/parlorchat/parlor/internal/chat"
)

// What the settings of a look are called. Those of texts are in the order in which a text that does not fit is looked for.
const (
	settingIntro    = "introduction"
	settingGreeting = "greeting"
	settingLauncher = "launcher_text"
)

// lookWord is a setting that is one of a few words, or empty.
func lookWord[T ~string](field func(*chat.Look) *T, words ...T) setting {
	return setting{
		func(a *chat.App, v string) string {
			*field(&a.Settings.Look) = T(v)
			if !slices.Contains(words, T(v)) {
				return fmt.Sprintf("must be one of %s, or empty", joined(words))
			}
			return ""
		},
		func(a *chat.App, fresh chat.AppSettings) { *field(&a.Settings.Look) = *field(&fresh.Look) },
	}
}

func joined[T ~string](words []T) string {
	texts := make([]string, len(words))
	for i, word := range words {
		texts[i] = string(word)
	}
	return strings.Join(texts, ", ")
}

// lookText is a setting that is a line of text.
func lookText(most int, field func(*chat.Look) *string) setting {
	return setting{
		func(a *chat.App, v string) string {
			*field(&a.Settings.Look) = v
			isHidden := func(r rune) bool { return r != ' ' && !unicode.IsPrint(r) }
			if chat.VisibleName(v) == "" || strings.ContainsFunc(v, isHidden) || utf8.RuneCountInString(v) > most {
				return fmt.Sprintf("must be a line of 1 to %d printable characters", most)
			}
			return ""
		},
		func(a *chat.App, fresh chat.AppSettings) { *field(&a.Settings.Look) = *field(&fresh.Look) },
	}
}

// readOffset reads a count of pixels.
func readOffset(value string) (int, string) {
	n, err := strconv.Atoi(value)
	if err != nil || n < 0 || n > chat.MaxOffset {
		return 0, fmt.Sprintf("must be a whole number of pixels from 0 to %d", chat.MaxOffset)
	}
	return n, ""
}

// checkLook refuses texts that are too much together: every page loads them. The field is one of those that change.
func checkLook(app chat.App, changes map[string]string) error {
	size := app.LookBytes()
	if size <= chat.MaxLookBytes {
		return nil
	}
	for _, name := range []string{settingIntro, settingGreeting, settingLauncher, "name"} {
		if changes[name] != "" {
			return chat.InvalidField(name, "is too long: name, launcher_text, greeting and introduction may take %d bytes together, and take %d", chat.MaxLookBytes, size)
		}
	}
	return nil
}
