package outbound

import (
	"context"
	"io"
	"net/http"
)

// Fetch gets what lies at an address, for media: the body goes to the writer and is never whole in memory. Limits.Timeout
// and MaxBody count as for Do; a larger body is cut, and Truncated says so. Response.Body stays empty. An error is an
// *Error, or that of the writer.
func (c *Client) Fetch(ctx context.Context, address string, limits Limits, to io.Writer) (*Response, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil { // the error would repeat the address
		return nil, refusal("This is not a URL. Write it as https://host/path.", "")
	}
	request.Header.Set("Accept", "*/*")
	limits = limits.orDefault()
	ctx, cancel := context.WithTimeout(ctx, limits.Timeout)
	defer cancel()
	kept := &keeper{to: to}
	response, err := c.call(ctx, request, func(answer *http.Response) (*Response, error) { return copied(answer, limits.MaxBody, kept) })
	switch {
	case kept.err != nil:
		return nil, kept.err
	case err != nil:
		return nil, asError(err, limits.Timeout)
	}
	return response, nil
}

// keeper remembers that it is the writer that failed.
type keeper struct {
	to  io.Writer
	err error
}

func (k *keeper) Write(p []byte) (int, error) {
	n, err := k.to.Write(p)
	if err != nil {
		k.err = err
	}
	return n, err
}

func copied(answer *http.Response, maxBody int64, to io.Writer) (*Response, error) {
	if _, err := io.Copy(to, io.LimitReader(answer.Body, maxBody)); err != nil {
		return nil, err
	}
	truncated, err := hasMore(answer.Body)
	return &Response{Status: answer.StatusCode, Header: answer.Header, Truncated: truncated}, err
}
