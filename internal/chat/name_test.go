package chat

import "testing"

func TestVisibleName(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"Kim":                "Kim",
		" Kim\u200b ":        " Kim\u200b ",
		"\u202eKim":          "\u202eKim",
		"木":                  "木",
		"🦜":                  "🦜",
		"":                   "",
		" \u00a0\u3000":      "",
		"\u200b\u200d\ufeff": "",
		"\u202e\u2066":       "",
		"\t\x00":             "",
	} {
		if got := VisibleName(name); got != want {
			t.Errorf("VisibleName(%+q) = %+q, want %+q", name, got, want)
		}
	}
}
