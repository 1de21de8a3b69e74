package picture

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"slices"
)

// strip copies the parts of a file that make the picture: what is said about it, and what stands behind it, stays behind.
// It costs a few buffers of memory.
func (h header) strip(from *source, to io.Writer) error {
	r, w := bufio.NewReader(from), bufio.NewWriter(to)
	var err error
	switch h.kind {
	case "image/jpeg":
		err = stripJPEG(r, w, h.orientation)
	case "image/png":
		err = stripPNG(r, w)
	case "image/gif":
		err = copyGIF(r, w, func(gifFrame) bool { return !h.firstOnly })
	case "image/webp":
		err = stripWebP(from, w)
	}
	switch {
	case errors.Is(err, errGIF), errors.Is(err, errJPEG), errors.Is(err, errPNG), errors.Is(err, errWebP):
		return unreadable(h.format())
	case err != nil:
		return err
	}
	return w.Flush()
}

// stripJPEG leaves out all segments of applications, but for that which says how colours are meant, and comments. Which
// way is up it says itself.
func stripJPEG(r *bufio.Reader, w *bufio.Writer, orientation int) error {
	j := &jpegReader{r: r}
	if mark, err := j.marker(); err != nil || mark != markSOI {
		return errJPEG
	}
	w.Write([]byte{0xff, markSOI})
	if orientation > 1 {
		writeSegment(w, markAPP1, append([]byte("Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00"),
			byte(orientation), 0, 0, 0, 0, 0, 0))
	}
	for {
		mark, err := j.marker()
		if err != nil {
			return err
		}
		if mark == markEOI {
			_, err := w.Write([]byte{0xff, markEOI})
			return err
		}
		content, err := j.segment()
		if err != nil {
			return err
		}
		if mark >= markAPP0 && mark <= markAPPF && mark != markAPPE || mark == markCOM {
			continue
		}
		writeSegment(w, mark, content)
		if mark == markSOS {
			if err := j.scan(w); err != nil {
				return err
			}
		}
	}
}

// writeSegment leaves errors to Flush, as bufio.Writer keeps them.
func writeSegment(w *bufio.Writer, mark byte, content []byte) {
	w.Write(binary.BigEndian.AppendUint16([]byte{0xff, mark}, uint16(len(content)+2)))
	w.Write(content)
}

var errPNG = errors.New("no PNG")

// pngParts are the chunks that make the picture (PNG, third edition, section 5.6): data, transparency, and how colours
// are meant.
var pngParts = []string{"IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "sBIT"}

func stripPNG(r *bufio.Reader, w *bufio.Writer) error {
	chunks, err := newPNGChunks(r)
	if err != nil {
		return err
	}
	w.WriteString(pngSignature)
	for !chunks.is("IEND") {
		if err := chunks.next(); err != nil {
			return err
		}
		if !slices.ContainsFunc(pngParts, chunks.is) {
			err = chunks.skip()
		} else {
			w.Write(chunks.head[:])
			err = copyExactly(w, r, chunks.length+checksum, errPNG)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func readFull(r io.Reader, into []byte) bool {
	_, err := io.ReadFull(r, into)
	return err == nil
}

// copyExactly copies size bytes, or returns what to make of fewer.
func copyExactly(to io.Writer, from io.Reader, size int64, fewer error) error {
	switch _, err := io.CopyN(to, from, size); {
	case errors.Is(err, io.EOF):
		return fewer
	default:
		return err
	}
}
