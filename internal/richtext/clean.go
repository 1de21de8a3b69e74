package richtext

import (
	"errors"
	"regexp"
	"strings"

	"github.com/microcosm-cc/bluemonday"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Limits of what comes out. Reference links of Markdown repeat their address, so that a short text can grow long.
const (
	MaxBytes = 64 << 10
	MaxDepth = 64 // elements inside of each other
)

// What is refused.
var (
	ErrTooLarge = errors.New("becomes too long as HTML: use fewer links and elements")
	ErrTooDeep  = errors.New("has elements inside of each other more than 64 deep")
)

// rel keeps the page that is linked from reaching back and from learning where the reader came from.
const rel = "noopener noreferrer nofollow"

// policy is the one sanitiser. A policy is safe for concurrent use once it is made.
var policy = func() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "br", "b", "strong", "i", "em", "code", "pre", "ul", "ol", "li", "blockquote")
	p.AllowAttrs("href").OnElements("a")
	p.AllowAttrs("rel").Matching(regexp.MustCompile(`^` + rel + `$`)).OnElements("a")
	p.AllowURLSchemes("http", "https", "mailto", "tel")
	p.RequireParseableURLs(true)
	p.AllowRelativeURLs(false)
	return p
}()

// Clean returns the part of an HTML text that may be shown, well-formed: every element is closed. It returns
// ErrTooLarge, also for a text of more than MaxBytes, or ErrTooDeep.
func Clean(text string) (string, error) {
	if len(text) > MaxBytes {
		return "", ErrTooLarge
	}
	// The tree is made of what is allowed already, which has nothing that parsers read in different ways, and what
	// comes of it is sanitised again: the sanitiser has the last word.
	nodes, err := parse(policy.Sanitize(text))
	if err != nil {
		return "", err
	}
	var out strings.Builder
	for _, node := range nodes {
		signLinks(node)
		if err := html.Render(&out, node); err != nil || out.Len() > MaxBytes {
			return "", ErrTooLarge
		}
	}
	clean := strings.TrimSpace(policy.Sanitize(out.String()))
	if len(clean) > MaxBytes {
		return "", ErrTooLarge
	}
	return clean, nil
}

// parse reads HTML as the inside of a body.
func parse(text string) ([]*html.Node, error) {
	if len(text) > MaxBytes {
		return nil, ErrTooLarge
	}
	nodes, err := html.ParseFragment(strings.NewReader(text), &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body})
	if err != nil { // of a reader in memory there is one: too many open elements
		return nil, ErrTooDeep
	}
	for _, node := range nodes {
		if deeper(node, MaxDepth) {
			return nil, ErrTooDeep
		}
	}
	return nodes, nil
}

func deeper(node *html.Node, most int) bool {
	if node.Type == html.ElementNode {
		most--
	}
	if most < 0 {
		return true
	}
	for child := range node.ChildNodes() {
		if deeper(child, most) {
			return true
		}
	}
	return false
}

// signLinks gives every link the same rel.
func signLinks(node *html.Node) {
	if node.DataAtom == atom.A {
		var kept []html.Attribute
		for _, attribute := range node.Attr {
			if attribute.Key == "href" {
				kept = append(kept, attribute)
			}
		}
		node.Attr = append(kept, html.Attribute{Key: "rel", Val: rel})
	}
	for child := range node.ChildNodes() {
		signLinks(child)
	}
}
