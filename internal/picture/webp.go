package picture

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
)

var errWebP = errors.New("no WebP")

const (
	webpHeader = 12
	webpFlags  = 0x10 // of VP8X those that stay: that there is transparency
	maxChunks  = 100  // a picture has two of them, and four with what is said about it
)

// eachWebP hands over every chunk of the file (RFC 9649 section 2.3): its type, its length, and its content, of which as much
// may be read as is wanted.
func eachWebP(r io.Reader, f func(kind string, length int64, content io.Reader) error) error {
	head := make([]byte, webpHeader)
	if !readFull(r, head) || string(head[:4]) != "RIFF" || string(head[8:]) != "WEBP" {
		return errWebP
	}
	r = io.LimitReader(r, int64(binary.LittleEndian.Uint32(head[4:]))-4)
	for range maxChunks {
		switch _, err := io.ReadFull(r, head[:8]); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return errWebP
		}
		length := int64(binary.LittleEndian.Uint32(head[4:]))
		content := &io.LimitedReader{R: r, N: length}
		if err := f(string(head[:4]), length, content); err != nil {
			return err
		}
		if err := copyExactly(io.Discard, r, content.N+length%2, errWebP); err != nil {
			return err
		}
	}
	return errWebP
}

// readWebP reads the sizes that the parts of a WebP have beside that of the whole (RFC 9649 sections 2.5 to 2.7): the
// decoder would believe them. All must be one. An animation has none, and is refused.
//
// Only pictures with loss and without transparency are decoded: what is packed without loss (VP8L, and ALPH by the same
// means) may have 2,600 groups of tables, 80 KB each, and how many there are is known after most of the work.
func (h *header) readWebP(r *bufio.Reader) error {
	pictures := 0
	err := eachWebP(r, func(kind string, length int64, content io.Reader) error {
		switch kind {
		case "VP8X":
		case "VP8 ":
			pictures++
			h.memory = max(h.memory, vp8Memory(int64(h.width), int64(h.height), length))
		case "VP8L":
			pictures++
			h.memory = unknown
		case "ALPH":
			h.memory = unknown
			return nil
		case "ANIM", "ANMF":
			return errWebP
		default:
			return nil
		}
		if width, height := sizeInWebP(kind, content); width != h.width || height != h.height {
			return errWebP
		}
		return nil
	})
	if err == nil && pictures != 1 {
		err = errWebP
	}
	return err
}

// sizeInWebP is that which a part begins with; 0 where it is too short.
func sizeInWebP(kind string, content io.Reader) (width, height int) {
	begin := make([]byte, 10)
	if kind == "VP8L" {
		begin = begin[:5]
	}
	if !readFull(content, begin) {
		return 0, 0
	}
	switch kind {
	case "VP8X":
		return 1 + int24(begin[4:]), 1 + int24(begin[7:])
	case "VP8 ": // RFC 6386 section 9.1
		return int(begin[6]) | int(begin[7]&0x3f)<<8, int(begin[8]) | int(begin[9]&0x3f)<<8
	default: // RFC 9649 section 3.4
		bits := binary.LittleEndian.Uint32(begin[1:])
		return 1 + int(bits&0x3fff), 1 + int(bits>>14&0x3fff)
	}
}

// vp8Memory is how many bytes the decoder allocates: three planes in whole macroblocks, a few bytes more for each of these,
// and what it reads.
func vp8Memory(width, height, length int64) int64 {
	const (
		macroblock     = 16 * 16
		besides        = 16
		firstPartition = 1 << 19
	)
	macroblocks := roundUp(width, 16) * roundUp(height, 16) / macroblock
	return macroblocks*(macroblock*3/2+besides) + firstPartition + length
}

func int24(b []byte) int { return int(b[0]) | int(b[1])<<8 | int(b[2])<<16 }

// keptOfWebP tells which parts make the picture.
func keptOfWebP(kind string) bool {
	return kind == "VP8X" || kind == "VP8 " || kind == "VP8L" || kind == "ALPH"
}

// stripWebP copies the picture and its transparency, and says in VP8X that there is no more. The whole begins with how large
// it is, and so the file is gone over twice.
func stripWebP(from *source, w *bufio.Writer) error {
	const header = 8 // of a chunk
	size := int64(len("WEBP"))
	err := eachWebP(bufio.NewReader(from), func(kind string, length int64, _ io.Reader) error {
		if keptOfWebP(kind) {
			size += header + length + length%2
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := from.rewind(); err != nil {
		return err
	}
	w.Write(binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(size)))
	w.WriteString("WEBP")
	return eachWebP(bufio.NewReader(from), func(kind string, length int64, content io.Reader) error {
		if !keptOfWebP(kind) {
			return nil
		}
		w.Write(binary.LittleEndian.AppendUint32([]byte(kind), uint32(length)))
		rest := length
		if kind == "VP8X" {
			flags := make([]byte, 1)
			if !readFull(content, flags) {
				return errWebP
			}
			w.WriteByte(flags[0] & webpFlags)
			rest--
		}
		err := copyExactly(w, content, rest, errWebP)
		w.Write(make([]byte, length%2))
		return err
	})
}
