// Package unsubscribe is the page on which a user ends mail about answers, without signing in: the address says who, and is signed. Mail
// programs post there by themselves when somebody presses their button (RFC 8058). Looking at the page changes nothing, as scanners of
// mail open every address that they find.
package unsubscribe

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"html/template"
	"log/slog"
	"net/http"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/notice"
	"github.com/parlorchat/parlor/internal/wire"
)

// Subscriptions are how users stand to mail; *notice.Service fits.
type Subscriptions interface {
	Subscription(ctx context.Context, app chat.AppID, user chat.UserID, signature string) (notice.Subscription, error)
	Stop(ctx context.Context, app chat.AppID, user chat.UserID, signature string, stop bool) error
}

// Door serves the page.
type Door struct {
	Subscriptions Subscriptions
	Log           *slog.Logger
}

const path = "/unsubscribe/{appId}/{userId}/{signature}"

// maxPosted bounds what a mail program or the page posts: one field.
const maxPosted = 4 << 10

// Mount puts the page in its place.
func (d *Door) Mount(mux *http.ServeMux) {
	mux.HandleFunc("GET "+path, d.show)
	mux.HandleFunc("POST "+path, d.post)
}

// post ends the mail, or with undo lets it come again, and shows how it stands. Nothing but the address is asked: it is no
// secret of the browser's that another site could make use of.
func (d *Door) post(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxPosted)
	stop := r.PostFormValue("undo") == ""
	err := d.Subscriptions.Stop(r.Context(), chat.AppID(r.PathValue("appId")), chat.UserID(r.PathValue("userId")), r.PathValue("signature"), stop)
	if err != nil {
		d.refuse(w, r, err)
		return
	}
	d.show(w, r)
}

func (d *Door) show(w http.ResponseWriter, r *http.Request) {
	found, err := d.Subscriptions.Subscription(r.Context(), chat.AppID(r.PathValue("appId")), chat.UserID(r.PathValue("userId")), r.PathValue("signature"))
	if err != nil {
		d.refuse(w, r, err)
		return
	}
	texts := found.Texts
	page := view{Language: found.Language, Title: named(texts.PageTitle, found.App.Name), Said: texts.PageAsk, Button: texts.PageButton}
	switch {
	case !found.StoppedAt.IsZero():
		page.Said, page.Button, page.Undo = texts.PageDone, texts.PageUndo, true
	case r.Method == http.MethodPost:
		page.Said = texts.PageBack
	}
	setHeaders(w)
	if err := paper.Execute(w, page); err != nil {
		d.Log.DebugContext(r.Context(), "the page of a subscription was not read to its end", "err", err)
	}
}

// refuse says that the address is none, or that it has to be tried again.
func (d *Door) refuse(w http.ResponseWriter, r *http.Request, err error) {
	outcome := wire.OutcomeOf(err)
	if outcome.Status >= http.StatusInternalServerError {
		d.Log.WarnContext(r.Context(), "a subscription cannot be looked at", "err", err)
	}
	texts, language := notice.TextsFor()
	setHeaders(w)
	w.WriteHeader(outcome.Status)
	said := "This address is not whole. Open it from the mail once more."
	if outcome.Status != http.StatusNotFound {
		said = "This did not work. Please try again in a moment."
	}
	if err := paper.Execute(w, view{Language: language, Title: named(texts.PageTitle, "Parlor"), Said: said}); err != nil {
		d.Log.DebugContext(r.Context(), "the page of a subscription was not read to its end", "err", err)
	}
}

func setHeaders(w http.ResponseWriter) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src "+styleSource+"; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Robots-Tag", "noindex")
}

// styleSource lets the page's one style sheet through, and nothing else.
var styleSource = func() string {
	sum := sha256.Sum256([]byte(style))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}()

var paper = template.Must(template.New("page").Parse(`<!doctype html>
<html lang="{{.Language}}" dir="{{.Dir}}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{{.Title}}</title><style>` + style + `</style></head>
<body><main><h1>{{.Title}}</h1><p role="status">{{.Said}}</p>
{{if .Button}}<form method="post">{{if .Undo}}<input type="hidden" name="undo" value="1">{{end}}<button>{{.Button}}</button></form>{{end}}
</main></body>
</html>
`))
