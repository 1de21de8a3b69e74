package notice

import (
	"bytes"
	"html/template"
	"strings"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/richtext"
)

// sheet is what a letter shows. Names and texts are escaped; Line.HTML is what richtext made.
type sheet struct {
	Language, Intro string
	Lines           []line
	More            string
	Link, Open      string
	Why             string
	StopLink, Stop  string // empty: there is nothing to stop
}

// line is one message.
type line struct {
	Author, At string
	Text       string
	HTML       template.HTML // empty: the text alone
}

// Dir is the direction of the language.
func (s sheet) Dir() string {
	if s.Language == "ar" {
		return "rtl"
	}
	return "ltr"
}

// lineOf shows a message. Its HTML is what users see of it in the chat: cleaned before it was stored (security rule 40), and once more here, as a
// mail program may run what a browser with a policy would not.
func lineOf(m chat.Message, author string, zone *time.Location, clock string) line {
	shown := line{Author: author, Text: m.Content.Text}
	if clock != "" {
		shown.At = m.Received.In(zone).Format(clock)
	}
	if html, err := richtext.Clean(m.Content.HTML); m.Content.HTML != "" && err == nil {
		shown.HTML = template.HTML(html)
	}
	if shown.Text == "" || !m.Content.IsPlain() {
		shown.Text = m.Content.Fallback()
	}
	return shown
}

// Styles stand at the elements: many mail programs know no style sheets.
var paper = template.Must(template.New("mail").Parse(`<!doctype html>
<html lang="{{.Language}}" dir="{{.Dir}}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"></head>
<body style="margin:0;padding:24px;font:16px/24px system-ui,-apple-system,'Segoe UI',sans-serif">
<div style="max-width:560px;margin:0 auto">
<p style="margin:0 0 16px">{{.Intro}}</p>
{{range .Lines}}<div style="margin:0 0 16px;padding:0 0 0 14px;border-left:3px solid #9aa1ad">
<p style="margin:0;font-size:13px;line-height:20px"><strong>{{.Author}}</strong>{{if .At}} · {{.At}}{{end}}</p>
{{if .HTML}}{{.HTML}}{{else}}<p style="margin:0;white-space:pre-wrap">{{.Text}}</p>{{end}}
</div>
{{end}}{{if .More}}<p style="margin:0 0 16px">{{.More}}</p>
{{end}}{{if .Link}}<p style="margin:24px 0"><a href="{{.Link}}" style="display:inline-block;padding:10px 18px;border-radius:6px;background:#2553d9;color:#ffffff;font-weight:600;text-decoration:none">{{.Open}}</a></p>
{{end}}<p style="margin:24px 0 0;font-size:13px;line-height:20px;color:#6b7280">{{.Why}}{{if .Stop}} <a href="{{.StopLink}}" style="color:#6b7280">{{.Stop}}</a>{{end}}</p>
</div>
</body>
</html>
`))

// render writes the sheet in both forms.
func (s sheet) render() (text, html string) {
	var page bytes.Buffer
	if err := paper.Execute(&page, s); err != nil {
		panic(err) // a template of our own, and a buffer
	}
	return s.plain(), page.String()
}

func (s sheet) plain() string {
	parts := []string{s.Intro}
	for _, one := range s.Lines {
		head := one.Author
		if one.At != "" {
			head += " · " + one.At
		}
		parts = append(parts, head+"\n> "+strings.ReplaceAll(one.Text, "\n", "\n> "))
	}
	for _, part := range []string{s.More, named(s.Open, s.Link), s.Why, named(s.Stop, s.StopLink)} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, "\n\n") + "\n"
}

func named(name, address string) string {
	if address == "" {
		return ""
	}
	return name + ":\n" + address
}
