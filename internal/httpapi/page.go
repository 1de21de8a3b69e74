package httpapi

import (
	"crypto/sha256"
	"encoding/base64"
	"net/url"
	"strconv"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/wire"
)

// Pages of lists.
const (
	defaultPageSize = 25
	maxPageSize     = 100
)

// page is which part of a list a caller wants.
type page struct {
	size          int
	after, before string // positions; at most one is set
	subject       string // what is listed: cursors of another list are refused
}

// page reads page[size], page[after] and page[before]. Cursors are opaque and good for one app and one list.
func (c *call) page(subject string) (page, error) {
	query := c.URL.Query()
	p := page{size: defaultPageSize, subject: string(c.app.ID) + " " + subject}
	if size := query.Get("page[size]"); size != "" {
		n, err := strconv.Atoi(size)
		if err != nil || n < 1 || n > maxPageSize {
			return page{}, chat.InvalidField("page[size]", "must be a whole number from 1 to %d", maxPageSize)
		}
		p.size = n
	}
	var err error
	if p.after, err = p.position(query, "page[after]"); err != nil {
		return page{}, err
	}
	if p.before, err = p.position(query, "page[before]"); err != nil {
		return page{}, err
	}
	if p.after != "" && p.before != "" {
		return page{}, chat.InvalidField("page[before]", "must not be given together with page[after]")
	}
	return p, nil
}

const markSize = 6 // bytes of a cursor that tell which list it belongs to

func (p page) mark() []byte {
	sum := sha256.Sum256([]byte(p.subject))
	return sum[:markSize]
}

func (p page) position(query url.Values, name string) (string, error) {
	cursor := query.Get(name)
	if cursor == "" {
		return "", nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil || len(raw) <= markSize || string(raw[:markSize]) != string(p.mark()) {
		return "", chat.InvalidField(name, "is no cursor of this list: use one that an answer of this list gave")
	}
	return string(raw[markSize:]), nil
}

func (p page) cursor(position string) string {
	return base64.RawURLEncoding.EncodeToString(append(p.mark(), position...))
}

// links are meta and links of a page between two positions.
func (c *call) links(p page, first, last string, more bool) (wire.Meta, wire.Links) {
	meta := wire.Meta{HasMore: more}
	var links wire.Links
	if first == "" {
		return meta, links
	}
	meta.BeforeCursor, meta.AfterCursor = p.cursor(first), p.cursor(last)
	// Backwards the page was reached from behind it, so there is always something after it; and the other way round.
	if p.before == "" && more || p.before != "" {
		links.Next = c.pageURL("page[after]", meta.AfterCursor)
	}
	if p.before != "" && more || p.after != "" {
		links.Prev = c.pageURL("page[before]", meta.BeforeCursor)
	}
	return meta, links
}

// forwardOnly refuses to go back in a list that is read forward.
func forwardOnly() error {
	return chat.InvalidField("page[before]", "this list is read forward only: use page[after]")
}

// forward are meta and links of a page of a list that is read forward; last is the position of its last entry.
func (c *call) forward(p page, last string, more bool) (wire.Meta, wire.Links) {
	meta := wire.Meta{HasMore: more}
	var links wire.Links
	if last != "" {
		meta.AfterCursor = p.cursor(last)
	}
	if more {
		links.Next = c.pageURL("page[after]", meta.AfterCursor)
	}
	return meta, links
}

// pageURL is the address of the same list at another place.
func (c *call) pageURL(name, cursor string) string {
	query := c.URL.Query()
	query.Del("page[after]")
	query.Del("page[before]")
	query.Set(name, cursor)
	return c.api.Own(c.Request) + c.URL.EscapedPath() + "?" + query.Encode()
}
