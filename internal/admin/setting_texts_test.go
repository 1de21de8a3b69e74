package admin_test

import (
	"reflect"
	"testing"

	"github.com/parlorchat/parlor/internal/admin"
)

// TestSettingTextsAreReadBack: whoever writes back what was shown changes nothing.
func TestSettingTextsAreReadBack(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for name, values := range map[string]map[string]string{
		"of a new app": {},
		"all of them": {"name": "Shop", "origins": "https://a.example,https://b.example:8443", "hosts": "chat.example", "portal": "7", "seats": "0", "doors": "sdk,code", "anonymous": "off",
			"email_login": "known", "color": "#0a7a55", "require_exp": "on", "one_time_codes": "on", "link_by_email": "on", "max_token_age": "90s", "retention": "30d", "time_zone": "Europe/Lisbon", "mail_answers": "5m", "mail_programs": "on", "mail_waiting": "1h",
			"prechat": "name", "rating": "on", "rating_question": "Were we of help?",
			"position": "start", "offset_side": "0", "offset_bottom": "48", "theme": "dark", "launcher_text": "Ask us", "greeting": "Good day", "introduction": "We read everything."},
		"no door": {"doors": "none"},
	} {
		app := h.app(t)
		set, err := h.SetApp(t.Context(), operator, app.ID, admin.AppChanges{Settings: values})
		if err != nil {
			t.Fatal(name, err)
		}
		texts := admin.SettingTexts(set)
		for setting, value := range values {
			if texts[setting] != value {
				t.Errorf("%s: %s is %q, not %q", name, setting, texts[setting], value)
			}
		}
		again, err := h.SetApp(t.Context(), operator, app.ID, admin.AppChanges{Settings: texts})
		if err != nil || !reflect.DeepEqual(again.Settings, set.Settings) {
			t.Errorf("%s: written back it is %+v, not %+v, %v", name, again.Settings, set.Settings, err)
		}
		for _, setting := range admin.SettingNames() {
			if _, shown := texts[setting]; !shown {
				t.Errorf("%s is not shown", setting)
			}
		}
	}
}
