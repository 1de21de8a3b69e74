package picture

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"slices"
)

// Markers of JPEG (ITU-T T.81, table B.1).
const (
	markSOF0 = 0xc0 // to 0xcf, but for DHT, JPG and DAC
	markDHT  = 0xc4
	markJPG  = 0xc8
	markDAC  = 0xcc
	markRST0 = 0xd0 // to 0xd7
	markSOI  = 0xd8
	markEOI  = 0xd9
	markSOS  = 0xda
	markAPP0 = 0xe0
	markAPP1 = 0xe1 // Exif, XMP
	markAPPE = 0xee // Adobe: how colours are meant
	markAPPF = 0xef
	markCOM  = 0xfe
)

// maxScans bounds how often a file may go over the picture, for those who show what is not decoded here. Encoders make up
// to twenty (libjpeg's for four components has 18).
const maxScans = 50

var errJPEG = errors.New("no JPEG")

// jpegReader walks a JPEG marker by marker.
type jpegReader struct {
	r       *bufio.Reader
	content [1 << 16]byte // of the segment that was read last
}

// marker returns the next one that begins a segment, or EOI. What stands between is passed over, as decoders do.
func (j *jpegReader) marker() (byte, error) {
	last := byte(0)
	for {
		mark, err := j.r.ReadByte()
		if err != nil {
			return 0, errJPEG
		}
		if last == 0xff && mark != 0 && mark != 0xff && (mark < markRST0 || mark >= markSOI) {
			return mark, nil
		}
		last = mark
	}
}

// segment returns what follows a marker, without its length, until the next call.
func (j *jpegReader) segment() ([]byte, error) {
	if !readFull(j.r, j.content[:2]) || binary.BigEndian.Uint16(j.content[:]) < 2 {
		return nil, errJPEG
	}
	content := j.content[:binary.BigEndian.Uint16(j.content[:])-2]
	if !readFull(j.r, content) {
		return nil, errJPEG
	}
	return content, nil
}

// scan hands over the coded bytes after SOS, up to the next marker, which stays unread.
func (j *jpegReader) scan(to io.ByteWriter) error {
	for {
		next, err := j.r.Peek(2)
		if err != nil {
			return errJPEG
		}
		size := 1
		if next[0] == 0xff {
			if mark := next[1]; mark != 0 && mark != 0xff && (mark < markRST0 || mark >= markSOI) {
				return nil
			}
			if next[1] != 0xff {
				size = 2
			}
		}
		for _, b := range next[:size] {
			if err := to.WriteByte(b); err != nil {
				return err
			}
		}
		if _, err := j.r.Discard(size); err != nil {
			return errJPEG
		}
	}
}

func isFrame(mark byte) bool {
	return mark >= markSOF0 && mark <= 0xcf && mark != markDHT && mark != markJPG && mark != markDAC
}

// nowhere is where bytes go that nobody wants.
type nowhere struct{}

func (nowhere) WriteByte(byte) error { return nil }

// readJPEG reads what the header of the decoder does not tell: how colours are sampled, in how many scans the picture comes,
// and which way is up.
func (h *header) readJPEG(r *bufio.Reader) error {
	j := &jpegReader{r: r}
	if mark, err := j.marker(); err != nil || mark != markSOI {
		return errJPEG
	}
	var f jpegFrame
	for {
		mark, err := j.marker()
		if err != nil {
			return err
		}
		if mark == markEOI {
			h.memory, h.samples = f.memory(h.orientation), f.scanned
			return nil
		}
		content, err := j.segment()
		if err != nil {
			return err
		}
		switch {
		case isFrame(mark):
			err = f.read(mark, content, h.width, h.height)
		case mark == markAPP1 && h.orientation == 1:
			h.orientation = orientation(content)
		case mark == markAPPE && len(content) >= 12 && string(content[:5]) == "Adobe" && content[11] == 0:
			f.converted = true // RGB or CMYK
		case mark == markSOS:
			if err = f.scan(content); err == nil {
				err = j.scan(nowhere{})
			}
		}
		if err != nil {
			return err
		}
	}
}

// jpegFrame is the header of a frame (section B.2.2), and what scans make of it.
type jpegFrame struct {
	width, height int64
	progressive   bool
	converted     bool // pixels are made of the planes
	components    []jpegComponent
	scans         int
	scanned       int64 // samples that all scans go over
}

type jpegComponent struct {
	id      byte
	h, v    int64 // sampling factors
	samples int64 // in whole MCUs (section A.2.4), which the decoder makes room for
	scans   int
}

// read reads the header, of which there is one: its size must be what the decoder has read.
func (f *jpegFrame) read(mark byte, content []byte, width, height int) error {
	if f.components != nil || len(content) < 6 || len(content) < 6+3*int(content[5]) || content[5] == 0 {
		return errJPEG
	}
	if int(binary.BigEndian.Uint16(content[1:])) != height || int(binary.BigEndian.Uint16(content[3:])) != width {
		return errJPEG
	}
	f.width, f.height, f.progressive = int64(width), int64(height), mark == markSOF0+2
	for c := content[6:]; len(c) >= 3; c = c[3:] {
		component := jpegComponent{id: c[0], h: int64(c[1] >> 4), v: int64(c[1] & 15)}
		if component.h == 0 || component.v == 0 {
			return errJPEG
		}
		f.components = append(f.components, component)
	}
	first := &f.components[0]
	if len(f.components) == 1 {
		first.h, first.v = 1, 1 // whatever it says (section A.2.2)
	}
	across, down := roundUp(f.width, 8*first.h)/8/first.h, roundUp(f.height, 8*first.v)/8/first.v
	ids := ""
	for i := range f.components {
		c := &f.components[i]
		c.samples = 64 * across * c.h * down * c.v
		ids += string(c.id)
	}
	f.converted = f.converted || len(f.components) == 4 || ids == "RGB"
	return nil
}

// scan counts a scan by its header (section B.2.3). In a sequential picture each component has one.
func (f *jpegFrame) scan(content []byte) error {
	if f.scans++; f.scans > maxScans || len(content) == 0 || len(content) < 1+2*int(content[0]) {
		return errJPEG
	}
	for of := content[1 : 1+2*int(content[0])]; len(of) > 0; of = of[2:] {
		at := slices.IndexFunc(f.components, func(c jpegComponent) bool { return c.id == of[0] })
		if at < 0 {
			return errJPEG
		}
		c := &f.components[at]
		if c.scans++; c.scans > 1 && !f.progressive {
			return errJPEG
		}
		f.scanned += c.samples
	}
	return nil
}

// memory is how many bytes the decoder, turned and the encoder allocate.
func (f *jpegFrame) memory(orientation int) int64 {
	planes, pixels := int64(0), 4*f.width*f.height
	for _, c := range f.components {
		planes += c.samples
	}
	memory := planes
	if f.progressive {
		memory += 4 * planes // coefficients are kept until the end
	}
	if f.converted {
		memory += pixels
	}
	switch {
	case orientation > 1 && (f.converted || orientation >= 5 && f.components[0].h == 4): // no planes, or none that can lie on their side
		memory += pixels
	case orientation > 1:
		memory += planes
	case f.converted:
		memory += pixels // the encoder makes a value of each that is CMYK
	}
	return memory
}

func roundUp(n, to int64) int64 { return (n + to - 1) / to * to }

// orientation reads which way is up from an Exif segment (Exif 2.3 section 4.6.4); 1 where it says nothing.
func orientation(segment []byte) int {
	const header = "Exif\x00\x00"
	if len(segment) < len(header)+8 || string(segment[:len(header)]) != header {
		return 1
	}
	tiff := segment[len(header):]
	var order binary.ByteOrder = binary.BigEndian
	switch string(tiff[:4]) {
	case "II*\x00":
		order = binary.LittleEndian
	case "MM\x00*":
	default:
		return 1
	}
	at := int64(order.Uint32(tiff[4:]))
	if at+2 > int64(len(tiff)) {
		return 1
	}
	entries := tiff[at+2:]
	for range order.Uint16(tiff[at:]) {
		if len(entries) < 12 {
			return 1
		}
		if value := int(order.Uint16(entries[8:])); order.Uint16(entries) == 0x0112 && value >= 1 && value <= 8 {
			return value
		}
		entries = entries[12:]
	}
	return 1
}
