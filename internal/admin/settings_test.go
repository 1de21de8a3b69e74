package admin_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/admin"
	"github.com/parlorchat/parlor/internal/chat"
)

func TestSettingNames(t *testing.T) {
	t.Parallel()
	want := "anonymous color doors email_login greeting hosts introduction launcher_text link_by_email mail_answers mail_programs mail_waiting max_token_age name offset_bottom offset_side one_time_codes origins pages portal position prechat rating rating_question require_exp retention seats theme time_zone"
	if got := strings.Join(admin.SettingNames(), " "); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

func TestSetApp(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	seats := func(n int64) *int64 { return &n }
	for name, test := range map[string]struct {
		setting, value string
		want           func(*chat.App)
	}{
		"name":    {"name", "Neu ☕", func(a *chat.App) { a.Name = "Neu ☕" }},
		"origins": {"origins", "https://shop.example.com, http://localhost:3000", func(a *chat.App) { a.Settings.Origins = []string{"https://shop.example.com", "http://localhost:3000"} }},
		"origin as sent": {"origins", "HTTPS://Shop.Example.COM:443,http://x:80,https://x:8443", func(a *chat.App) {
			a.Settings.Origins = []string{"https://shop.example.com", "http://x", "https://x:8443"}
		}},
		"origins once":      {"origins", "https://a.example,https://a.example:443", func(a *chat.App) { a.Settings.Origins = []string{"https://a.example"} }},
		"origin addresses":  {"origins", "http://127.0.0.1:8081,http://[::1]:8081", func(a *chat.App) { a.Settings.Origins = []string{"http://127.0.0.1:8081", "http://[::1]:8081"} }},
		"origin A-label":    {"origins", "https://xn--mnchen-3ya.example", func(a *chat.App) { a.Settings.Origins = []string{"https://xn--mnchen-3ya.example"} }},
		"hosts":             {"hosts", "Chat.example.com,help.example.com", func(a *chat.App) { a.Settings.Hosts = []string{"chat.example.com", "help.example.com"} }},
		"portal":            {"portal", "7", func(a *chat.App) { a.Settings.Portal = 7 }},
		"seats":             {"seats", "10", func(a *chat.App) { a.Settings.Seats = seats(10) }},
		"no seats":          {"seats", "0", func(a *chat.App) { a.Settings.Seats = seats(0) }},
		"doors":             {"doors", "sdk,jsm", func(a *chat.App) { a.Settings.Doors = []chat.Door{chat.DoorSDK, chat.DoorJSM} }},
		"no doors":          {"doors", "none", func(a *chat.App) { a.Settings.Doors = []chat.Door{} }},
		"anonymous":         {"anonymous", "off", func(a *chat.App) { a.Settings.Anonymous = false }},
		"email_login":       {"email_login", "on", func(a *chat.App) { a.Settings.EmailLogin = chat.EmailLoginOn }},
		"email_login known": {"email_login", "known", func(a *chat.App) { a.Settings.EmailLogin = chat.EmailLoginKnown }},
		"color":             {"color", "#0a7", func(a *chat.App) { a.Settings.Color = "#00aa77" }},
		"position":          {"position", "start", func(a *chat.App) { a.Settings.Look.Position = chat.LookStart }},
		"offset_side":       {"offset_side", "0", func(a *chat.App) { a.Settings.Look.Side = new(0) }},
		"offset_bottom":     {"offset_bottom", "400", func(a *chat.App) { a.Settings.Look.Bottom = 400 }},
		"theme":             {"theme", "dark", func(a *chat.App) { a.Settings.Look.Theme = chat.LookDark }},
		"launcher_text":     {"launcher_text", " Frag uns ", func(a *chat.App) { a.Settings.Look.Launcher = "Frag uns" }},
		"greeting":          {"greeting", strings.Repeat("é", 80), func(a *chat.App) { a.Settings.Look.Greeting = strings.Repeat("é", 80) }},
		"introduction":      {"introduction", strings.Repeat("x", 240), func(a *chat.App) { a.Settings.Look.Intro = strings.Repeat("x", 240) }},
		"prechat":           {"prechat", "email, name", func(a *chat.App) { a.Settings.Prechat = []string{"name", "email"} }},
		"no prechat":        {"prechat", "off", func(*chat.App) {}},
		"rating":            {"rating", "on", func(a *chat.App) { a.Settings.Rating = true }},
		"rating_question":   {"rating_question", "Were we of help?", func(a *chat.App) { a.Settings.RatingAsks = "Were we of help?" }},
		"require_exp":       {"require_exp", "on", func(a *chat.App) { a.Settings.RequireExp = true }},
		"one_time_codes":    {"one_time_codes", "on", func(a *chat.App) { a.Settings.OneTimeCodes = true }},
		"link_by_email":     {"link_by_email", " on ", func(a *chat.App) { a.Settings.LinkByEmail = true }},
		"max_token_age":     {"max_token_age", "15m", func(a *chat.App) { a.Settings.MaxTokenAge = 15 * time.Minute }},
		"mixed units":       {"max_token_age", "1h30m", func(a *chat.App) { a.Settings.MaxTokenAge = 90 * time.Minute }},
		"retention":         {"retention", "30d", func(a *chat.App) { a.Settings.Retention = 30 * 24 * time.Hour }},
		"hundred years":     {"retention", "36500d", func(a *chat.App) { a.Settings.Retention = 36500 * 24 * time.Hour }},
		"time_zone":         {"time_zone", "Europe/Berlin", func(a *chat.App) { a.Settings.TimeZone = "Europe/Berlin" }},
	} {
		// One after the other: hosts and portals are unique on the server.
		t.Run(name, func(t *testing.T) {
			app := h.app(t)
			h.told()
			want := app
			test.want(&want)
			got, err := h.SetApp(t.Context(), operator, app.ID, admin.AppChanges{Settings: map[string]string{test.setting: test.value}})
			if err != nil || !reflect.DeepEqual(got, want) {
				t.Fatalf("got  %+v\nwant %+v\n%v", got, want, err)
			}
			stored, err := h.GetApp(t.Context(), operator, app.ID)
			if err != nil || !reflect.DeepEqual(stored.Settings, want.Settings) || stored.Name != want.Name {
				t.Errorf("stored %+v, %v", stored, err)
			}
			if told := h.told(); len(told) != 1 || told[0] != "app:update "+string(app.ID) {
				t.Errorf("told %v", told)
			}
			if audits := h.audits(t, app.ID); audits != "app.set app.create" {
				t.Errorf("audits %s", audits)
			}
			if test.setting == "name" {
				return
			}
			reset, err := h.SetApp(t.Context(), operator, app.ID, admin.AppChanges{Settings: map[string]string{test.setting: ""}})
			if err != nil || !reflect.DeepEqual(reset.Settings, chat.DefaultAppSettings()) {
				t.Errorf("reset: %+v, %v", reset.Settings, err)
			}
		})
	}
}

func TestSetAppRefuses(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	app := h.app(t)
	for setting, values := range map[string][]string{
		"name": {"", "a\tb", strings.Repeat("x", 101)},
		"origins": {
			"*", "null", "https://*.example.com", "example.com", "https://", "https://a.example/", "https://a.example/path", "https://a.example?x",
			"https://a.example#x", "https://a.example?", "https://user@a.example", "ftp://a.example", "file://", "javascript://a", "https://a.example:0",
			"https://a.example:65536", "https://a.example:x", "https://a.example:", "https://a.example:0443", "https://münchen.example", "https://a..example",
			"https://-a.example", "https://a.example,", ",", "https://a.example https://b.example", "//a.example", "https:a.example", "https://a_b.example",
			"https://[::1", "https://a.example\\@b.example", "https://" + strings.Repeat("a", 64) + ".example", "https://a.example;script-src",
		},
		"hosts":          {"https://a.example", "a.example:443", "a.example/", "*.example", "münchen.example", "a..b", "-a.b", "a b", "a_b", ",", strings.Repeat("a.", 127) + "a", "."},
		"portal":         {"0", "-1", "x", "1.5", "9007199254740993", "1e3"},
		"seats":          {"-1", "x", "1.5", "unlimited"},
		"doors":          {"oidc", "sdk,", "SDK", "sdk,none", "all"},
		"anonymous":      {"true", "yes", "ON", "1"},
		"email_login":    {"maybe"},
		"position":       {"top", "end", "START"},
		"offset_side":    {"-1", "401", "1.5", "20px"},
		"offset_bottom":  {"-1", "401", "x"},
		"theme":          {"auto", "Dark"},
		"launcher_text":  {strings.Repeat("x", 31), "a\nb", "\u200b"},
		"greeting":       {strings.Repeat("x", 81), "a\x00b"},
		"introduction":   {strings.Repeat("x", 241), "two\nlines", strings.Repeat("🙂", 140)},
		"require_exp":    {"x"},
		"one_time_codes": {"x"},
		"link_by_email":  {"x"},
		"max_token_age":  {"15", "0", "0s", "-1m", "1ms", "15 minutes", "x", "d", "-1d", "1.5d", "36501d", "99999999999d"},
		"retention":      {"30", "forever", "1000000h"},
		"time_zone":      {"Berlin", "Local", "../etc/passwd", "CET+1"},
	} {
		for _, value := range values {
			_, err := h.SetApp(t.Context(), operator, app.ID, admin.AppChanges{Settings: map[string]string{setting: value}})
			if e, ok := chat.AsError(err); !ok || e.Kind != chat.Invalid || e.Field != setting {
				t.Errorf("%s=%q: %v", setting, value, err)
			}
		}
	}
	_, err := h.SetApp(t.Context(), operator, app.ID, admin.AppChanges{Settings: map[string]string{"origin": "https://a.example"}})
	mustBe(t, err, chat.Invalid, "origin", "settings are anonymous, color, doors, email_login")

	_, err = h.SetApp(t.Context(), operator, app.ID, admin.AppChanges{Settings: map[string]string{"anonymous": "off", "portal": "x", "seats": "3"}})
	mustBe(t, err, chat.Invalid, "portal", "whole number")
	if got, err := h.GetApp(t.Context(), operator, app.ID); err != nil || !reflect.DeepEqual(got, app) {
		t.Errorf("a refused change left something: %+v, %v", got, err)
	}
}

// TestTextsOfTheLookFitTogether: whichever of them comes last is told that there is no room for it.
func TestTextsOfTheLookFitTogether(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	app := h.app(t)
	set := func(settings map[string]string) error {
		_, err := h.SetApp(t.Context(), operator, app.ID, admin.AppChanges{Settings: settings})
		return err
	}
	if err := set(map[string]string{"greeting": strings.Repeat("é", 80), "introduction": strings.Repeat("é", 190)}); err != nil {
		t.Fatal(err)
	}
	mustBe(t, set(map[string]string{"launcher_text": strings.Repeat("é", 30)}), chat.Invalid, "launcher_text", "may take 560 bytes together, and take 604")
	mustBe(t, set(map[string]string{"name": strings.Repeat("🙂", 100)}), chat.Invalid, "name", "may take 560 bytes")
	if err := set(map[string]string{"color": "#0a7", "greeting": ""}); err != nil {
		t.Errorf("what takes no room: %v", err)
	}
	if err := set(map[string]string{"launcher_text": strings.Repeat("é", 30)}); err != nil {
		t.Errorf("in the room of another: %v", err)
	}
}

func TestHostAndPortalAreUnique(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	first, second := h.app(t), h.app(t)
	if _, err := h.SetApp(t.Context(), operator, first.ID, admin.AppChanges{Settings: map[string]string{"portal": "7", "hosts": "chat.example.com"}}); err != nil {
		t.Fatal(err)
	}
	_, err := h.SetApp(t.Context(), operator, second.ID, admin.AppChanges{Settings: map[string]string{"portal": "7"}})
	mustBe(t, err, chat.Conflict, "portal", "7")
	_, err = h.SetApp(t.Context(), operator, second.ID, admin.AppChanges{Settings: map[string]string{"hosts": "other.example.com,CHAT.example.com"}})
	mustBe(t, err, chat.Conflict, "hosts", "chat.example.com")
	if _, err := h.SetApp(t.Context(), operator, first.ID, admin.AppChanges{Settings: map[string]string{"portal": "7", "hosts": "chat.example.com"}}); err != nil {
		t.Errorf("its own again: %v", err)
	}
	if _, err := h.SetApp(t.Context(), operator, first.ID, admin.AppChanges{Settings: map[string]string{"portal": "", "hosts": ""}}); err != nil {
		t.Fatal(err)
	}
	if _, err := h.SetApp(t.Context(), operator, second.ID, admin.AppChanges{Settings: map[string]string{"portal": "7", "hosts": "chat.example.com"}}); err != nil {
		t.Errorf("given up by the other: %v", err)
	}
}
