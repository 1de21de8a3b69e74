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
	gifExtension = 0x21
	gifImage     = 0x2c
	gifTrailer   = 0x3b
)

// maxFrames bounds what an animation costs beside its pixels.
const maxFrames = 1000

// readGIF counts frames and their pixels, which no header tells, without decoding any.
func (h *header) readGIF(r *bufio.Reader) error {
	head := make([]byte, 13) // signature and logical screen
	if !readFull(r, head) || skipColors(r, head[10]) != nil {
		return errGIF
	}
	for {
		block, err := r.ReadByte()
		if err != nil {
			return errGIF
		}
		switch block {
		case gifTrailer:
			return nil
		case gifExtension:
			if _, err = r.ReadByte(); err == nil {
				err = skipBlocks(r)
			}
		case gifImage:
			err = h.readGIFFrame(r)
		default:
			err = errGIF
		}
		if err != nil {
			return err
		}
	}
}

func (h *header) readGIFFrame(r *bufio.Reader) error {
	frame := make([]byte, 9)
	if !readFull(r, frame) || skipColors(r, frame[8]) != nil {
		return errGIF
	}
	h.frames++
	h.allPixels += int64(binary.LittleEndian.Uint16(frame[4:])) * int64(binary.LittleEndian.Uint16(frame[6:]))
	if h.frames > maxFrames {
		h.allPixels = MaxPixels + 1 // too many: the first is shown
	}
	if _, err := r.ReadByte(); err != nil { // size of the codes
		return errGIF
	}
	return skipBlocks(r)
}

// skipColors passes the table of colours that the flags announce.
func skipColors(r *bufio.Reader, flags byte) error {
	if flags&0x80 == 0 {
		return nil
	}
	_, err := r.Discard(3 << (flags&7 + 1))
	return err
}

func skipBlocks(r *bufio.Reader) error {
	for {
		size, err := r.ReadByte()
		if err != nil {
			return errGIF
		}
		if size == 0 {
			return nil
		}
		if _, err := r.Discard(int(size)); err != nil {
			return errGIF
		}
	}
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
