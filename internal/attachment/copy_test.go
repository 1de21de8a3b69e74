package attachment_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/attachment"
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/outbound"
	"github.com/parlorchat/parlor/internal/store"
)

// elsewhere is a server of media, which counts what it is asked for.
type elsewhere struct {
	*httptest.Server
	asked atomic.Int32
}

func newElsewhere(t *testing.T) *elsewhere {
	t.Helper()
	e, lamp := &elsewhere{}, pngOf(1000, 500) // made before somebody waits for it: what is slow to come is given up
	e.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		e.asked.Add(1)
		switch r.URL.Path {
		case "/lamp.png", "/script.php":
			w.Write(lamp)
		case "/moved":
			http.Redirect(w, r, "/lamp.png", http.StatusFound)
		case "/lies.png":
			w.Header().Set("Content-Type", "image/png")
			fmt.Fprint(w, "<!DOCTYPE html><script>alert(1)</script>")
		case "/large.txt":
			fmt.Fprint(w, strings.Repeat("x", 2<<20))
		case "/manual.pdf":
			fmt.Fprint(w, "%PDF-1.7\n")
		case "/empty":
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(e.Close)
	return e
}

// fetching is a shelf whose operator allows loopback.
func fetching(t *testing.T) *shelf {
	t.Helper()
	client := outbound.New(outbound.Options{Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})
	t.Cleanup(client.Close)
	return newShelf(t, func(o *attachment.Options) { o.Fetcher = client })
}

func imageAt(url string) chat.Content {
	return chat.Content{Type: chat.ContentImage, Media: &chat.Media{URL: url}}
}

// TestFetchedOnce: for twenty who look at the same time, and for every message that shows the same.
func TestFetchedOnce(t *testing.T) {
	t.Parallel()
	s, e := fetching(t), newElsewhere(t)
	first, second := s.say(chat.AuthorBusiness, imageAt(e.URL+"/lamp.png")), s.say(chat.AuthorBusiness, imageAt(e.URL+"/lamp.png"))
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() {
			m := []chat.Message{first, second}[i%2]
			if a, err := s.Copy(t.Context(), s.app, talk, m.ID, 0); err != nil || a.Type != "image/png" || a.Width != 1000 || !a.Thumbnail || a.Name != "lamp.png" {
				t.Errorf("%+v %v", a, err)
			}
		})
	}
	all.Wait()
	if n := e.asked.Load(); n != 1 || len(s.files()) != 2 {
		t.Errorf("it was fetched %d times, and there are files %v", n, s.files())
	}
	a, err := s.Copy(t.Context(), s.app, talk, first.ID, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Find(t.Context(), s.app, a.Key); chat.KindOf(err) != chat.NotFound {
		t.Errorf("a copy opens as an attachment: %v", err)
	}

	// It goes with the last message that shows it, and each address with its own.
	s.write(func(tx store.Tx) error { return tx.EraseMessage(s.app, talk, first.ID) })
	_, err = s.Copy(t.Context(), s.app, talk, first.ID, 0)
	wantCode(t, err, chat.NotFound, "not_found")
	if _, err := s.Copy(t.Context(), s.app, talk, second.ID, 0); err != nil || e.asked.Load() != 1 {
		t.Errorf("the other message: %v", err)
	}
	s.write(func(tx store.Tx) error { return tx.EraseMessage(s.app, talk, second.ID) })
	s.pass(time.Minute)
	if err := s.Sweep(t.Context()); err != nil || len(s.files()) != 0 {
		t.Errorf("%v, %v", s.files(), err)
	}
}

// TestNotToBeHad: what cannot be fetched or shown is not there, and is not asked for again at once.
func TestNotToBeHad(t *testing.T) {
	t.Parallel()
	s, e := fetching(t), newElsewhere(t)
	for _, path := range []string{"/nothing.png", "/moved", "/lies.png", "/large.txt", "/empty"} {
		m := s.say(chat.AuthorBusiness, imageAt(e.URL+path))
		before := e.asked.Load()
		for range 3 {
			_, err := s.Copy(t.Context(), s.app, talk, m.ID, 0)
			wantCode(t, err, chat.NotFound, "not_found")
		}
		if n := e.asked.Load() - before; n != 1 {
			t.Errorf("%s was asked for %d times", path, n)
		}
		s.pass(11 * time.Minute)
		s.Copy(t.Context(), s.app, talk, m.ID, 0)
		if n := e.asked.Load() - before; n != 2 {
			t.Errorf("after a while, %s was asked for %d times", path, n)
		}
	}
	if files := s.files(); len(files)+len(s.leftovers()) != 0 {
		t.Errorf("there are %v", files)
	}
}

// TestOnlyWhatKeysName: an address of a user, of no place, of no message or of a text is not called.
func TestOnlyWhatKeysName(t *testing.T) {
	t.Parallel()
	s, e := fetching(t), newElsewhere(t)
	posted := s.say(chat.AuthorBusiness, imageAt(e.URL+"/lamp.png"))
	text := s.say(chat.AuthorBusiness, chat.Content{Type: chat.ContentText, Text: e.URL + "/lamp.png"})
	var byUser chat.Message
	s.write(func(tx store.Tx) error {
		place, err := tx.TakeNumber(s.app, talk, s.clock())
		if err != nil {
			return err
		}
		byUser = chat.Message{App: s.app, Conversation: talk, ID: "0000000000000000000000d4", Number: place.Number, Change: place.Change,
			Author: chat.Author{Type: chat.AuthorUser, User: ana}, Origin: chat.Origin{Type: "web", Client: "c", ClientMessageID: "1"}, Content: imageAt(e.URL + "/lamp.png")}
		_, err = tx.InsertMessage(byUser)
		return err
	})
	for name, test := range map[string]struct {
		app     chat.AppID
		talk    chat.ConversationID
		message chat.MessageID
		place   int
	}{
		"by a user":            {s.app, talk, byUser.ID, 0},
		"a text":               {s.app, talk, text.ID, 0},
		"another place":        {s.app, talk, posted.ID, 1},
		"no place":             {s.app, talk, posted.ID, -1},
		"no message":           {s.app, talk, "x", 0},
		"another conversation": {s.app, "x", posted.ID, 0},
		"another app":          {"x", talk, posted.ID, 0},
	} {
		_, err := s.Copy(t.Context(), test.app, test.talk, test.message, test.place)
		if chat.KindOf(err) != chat.NotFound {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n := e.asked.Load(); n != 0 {
		t.Errorf("%d calls were made", n)
	}
}

// TestInnerAddressesAreNotCalled: without the operator's word nothing on this machine or its network is (SSRF).
func TestInnerAddressesAreNotCalled(t *testing.T) {
	t.Parallel()
	s, e := newShelf(t, nil), newElsewhere(t)
	for _, url := range []string{e.URL + "/lamp.png", strings.Replace(e.URL, "127.0.0.1", "localhost", 1) + "/lamp.png", "http://169.254.169.254/latest/meta-data/",
		"http://[::1]/x.png", "https://10.0.0.1/x.png", "http://0x7f000001/x.png", "https://user:pass@a.example/x.png"} {
		m := s.say(chat.AuthorBusiness, imageAt(url))
		_, err := s.Copy(t.Context(), s.app, talk, m.ID, 0)
		wantCode(t, err, chat.NotFound, "not_found")
	}
	if n := e.asked.Load(); n != 0 {
		t.Errorf("%d calls were made", n)
	}
}

// TestNamesOfCopies: the end of an address says nothing, the bytes do.
func TestNamesOfCopies(t *testing.T) {
	t.Parallel()
	s, e := fetching(t), newElsewhere(t)
	for path, want := range map[string]string{"/script.php?x=1": "script.png", "/manual.pdf": "manual.pdf"} {
		m := s.say(chat.AuthorBusiness, imageAt(e.URL+path))
		if a, err := s.Copy(t.Context(), s.app, talk, m.ID, 0); err != nil || a.Name != want {
			t.Errorf("%s: %+v %v", path, a, err)
		}
	}
}

// stuck is a server of media that answers nothing until it is given up.
type stuck struct{ asked, left chan string }

func (s stuck) Fetch(ctx context.Context, address string, _ outbound.Limits, _ io.Writer) (*outbound.Response, error) {
	s.asked <- address
	<-ctx.Done()
	s.left <- address
	return nil, ctx.Err()
}

// TestStop: when Run is over nothing is fetched any more, and nothing begins; whoever waits is told to come again.
func TestStop(t *testing.T) {
	t.Parallel()
	far := stuck{asked: make(chan string, 1), left: make(chan string, 1)}
	s := newShelf(t, func(o *attachment.Options) { o.Fetcher = far })
	m := s.say(chat.AuthorBusiness, imageAt("https://media.example/lamp.png"))
	running, stop := context.WithCancel(t.Context())
	over, copied := make(chan error), make(chan error)
	go func() { over <- s.Service.Run(running) }()
	request, leave := context.WithCancel(t.Context())
	go func() {
		_, err := s.Copy(request, s.app, talk, m.ID, 0)
		copied <- err
	}()
	<-far.asked
	leave() // the fetch goes on without whoever began it
	if err := <-copied; !errors.Is(err, context.Canceled) {
		t.Errorf("who went away was told %v", err)
	}
	go func() {
		_, err := s.Copy(t.Context(), s.app, talk, m.ID, 0)
		copied <- err
	}()
	stop()
	if err := <-over; err != nil || len(far.left) != 1 {
		t.Errorf("Run is over with %v, and %d fetches are", err, len(far.left))
	}
	if err := <-copied; chat.KindOf(err) != chat.Unavailable {
		t.Errorf("who waited was told %v", err)
	}
	if _, err := s.Copy(t.Context(), s.app, talk, m.ID, 0); chat.KindOf(err) != chat.Unavailable || len(far.asked) != 0 {
		t.Errorf("who came later was told %v", err)
	}
}
