// Package filestore keeps the bytes of files: in a folder, or in a bucket that speaks S3. It knows names and bytes; what
// they are, whose, and who may have them is in the database, which is asked first. Names are made by the server, and
// written once.
package filestore

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
)

// Store keeps files. It is safe for concurrent use.
//
// A name is 1 to 64 letters, digits, hyphens and dots, and begins and ends with a letter or digit. Another is refused.
type Store interface {
	// Put stores the bytes of r, which are size many, one at least. When it returns nil they are durable. When it returns an error, or
	// never returns, there is no file, or one that Delete takes away; no reader sees a part of it.
	Put(ctx context.Context, name string, r io.Reader, size int64) error
	// Open returns the file, or an error that is fs.ErrNotExist. Nothing is read before the first Read, from where Seek
	// has gone: parts of a file cost their size. The caller closes it.
	Open(ctx context.Context, name string) (File, error)
	// Delete takes the file away. One that is not there is fine.
	Delete(ctx context.Context, name string) error
}

// File is one that is being read.
type File interface {
	io.ReadSeekCloser
}

// Open returns the store at the place: "s3://KEY:SECRET@host[:port]/bucket?region=…&tls=off", or the path of a folder,
// which is made if it is not there. A bucket must be there, but it is not asked for. An error does not show the place,
// which may hold a secret.
func Open(place string) (Store, error) {
	if strings.HasPrefix(place, "s3://") {
		return openBucket(place)
	}
	if scheme, _, found := strings.Cut(place, "://"); found {
		return nil, fmt.Errorf("knows no %s://; it must be a folder, or s3://KEY:SECRET@host/bucket", scheme)
	}
	return openFolder(place)
}

// Check tells why files cannot be kept in the store at the moment, where that can be asked without keeping one: of a
// bucket, whether it is there and lets us in.
func Check(ctx context.Context, s Store) error {
	if b, ok := s.(*bucket); ok {
		return b.check(ctx)
	}
	return nil
}

const alphanumeric = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

func checkName(name string) error {
	bad := name == "" || len(name) > 64 || strings.Trim(name, alphanumeric+"-.") != "" ||
		!strings.ContainsRune(alphanumeric, rune(name[0])) || !strings.ContainsRune(alphanumeric, rune(name[len(name)-1]))
	if bad {
		return fmt.Errorf("%q is no name of a file", name)
	}
	return nil
}

var errShort = errors.New("there are fewer bytes than were announced")

// exactly reads size bytes of r, and fails where there are fewer or more.
type exactly struct {
	r    io.Reader
	left int64
}

func (e *exactly) Read(p []byte) (int, error) {
	if e.left > 0 && int64(len(p)) > e.left {
		p = p[:e.left]
	}
	n, err := e.r.Read(p)
	if e.left -= int64(n); e.left < 0 {
		return 0, errors.New("there are more bytes than were announced")
	}
	if errors.Is(err, io.EOF) && e.left > 0 {
		err = errShort
	}
	return n, err
}

// parameters reads the options of a place; others than the known are refused.
func parameters(u *url.URL, known ...string) (map[string]string, error) {
	values, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return nil, errors.New("its query cannot be read")
	}
	found := map[string]string{}
	for _, name := range known {
		found[name] = values.Get(name)
		values.Del(name)
	}
	for name := range values {
		return nil, fmt.Errorf("knows no option %q; there are %s", name, strings.Join(known, ", "))
	}
	return found, nil
}
