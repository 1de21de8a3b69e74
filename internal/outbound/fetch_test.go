package outbound

import (
	"bytes"
	"errors"
	"net/http"
	"strings"
	"testing"
)

func TestFetch(t *testing.T) {
	t.Parallel()
	server, connections := counted(t, false, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Seen", r.Method+" "+r.URL.Path)
		w.Write([]byte(strings.Repeat("x", 100)))
	})
	strict, allowing := newClient(t, Options{}), newClient(t, Options{Allow: loopback})

	var kept bytes.Buffer
	_, err := strict.Fetch(t.Context(), server.URL, Limits{}, &kept)
	mustRefuse(t, err, "loopback")
	_, err = allowing.Fetch(t.Context(), "http://host\x00/", Limits{}, &kept)
	mustRefuse(t, err, "URL")
	if kept.Len() > 0 || connections.Load() > 0 {
		t.Errorf("%d bytes by %d connections", kept.Len(), connections.Load())
	}

	for most, want := range map[int64]bool{99: true, 100: false, 101: false} {
		kept.Reset()
		response, err := allowing.Fetch(t.Context(), server.URL+"/a", Limits{MaxBody: most}, &kept)
		if err != nil || response.Status != 200 || response.Header.Get("X-Seen") != "GET /a" || response.Truncated != want || int64(kept.Len()) != min(most, 100) {
			t.Errorf("at most %d: %d bytes, %+v, %v", most, kept.Len(), response, err)
		}
	}
	full := errors.New("full")
	if _, err := allowing.Fetch(t.Context(), server.URL, Limits{}, failing{full}); !errors.Is(err, full) {
		t.Errorf("a writer that fails: %v", err)
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }
