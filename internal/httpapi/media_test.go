package httpapi_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/coder/websocket"
	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"

	"github.com/parlorchat/parlor/internal/config"
)

// TestRangesAndThumbnails: parts of a file are sent, and a smaller picture where there is one.
func TestRangesAndThumbnails(t *testing.T) {
	t.Parallel()
	e := start(t)
	text := e.pathOf(e.attach("", "a.txt", "0123456789").MediaURL)
	part := e.call("GET", text, "", "Range: bytes=2-4").want(206)
	if string(part.body) != "234" || part.header.Get("Content-Range") != "bytes 2-4/10" || part.header.Get("Content-Type") != "text/plain; charset=utf-8" ||
		part.header.Get("Content-Disposition") != "attachment; filename=a.txt" {
		t.Errorf("%q %v", part.body, part.header)
	}
	e.call("GET", text, "", "Range: bytes=20-").want(416)
	if head := e.call("HEAD", text, "").want(200); head.header.Get("Content-Length") != "10" {
		t.Errorf("%v", head.header)
	}
	if same := e.call("GET", text+"?size=thumbnail", "").want(200); string(same.body) != "0123456789" {
		t.Errorf("the smaller of a text is %q", same.body)
	}

	picture := e.pathOf(e.attach("", "a.png", pngOf(1000, 500)).MediaURL)
	whole, smaller := e.call("GET", picture, "").want(200), e.call("GET", picture+"?size=thumbnail", "").want(200)
	if len(smaller.body) >= len(whole.body) || smaller.header.Get("Etag") == whole.header.Get("Etag") || !strings.HasPrefix(smaller.header.Get("Content-Type"), "image/") {
		t.Errorf("%d bytes of %d: %v", len(smaller.body), len(whole.body), smaller.header)
	}
}

// TestAddressesThatAreNone: what no upload made opens nothing, and says no more than that.
func TestAddressesThatAreNone(t *testing.T) {
	t.Parallel()
	e := start(t)
	other, _ := e.NewApp("Other")
	a := e.pathOf(e.attach("", "a.txt", "x").MediaURL)
	app := "/media/" + string(e.App.ID)
	for _, path := range []string{
		strings.Replace(a, string(e.App.ID), string(other.ID), 1), app + "/0123456789abcdef0123456789abcdef/a.txt", app + "/x/a.txt", "/media/x/y/z",
		app + "/%2e%2e%2f%2e%2e%2fetc/passwd", app + "/0123456789abcdef0123456789abcdef/%00",
	} {
		e.call("GET", path, "").wantProblem(404, "not_found", "")
	}
	e.call("GET", app+"/c/m/0", "").wantProblem(403, "forbidden", "")
	e.call("GET", app+"/c/m/0?signature=x", "").wantProblem(403, "forbidden", "")
	e.call("GET", app+"/x", "").wantProblem(404, "not_found", "")
	e.call("POST", a, "{}").wantProblem(404, "not_found", "")
}

// TestDeletionEndsAddresses: of the message, the conversation, the user and the app.
func TestDeletionEndsAddresses(t *testing.T) {
	t.Parallel()
	e := start(t)
	image := func(url string) string { return `{"type":"image","mediaUrl":"` + url + `"}` }
	shown := func(conversation string) (path, message string) {
		a := e.attach("", "a.png", pngOf(2, 2))
		r := e.postContent(conversation, business, image(a.MediaURL)).want(201)
		return e.pathOf(a.MediaURL), decode[struct{ Messages []struct{ ID string } }](t, r.body).Messages[0].ID
	}
	gone := func(what, path string) {
		t.Helper()
		if r := e.call("GET", path, ""); r.status != 404 {
			t.Errorf("after %s: %d", what, r.status)
		}
	}
	e.newUser("u")
	conversation := e.newConversation("u").ID
	path, message := shown(conversation)
	e.call("GET", path, "").want(200)
	e.rest("DELETE", "/conversations/"+conversation+"/messages/"+message, "").want(200)
	gone("the message", path)

	path, _ = shown(conversation)
	e.rest("DELETE", "/conversations/"+conversation+"/messages", "").want(200)
	gone("all messages", path)

	group := strings.TrimPrefix(e.anyConversation(), "/conversations/")
	path, _ = shown(group)
	unsent := e.pathOf(e.attach("?conversationId="+group, "a.txt", "x").MediaURL)
	e.rest("DELETE", "/conversations/"+group, "").want(200)
	gone("the conversation", path)
	gone("the conversation that it was for", unsent)

	ana := e.signIn(credential("sdk", e.UserToken("ana"))).want(201).signedIn()
	own := e.newConversation("ana").ID
	r := e.upload(ana.Session.Token, own, "a.txt", "x").want(201)
	private := e.pathOf(decode[struct{ Attachment struct{ MediaURL string } }](t, r.body).Attachment.MediaURL)
	e.call("GET", private, "", e.basic()).want(200)
	e.rest("DELETE", "/users/ana", "").want(200)
	e.call("GET", private, "", e.basic()).wantProblem(404, "not_found", "")

	path, _ = shown(conversation)
	e.call("DELETE", "/v2/apps/"+string(e.App.ID), "", e.accountKey().Basic()).want(200)
	gone("the app", path)
}

// TestMessagesByAttachment: over REST, media read as they were posted, with what the server knows of them.
func TestMessagesByAttachment(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.newUser("u")
	conversation := e.newConversation("u").ID
	a := e.attach("?access=private&conversationId="+conversation, "a.png", pngOf(30, 20))
	e.postContent(conversation, business, `{"type":"image","attachmentId":"`+a.ID+`","altText":"A lamp"}`).want(201)
	e.postContent(conversation, business, `{"type":"file","mediaUrl":"`+a.MediaURL+`"}`).want(201)
	for i, content := range e.told(conversation) {
		if content["mediaUrl"] != a.MediaURL || content["mediaType"] != "image/png" || content["mediaSize"] != float64(a.MediaSize) || content["displayUrl"] != nil || content["width"] != nil {
			t.Errorf("message %d: %v", i, content)
		}
	}
	e.postContent(conversation, business, `{"type":"image","attachmentId":"x"}`).wantProblem(400, "bad_request", "content.attachmentId")
	e.postContent(conversation, business, `{"type":"image"}`).wantProblem(400, "bad_request", "content.mediaUrl")
	e.postContent(conversation, business, `{"type":"image","mediaUrl":"https://a.example/x.png","displayUrl":"/evil","width":5,"height":"x"}`).want(400)
	posted := e.postContent(conversation, business, `{"type":"image","mediaUrl":"https://a.example/x.png","displayUrl":"/evil","width":5}`).want(201)
	if strings.Contains(string(posted.body), "evil") {
		t.Errorf("read only members are kept: %s", posted.body)
	}
}

// displayOf posts content and returns the address by which a user is shown its media, as the socket gives it.
func (e env) displayOf(conversation, content string) string {
	e.Helper()
	ana := e.signIn(credential("sdk", e.UserToken("u"))).want(201).signedIn()
	e.postContent(conversation, business, content).want(201)
	ws, _, err := websocket.Dial(e.Context(), "ws"+strings.TrimPrefix(e.URL, "http")+e.sdk("/socket"), nil)
	if err != nil {
		e.Fatal(err)
	}
	defer ws.CloseNow()
	if err := ws.Write(e.Context(), websocket.MessageText, []byte(`{"type":"hello","v":1,"session":"`+ana.Session.Token+`"}`)); err != nil {
		e.Fatal(err)
	}
	_, raw, err := ws.Read(e.Context())
	if err != nil {
		e.Fatal(err)
	}
	welcome := decode[[]struct {
		Conversations []struct {
			LastMessage struct{ Content struct{ DisplayURL string } }
		}
	}](e.T, raw)
	return welcome[0].Conversations[0].LastMessage.Content.DisplayURL
}

// TestMediaElsewhereOverHTTP: twenty viewers of a message cost one call; the address is the server's own word.
func TestMediaElsewhereOverHTTP(t *testing.T) {
	t.Parallel()
	var asked atomic.Int32
	elsewhere := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		w.Write([]byte(pngOf(30, 20)))
	}))
	t.Cleanup(elsewhere.Close)
	for name, test := range map[string]struct {
		allow  []string
		status int
	}{
		"allowed":     {[]string{"127.0.0.0/8"}, 200},
		"not allowed": {nil, 404},
	} {
		t.Run(name, func(t *testing.T) {
			asked.Store(0)
			e := start(t, func(s *config.Server) { s.OutboundAllow = test.allow })
			e.newUser("u")
			conversation := e.newConversation("u").ID
			display := e.displayOf(conversation, `{"type":"image","mediaUrl":"`+elsewhere.URL+`/lamp.png"}`)
			var all sync.WaitGroup
			for range 20 {
				all.Go(func() {
					r := e.call("GET", display, "")
					if r.status != test.status {
						t.Errorf("%d %s", r.status, r.body)
					}
					if got := r.header.Get("Content-Security-Policy"); test.status == 200 && (got != "default-src 'none'; sandbox" || r.header.Get("Content-Type") != "image/png") {
						t.Errorf("%v", r.header)
					}
				})
			}
			all.Wait()
			if n := asked.Load(); n > 1 || (n == 1) != (test.status == 200) {
				t.Errorf("it was asked for %d times", n)
			}
			e.call("GET", display+"x", "").wantProblem(403, "forbidden", "")
			e.call("GET", strings.Replace(display, "/0?", "/1?", 1), "").wantProblem(403, "forbidden", "")
		})
	}
}

// TestFilesInABucket: the same from outside, whatever the files lie in.
func TestFilesInABucket(t *testing.T) {
	t.Parallel()
	memory := s3mem.New()
	if err := memory.CreateBucket("files"); err != nil {
		t.Fatal(err)
	}
	storage := httptest.NewServer(gofakes3.New(memory).Server())
	t.Cleanup(storage.Close)
	e := start(t, func(s *config.Server) {
		s.Files = "s3://KEY:SECRET@" + strings.TrimPrefix(storage.URL, "http://") + "/files?tls=off"
	})
	path := e.pathOf(e.attach("", "a.txt", "0123456789").MediaURL)
	if whole := e.call("GET", path, "").want(200); string(whole.body) != "0123456789" {
		t.Errorf("%q", whole.body)
	}
	if part := e.call("GET", path, "", "Range: bytes=2-4").want(206); string(part.body) != "234" {
		t.Errorf("%q", part.body)
	}
	storage.Close()
	e.call("GET", path, "").wantProblem(503, "service_unavailable", "")
	e.call("POST", e.path("/attachments"), form("a.txt", "x"), e.basic(), formType).wantProblem(503, "service_unavailable", "")
	e.rest("GET", "/conversations?filter[userExternalId]=u", "").want(404) // and the rest goes on
}

// TestNobodyIsLockedOut: who follows an address without credentials has guessed nothing.
func TestNobodyIsLockedOut(t *testing.T) {
	t.Parallel()
	e := start(t, func(s *config.Server) { s.FailureRate = 3 })
	path := e.pathOf(e.attach("?access=private", "a.txt", "x").MediaURL)
	for range 10 {
		e.call("GET", path, "").wantProblem(401, "unauthorized", "")
	}
	e.call("GET", path, "", e.basic()).want(200)
	for range 3 {
		e.call("GET", path, "", "Authorization: "+basic(e.Key.ID, "wrong")).wantProblem(401, "unauthorized", "")
	}
	e.call("GET", path, "", "Authorization: "+basic(e.Key.ID, "wrong")).wantProblem(429, "rate_limited", "")
}
