// Package media is the door by which browsers and programs open files: attachments by the address that holds their key, and
// copies of media elsewhere by the message that shows them. Who may is asked of the database each time, and bytes are
// sent in a way in which no browser runs them (security rule 41).
package media

import (
	"context"
	"log/slog"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/parlorchat/parlor/internal/attachment"
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/directory"
	"github.com/parlorchat/parlor/internal/wire"
)

// Callers says who presents a key; Unauthenticated if nobody does.
type Callers interface {
	Authenticate(ctx context.Context, app chat.AppID, authorization string) (chat.Principal, error)
}

// Door serves files. Its fields are set before the first request.
type Door struct {
	Attachments *attachment.Service
	Links       *attachment.Links
	Callers     Callers
	Directory   *directory.Service
	Gate        directory.Gate
	Source      func(*http.Request) string
	Log         *slog.Logger
}

// How long a file may take to be sent, and how long a browser may keep it. What is public may stay in a cache for a while
// after it was removed, as documented.
const (
	sendWithin  = 15 * time.Minute
	keepPublic  = "public, max-age=900"
	keepPrivate = "private, max-age=600"
	keepCopy    = "private, max-age=3600"
)

// Mount adds the addresses of files to the mux.
func (d *Door) Mount(mux *http.ServeMux) {
	mux.HandleFunc("GET /media/{appId}/{key}/{name}", d.answer(d.file))
	mux.HandleFunc("GET /media/{appId}/{conversationId}/{messageId}/{place}", d.answer(d.copied))
}

// opening finds the file of a request, and how it may be kept.
type opening func(*http.Request) (file attachment.Opened, keep string, err error)

func (d *Door) answer(open opening) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		file, keep, err := open(r)
		if err != nil {
			d.refuse(w, r, err)
			return
		}
		defer file.File.Close()
		send(w, r, file, keep)
	}
}

// file opens an attachment: everybody a public one; a private one who holds a signature, or presents a key or the session
// of a participant.
func (d *Door) file(r *http.Request) (attachment.Opened, string, error) {
	app, keep := chat.AppID(r.PathValue("appId")), keepPublic
	key := r.PathValue("key")
	if !chat.IsMediaKey(key) || !chat.IsID(string(app)) {
		return attachment.Opened{}, "", chat.Missing("attachment")
	}
	a, err := d.Attachments.Find(r.Context(), app, key)
	if err == nil && a.Access != chat.AccessPublic {
		keep = keepPrivate
		err = d.admit(r, a)
	}
	if err != nil {
		return attachment.Opened{}, "", err
	}
	file, err := d.Attachments.Open(r.Context(), a, wantsThumbnail(r))
	return file, keep, err
}

// admit asks who opens a private file.
func (d *Door) admit(r *http.Request, a chat.Attachment) error {
	query := r.URL.Query()
	if query.Has(attachment.SignatureParameter) {
		if d.Links.OpensFile(a.App, a.Key, query.Get(attachment.ExpiresParameter), query.Get(attachment.SignatureParameter)) {
			return nil
		}
		return chat.Refuse("forbidden", "This address opens the file no longer: take the one that the message has now.")
	}
	principal, err := d.principal(r, a.App)
	if err != nil {
		return err
	}
	return d.Attachments.Permit(r.Context(), principal, a)
}

// principal is who presents a session, as bearer or in the cookie of the hosted page, or a key. A token of a session is no
// JWT: it has no dots. The cookie is sent for requests of pages of this site alone (SameSite).
func (d *Door) principal(r *http.Request, app chat.AppID) (chat.Principal, error) {
	authorization := r.Header.Get("Authorization")
	scheme, token, _ := strings.Cut(authorization, " ")
	isSession := strings.EqualFold(scheme, "Bearer") && !strings.Contains(token, ".")
	if authorization == "" {
		token = wire.CookieOf(r, wire.SessionCookie(app))
		isSession = token != ""
	}
	if isSession {
		session, err := d.Directory.Authenticate(r.Context(), app, token)
		return chat.Principal{App: app, Session: &session}, err
	}
	return d.key(r, app, authorization)
}

// key is who presents a key, or nobody. Only what could be guesses of a secret counts as a failure: who follows an address
// without credentials must not lock others of the same network out.
func (d *Door) key(r *http.Request, app chat.AppID, authorization string) (chat.Principal, error) {
	source := d.Source(r)
	if authorization != "" {
		if err := d.Gate.Blocked(source); err != nil {
			return chat.Principal{}, err
		}
	}
	principal, err := d.Callers.Authenticate(r.Context(), app, authorization)
	if authorization != "" {
		d.Gate.Failed(source, err)
	}
	return principal, err
}

// copied opens media elsewhere that a message shows, by a copy of this server.
func (d *Door) copied(r *http.Request) (attachment.Opened, string, error) {
	app, conversation := chat.AppID(r.PathValue("appId")), chat.ConversationID(r.PathValue("conversationId"))
	message, at := chat.MessageID(r.PathValue("messageId")), r.PathValue("place")
	if !d.Links.OpensCopy(app, conversation, message, at, r.URL.Query().Get(attachment.SignatureParameter)) {
		return attachment.Opened{}, "", chat.Refuse("forbidden", "This address is not one that this server made.")
	}
	place, err := strconv.Atoi(at)
	if err != nil {
		return attachment.Opened{}, "", chat.Missing("attachment")
	}
	a, err := d.Attachments.Copy(r.Context(), app, conversation, message, place)
	if err != nil {
		return attachment.Opened{}, "", err
	}
	file, err := d.Attachments.Open(r.Context(), a, wantsThumbnail(r))
	return file, keepCopy, err
}

func wantsThumbnail(r *http.Request) bool {
	return r.URL.Query().Get(attachment.SizeParameter) == attachment.SizeThumbnail
}

// send answers with the file, or the part of it that is asked for (RFC 9110 section 14).
func send(w http.ResponseWriter, r *http.Request, file attachment.Opened, keep string) {
	// Where the connection knows no deadlines the server's own limits hold.
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(sendWithin))
	h := w.Header()
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", keep)
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	if file.Access == chat.AccessPublic {
		h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	} else {
		h.Set("Vary", "Authorization, Cookie")
	}
	tag := string(file.ID)
	if file.Smaller {
		tag += "-" + attachment.SizeThumbnail
	}
	h.Set("ETag", `"`+tag+`"`)
	h.Set("Content-Disposition", disposition(file))
	h.Set("Content-Type", contentType(file.Type))
	http.ServeContent(w, r, "", file.CreatedAt, file.File)
}

// disposition has browsers show pictures, and save the rest (RFC 6266, RFC 8187).
func disposition(file attachment.Opened) string {
	how := "attachment"
	if file.Inline {
		how = "inline"
	}
	return mime.FormatMediaType(how, map[string]string{"filename": file.Name})
}

// contentType names the character set of texts: what else browsers guess it from is the text.
func contentType(kind string) string {
	if strings.HasPrefix(kind, "text/") || kind == "application/json" {
		return kind + "; charset=utf-8"
	}
	return kind
}

// refuse answers an error as REST does.
func (d *Door) refuse(w http.ResponseWriter, r *http.Request, err error) {
	switch chat.KindOf(err) {
	case chat.Internal:
		if r.Context().Err() != nil {
			return // the caller is gone
		}
		d.Log.ErrorContext(r.Context(), "file could not be sent", "route", r.Pattern, "err", err)
	case chat.Unavailable:
		d.Log.WarnContext(r.Context(), "file could not be sent", "route", r.Pattern, "err", err)
	case chat.Unauthenticated:
		w.Header().Set("WWW-Authenticate", `Bearer realm="parlor"`)
	}
	if seconds := wire.RetryAfterSeconds(err); seconds > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(seconds))
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(wire.OutcomeOf(err).Status)
	w.Write(wire.Encode(wire.ProblemsOf(err)))
}
