package httpapi

import (
	"strconv"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
	"github.com/parlorchat/parlor/internal/wire"
)

// Pages of lists.
const (
	defaultPageSize = 25
	maxPageSize     = 100
)

// listed is a page as it is answered.
type listed[T any] struct {
	records []T
	meta    wire.Meta
	links   wire.Links
}

// list answers the page that the query asks for: read gets it, and show is how its records are shown.
func list[T, U any](c *call, read func(store.Span) (store.Page[T], error), show func(T) U) (listed[U], error) {
	span, err := c.span()
	if err != nil {
		return listed[U]{}, err
	}
	page, err := read(span)
	if err != nil {
		return listed[U]{}, ofPage(err)
	}
	out := listed[U]{records: make([]U, 0, len(page.Records))}
	for _, record := range page.Records {
		out.records = append(out.records, show(record))
	}
	out.meta = wire.Meta{HasMore: page.More, BeforeCursor: page.Before, AfterCursor: page.After}
	if page.Before != "" {
		out.links.Prev = c.pageURL("page[before]", page.Before)
	}
	if page.After != "" {
		out.links.Next = c.pageURL("page[after]", page.After)
	}
	return out, nil
}

// span reads page[size], page[after] and page[before].
func (c *call) span() (store.Span, error) {
	query := c.URL.Query()
	span := store.Span{Limit: defaultPageSize, After: query.Get("page[after]"), Before: query.Get("page[before]")}
	if size := query.Get("page[size]"); size != "" {
		n, err := strconv.Atoi(size)
		if err != nil || n < 1 || n > maxPageSize {
			return span, chat.InvalidField("page[size]", "must be a whole number from 1 to %d", maxPageSize)
		}
		span.Limit = n
	}
	if span.After != "" && span.Before != "" {
		return span, chat.InvalidField("page[before]", "must not be given together with page[after]")
	}
	return span, nil
}

// ofPage names the cursor that was refused as callers know it.
func ofPage(err error) error {
	e, ok := chat.AsError(err)
	if !ok || e.Field != "after" && e.Field != "before" {
		return err
	}
	shown := *e
	shown.Field = "page[" + e.Field + "]"
	shown.Message = shown.Field + e.Message[len(e.Field):]
	return &shown
}

// pageURL is the address of the same list at another place.
func (c *call) pageURL(name, cursor string) string {
	query := c.URL.Query()
	query.Del("page[after]")
	query.Del("page[before]")
	query.Set(name, cursor)
	return c.api.Own(c.Request) + c.URL.EscapedPath() + "?" + query.Encode()
}
