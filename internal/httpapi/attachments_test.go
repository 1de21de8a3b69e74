package httpapi_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io/fs"
	"net"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/parlorchat/parlor/internal/config"
	"github.com/parlorchat/parlor/internal/wire"
)

// formType is the header of the bodies that form makes.
const formType = "Content-Type: multipart/form-data; boundary=limit"

// form is a body with one file.
func form(name, content string) string { return parts(part("source", name, content)) }

func parts(all ...string) string { return strings.Join(all, "") + "--limit--\r\n" }

func part(field, name, content string) string {
	return "--limit\r\nContent-Disposition: form-data; name=\"" + field + "\"; filename=\"" + name + "\"\r\nContent-Type: application/octet-stream\r\n\r\n" +
		content + "\r\n"
}

// field is a text beside the file.
func field(name, text string) string {
	return "--limit\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + text + "\r\n"
}

// attach uploads a file with the app's key.
func (e env) attach(query, name, content string) wire.Attachment {
	e.Helper()
	r := e.call("POST", e.path("/attachments"+query), form(name, content), e.basic(), formType).want(201)
	return decode[struct{ Attachment wire.Attachment }](e.T, r.body).Attachment
}

// upload uploads a file with a session.
func (e env) upload(session, conversation, name, content string) reply {
	e.Helper()
	return e.call("POST", e.sdk("/conversations/"+conversation+"/attachments"), form(name, content), "Authorization: Bearer "+session, formType)
}

// pathOf is the path of one of the server's own addresses.
func (e env) pathOf(address string) string {
	e.Helper()
	path, ours := strings.CutPrefix(address, e.URL)
	if !ours {
		e.Fatalf("%s does not lie at %s", address, e.URL)
	}
	return path
}

func pngOf(width, height int) string {
	p := image.NewNRGBA(image.Rect(0, 0, width, height))
	p.Set(0, 0, color.NRGBA{255, 0, 0, 255})
	var out bytes.Buffer
	if err := png.Encode(&out, p); err != nil {
		panic(err)
	}
	return out.String()
}

// wantFiles counts what lies in the folder of files.
func (e env) wantFiles(n int) {
	e.Helper()
	var names []string
	err := filepath.WalkDir(filepath.Join(e.Data.Data, "files"), func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			names = append(names, entry.Name())
		}
		return err
	})
	if err != nil || len(names) != n {
		e.Errorf("there are files %v (%v), want %d", names, err, n)
	}
}

func TestAttachmentsOverREST(t *testing.T) {
	t.Parallel()
	e := start(t)
	a := e.attach("?access=public&for=message", "../../Lampe ü.png", pngOf(30, 20))
	if a.MediaType != "image/png" || a.MediaSize == 0 || a.ID == "" || !strings.HasPrefix(a.MediaURL, e.URL+"/media/") || !strings.HasSuffix(a.MediaURL, "/Lampe%20%C3%BC.png") {
		t.Errorf("%+v", a)
	}
	shown := e.call("GET", e.pathOf(a.MediaURL), "").want(200)
	for name, want := range map[string]string{
		"Content-Type": "image/png", "X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox",
		"Content-Disposition": "inline; filename*=utf-8''Lampe%20%C3%BC.png", "Cache-Control": "public, max-age=900", "Etag": `"` + a.ID + `"`,
		"Cross-Origin-Resource-Policy": "cross-origin",
	} {
		if got := shown.header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if int64(len(shown.body)) != a.MediaSize {
		t.Errorf("there are %d bytes, and %d were told", len(shown.body), a.MediaSize)
	}
	e.call("GET", e.pathOf(a.MediaURL), "", "If-None-Match: \""+a.ID+"\"").want(304)
	e.call("POST", e.path("/attachments/remove"), `{"mediaUrl":"`+a.MediaURL+`"}`, e.basic()).want(200)
	e.call("GET", e.pathOf(a.MediaURL), "").wantProblem(404, "not_found", "")
	e.call("POST", e.path("/attachments/remove"), `{"mediaUrl":"`+a.MediaURL+`"}`, e.basic()).wantProblem(404, "not_found", "")
	for _, body := range []string{`{}`, `{"mediaUrl":"https://elsewhere.example/image.png"}`, `{"mediaUrl":"image.png"}`} {
		e.call("POST", e.path("/attachments/remove"), body, e.basic()).wantProblem(400, "bad_request", "mediaUrl")
	}
	e.call("POST", "/sc"+e.path("/attachments"), form("a.txt", "x"), e.basic(), formType).want(201)
	// Who may not send is told so before anything of the file is read.
	e.call("POST", e.path("/attachments?conversationId=nowhere"), "--limit\r\nX", e.basic(), formType).wantProblem(404, "conversation_not_found", "")
}

// TestUploadBodies: what is no body with one file is refused by what is wrong with it, and nothing of it is kept.
func TestUploadBodies(t *testing.T) {
	t.Parallel()
	e := start(t, func(s *config.Server) { s.MaxFile = 1 << 20 })
	big := strings.Repeat("x", 1<<20)
	for name, test := range map[string]struct {
		kind, body  string
		status      int
		code, field string
	}{
		"no part":               {formType, "--limit--\r\n", 400, "bad_request", "source"},
		"nothing":               {formType, "", 400, "bad_request", ""},
		"another part":          {formType, parts(part("file", "a.txt", "x")), 400, "bad_request", "source"},
		"a second part":         {formType, parts(part("source", "a.txt", "x"), part("source", "b.txt", "x")), 400, "bad_request", "source"},
		"a part before":         {formType, parts(part("x", "a.txt", "x"), part("source", "b.txt", "x")), 400, "bad_request", "source"},
		"a nameless part":       {formType, parts(strings.Replace(field("x", "x"), `; name="x"`, "", 1), part("source", "a.txt", "x")), 400, "bad_request", "source"},
		"a field named source":  {formType, parts(part("source", "a.txt", "x"), field("source", "x")), 400, "bad_request", "source"},
		"a file after":          {formType, parts(part("source", "a.txt", "x"), part("x", "b.txt", "x")), 400, "bad_request", "source"},
		"a large field before":  {formType, parts(field("x", big[:4097]), part("source", "a.txt", "x")), 400, "bad_request", "source"},
		"a large field after":   {formType, parts(part("source", "a.txt", "x"), field("x", big[:4097])), 400, "bad_request", "source"},
		"many fields":           {formType, parts(strings.Repeat(field("x", ""), 17), part("source", "a.txt", "x")), 400, "bad_request", "source"},
		"many fields around":    {formType, parts(strings.Repeat(field("x", ""), 9), part("source", "a.txt", "x"), strings.Repeat(field("x", ""), 8)), 400, "bad_request", "source"},
		"fields without a file": {formType, parts(field("x", "x")), 400, "bad_request", "source"},
		"cut in a field":        {formType, strings.TrimSuffix(field("x", "xxxxx"), "xx\r\n"), 400, "bad_request", ""},
		"more than fits":        {formType, parts(strings.Repeat(field("x", big[:4096]), 16), part("source", "a.txt", big)), 413, "request_entity_too_large", "source"},
		"no end":                {formType, strings.TrimSuffix(form("a.txt", "x"), "--limit--\r\n"), 400, "bad_request", ""},
		"cut in the file":       {formType, part("source", "a.txt", "xxxxxxxxxxxx")[:130], 400, "bad_request", ""},
		"cut in the end":        {formType, part("source", "a.txt", "x") + "--limit", 400, "bad_request", ""},
		"another boundary":      {"Content-Type: multipart/form-data; boundary=other", form("a.txt", "x"), 400, "bad_request", ""},
		"no boundary":           {"Content-Type: multipart/form-data", form("a.txt", "x"), 415, "unsupported_media_type", "Content-Type"},
		"JSON":                  {"Content-Type: application/json", `{"source":"x"}`, 415, "unsupported_media_type", "Content-Type"},
		"mixed":                 {"Content-Type: multipart/mixed; boundary=limit", form("a.txt", "x"), 415, "unsupported_media_type", "Content-Type"},
		"broken header":         {formType, "--limit\r\nContent-Disposition\r\n\r\nx\r\n--limit--\r\n", 400, "bad_request", ""},
		"endless header":        {formType, "--limit\r\nX: " + strings.Repeat("x", 20_000) + "\r\n\r\nx\r\n--limit--\r\n", 400, "bad_request", "source"},
		"endless header behind": {formType, strings.TrimSuffix(form("a.txt", "x"), "--limit--\r\n") + "--limit\r\nX: " + strings.Repeat("x", 40_000) + "\r\n\r\nx\r\n--limit--\r\n", 400, "bad_request", "source"},
		"quoted printable":      {formType, "--limit\r\nContent-Disposition: form-data; name=source; filename=a.txt\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=41\r\n--limit--\r\n", 400, "bad_request", "source"},
		"empty file":            {formType, form("a.txt", ""), 400, "bad_request", "source"},
		"too large":             {formType, form("a.txt", big+"x"), 413, "request_entity_too_large", "source"},
		"much too large":        {formType, form("a.txt", big+big), 413, "request_entity_too_large", "source"},
		"a type that is none":   {formType, form("a.html", "<!DOCTYPE html>"), 415, "unsupported_media_type", "source"},
		"a name that lies":      {formType, form("a.png", "<svg xmlns='http://www.w3.org/2000/svg'/>"), 415, "unsupported_media_type", "source"},
		"a picture that is not": {formType, form("a.gif", "GIF89a<script>"), 415, "unsupported_media_type", "source"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := e.in(t)
			got := e.call("POST", e.path("/attachments"), test.body, e.basic(), test.kind).wantProblem(test.status, test.code, test.field)
			if test.status == 413 && !strings.Contains(got.Title, "1 MiB at most") {
				t.Errorf("%s does not say how large a file may be", got.Title)
			}
		})
	}
	for query, field := range map[string]string{"?access=copy": "access", "?access=": "access", "?for=user": "for"} {
		e.call("POST", e.path("/attachments"+query), form("a.txt", "x"), e.basic(), formType).wantProblem(400, "bad_request", field)
	}
	e.call("POST", e.path("/attachments?conversationId=x"), form("a.txt", "x"), e.basic(), formType).wantProblem(404, "conversation_not_found", "")
	e.call("POST", e.path("/attachments"), form("a.txt", "x"), e.basic(), formType, "Content-Encoding: gzip").wantProblem(415, "unsupported_media_type", "Content-Encoding")
	e.attach("", "a.txt", big)
}

// TestUploadBesideFields: a few small text fields before and after the file count for nothing.
func TestUploadBesideFields(t *testing.T) {
	t.Parallel()
	e := start(t)
	for name, body := range map[string]string{
		"before":                          parts(field("access", "private"), field("type", ""), part("source", "a.txt", "hello")),
		"after":                           parts(part("source", "a.txt", "hello"), field("conversationId", "x"), field("x", strings.Repeat("x", 4096))),
		"around":                          parts(strings.Repeat(field("x", "1"), 8), part("source", "a.txt", "hello"), strings.Repeat(field("x", "1"), 8)),
		"of a form without a second file": parts(part("source", "a.txt", "hello"), part("other", "", "")),
	} {
		a := decode[struct{ Attachment wire.Attachment }](t, e.call("POST", e.path("/attachments"), body, e.basic(), formType).want(201).body).Attachment
		if shown := e.call("GET", e.pathOf(a.MediaURL), "").want(200); string(shown.body) != "hello" || !strings.HasSuffix(a.MediaURL, "/a.txt") {
			t.Errorf("%s: %+v holds %q", name, a, shown.body)
		}
	}
	e.wantFiles(4)
}

// TestLyingTypes: what a part says of its type counts for nothing.
func TestLyingTypes(t *testing.T) {
	t.Parallel()
	e := start(t)
	body := strings.Replace(form("a.png", pngOf(2, 2)), "application/octet-stream", "text/html", 1)
	r := e.call("POST", e.path("/attachments"), body, e.basic(), formType)
	if got := decode[struct{ Attachment wire.Attachment }](t, r.want(201).body).Attachment; got.MediaType != "image/png" {
		t.Errorf("%+v", got)
	}
	body = strings.Replace(form("a.png", "<!DOCTYPE html><script>1</script>"), "application/octet-stream", "image/png", 1)
	e.call("POST", e.path("/attachments"), body, e.basic(), formType).wantProblem(415, "unsupported_media_type", "source")
}

// TestCutOffUpload: a line that breaks in the middle of a file leaves nothing, and the server goes on.
func TestCutOffUpload(t *testing.T) {
	t.Parallel()
	e := start(t)
	line, err := net.Dial("tcp", strings.TrimPrefix(e.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(line, "POST %s HTTP/1.1\r\nHost: x\r\n%s\r\n%s\r\nContent-Length: 1000000\r\n\r\n%s", e.path("/attachments"), e.basic(), formType,
		part("source", "a.txt", strings.Repeat("x", 200_000)))
	line.Close()
	e.attach("", "a.txt", "x")
	e.wantFiles(1)
}

// TestUserUploads: the way of a file that a user sends, from the upload to the message that everybody sees.
func TestUserUploads(t *testing.T) {
	t.Parallel()
	e := start(t)
	ana := e.signIn(credential("sdk", e.UserToken("ana"))).want(201).signedIn()
	ben := e.signIn(credential("sdk", e.UserToken("ben"))).want(201).signedIn()
	_, other := e.NewApp("Other")
	conversation := e.newConversation("ana").ID

	r := e.upload(ana.Session.Token, conversation, "lamp.png", pngOf(30, 20)).want(201)
	a := decode[struct{ Attachment wire.Attachment }](t, r.body).Attachment
	path := e.pathOf(a.MediaURL)
	if got := r.header.Get("Access-Control-Allow-Origin"); got != "*" {
		t.Errorf("CORS: %q", got)
	}
	for name, test := range map[string]struct {
		headers []string
		status  int
	}{
		"nobody":             {nil, 401},
		"its user":           {[]string{"Authorization: Bearer " + ana.Session.Token}, 200},
		"its user's cookie":  {[]string{"Cookie: __Host-parlor-" + string(e.App.ID) + "=" + ana.Session.Token}, 200},
		"another user":       {[]string{"Authorization: Bearer " + ben.Session.Token}, 404},
		"no session":         {[]string{"Authorization: Bearer nonsense"}, 401},
		"a key":              {[]string{e.basic()}, 200},
		"a key's token":      {[]string{"Authorization: Bearer " + e.Key.Token(t, map[string]any{"scope": "app"})}, 200},
		"another app's key":  {[]string{other.Basic()}, 401},
		"a user's token":     {[]string{"Authorization: Bearer " + e.UserToken("ana")}, 403},
		"a key that is none": {[]string{"Authorization: " + basic(e.Key.ID, "wrong")}, 401},
	} {
		if got := e.call("GET", path, "", test.headers...); got.status != test.status {
			t.Errorf("%s: %d %s", name, got.status, got.body)
		}
	}
	private := e.call("GET", path, "", e.basic()).want(200)
	if got := private.header.Get("Cache-Control") + "; " + private.header.Get("Cross-Origin-Resource-Policy"); got != "private, max-age=600; same-origin" {
		t.Errorf("it may be kept: %s", got)
	}

	e.upload(ben.Session.Token, conversation, "a.txt", "x").wantProblem(404, "conversation_not_found", "")
	e.upload("nonsense", conversation, "a.txt", "x").wantProblem(401, "session_ended", "")
	e.call("POST", e.sdk("/conversations/"+conversation+"/attachments"), form("a.txt", "x"), formType).wantProblem(401, "unauthorized", "")
	cookie := "Cookie: __Host-parlor-" + string(e.App.ID) + "=" + ana.Session.Token
	inPage := decode[entered](t, e.call("GET", e.page("/session"), "", cookie).want(200).body).Session.Token
	named := "Authorization: Bearer " + inPage
	post := func(headers ...string) reply {
		return e.call("POST", e.sdk("/conversations/"+conversation+"/attachments"), form("a.txt", "x"), append(headers, formType)...)
	}
	post(cookie, named, "Origin: "+e.URL).want(201)
	post(cookie, named, "Origin: https://evil.example").want(401)
	post(cookie, named).want(401)
	post(cookie, "Authorization: Bearer cookie:0123456789abcdef01234567", "Origin: "+e.URL).want(401)

	// An anonymous user may after the business has written.
	anonymous := e.signIn(`{}`).want(201).signedIn()
	own := e.newConversation(anonymous.User.ID).ID
	e.upload(anonymous.Session.Token, own, "a.txt", "x").wantProblem(403, "upload_not_allowed", "")
	e.say(own, "hello")
	e.upload(anonymous.Session.Token, own, "a.txt", "x").want(201)
}

// TestUploadRules: what a client is told beforehand is what an upload meets.
func TestUploadRules(t *testing.T) {
	t.Parallel()
	e := start(t, func(s *config.Server) { s.MaxFile = 1000 })
	rules := decode[wire.UploadRules](t, e.call("GET", e.sdk("/uploads"), "").want(200).body)
	if rules.MaxBytes != 1000 || !slices.Contains(rules.Pictures, "webp") || slices.Contains(rules.Pictures, "heic") ||
		!slices.Contains(rules.Files, "heic") || !slices.IsSorted(rules.Files) || slices.Contains(rules.Files, "svg") {
		t.Errorf("the rules are %+v", rules)
	}
}

// TestForgedHosts: the address of a user's upload is never made of what the request says: keys are presented there.
func TestForgedHosts(t *testing.T) {
	t.Parallel()
	e := start(t)
	ana := e.signIn(credential("sdk", e.UserToken("ana"))).want(201).signedIn()
	conversation := e.newConversation("ana").ID
	r := e.call("POST", e.sdk("/conversations/"+conversation+"/attachments"), form("a.txt", "x"), "Authorization: Bearer "+ana.Session.Token, formType, "Host: evil.example")
	e.pathOf(decode[struct{ Attachment wire.Attachment }](t, r.want(201).body).Attachment.MediaURL)
}

// TestQuotaOverHTTP: the files of one user have a share.
func TestQuotaOverHTTP(t *testing.T) {
	t.Parallel()
	e := start(t, func(s *config.Server) { s.UserFiles = 100 })
	ana := e.signIn(credential("sdk", e.UserToken("ana"))).want(201).signedIn()
	conversation := e.newConversation("ana").ID
	e.upload(ana.Session.Token, conversation, "a.txt", strings.Repeat("x", 60)).want(201)
	e.upload(ana.Session.Token, conversation, "a.txt", strings.Repeat("x", 60)).wantProblem(403, "quota_reached", "")
	e.upload(ana.Session.Token, conversation, "a.txt", strings.Repeat("x", 40)).want(201)
}
