package outbound

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

var loopback = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}

// counted is a server on loopback, and how many connections were made to it.
func counted(t *testing.T, secure bool, handler http.HandlerFunc) (*httptest.Server, *atomic.Int32) {
	t.Helper()
	var connections atomic.Int32
	server := httptest.NewUnstartedServer(handler)
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			connections.Add(1)
		}
	}
	if secure {
		server.EnableHTTP2 = true
		server.StartTLS()
	} else {
		server.Start()
	}
	t.Cleanup(server.Close)
	return server, &connections
}

// newClient closes the client before the servers of the test, which wait for its connections.
func newClient(t *testing.T, o Options, servers ...*httptest.Server) *Client {
	t.Helper()
	o.RootCAs = x509.NewCertPool()
	for _, server := range servers {
		if server.Certificate() != nil {
			o.RootCAs.AddCert(server.Certificate())
		}
	}
	client := New(o)
	t.Cleanup(client.Close)
	return client
}

func get(t *testing.T, client *Client, url string, limits Limits) (*Response, error) {
	t.Helper()
	request, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	return client.Do(t.Context(), request, limits)
}

func mustRefuse(t *testing.T, err error, word string) {
	t.Helper()
	if e, ok := errors.AsType[*Error](err); !ok || !e.Refused || e.Retryable || !strings.Contains(e.Message, word) {
		t.Errorf("%v, want a refusal with %q", err, word)
	}
}

func mustFail(t *testing.T, err error, word string) {
	t.Helper()
	if e, ok := errors.AsType[*Error](err); !ok || e.Refused || !e.Retryable || !strings.Contains(e.Message, word) {
		t.Errorf("%v, want a failure to try again, with %q", err, word)
	}
}

func TestLoopbackIsRefusedUnlessAllowed(t *testing.T) {
	t.Parallel()
	for _, secure := range []bool{false, true} {
		server, connections := counted(t, secure, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("X-Seen", r.Method+" "+r.Host+" "+r.UserAgent())
			w.WriteHeader(http.StatusTeapot)
			io.Copy(w, r.Body)
		})
		strict, allowing := newClient(t, Options{}, server), newClient(t, Options{Allow: loopback, UserAgent: "Parlor/test"}, server)

		_, err := get(t, strict, server.URL, Limits{})
		mustRefuse(t, err, "loopback")
		if n := connections.Load(); n != 0 {
			t.Fatalf("%d connections were made before the refusal", n)
		}

		request, err := http.NewRequest(http.MethodPost, server.URL, strings.NewReader("sent"))
		if err != nil {
			t.Fatal(err)
		}
		request.Host = "elsewhere.example"
		response, err := allowing.Do(t.Context(), request, Limits{})
		if err != nil {
			t.Fatal(err)
		}
		seen, want := response.Header.Get("X-Seen"), "POST "+server.Listener.Addr().String()+" Parlor/test"
		if response.Status != http.StatusTeapot || string(response.Body) != "sent" || response.Truncated || seen != want {
			t.Errorf("%d %q %t, seen %q, want %q", response.Status, response.Body, response.Truncated, seen, want)
		}
	}
}

// TestRebinding looks a name up as a naive check would, and finds it public; what the call meets is what counts.
func TestRebinding(t *testing.T) {
	t.Parallel()
	server, connections := counted(t, true, func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "inner") })
	url := "https://example.com:" + port(server) // the certificate of httptest is for example.com

	for _, c := range []struct {
		name, allow, refused string
	}{
		{"loopback is not allowed", "127.0.0.2/32", "public internet"},
		{"loopback is allowed", "127.0.0.1/32", ""},
	} {
		resolver := newNameServer(t, "93.184.215.14", "127.0.0.1")
		client := newClient(t, Options{Allow: []netip.Prefix{netip.MustParsePrefix(c.allow)}, resolver: resolver}, server)
		if err := client.CheckURL(url); err != nil {
			t.Fatal(err)
		}
		first, err := resolver.LookupNetIP(t.Context(), "ip4", "example.com")
		if err != nil || specialPurpose(first[0].Unmap()) != "" {
			t.Fatalf("the first answer is %v, %v", first, err)
		}

		response, err := get(t, client, url, Limits{})
		switch {
		case c.refused != "":
			mustRefuse(t, err, c.refused)
			if e, ok := errors.AsType[*Error](err); ok && (strings.Contains(e.Message, "127.0.0.1") || !strings.Contains(e.Error(), "127.0.0.1")) {
				t.Errorf("the address is for the operator alone: %q, %q", e.Message, e.Error())
			}
			if n := connections.Load(); n != 0 {
				t.Errorf("%d connections were made", n)
			}
		case err != nil || string(response.Body) != "inner":
			t.Errorf("%s: %v, %v", c.name, response, err)
		}
	}
}

// TestNamesAreJudgedWhenDialled: none of these calls leaves the machine, since the refusal comes before the connection.
func TestNamesAreJudgedWhenDialled(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		url, leadsTo string
		allow        []netip.Prefix
		refused      string
	}{
		{"https://hooks.example.com/", "127.0.0.1", nil, "public internet"},
		{"https://hooks.example.com/", "10.0.0.1", nil, "public internet"},
		{"https://hooks.example.com/", "169.254.169.254", nil, "public internet"},
		{"https://hooks.example.com/", "100.64.0.1", nil, "public internet"},
		{"https://hooks.example.com/", "0.0.0.0", nil, "public internet"},
		{"https://localhost.example.com/", "10.0.0.1", loopback, "public internet"},
		{"http://hooks.example.com/", "10.0.0.1", loopback, "public internet"},
		{"http://hooks.example.com/", "93.184.215.14", loopback, "https"},
		{"https://hooks.example.com:9000/", "93.184.215.14", loopback, "port"},
	} {
		client := newClient(t, Options{Allow: c.allow, resolver: newNameServer(t, c.leadsTo)})
		_, err := get(t, client, c.url, Limits{})
		mustRefuse(t, err, c.refused)
	}
}

func port(server *httptest.Server) string {
	_, port, _ := net.SplitHostPort(server.Listener.Addr().String())
	return port
}

func TestRedirectsAreAnswers(t *testing.T) {
	t.Parallel()
	target, connections := counted(t, false, func(http.ResponseWriter, *http.Request) {})
	server, _ := counted(t, false, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, target.URL, http.StatusFound) })
	response, err := get(t, newClient(t, Options{Allow: loopback}), server.URL, Limits{})
	if err != nil || response.Status != http.StatusFound || response.Header.Get("Location") != target.URL {
		t.Errorf("%v, %v", response, err)
	}
	if n := connections.Load(); n != 0 {
		t.Errorf("%d connections were made to where the redirect leads", n)
	}
}

func TestBodyIsBounded(t *testing.T) {
	t.Parallel()
	ended := make(chan struct{}, 1)
	server, _ := counted(t, false, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/full":
			w.Write(make([]byte, DefaultMaxBody))
		case "/over":
			w.Write(make([]byte, DefaultMaxBody+1))
		case "/endless":
			for _, err := w.Write(make([]byte, 1<<10)); err == nil; {
				_, err = w.Write(make([]byte, 1<<10))
			}
			ended <- struct{}{}
		case "/packed":
			w.Header().Set("Content-Encoding", "gzip")
			w.Write([]byte("\x1f\x8b as it is"))
		}
	})
	client := newClient(t, Options{Allow: loopback})
	for _, c := range []struct {
		path      string
		maxBody   int64
		want      int
		truncated bool
	}{
		{"/full", 0, DefaultMaxBody, false},
		{"/over", 0, DefaultMaxBody, true},
		{"/over", DefaultMaxBody + 1, DefaultMaxBody + 1, false},
		{"/endless", 1 << 20, 1 << 20, true},
		{"/packed", 0, 11, false},
	} {
		response, err := get(t, client, server.URL+c.path, Limits{MaxBody: c.maxBody, Timeout: time.Minute})
		if err != nil || len(response.Body) != c.want || response.Truncated != c.truncated {
			t.Errorf("%s: %v", c.path, err)
		}
	}
	<-ended // its connection was closed, not read on
}

func TestSlowServers(t *testing.T) {
	t.Parallel()
	server, _ := counted(t, false, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/body" {
			io.WriteString(w, "secret")
			w.(http.Flusher).Flush()
		}
		<-r.Context().Done() // until the client goes
	})
	client := newClient(t, Options{Allow: loopback})
	for _, path := range []string{"/header", "/body"} {
		_, err := get(t, client, server.URL+path, Limits{Timeout: 50 * time.Millisecond})
		mustFail(t, err, "within 50ms")
		if !errors.Is(err, context.DeadlineExceeded) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v", path, err)
		}
	}

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	request, err := http.NewRequest(http.MethodGet, server.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	_, err = client.Do(ctx, request, Limits{})
	mustFail(t, err, "given up")
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v does not say that the caller gave up", err)
	}
}

func TestFailures(t *testing.T) {
	t.Parallel()
	plain, _ := counted(t, false, func(http.ResponseWriter, *http.Request) {})
	secure, _ := counted(t, true, func(http.ResponseWriter, *http.Request) {})
	old := httptest.NewUnstartedServer(nil)
	old.TLS = &tls.Config{MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11}
	old.StartTLS()
	t.Cleanup(old.Close)
	for _, server := range []*httptest.Server{plain, secure, old} {
		server.Config.ErrorLog = discard
	}
	closed := httptest.NewServer(nil)
	closed.Close()
	noHTTP := raw(t, "SSH-2.0-secret\r\n")
	client := newClient(t, Options{Allow: loopback}) // knows no certificate
	for _, c := range []struct{ name, url, word string }{
		{"nobody listens", closed.URL, "reached"},
		{"unknown certificate", secure.URL, "certificate"},
		{"no TLS", "https" + strings.TrimPrefix(plain.URL, "http"), "TLS"},
		{"TLS of old", old.URL, "TLS"},
		{"no HTTP", noHTTP, "could not be read"},
		{"closed at once", raw(t, ""), "closed the connection"},
		{"closed in the body", raw(t, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nsecret"), "closed the connection"},
	} {
		_, err := get(t, client, c.url, Limits{})
		mustFail(t, err, c.word)
		if e, ok := errors.AsType[*Error](err); ok && strings.Contains(e.Message, "secret") {
			t.Errorf("%s: the sentence quotes the answer: %s", c.name, e.Message)
		}
	}
}

func TestUnknownHost(t *testing.T) {
	t.Parallel()
	client := newClient(t, Options{})
	notFound := &net.DNSError{Err: "no such host", Name: "hooks.example.com", IsNotFound: true}
	client.secure.DialContext = func(context.Context, string, string) (net.Conn, error) {
		return nil, &net.OpError{Op: "dial", Err: notFound}
	}
	_, err := get(t, client, "https://hooks.example.com", Limits{})
	mustFail(t, err, "DNS")
}

func TestWhatCannotBeSentIsNotTriedAgain(t *testing.T) {
	t.Parallel()
	request, err := http.NewRequest(http.MethodPost, "https://hooks.example.com", io.NopCloser(bytes.NewReader(nil)))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("X-Secret", "a\nb")
	_, err = newClient(t, Options{}).Do(t.Context(), request, Limits{})
	if e, ok := errors.AsType[*Error](err); !ok || e.Refused || e.Retryable {
		t.Errorf("%v", err)
	}
}

// TestKeptConnectionsServeAgain: a short answer is read to its end, so that its connection is used again.
func TestKeptConnectionsServeAgain(t *testing.T) {
	t.Parallel()
	server, connections := counted(t, false, func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "short") })
	client := newClient(t, Options{Allow: loopback})
	for range 3 {
		if _, err := get(t, client, server.URL, Limits{}); err != nil {
			t.Fatal(err)
		}
	}
	if n := connections.Load(); n != 1 {
		t.Errorf("%d connections for three calls", n)
	}
}
