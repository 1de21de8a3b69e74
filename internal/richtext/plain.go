package richtext

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Plain returns what clean HTML says in plain text: paragraphs, entries of lists and line breaks are lines, and a link
// is followed by its address where it reads otherwise. Text that is not clean gives "".
func Plain(clean string) string {
	nodes, err := parse(clean)
	if err != nil {
		return ""
	}
	var p plain
	for _, node := range nodes {
		p.node(node)
	}
	return strings.TrimSpace(p.out.String())
}

// plain writes a tree as text.
type plain struct {
	out   strings.Builder
	space bool // of the text before, unless a line ends first
	pre   bool
}

func (p *plain) node(n *html.Node) {
	if n.Type == html.TextNode {
		p.text(n.Data)
		return
	}
	switch n.DataAtom {
	case atom.P, atom.Blockquote, atom.Ul, atom.Ol:
		p.line()
		defer p.line()
	case atom.Pre:
		p.line()
		p.pre = true
		defer func() { p.pre = false; p.line() }()
	case atom.Li:
		p.line()
		p.out.WriteString(marker(n))
		defer p.line()
	case atom.Br:
		p.out.WriteByte('\n')
		p.space = false
	}
	for child := range n.ChildNodes() {
		p.node(child)
	}
	if n.DataAtom == atom.A {
		p.address(n)
	}
}

// text writes words with one space between them; in pre, as it is.
func (p *plain) text(s string) {
	if p.pre {
		p.out.WriteString(s)
		return
	}
	for i, word := range strings.Fields(s) {
		if i > 0 || p.space || strings.TrimLeft(s, " \t\r\n") != s {
			p.gap()
		}
		p.out.WriteString(word)
		p.space = false
	}
	p.space = p.space || strings.TrimRight(s, " \t\r\n") != s
}

func (p *plain) gap() {
	if s := p.out.String(); s != "" && s[len(s)-1] != '\n' && s[len(s)-1] != ' ' {
		p.out.WriteByte(' ')
	}
}

// line begins a line unless one has just begun.
func (p *plain) line() {
	if s := p.out.String(); s != "" && s[len(s)-1] != '\n' && !strings.HasSuffix(s, "\n- ") && s != "- " {
		p.out.WriteByte('\n')
	}
	p.space = false
}

// marker is what stands before an entry of a list.
func marker(li *html.Node) string {
	if li.Parent == nil || li.Parent.DataAtom != atom.Ol {
		return "- "
	}
	number := 1
	for before := li.PrevSibling; before != nil; before = before.PrevSibling {
		if before.DataAtom == atom.Li {
			number++
		}
	}
	return strconv.Itoa(number) + ". "
}

// address writes where a link leads, unless its text says so.
func (p *plain) address(a *html.Node) {
	for _, attribute := range a.Attr {
		shown := strings.TrimPrefix(strings.TrimPrefix(attribute.Val, "mailto:"), "tel:")
		if attribute.Key == "href" && !strings.HasSuffix(p.out.String(), shown) {
			p.gap()
			p.out.WriteString("(" + shown + ")")
		}
	}
}
