package chat

import (
	"regexp"
	"slices"
	"strings"
	"time"
)

// Limits of canned replies.
const (
	MaxCannedReplies = 500 // in an app
	MaxShortcut      = 40
	MaxCannedTitle   = 100 // characters
)

// CannedReply is an answer that is written once and sent often. Agents find it by its shortcut, and the console fills its variables in
// before an agent sends it: what is stored and sent knows nothing of them.
type CannedReply struct {
	App       AppID
	ID        CannedReplyID
	Shortcut  string // lower case; unique in the app
	Title     string
	Text      string // Markdown, with variables such as {{user.first_name|there}}
	ChangedAt time.Time
}

var (
	shortcutForm = regexp.MustCompile(`^[a-z0-9_-]+$`)
	variableForm = regexp.MustCompile(`\{\{([^{}|]*)(\|[^{}]*)?\}\}`)
)

// Variables are the names that may stand in a canned reply between {{ and }}, with or without a | and a fallback after them.
func Variables() []string {
	return []string{"user.name", "user.first_name", "user.email", "agent.name", "agent.first_name", "app.name"}
}

// Settled returns the reply as it is kept, or with a field what is wrong with it.
func (r CannedReply) Settled() (CannedReply, error) {
	var k checker
	r.Shortcut, r.Title = strings.ToLower(strings.TrimSpace(r.Shortcut)), strings.TrimSpace(r.Title)
	k.required("shortcut", r.Shortcut, MaxShortcut)
	k.want(shortcutForm.MatchString(r.Shortcut), "shortcut", "must be of a-z, 0-9, - and _")
	k.required("title", VisibleName(r.Title), MaxCannedTitle)
	k.required("text", VisibleName(r.Text), MaxText)
	for _, found := range variableForm.FindAllStringSubmatch(r.Text, -1) {
		if name := strings.TrimSpace(found[1]); !slices.Contains(Variables(), name) {
			k.fail("text", "has the variable {{%s}}, which does not exist; there are %s", name, strings.Join(Variables(), ", "))
		}
	}
	if k.problem != "" {
		return CannedReply{}, InvalidField(k.field, "%s", k.problem)
	}
	return r, nil
}
