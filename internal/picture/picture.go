// Package picture makes pictures that strangers send fit to be shown: they are judged by their header before they are
// decoded, decoded and written anew without anything but the picture, turned upright, and a smaller one is made.
//
// What decoding costs is known before it begins (header.go). A picture that would cost too much memory or time is not
// decoded: its parts that make the picture are copied, and the rest is left out (strip.go); there is then no smaller one.
// Workshop bounds the memory of all that are being worked on.
package picture

import (
	"context"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"runtime/debug"
	"slices"
	"sync/atomic"
	"time"

	"golang.org/x/sync/semaphore"
)

// Limits of pictures.
const (
	MaxPixels    = 40_000_000 // of a picture; of an animation, of all its frames together
	ThumbnailMax = 640        // pixels of the longer side of a thumbnail

	allMemory  = 48 << 20              // bytes that all decoding may cost at a time
	maxMemory  = allMemory - anyMemory // bytes that one picture may cost: beside the largest there is room for a small one
	muchMemory = 12 << 20              // bytes of pictures that are done, after which memory is given back at once
	waitWithin = 20 * time.Second      // for room in the workshop
	workWithin = 5 * time.Second       // to be decoded: the worst that is let in takes a second of a free processor
	quality    = 88                    // of JPEG
)

// Types are the media types of pictures that are understood.
func Types() []string { return []string{"image/jpeg", "image/png", "image/gif", "image/webp"} }

// Error says what is wrong with a picture, in a sentence for whoever sent it.
type Error struct{ Message string }

func (e *Error) Error() string { return e.Message }

func unreadable(format string) error {
	return &Error{"The file is no " + format + " picture that can be read. Save it again, and send that."}
}

// Picture is what was made of one.
type Picture struct {
	Type          string // media type, which may be another than before: WebP becomes JPEG or PNG
	Width, Height int    // pixels, upright
	Thumbnail     []byte // JPEG or PNG; nil: the picture is small enough itself, or it was not decoded
}

// Workshop works on pictures, as many at a time as memory allows. It is safe for concurrent use.
type Workshop struct {
	memory *semaphore.Weighted
	done   atomic.Int64 // bytes that pictures have cost since memory was given back
}

// NewWorkshop returns a workshop.
func NewWorkshop() *Workshop { return &Workshop{memory: semaphore.NewWeighted(allMemory)} }

// Rework writes the picture of the type, which is one of Types, anew. Where it cannot the error is an *Error; others are
// those of reading, of writing and of the context, and context.DeadlineExceeded where there was no room for too long.
func (w *Workshop) Rework(ctx context.Context, kind string, from io.ReadSeeker, to io.Writer) (Picture, error) {
	if !slices.Contains(Types(), kind) {
		return Picture{}, fmt.Errorf("%s is no type of picture that is known here", kind)
	}
	source := &source{ctx: ctx, r: from}
	made, err := w.rework(ctx, kind, source, to)
	switch {
	case err == nil:
		return made, nil
	case errors.Is(source.err, errTooLong):
		return Picture{}, &Error{"The picture takes too long to be read. Save it again, smaller, and send that."}
	case source.err != nil:
		return Picture{}, source.err // what the decoder makes of it says less
	}
	return Picture{}, err
}

func (w *Workshop) rework(ctx context.Context, kind string, from *source, to io.Writer) (Picture, error) {
	h, err := readHeader(kind, from)
	if err != nil {
		return Picture{}, err
	}
	if err := h.check(); err != nil {
		return Picture{}, err
	}
	if err := from.rewind(); err != nil {
		return Picture{}, err
	}
	if !h.mayBeDecoded() {
		width, height := h.upright()
		return Picture{Type: kind, Width: width, Height: height}, h.strip(from, to)
	}
	if err := w.acquire(ctx, h.cost()); err != nil {
		return Picture{}, err
	}
	defer w.release(h.cost())
	working, cancel := context.WithTimeoutCause(ctx, workWithin, errTooLong)
	defer cancel()
	from.ctx = working
	if h.kind == "image/gif" && !h.firstOnly {
		return reworkGIF(from, to)
	}
	return h.reworkStill(from, to)
}

func (w *Workshop) acquire(ctx context.Context, cost int64) error {
	ctx, cancel := context.WithTimeout(ctx, waitWithin)
	defer cancel()
	return w.memory.Acquire(ctx, cost)
}

// release lets the next picture be decoded. What pictures took would otherwise stay until the collector runs by itself,
// which lets the heap double first: a few uploads at once, or many small ones, would cost several times what is allowed
// here.
func (w *Workshop) release(cost int64) {
	if w.done.Add(cost) >= muchMemory {
		w.done.Store(0)
		debug.FreeOSMemory()
	}
	w.memory.Release(cost)
}

// reworkStill decodes one picture and encodes it.
func (h header) reworkStill(from io.Reader, to io.Writer) (Picture, error) {
	decoded, err := h.decode(from)
	if err != nil {
		return Picture{}, unreadable(h.format())
	}
	decoded = turned(decoded, h.orientation)
	size := decoded.Bounds().Size()
	made := Picture{Width: size.X, Height: size.Y}
	if made.Type = "image/png"; h.kind == "image/jpeg" || h.kind == "image/webp" { // a WebP that is decoded has no transparency
		made.Type = "image/jpeg"
	}
	if err := encode(to, decoded, made.Type, quality); err != nil {
		return Picture{}, err
	}
	made.Thumbnail, err = thumbnail(decoded)
	return made, err
}

// slowPixels is how many pixels of PNG are packed well. Noise of a few colours takes the encoder half a microsecond a byte
// then, which is twenty seconds for the largest picture; packed quickly, it takes a fiftieth of that.
const slowPixels = 500_000

func encode(to io.Writer, p image.Image, kind string, quality int) error {
	if kind == "image/jpeg" {
		return jpeg.Encode(to, p, &jpeg.Options{Quality: quality})
	}
	encoder := png.Encoder{}
	if size := p.Bounds().Size(); size.X*size.Y > slowPixels {
		encoder.CompressionLevel = png.BestSpeed
	}
	return encoder.Encode(to, p)
}

// isOpaque tells that no pixel lets anything through.
func isOpaque(p image.Image) bool {
	o, ok := p.(interface{ Opaque() bool })
	return ok && o.Opaque()
}

var errTooLong = errors.New("the picture takes too long to be decoded")

// source is a file that is read until the time is over. Decoders that wait for nothing else are ended by it.
type source struct {
	ctx context.Context
	r   io.ReadSeeker
	err error // the first that is not the end of the file
}

func (s *source) Read(p []byte) (int, error) {
	if s.err == nil {
		s.err = context.Cause(s.ctx)
	}
	if s.err != nil {
		return 0, s.err
	}
	n, err := s.r.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		s.err = err
	}
	return n, err
}

func (s *source) rewind() error {
	_, err := s.r.Seek(0, io.SeekStart)
	return err
}
