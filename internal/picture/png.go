package picture

import (
	"bufio"
	"encoding/binary"
)

// pngChunks walks a PNG chunk by chunk (PNG, third edition, section 5.3). Whoever handles one reads its content and the
// checksum, or has all of it skipped.
type pngChunks struct {
	r      *bufio.Reader
	head   [8]byte // length and type, as they stand in the file
	length int64
}

const pngSignature = "\x89PNG\r\n\x1a\n"

// checksum is how many bytes stand behind the content of a chunk.
const checksum = 4

func newPNGChunks(r *bufio.Reader) (*pngChunks, error) {
	c := &pngChunks{r: r}
	if !readFull(r, c.head[:]) || string(c.head[:]) != pngSignature {
		return nil, errPNG
	}
	return c, nil
}

// next goes to the next chunk.
func (c *pngChunks) next() error {
	if !readFull(c.r, c.head[:]) {
		return errPNG
	}
	c.length = int64(binary.BigEndian.Uint32(c.head[:]))
	return nil
}

func (c *pngChunks) is(kind string) bool { return string(c.head[4:]) == kind }

func (c *pngChunks) skip() error {
	if _, err := c.r.Discard(int(c.length + checksum)); err != nil {
		return errPNG
	}
	return nil
}

// readPNG reads how pixels are kept: DecodeConfig does not tell of transparency, nor that the picture is interlaced.
func (h *header) readPNG(r *bufio.Reader) error {
	chunks, err := newPNGChunks(r)
	if err != nil {
		return err
	}
	var format pngFormat
	for !chunks.is("IEND") {
		if err := chunks.next(); err != nil {
			return err
		}
		format.chunks++
		if !chunks.is("IHDR") {
			format.transparent = format.transparent || chunks.is("tRNS")
			err = chunks.skip()
		} else {
			err = format.read(chunks)
		}
		if err != nil {
			return err
		}
	}
	h.memory = format.memory(int64(h.width), int64(h.height))
	return nil
}

// pngFormat says how the pixels of a PNG are kept.
type pngFormat struct {
	depth, colors byte // of IHDR (section 11.2.1)
	interlaced    bool
	transparent   bool // a colour, or some of a palette, let light through
	chunks        int64
}

func (f *pngFormat) read(chunk *pngChunks) error {
	const size = 13
	content := make([]byte, size+checksum)
	if chunk.length != size || !readFull(chunk.r, content) {
		return errPNG
	}
	f.depth, f.colors, f.interlaced = content[8], content[9], content[12] != 0
	return nil
}

// Types of colour that are kept as they are.
const (
	pngGrey    = 0
	pngPalette = 3
)

// pixelBytes is what a decoded pixel takes.
func (f *pngFormat) pixelBytes() int64 {
	bytes := int64(4)
	if f.colors == pngPalette || f.colors == pngGrey && !f.transparent {
		bytes = 1
	}
	if f.depth == 16 {
		bytes *= 2
	}
	return bytes
}

// memory is how many bytes decoder and encoder allocate.
func (f *pngFormat) memory(width, height int64) int64 {
	const (
		rows     = 12         // decoder 2, for each of seven passes where there are such; encoder 6
		row      = 4          // bytes of a pixel in the row of which the smaller picture is made
		anyChunk = 4<<10 + 64 // a chunk that the decoder passes over
	)
	bytes := f.pixelBytes()
	memory := bytes * width * height
	if f.interlaced {
		memory *= 2 // the passes, and the whole
	}
	if f.depth == 16 {
		memory += bytes * width * height // the encoder makes a value of each
	}
	return memory + (rows*bytes+row)*width + f.chunks*anyChunk
}
