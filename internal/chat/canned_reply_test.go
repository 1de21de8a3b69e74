package chat

import (
	"strings"
	"testing"
)

func TestCannedRepliesAreSettled(t *testing.T) {
	t.Parallel()
	good := CannedReply{Shortcut: " Greet_me-2 ", Title: " Greeting ", Text: "Hi {{ user.first_name | there }}, {{agent.name}} of {{app.name}} {{ }{"}
	settled, err := good.Settled()
	if err != nil || settled.Shortcut != "greet_me-2" || settled.Title != "Greeting" || settled.Text != good.Text {
		t.Errorf("%+v %v", settled, err)
	}
	for name, bad := range map[string]struct {
		change       func(*CannedReply)
		field, tells string
	}{
		"no shortcut":           {func(r *CannedReply) { r.Shortcut = " " }, "shortcut", "required"},
		"a shortcut with space": {func(r *CannedReply) { r.Shortcut = "a b" }, "shortcut", "a-z"},
		"a shortcut of others":  {func(r *CannedReply) { r.Shortcut = "grüße" }, "shortcut", "a-z"},
		"a long shortcut":       {func(r *CannedReply) { r.Shortcut = strings.Repeat("a", 41) }, "shortcut", "40"},
		"no title":              {func(r *CannedReply) { r.Title = "\u200b" }, "title", "required"},
		"a long title":          {func(r *CannedReply) { r.Title = strings.Repeat("ä", 101) }, "title", "100"},
		"no text":               {func(r *CannedReply) { r.Text = "\n" }, "text", "required"},
		"a long text":           {func(r *CannedReply) { r.Text = strings.Repeat("ä", 4097) }, "text", "4096"},
		"an unknown variable":   {func(r *CannedReply) { r.Text = "{{user.shoe_size|none}}" }, "text", "{{user.shoe_size}}"},
		"a variable of nothing": {func(r *CannedReply) { r.Text = "{{}}" }, "text", "{{}}"},
	} {
		reply := good
		bad.change(&reply)
		_, err := reply.Settled()
		if e, ok := AsError(err); !ok || e.Kind != Invalid || e.Field != bad.field || !strings.Contains(e.Message, bad.tells) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
