package httpapi

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/parlorchat/parlor/internal/attachment"
	"github.com/parlorchat/parlor/internal/chat"
)

// FuzzMultipart feeds the reader of uploads: nothing crashes, every fault is the caller's, and what is read as a file has
// a name that may be kept.
func FuzzMultipart(f *testing.F) {
	for _, header := range []string{
		`form-data; name="source"; filename="a.txt"`, `form-data; name=source; filename="..\..\a\"b/../c.png"`, `form-data; name="source"`,
		`form-data; name="source"; filename*=utf-8''%00%2e%2e%2fa.txt`, `form-data; name="source"; filename="=?utf-8?q?=0d=0a?="`, `attachment; name=x`, ``,
	} {
		f.Add("--limit\r\nContent-Disposition: " + header + "\r\n\r\nhello\r\n--limit--\r\n")
	}
	f.Add("--limit\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--limit\r\nContent-Disposition: form-data; name=source\r\n\r\nhello\r\n" +
		"--limit\r\nContent-Disposition: form-data; name=b; filename=\"\"\r\n\r\n\r\n--limit--\r\n")
	f.Add("--limit\r\n\r\n")
	api := &API{Attachments: &attachment.Service{Options: attachment.Options{MaxFile: 1 << 10}}}
	f.Fuzz(func(t *testing.T, body string) {
		request := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body))
		request.Header.Set("Content-Type", "multipart/form-data; boundary=limit")
		c := &call{Request: request, api: api, control: http.NewResponseController(httptest.NewRecorder())}
		source, said, err := c.source()
		if err == nil {
			_, err = io.Copy(io.Discard, source)
		}
		if err != nil {
			if kind := chat.KindOf(err); kind != chat.Invalid && kind != chat.TooLarge {
				t.Fatalf("%q: %v", body, err)
			}
			return
		}
		if name := chat.FileName(said); strings.ContainsAny(name, "/\\\x00\r\n") || name == "." || name == ".." {
			t.Fatalf("%q is kept as %q", body, name)
		}
	})
}
