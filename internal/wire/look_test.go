package wire_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/wire"
)

// longest is an app of which every page loads as much as there can be.
func longest(name string) chat.App {
	side, id := chat.MaxOffset, strings.Repeat("f", 24)
	look := chat.Look{Position: chat.LookStart, Side: &side, Bottom: chat.MaxOffset, Theme: chat.LookLight, Launcher: strings.Repeat("a", chat.MaxLauncherText), Greeting: strings.Repeat("b", chat.MaxGreeting)}
	app := chat.App{ID: chat.AppID(id), Via: chat.IntegrationID(id), Name: name, Settings: chat.AppSettings{Anonymous: false, EmailLogin: chat.EmailLoginKnown,
		Color: "#0a7a55", Logo: strings.Repeat("f", 16) + ".jpeg", Prechat: chat.PrechatFields(), Look: look}}
	app.Settings.Look.Intro = strings.Repeat("c", chat.MaxLookBytes-app.LookBytes())
	return app
}

// TestConfigStaysSmall: whatever an admin may set, a page loads at most 1 KB before anybody wants to chat.
func TestConfigStaysSmall(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{"letters": "Lamps", "the longest": strings.Repeat("🙂", 100), "to be escaped": strings.Repeat(`"\`, 50)} {
		app := longest(text)
		config := wire.ConfigOf(app)
		raw, err := json.Marshal(config)
		if err != nil || len(raw) > 1024 || config.Texts.IntroAppText == "" {
			t.Errorf("%s: %d bytes, %v: %s", name, len(raw), err, raw)
		}
	}
}

// TestConfigLeavesOutWhatHasNoRoom: an integration may call itself by a longer name than an app.
func TestConfigLeavesOutWhatHasNoRoom(t *testing.T) {
	t.Parallel()
	app := longest("Lamps")
	app.Name = strings.Repeat("🙂", 128)
	config := wire.ConfigOf(app)
	raw, err := json.Marshal(config)
	if err != nil || len(raw) > 1024 || config.Texts != (wire.Texts{}) || config.Look.ButtonText != "" || config.Look.Position != "start" {
		t.Errorf("%d bytes, %v: %s", len(raw), err, raw)
	}
}
