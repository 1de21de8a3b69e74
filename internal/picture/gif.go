package picture

import (
	"bufio"
	"encoding/binary"
	"errors"
	"image"
	"image/gif"
	"io"
)

var errGIF = errors.New("no GIF")

// Parts of GIF (GIF89a section 17 and later).
const (
	gifExtension   = 0x21
	gifControl     = 0xf9
	gifApplication = 0xff
	gifImage       = 0x2c
	gifTrailer     = 0x3b
)

const (
	maxFrames   = 1000      // of an animation, which viewers decode, too
	frameMemory = 112 << 10 // bytes that a frame takes beside its pixels: LZW 20 KiB and 64 KiB, colours up to 20 KiB
)

// readGIF counts frames and their pixels, which no header tells, without decoding any.
func (h *header) readGIF(r *bufio.Reader) error {
	frames, pixels, first := 0, int64(0), int64(0)
	err := copyGIF(r, bufio.NewWriter(io.Discard), func(f gifFrame) bool {
		h.memory += frameMemory + f.memory()
		if frames++; frames == 1 {
			first = h.memory
		}
		pixels += f.pixels
		return true
	})
	if h.firstOnly = frames > maxFrames || pixels > MaxPixels; h.firstOnly {
		asPNG := pngFormat{colors: pngPalette}
		h.memory = first + asPNG.memory(int64(h.width), 1)
	}
	return err
}

// gifFrame is one picture of an animation.
type gifFrame struct {
	pixels     int64
	interlaced bool
}

func (f gifFrame) memory() int64 {
	if f.interlaced {
		return 2 * f.pixels // put in order in another
	}
	return f.pixels
}

// copyGIF copies the parts of a GIF that make the picture: what is said about it stays behind. It asks of each frame whether
// more are wanted after it. Errors of writing are left to Flush.
func copyGIF(r *bufio.Reader, w *bufio.Writer, more func(gifFrame) bool) error {
	const flags = 10 // of signature and logical screen
	head, err := copyBytes(r, w, 13)
	if err != nil {
		return err
	}
	if err := copyColors(r, w, head[flags]); err != nil {
		return err
	}
	for {
		block, err := r.ReadByte()
		if err != nil {
			return errGIF
		}
		switch block {
		case gifTrailer:
			w.WriteByte(gifTrailer)
			return nil
		case gifExtension:
			err = copyExtension(r, w)
		case gifImage:
			var f gifFrame
			if f, err = copyFrame(r, w); err == nil && !more(f) {
				w.WriteByte(gifTrailer)
				return nil
			}
		default:
			err = errGIF
		}
		if err != nil {
			return err
		}
	}
}

func copyFrame(r *bufio.Reader, w *bufio.Writer) (f gifFrame, err error) {
	w.WriteByte(gifImage)
	head, err := copyBytes(r, w, 9)
	if err != nil {
		return f, err
	}
	f.pixels = int64(binary.LittleEndian.Uint16(head[4:])) * int64(binary.LittleEndian.Uint16(head[6:]))
	f.interlaced = head[8]&0x40 != 0
	if err := copyColors(r, w, head[8]); err != nil {
		return f, err
	}
	if _, err := copyBytes(r, w, 1); err != nil { // size of the codes
		return f, err
	}
	return f, copyBlocks(r, w)
}

// gifLoops is how an extension begins that says how often an animation is shown.
const gifLoops = "\x0bNETSCAPE2.0\x03\x01"

// copyExtension copies what says how long a frame is shown, and how often the animation is; others stay behind.
func copyExtension(r *bufio.Reader, w *bufio.Writer) error {
	label, err := r.ReadByte()
	if err != nil {
		return errGIF
	}
	size := 0
	switch next, _ := r.Peek(len(gifLoops)); {
	case label == gifControl && len(next) > 0 && next[0] == 4:
		size = 1 + 4
	case label == gifApplication && string(next) == gifLoops:
		size = len(gifLoops) + 2
	default:
		return copyBlocks(r, io.Discard)
	}
	w.Write([]byte{gifExtension, label})
	if _, err := copyBytes(r, w, size); err != nil {
		return err
	}
	w.WriteByte(0) // no more blocks
	return copyBlocks(r, io.Discard)
}

// copyColors copies the table of colours that the flags announce.
func copyColors(r *bufio.Reader, w *bufio.Writer, flags byte) error {
	if flags&0x80 == 0 {
		return nil
	}
	_, err := copyBytes(r, w, 3<<(flags&7+1))
	return err
}

// copyBlocks copies blocks up to that which has nothing in it.
func copyBlocks(r *bufio.Reader, to io.Writer) error {
	for {
		size, err := r.Peek(1)
		if err != nil {
			return errGIF
		}
		block, err := copyBytes(r, to, 1+int(size[0]))
		if err != nil || len(block) == 1 {
			return err
		}
	}
}

// copyBytes copies a few bytes, and returns them until the next are read.
func copyBytes(r *bufio.Reader, to io.Writer, size int) ([]byte, error) {
	content, err := r.Peek(size)
	if err != nil {
		return nil, errGIF
	}
	to.Write(content)
	_, err = r.Discard(size)
	return content, err
}

// reworkGIF decodes all frames and encodes them. The smaller picture is still, and there is none where the first frame does
// not cover the whole.
func reworkGIF(from io.Reader, to io.Writer) (Picture, error) {
	all, err := gif.DecodeAll(bufio.NewReader(from))
	if err != nil || len(all.Image) == 0 {
		return Picture{}, unreadable("GIF")
	}
	if err := gif.EncodeAll(to, all); err != nil {
		return Picture{}, err
	}
	made := Picture{Type: "image/gif", Width: all.Config.Width, Height: all.Config.Height}
	if first := all.Image[0]; first.Bounds().Size() == image.Pt(made.Width, made.Height) {
		made.Thumbnail, err = thumbnail(first)
	}
	return made, err
}
