package picture

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"slices"
)

// strip copies the parts of a file that make the picture: what is said about it, and what stands behind it, stays behind.
// It costs no more memory than the largest part.
func (h header) strip(from io.Reader, to io.Writer) error {
	r, w := bufio.NewReader(from), bufio.NewWriter(to)
	var err error
	switch h.kind {
	case "image/jpeg":
		err = stripJPEG(r, w, h.orientation)
	case "image/png":
		err = stripPNG(r, w)
	case "image/webp":
		err = stripWebP(r, w)
	default: // a GIF costs a byte a pixel: none comes here
		err = errGIF
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
	j := jpegReader{r}
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
	const signature = "\x89PNG\r\n\x1a\n"
	if got := make([]byte, len(signature)); !readFull(r, got) || string(got) != signature {
		return errPNG
	}
	w.WriteString(signature)
	for {
		head := make([]byte, 8)
		if !readFull(r, head) {
			return errPNG
		}
		length, kind := int64(binary.BigEndian.Uint32(head)), string(head[4:])
		to := io.Writer(w)
		if !slices.Contains(pngParts, kind) {
			to = io.Discard
		}
		if _, err := to.Write(head); err != nil {
			return err
		}
		const checksum = 4
		if err := copyExactly(to, r, length+checksum, errPNG); err != nil {
			return err
		}
		if kind == "IEND" {
			return nil
		}
	}
}

var errWebP = errors.New("no WebP")

// Parts of WebP (RFC 9649 section 2).
const (
	webpHeader = 12
	webpFlags  = 0x10 // of VP8X those that stay: that there is transparency
)

// stripWebP copies the picture and its transparency, and says in VP8X that there is no more.
func stripWebP(r *bufio.Reader, w *bufio.Writer) error {
	var body []byte // some hundred bytes less than the file, whose size is bounded
	err := eachWebP(r, func(kind string, content []byte) error {
		switch kind {
		case "VP8X":
			content = slices.Clone(content)
			content[0] &= webpFlags
		case "VP8 ", "VP8L", "ALPH":
		default:
			return nil
		}
		body = append(body, kind...)
		body = binary.LittleEndian.AppendUint32(body, uint32(len(content)))
		body = append(append(body, content...), make([]byte, len(content)%2)...)
		return nil
	})
	if err != nil {
		return err
	}
	w.Write(binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(body)+4)))
	w.WriteString("WEBP")
	w.Write(body)
	return nil
}

// eachWebP hands over every chunk of the file.
func eachWebP(r io.Reader, f func(kind string, content []byte) error) error {
	head := make([]byte, webpHeader)
	if !readFull(r, head) || string(head[:4]) != "RIFF" || string(head[8:]) != "WEBP" {
		return errWebP
	}
	size := int64(binary.LittleEndian.Uint32(head[4:])) - 4
	r = io.LimitReader(r, size)
	for {
		head := make([]byte, 8)
		switch _, err := io.ReadFull(r, head); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return errWebP
		}
		length := int64(binary.LittleEndian.Uint32(head[4:]))
		content, err := io.ReadAll(io.LimitReader(r, length)) // not by what it announces: that may be gigabytes
		if err != nil || int64(len(content)) != length {
			return errWebP
		}
		if length%2 == 1 && !readFull(r, make([]byte, 1)) {
			return errWebP
		}
		if err := f(string(head[:4]), content); err != nil {
			return err
		}
	}
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
