// Package richtext makes of the Markdown and HTML that somebody posts the small HTML that may be shown (security
// rule 40): p, br, b, strong, i, em, code, pre, ul, ol, li, blockquote, and a with http, https, mailto or tel. It has no
// attribute but href and a constant rel; raw HTML in Markdown, pictures and styles are left out. All functions are safe
// for concurrent use.
package richtext
