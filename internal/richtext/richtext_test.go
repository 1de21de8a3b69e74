package richtext

import (
	"errors"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

const signed = ` rel="noopener noreferrer nofollow">`

func TestClean(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, in, html, plain string }{
		{"nothing", "", "", ""},
		{"what is allowed", `<p>a <b>b</b> <strong>c</strong> <i>d</i> <em>e</em><br><code>f</code></p>`,
			`<p>a <b>b</b> <strong>c</strong> <i>d</i> <em>e</em><br/><code>f</code></p>`, "a b c d e\nf"},
		{"lists", `<ul><li>a<li>b</ul><ol><li>c</li><li>d</li></ol><blockquote>q</blockquote>`,
			`<ul><li>a</li><li>b</li></ul><ol><li>c</li><li>d</li></ol><blockquote>q</blockquote>`, "- a\n- b\n1. c\n2. d\nq"},
		{"pre", "<pre>a\n  b</pre>", "<pre>a\n  b</pre>", "a\n  b"},
		{"entities", `&lt;script&gt;alert(1)&lt;/script&gt; &amp;lt; &#x3c;b&#62; &nbsp;&copy;`,
			"&lt;script&gt;alert(1)&lt;/script&gt; &amp;lt; &lt;b&gt; \u00a0©", "<script>alert(1)</script> &lt; <b> ©"},
		{"script", `<script>alert(1)</script>a<style>b{}</style><title>t</title>`, "a", "a"},
		{"script in pieces", `<scr<script>x</script>ipt>alert(1)</script>`, "xipt&gt;alert(1)", "xipt>alert(1)"},
		{"handlers", `<p onclick="x()" style="color:red" class="c" id="i">a</p><b onmouseover=x>b</b>`, "<p>a</p><b>b</b>", "a\nb"},
		{"pictures", `<img src=x onerror=alert(1)><svg onload=x><circle/></svg><video src=x></video>a`, "a", "a"},
		{"frames", `<iframe src="https://a.example">x</iframe><object data=x>y</object><embed src=x>a`, "a", "a"},
		{"forms", `<form action="https://a.example"><input name=p value=1><button>b</button></form>`, "b", "b"},
		{"comments", `a<!-- b --><!DOCTYPE html><![CDATA[c]]>d<?php x ?>`, "ad", "ad"},
		{"mathematics", `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">`, "", ""},
		{"not closed", `<b><i>a</b>b`, "<b><i>a</i></b><i>b</i>", "ab"},
		{"in one another", `<p>a<p>b<div>c<p>d</div>`, "<p>a</p><p>bc</p><p>d</p>", "a\nbc\nd"},
		{"link", `<a href="https://a.example/?b=1&amp;c=2" target="_blank" rel="opener" title="t">a</a>`,
			`<a href="https://a.example/?b=1&amp;c=2"` + signed + `a</a>`, "a (https://a.example/?b=1&c=2)"},
		{"link that reads so", `<a href="https://a.example">https://a.example</a>`, `<a href="https://a.example"` + signed + `https://a.example</a>`, "https://a.example"},
		{"mail and telephone", `<a href="mailto:a@b.example">a@b.example</a> <a href="tel:+351">call</a>`,
			`<a href="mailto:a@b.example"` + signed + `a@b.example</a> <a href="tel:+351"` + signed + `call</a>`, "a@b.example call (+351)"},
		{"javascript", `<a href="javascript:alert(1)">a</a>`, "a", "a"},
		{"javascript in disguise", "<a href=' jAvA\tScRiPt&colon;alert(1)'>a</a><a href=\"java&#0000115cript:x\">b</a><a href='\x01javascript:x'>c</a>", "abc", "abc"},
		{"data", `<a href="data:text/html;base64,PHNjcmlwdD4=">a</a><a href="vbscript:x">b</a><a href="blob:x">c</a>`, "abc", "abc"},
		{"no scheme", `<a href="//a.example">a</a><a href="/b">b</a><a href="?c">c</a><a>d</a>`, "abcd", "abcd"},
		{"two addresses", `<a href="javascript:x" href="https://a.example">a</a>`, "a", "a"},
		{"quotes in an address", `<a href='https://a.example/"onmouseover="x'>a</a>`, `<a href="https://a.example/%22onmouseover=%22x"` + signed + `a</a>`,
			`a (https://a.example/%22onmouseover=%22x)`},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := Clean(test.in)
			if err != nil || got != test.html {
				t.Errorf("got  %s (%v)\nwant %s", got, err, test.html)
			}
			if plain := Plain(got); plain != test.plain {
				t.Errorf("reads %q, want %q", plain, test.plain)
			}
		})
	}
}

func TestFromMarkdown(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, in, html, plain string }{
		{"emphasis", "a **b** *c* `d < e`", "<p>a <strong>b</strong> <em>c</em> <code>d &lt; e</code></p>", "a b c d < e"},
		{"lines", "a\nb  \nc\n\nd", "<p>a\nb<br/>\nc</p>\n<p>d</p>", "a b\nc\nd"},
		{"heading", "# A *b*\n\nc", "<p><strong>A <em>b</em></strong></p>\n<p>c</p>", "A b\nc"},
		{"lists", "- a\n- b\n\n1. c\n2. d", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<ol>\n<li>c</li>\n<li>d</li>\n</ol>", "- a\n- b\n1. c\n2. d"},
		{"code", "```go\n<b>\n  x\n```", "<pre><code>&lt;b&gt;\n  x\n</code></pre>", "<b>\n  x"},
		{"quotation", "> a\n> b", "<blockquote>\n<p>a\nb</p>\n</blockquote>", "a b"},
		{"link", "[a](https://a.example \"t\") <https://b.example>",
			`<p><a href="https://a.example"` + signed + `a</a> <a href="https://b.example"` + signed + `https://b.example</a></p>`, "a (https://a.example) https://b.example"},
		{"picture", "![secret](https://a.example/?q=1)", "<p></p>", ""},
		{"raw HTML", "a <b>b</b> <img src=x onerror=y>\n\n<script>alert(1)</script>\n\n<div onclick=x>c</div>", "<p>a b </p>", "a b"},
		{"javascript", "[a](javascript:alert(1)) [b](JAVASCRIPT&colon;x) [c](data:text/html,x) <javascript:x>", "<p>a b c javascript:x</p>", "a b c javascript:x"},
		{"attributes", `[a](https://a.example/"onmouseover="x)`, `<p><a href="https://a.example/%22onmouseover=%22x"` + signed + `a</a></p>`, ""},
		{"entities", "&lt;script&gt; &#60;b&#62;", "<p>&lt;script&gt; &lt;b&gt;</p>", "<script> <b>"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := FromMarkdown(test.in)
			if err != nil || got != test.html {
				t.Errorf("got  %s (%v)\nwant %s", got, err, test.html)
			}
			if plain := Plain(got); plain != test.plain && test.plain != "" {
				t.Errorf("reads %q, want %q", plain, test.plain)
			}
		})
	}
}

// TestBounds: what is small and grows, or is very deep, is refused and costs little.
func TestBounds(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, in string
		make     func(string) (string, error)
		want     error
	}{
		{"links that are named often", "[a]: https://" + strings.Repeat("l", 2000) + "\n\n" + strings.Repeat("[a]", 600), FromMarkdown, ErrTooLarge},
		{"quotations", strings.Repeat("> ", 100) + "a", FromMarkdown, ErrTooDeep},
		{"many quotations", strings.Repeat(">", 4096), FromMarkdown, ErrTooLarge},
		{"lists", strings.Repeat("1. ", 100) + "a", FromMarkdown, ErrTooDeep},
		{"brackets", strings.Repeat("[", 4096), FromMarkdown, nil},
		{"stars", strings.Repeat("*a **b ", 600), FromMarkdown, nil},
		{"ticks", strings.Repeat("`a``", 1000), FromMarkdown, nil},
		{"deep enough", strings.Repeat("<blockquote>", MaxDepth) + "a", Clean, nil},
		{"too deep", strings.Repeat("<blockquote>", MaxDepth+1) + "a", Clean, ErrTooDeep},
		{"far too deep", strings.Repeat("<b>", 1365), Clean, ErrTooDeep},
		{"formatting that is opened again", strings.Repeat("<b><p>", 600), Clean, nil},
		{"links in links", strings.Repeat("<a href=//a>", 340), Clean, nil},
		{"long", strings.Repeat("a", MaxBytes+1), Clean, ErrTooLarge},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if _, err := test.make(test.in); !errors.Is(err, test.want) {
				t.Errorf("got %v, want %v", err, test.want)
			}
		})
	}
}

// FuzzRichText: whatever comes in, what comes out has allowed elements, closed, and allowed addresses only, and does not
// change when it is cleaned again.
func FuzzRichText(f *testing.F) {
	for _, seed := range []string{
		"a **b** [c](https://d.example)", `<a href="javascript:x">a</a>`, `<b><i>a</b>b`, "<p>a<div>b<p>c", "<svg><style><a title='</style><img src=x>'>", "> - 1. `a`", "<!--", "&#60;script&#62;",
		"<pre>\n\n a</pre>", "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>", "<noscript><p title='</noscript><img src=x>'>", "\x00<\x00b>",
	} {
		f.Add(seed, false)
		f.Add(seed, true)
	}
	f.Fuzz(func(t *testing.T, text string, markdown bool) {
		if len(text) > 4<<10 {
			return // longer ones are refused before they come here
		}
		clean := Clean
		if markdown {
			clean = FromMarkdown
		}
		out, err := clean(text)
		if err != nil {
			return
		}
		checkSafe(t, text, out)
		if again, err := Clean(out); err != nil || again != out {
			t.Errorf("%q became %q and then %q (%v)", text, out, again, err)
		}
		Plain(out)
	})
}

// checkSafe reads HTML by tokens, as neither the sanitiser's policy nor the tree was used to.
func checkSafe(t *testing.T, in, out string) {
	t.Helper()
	const elements = " p br b strong i em code pre ul ol li blockquote a "
	var open []string
	for tokens := html.NewTokenizer(strings.NewReader(out)); ; {
		kind := tokens.Next()
		token := tokens.Token()
		switch kind {
		case html.ErrorToken:
			if len(open) > 0 {
				t.Errorf("%q became %q, which leaves %v open", in, out, open)
			}
			return
		case html.CommentToken, html.DoctypeToken:
			t.Errorf("%q became %q, which has %s", in, out, token)
		case html.StartTagToken:
			open = append(open, token.Data)
		case html.EndTagToken:
			if len(open) == 0 || open[len(open)-1] != token.Data {
				t.Fatalf("%q became %q, which closes %s in %v", in, out, token.Data, open)
			}
			open = open[:len(open)-1]
		}
		if kind != html.TextToken && !strings.Contains(elements, " "+token.Data+" ") {
			t.Errorf("%q became %q, which has %s", in, out, token.Data)
		}
		for _, a := range token.Attr {
			if !safeAttribute(token.Data, a) {
				t.Errorf("%q became %q, which has %s=%q", in, out, a.Key, a.Val)
			}
		}
	}
}

func safeAttribute(element string, a html.Attribute) bool {
	scheme, _, _ := strings.Cut(strings.ToLower(a.Val), ":")
	return element == "a" && (a.Key == "rel" && a.Val == rel || a.Key == "href" && strings.Contains(" http https mailto tel ", " "+scheme+" "))
}
