package chat

import (
	"cmp"
	"path"
	"strconv"
	"strings"
)

// Fallback is the content in plain text, for those who show nothing else: the text itself where there is one. It is
// empty for no content that Check takes.
func (c Content) Fallback() string {
	switch {
	case c.Text != "":
		return c.Text
	case c.Media != nil:
		return c.Media.fallback()
	case c.Cards != nil:
		return joined(c.Cards.fallback(), actionLines(c.Actions, leadsSomewhere))
	case c.Form != nil:
		return c.Form.fallback()
	case c.Location != nil:
		return c.Location.fallback()
	case c.Template != "":
		return "Template"
	}
	return actionLines(c.Actions, anyAction)
}

// joined puts each part that is not empty on a line of its own.
func joined(parts ...string) string {
	var lines []string
	for _, part := range parts {
		if part != "" {
			lines = append(lines, part)
		}
	}
	return strings.Join(lines, "\n")
}

func leadsSomewhere(t MessageActionType) bool { return t == ActionLink || t == ActionWebview }

// actionLines are the wanted actions in words: "text", or "text address" where one leads somewhere.
func actionLines(actions []MessageAction, wanted func(MessageActionType) bool) string {
	var lines []string
	for _, action := range actions {
		if !wanted(action.Type) {
			continue
		}
		address := action.URI
		if action.Type == ActionWebview {
			address = action.Fallback
		}
		lines = append(lines, strings.TrimSpace(action.Label()+" "+address))
	}
	return joined(lines...)
}

// fallback is what the media show, else the name of the file, which of media elsewhere is that in the address, else the
// address; of an upload that is not sent yet, its id.
func (m Media) fallback() string {
	switch {
	case m.Alt != "":
		return m.Alt
	case m.File != nil:
		return m.File.Name
	}
	_, rest, _ := strings.Cut(m.URL, "://")
	if end := strings.IndexAny(rest, "?#"); end >= 0 {
		rest = rest[:end]
	}
	if _, file, _ := strings.Cut(rest, "/"); strings.Trim(file, "/") != "" {
		return path.Base(file)
	}
	return cmp.Or(m.URL, m.Attachment)
}

func (c Cards) fallback() string {
	var lines []string
	for _, item := range c.Items {
		lines = append(lines, item.Title, actionLines(item.Actions, leadsSomewhere))
	}
	return joined(lines...)
}

// fallback is the questions, or each with its answer.
func (f Form) fallback() string {
	var lines []string
	for _, field := range f.Fields {
		answer := field.Text + field.Email // one of them at most
		for i, chosen := range field.Select {
			if i > 0 {
				answer += ", "
			}
			answer += chosen.Label
		}
		if answer != "" {
			answer = ": " + answer
		}
		lines = append(lines, field.Label+answer)
	}
	return joined(lines...)
}

func (l Location) fallback() string {
	if l.Name != "" || l.Address != "" {
		return joined(l.Name, l.Address)
	}
	return strconv.FormatFloat(l.Lat, 'f', -1, 64) + ", " + strconv.FormatFloat(l.Long, 'f', -1, 64)
}
