package attachment_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/attachment"
	"github.com/parlorchat/parlor/internal/chat"
)

const mediaKey = "0123456789abcdef0123456789abcdef"

func newLinks(now *time.Time) *attachment.Links {
	return attachment.NewLinks(func(parts ...string) []byte {
		mac := hmac.New(sha256.New, []byte("key"))
		for _, part := range parts {
			mac.Write([]byte(part + "|"))
		}
		return mac.Sum(nil)
	}, func() time.Time { return *now })
}

// opens tells whether a path of a file opens.
func opens(t *testing.T, l *attachment.Links, path string) bool {
	t.Helper()
	u, err := url.Parse(path)
	if err != nil {
		t.Fatal(err)
	}
	parts := strings.Split(u.Path, "/")
	return l.OpensFile(chat.AppID(parts[2]), parts[3], u.Query().Get("expires"), u.Query().Get("signature"))
}

func TestSignedAddresses(t *testing.T) {
	t.Parallel()
	now := time.Unix(1_700_000_010, 0)
	l := newLinks(&now)
	message := &chat.Message{App: "app", Content: chat.Content{Type: chat.ContentImage,
		Media: &chat.Media{URL: "https://a.example/x", File: &chat.File{Key: mediaKey, Name: "ä b.png", Thumbnail: true}}}}
	display, thumbnail := l.LinksOf(message, 0)
	if !strings.HasPrefix(display, "/media/app/"+mediaKey+"/%C3%A4%20b.png?") || thumbnail != display+"&size=thumbnail" || !opens(t, l, display) {
		t.Fatalf("%s, %s", display, thumbnail)
	}
	for name, changed := range map[string]string{
		"another app":       strings.Replace(display, "/app/", "/other/", 1),
		"another file":      strings.Replace(display, mediaKey, strings.Repeat("0", 32), 1),
		"another time":      strings.Replace(display, "expires=17", "expires=18", 1),
		"another signature": display[:len(display)-1] + string(display[len(display)-1]^1),
		"no signature":      display[:strings.Index(display, "&signature")],
		"half of it":        display[:len(display)-10],
	} {
		if opens(t, l, changed) {
			t.Errorf("%s opens", name)
		}
	}

	opened := 0
	for start := now; now.Sub(start) < 15*time.Minute; now = now.Add(time.Second) {
		if opens(t, l, display) {
			opened++
		}
	}
	if opened < 5*60 || opened > 10*60 {
		t.Errorf("it opens for %d seconds", opened)
	}
	now = time.Unix(1_700_000_010, 0)
	first, _ := l.LinksOf(message, 0)
	now = now.Add(time.Minute)
	if again, _ := l.LinksOf(message, 0); again != first {
		t.Errorf("a minute later it is another: %s", again)
	}
}

func TestLinksOf(t *testing.T) {
	t.Parallel()
	now := time.Unix(1_700_000_000, 0)
	l := newLinks(&now)
	elsewhere := chat.Media{URL: "https://a.example/x"}
	public := chat.Media{URL: "https://a.example/x", File: &chat.File{Key: mediaKey, Name: "a.png", Public: true}}
	m := func(of chat.ContentType, media chat.Media, origin string) *chat.Message {
		return &chat.Message{App: "app", Conversation: "c", ID: "m", Origin: chat.Origin{Type: origin}, Content: chat.Content{Type: of, Media: &media}}
	}
	cards := m(chat.ContentCarousel, chat.Media{}, chat.OriginREST)
	cards.Content.Media, cards.Content.Cards = nil, &chat.Cards{Items: []chat.Item{{}, {MediaURL: "https://a.example/x"}}}
	for name, test := range map[string]struct {
		message            *chat.Message
		place              int
		display, thumbnail string // how they begin; "": there is none
	}{
		"public":               {m(chat.ContentImage, public, "web"), 0, "/media/app/" + mediaKey + "/a.png", ""},
		"elsewhere, image":     {m(chat.ContentImage, elsewhere, chat.OriginREST), 0, "/media/app/c/m/0?signature=", "/media/app/c/m/0?signature="},
		"elsewhere, file":      {m(chat.ContentFile, elsewhere, chat.OriginREST), 0, "/media/app/c/m/0?signature=", ""},
		"elsewhere, by a user": {m(chat.ContentImage, elsewhere, "web"), 0, "", ""},
		"an item":              {cards, 1, "/media/app/c/m/1?signature=", "/media/app/c/m/1?signature="},
		"an item without":      {cards, 0, "", ""},
		"no item":              {cards, 2, "", ""},
		"a text":               {&chat.Message{Content: chat.Content{Type: chat.ContentText}}, 0, "", ""},
	} {
		display, thumbnail := l.LinksOf(test.message, test.place)
		if !strings.HasPrefix(display, test.display) || (display == "") != (test.display == "") ||
			!strings.HasPrefix(thumbnail, test.thumbnail) || (thumbnail == "") != (test.thumbnail == "") {
			t.Errorf("%s: %q, %q", name, display, thumbnail)
		}
	}
	display, _ := l.LinksOf(cards, 1)
	signature := display[strings.Index(display, "=")+1:]
	if !l.OpensCopy("app", "c", "m", "1", signature) {
		t.Error("the address of a copy does not open it")
	}
	if l.OpensCopy("app", "c", "m", "2", signature) || l.OpensCopy("app", "c", "n", "1", signature) || l.OpensCopy("app", "d", "m", "1", signature) ||
		l.OpensCopy("other", "c", "m", "1", signature) || l.OpensCopy("app", "c", "m", "1", "") {
		t.Error("it opens another")
	}
}
