// Package attachment is the work on files: uploads, their limits and types, who may open them, copies of media that lie
// elsewhere, and the end of all of them.
//
// A file's row (chat.Attachment) is the right to its bytes, which lie in a filestore under the attachment's id. Bytes are
// written before the row, and go after it; what is in between is a leftover in the database, so that no crash leaves
// bytes that nobody knows of. Sweep takes them away. Which messages show an attachment is messaging's to note.
package attachment

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"time"

	"golang.org/x/sync/singleflight"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/filestore"
	"github.com/parlorchat/parlor/internal/outbound"
	"github.com/parlorchat/parlor/internal/picture"
	"github.com/parlorchat/parlor/internal/store"
)

// Fetcher gets what lies at an address that somebody else chose.
type Fetcher interface {
	Fetch(ctx context.Context, address string, limits outbound.Limits, to io.Writer) (*outbound.Response, error)
}

// Options are what the service needs.
type Options struct {
	Store   store.Store
	Files   filestore.Store
	Fetcher Fetcher
	Drafts  string // folder for files that are on their way
	MaxFile int64  // bytes of one file
	MaxUser int64  // bytes of all files of one user; 0: no limit
	Now     func() time.Time
	Log     *slog.Logger
}

// Service is safe for concurrent use.
type Service struct {
	Options
	pictures *picture.Workshop
	senders  *turns // of pictures that are in the workshop
	fetches  fetches
	joined   singleflight.Group // of fetches, by app and address
	failed   *failures
	work     *work
}

// New returns the service, and makes the folder for drafts.
func New(o Options) (*Service, error) {
	if err := os.MkdirAll(o.Drafts, 0o700); err != nil {
		return nil, fmt.Errorf("make folder for drafts: %w", err)
	}
	return &Service{
		Options: o, pictures: picture.NewWorkshop(), senders: newTurns(1), fetches: newFetches(), failed: newFailures(o.Now), work: newWork(),
	}, nil
}

// clock returns the time of one piece of work, to the microsecond that the store keeps.
func (s *Service) clock() time.Time { return s.Now().UTC().Truncate(time.Microsecond) }

// draft is a file that is on its way. It has no name, so that a crash leaves nothing of it.
func (s *Service) draft() (*os.File, error) {
	file, err := os.CreateTemp(s.Drafts, "draft-")
	if err != nil {
		return nil, noRoom(err)
	}
	if err := os.Remove(file.Name()); err != nil {
		file.Close()
		return nil, noRoom(err)
	}
	return file, nil
}

// noRoom is the answer where bytes cannot be kept: a full disk, a bucket that does not answer.
func noRoom(err error) error {
	return chat.Overloaded("The file cannot be stored at the moment.", 5*time.Second, err)
}

// thumbnailOf is the name of the smaller picture of a file.
func thumbnailOf(id chat.AttachmentID) string { return string(id) + ".thumbnail" }
