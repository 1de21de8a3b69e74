package unsubscribe

import "strings"

// view is what the page shows.
type view struct {
	Language, Title, Said string
	Button                string // empty: there is nothing to press
	Undo                  bool   // the button lets mail come again
}

// Dir is the direction of the language.
func (v view) Dir() string {
	if v.Language == "ar" {
		return "rtl"
	}
	return "ltr"
}

// named puts the name of an app into a text.
func named(text, name string) string { return strings.Replace(text, "%s", name, 1) }

const style = `:root{color-scheme:light dark}
body{margin:0;background:light-dark(#f7f7f8,#131417);color:light-dark(#16181d,#eceef1);font:16px/24px system-ui,sans-serif}
main{max-inline-size:480px;margin:12vh auto 0;padding:32px;border-radius:12px;background:light-dark(#fff,#1b1d21)}
h1{margin:0 0 12px;font-size:20px;line-height:28px;overflow-wrap:anywhere}
p{margin:0 0 20px}
button{min-block-size:44px;padding:8px 20px;border:0;border-radius:8px;background:light-dark(#2553d9,#6f95ff);color:light-dark(#fff,#0b1020);font:inherit;font-weight:600;cursor:pointer}
button:focus-visible{outline:3px solid light-dark(#16181d,#eceef1);outline-offset:2px}`
