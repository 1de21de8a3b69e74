// Package outbound is the one HTTP client for what leaves the server: webhooks, outer systems, fetched media (security
// rule 43). Tenants and outsiders choose the addresses that it calls, so it keeps them off the machines that only this
// server can reach.
//
// A request passes three gates: its URL is judged (url.go), each connection is judged again by the address and port
// that it is about to be made to, after DNS has answered (dial.go, address.go), and what comes back is bounded and
// never followed. The operator's networks, Options.Allow, pass the second gate over plain http and on every port too.
//
// Errors are of type *Error. What a server answered is for the caller's code: it is never shown to tenants.
package outbound

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"time"
)

// Times within which a call must be over, its body read.
const (
	DefaultTimeout = 10 * time.Second
	MediaTimeout   = 15 * time.Second
	WebhookTimeout = 20 * time.Second
)

// DefaultMaxBody is how many bytes of a body are read where the caller says nothing.
const DefaultMaxBody = 64 << 10

const (
	maxHeaderBytes = 32 << 10
	dialWithin     = 10 * time.Second // a dial may outlive the request that began it
	idleWithin     = 30 * time.Second
	maxIdlePerHost = 2
)

// Options are what the operator decides.
type Options struct {
	Allow     []netip.Prefix // networks that may be called although they are not public, also over http and on every port
	Proxy     *url.URL       // http or https; all calls go through it. nil: none, whatever the environment says
	UserAgent string         // of requests that have none

	// Own returns the addresses of this server, which are refused unless Allow has them. nil: those of the machine's
	// network interfaces. It is asked at each dial.
	Own func() ([]netip.Addr, error)

	RootCAs *x509.CertPool // who may sign certificates; nil: those of the system

	resolver *net.Resolver // nil: that of the system
}

// Client makes guarded calls. It is safe for concurrent use.
type Client struct {
	allow     []netip.Prefix
	proxied   bool
	userAgent string
	own       func() ([]netip.Addr, error)

	// Each scheme has connections of its own, since what may be dialled differs.
	plain, secure *http.Transport
}

// New returns a client. Close gives its idle connections back.
func New(o Options) *Client {
	c := &Client{allow: slices.Clone(o.Allow), proxied: o.Proxy != nil, userAgent: o.UserAgent, own: o.Own}
	if c.own == nil {
		c.own = interfaceAddresses
	}
	c.plain, c.secure = c.transport(o, "http"), c.transport(o, "https")
	return c
}

func (c *Client) transport(o Options, scheme string) *http.Transport {
	dialer := &net.Dialer{Timeout: dialWithin, Resolver: o.resolver}
	t := &http.Transport{
		Proxy:                  nil, // a proxy of the environment would blind the check of addresses
		DialContext:            dialer.DialContext,
		TLSClientConfig:        &tls.Config{RootCAs: o.RootCAs, MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:    dialWithin,
		DisableCompression:     true, // the bound of a body is of the bytes on the line
		ForceAttemptHTTP2:      true,
		MaxResponseHeaderBytes: maxHeaderBytes,
		MaxIdleConnsPerHost:    maxIdlePerHost,
		IdleConnTimeout:        idleWithin,
	}
	if o.Proxy != nil { // every dial is to the proxy, which the operator named
		t.Proxy = http.ProxyURL(o.Proxy)
	} else {
		dialer.ControlContext = c.guard(scheme)
	}
	return t
}

// Close closes idle connections.
func (c *Client) Close() {
	c.plain.CloseIdleConnections()
	c.secure.CloseIdleConnections()
}

// Limits of one call. Zero values are the defaults.
type Limits struct {
	Timeout time.Duration // DefaultTimeout
	MaxBody int64         // bytes; DefaultMaxBody
}

func (l Limits) orDefault() Limits {
	if l.Timeout == 0 {
		l.Timeout = DefaultTimeout
	}
	if l.MaxBody == 0 {
		l.MaxBody = DefaultMaxBody
	}
	return l
}

// Response is what a server answered, whatever its status. Redirects are answers too.
type Response struct {
	Status    int
	Header    http.Header
	Body      []byte // at most Limits.MaxBody
	Truncated bool   // there was more; it was not read
}

// Do makes one call. The request's Host is that of its URL. An error is an *Error and means that there was no answer;
// whether the server acted is then unknown, unless Refused is set.
func (c *Client) Do(ctx context.Context, request *http.Request, limits Limits) (*Response, error) {
	limits = limits.orDefault()
	ctx, cancel := context.WithTimeout(ctx, limits.Timeout)
	defer cancel()
	response, err := c.call(ctx, request, func(answer *http.Response) (*Response, error) { return read(answer, limits.MaxBody) })
	if err != nil {
		return nil, asError(err, limits.Timeout)
	}
	return response, nil
}

// call speaks to the transport itself: http.Client would add redirects, and the URL, which may hold secrets, to errors.
func (c *Client) call(ctx context.Context, request *http.Request, read func(*http.Response) (*Response, error)) (*Response, error) {
	if err := c.check(request.URL); err != nil {
		closeBody(request)
		return nil, err
	}
	sent := request.Clone(ctx)
	sent.Host = sent.URL.Host // a proxy would be sent to Host where it differs
	if sent.Header == nil {
		sent.Header = http.Header{}
	}
	if c.userAgent != "" && sent.Header.Get("User-Agent") == "" {
		sent.Header.Set("User-Agent", c.userAgent)
	}
	transport := c.secure
	if sent.URL.Scheme == "http" {
		transport = c.plain
	}
	answer, err := transport.RoundTrip(sent)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close() // unread bytes go with the connection
	return read(answer)
}

func read(answer *http.Response, maxBody int64) (*Response, error) {
	body, err := io.ReadAll(io.LimitReader(answer.Body, maxBody))
	if err != nil {
		return nil, err
	}
	truncated, err := hasMore(answer.Body)
	return &Response{Status: answer.StatusCode, Header: answer.Header, Body: body, Truncated: truncated}, err
}

// hasMore tells whether a body goes on.
func hasMore(body io.Reader) (bool, error) {
	n, err := io.ReadFull(body, make([]byte, 1))
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return n > 0, err
}

// closeBody keeps RoundTrip's promise for a request that never reaches it.
func closeBody(request *http.Request) {
	if request.Body != nil {
		request.Body.Close()
	}
}
