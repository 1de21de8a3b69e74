package outbound

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"testing"
)

// proxy is an HTTP proxy on loopback that leads every CONNECT to one server, and writes down what it was asked.
type proxy struct {
	*httptest.Server
	to string

	mu    sync.Mutex // guards asked
	asked []string
}

func newProxy(t *testing.T, to *httptest.Server) *proxy {
	t.Helper()
	p := &proxy{to: to.Listener.Addr().String()}
	p.Server = httptest.NewServer(p)
	t.Cleanup(p.Close)
	return p
}

func (p *proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	p.asked = append(p.asked, r.Method+" "+r.RequestURI+" "+r.Header.Get("Proxy-Authorization"))
	p.mu.Unlock()
	if r.Method != http.MethodConnect {
		io.WriteString(w, "by the proxy")
		return
	}
	server, err := net.Dial("tcp", p.to)
	if err != nil {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	defer server.Close()
	client, buffered, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	defer client.Close()
	io.WriteString(client, "HTTP/1.1 200 OK\r\n\r\n")
	go func() {
		defer server.Close()
		io.Copy(server, buffered)
	}()
	io.Copy(client, server)
}

func (p *proxy) calls() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return strings.Join(p.asked, "\n")
}

func TestExplicitProxy(t *testing.T) {
	t.Parallel()
	server, _ := counted(t, true, func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "through") })
	p := newProxy(t, server)
	address, err := url.Parse(p.URL)
	if err != nil {
		t.Fatal(err)
	}
	address.User = url.UserPassword("parlor", "secret")
	allow := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")} // not loopback, where the proxy is
	client := newClient(t, Options{Proxy: address, Allow: allow}, server)

	// The name resolves nowhere here: the proxy is the one to know it.
	response, err := get(t, client, "https://example.com/hook", Limits{})
	if err != nil || string(response.Body) != "through" {
		t.Fatalf("%v, %v", response, err)
	}
	const connect = "CONNECT example.com:443 Basic cGFybG9yOnNlY3JldA=="
	if got := p.calls(); got != connect {
		t.Errorf("the proxy was asked %q, want %q", got, connect)
	}

	// The request line is of the URL, not of Host.
	request, err := http.NewRequest(http.MethodGet, "http://10.0.0.1:11434/model", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Host = "127.0.0.1"
	if _, err := client.Do(t.Context(), request, Limits{}); err != nil {
		t.Fatal(err)
	}
	const all = connect + "\nGET http://10.0.0.1:11434/model Basic cGFybG9yOnNlY3JldA=="
	if got := p.calls(); got != all {
		t.Errorf("the proxy was asked %q, want %q", got, all)
	}

	for target, word := range map[string]string{
		"https://127.0.0.1/":        "loopback",
		"https://169.254.169.254/":  "link-local",
		"https://localhost/":        "inner",
		"http://example.com/":       "https",
		"https://93.184.215.14:22/": "port",
		"https://１２７.0.0.1/":        "xn--",
	} {
		_, err := get(t, client, target, Limits{})
		mustRefuse(t, err, word)
	}
	if got := p.calls(); got != all {
		t.Errorf("the proxy was asked for what is refused: %q", got)
	}
}

func TestProxyIsOut(t *testing.T) {
	t.Parallel()
	closed := httptest.NewServer(nil)
	closed.Close()
	address, err := url.Parse(closed.URL)
	if err != nil {
		t.Fatal(err)
	}
	_, err = get(t, newClient(t, Options{Proxy: address}), "https://example.com/hook", Limits{})
	mustFail(t, err, "reached")
}

// TestEnvironmentProxiesAreIgnored calls by name, since net/http takes no proxy of the environment for loopback itself.
func TestEnvironmentProxiesAreIgnored(t *testing.T) {
	server, connections := counted(t, false, func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "direct") })
	p := newProxy(t, server)
	for _, name := range []string{"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"} {
		t.Setenv(name, p.URL)
		t.Setenv(strings.ToLower(name), p.URL)
	}
	t.Setenv("NO_PROXY", "")
	t.Setenv("no_proxy", "")
	request, err := http.NewRequest(http.MethodGet, "http://hooks.example.com:"+port(server), nil)
	if err != nil {
		t.Fatal(err)
	}
	if found, err := http.ProxyFromEnvironment(request); err != nil || found == nil {
		t.Fatalf("the environment names no proxy: %v, %v", found, err)
	}

	client := newClient(t, Options{Allow: loopback, resolver: newNameServer(t, "127.0.0.1")})
	response, err := client.Do(t.Context(), request, Limits{})
	if err != nil || string(response.Body) != "direct" || connections.Load() != 1 {
		t.Errorf("%v, %v", response, err)
	}
	if got := p.calls(); got != "" {
		t.Errorf("the proxy was asked %q", got)
	}
}
