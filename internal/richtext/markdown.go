package richtext

import (
	"bytes"
	"fmt"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// commonMark reads CommonMark 0.31 and leaves raw HTML out.
var commonMark = goldmark.New(goldmark.WithRendererOptions(
	renderer.WithNodeRenderers(util.Prioritized(headings{}, 100))))

// FromMarkdown returns what a Markdown text means in HTML, cleaned. Headings become strong paragraphs. It returns
// ErrTooLarge or ErrTooDeep.
func FromMarkdown(text string) (string, error) {
	var out bounded
	if err := commonMark.Convert([]byte(text), &out); err != nil {
		return "", ErrTooLarge // a buffer fails for no other reason
	}
	return Clean(out.String())
}

// bounded is a buffer of at most MaxBytes.
type bounded struct{ bytes.Buffer }

func (b *bounded) Write(p []byte) (int, error) {
	if b.Len()+len(p) > MaxBytes {
		return 0, ErrTooLarge
	}
	return b.Buffer.Write(p)
}

// headings renders headings, for which a message has no room.
type headings struct{}

func (headings) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindHeading, func(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
		tags := "</strong></p>\n"
		if entering {
			tags = "<p><strong>"
		}
		if _, err := w.WriteString(tags); err != nil {
			return ast.WalkStop, fmt.Errorf("render heading: %w", err)
		}
		return ast.WalkContinue, nil
	})
}
