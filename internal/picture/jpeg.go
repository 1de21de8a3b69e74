package picture

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
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

// maxScans bounds how often a file may go over the picture: each costs the time of all pixels, and few bytes.
const maxScans = 100

var errJPEG = errors.New("no JPEG")

// jpegReader walks a JPEG marker by marker.
type jpegReader struct{ r *bufio.Reader }

// marker returns the next one that begins a segment, or EOI. What stands between is passed over, as decoders do.
func (j jpegReader) marker() (byte, error) {
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

// segment returns what follows a marker, without its length.
func (j jpegReader) segment() ([]byte, error) {
	var length [2]byte
	if _, err := io.ReadFull(j.r, length[:]); err != nil || binary.BigEndian.Uint16(length[:]) < 2 {
		return nil, errJPEG
	}
	content := make([]byte, binary.BigEndian.Uint16(length[:])-2)
	if _, err := io.ReadFull(j.r, content); err != nil {
		return nil, errJPEG
	}
	return content, nil
}

// scan hands over the coded bytes after SOS, up to the next marker, which stays unread.
func (j jpegReader) scan(to io.ByteWriter) error {
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

// readJPEG reads what the header of the decoder does not tell: how colours are sampled, whether the picture comes in many
// scans, and which way is up.
func (h *header) readJPEG(r *bufio.Reader) error {
	j := jpegReader{r}
	if mark, err := j.marker(); err != nil || mark != markSOI {
		return errJPEG
	}
	converted := false
	for scans := 0; ; {
		mark, err := j.marker()
		if err != nil {
			return err
		}
		if mark == markEOI {
			if converted {
				h.pixelBytes += 16
			}
			return nil
		}
		content, err := j.segment()
		if err != nil {
			return err
		}
		switch {
		case isFrame(mark):
			err = h.readFrame(mark, content)
		case mark == markAPP1 && h.orientation == 1:
			h.orientation = orientation(content)
		case mark == markAPPE && len(content) >= 12 && string(content[:5]) == "Adobe":
			converted = content[11] == 0 // RGB or CMYK, of which pixels are made
		case mark == markSOS:
			if scans++; scans > maxScans {
				return errJPEG
			}
			err = j.scan(nowhere{})
		}
		if err != nil {
			return err
		}
	}
}

// readFrame reads a frame header (section B.2.2): its size must be what the decoder has read.
func (h *header) readFrame(mark byte, content []byte) error {
	if len(content) < 6 || len(content) < 6+3*int(content[5]) || content[5] == 0 {
		return errJPEG
	}
	if int(binary.BigEndian.Uint16(content[1:])) != h.height || int(binary.BigEndian.Uint16(content[3:])) != h.width {
		return errJPEG
	}
	most, sum := int64(1), int64(0)
	for component := content[6:]; len(component) >= 3; component = component[3:] {
		area := int64(component[1]>>4) * int64(component[1]&15)
		most, sum = max(most, area), sum+area
	}
	h.pixelBytes = max(4, 4*sum/most)
	if mark != markSOF0 && mark != markSOF0+1 { // progressive: coefficients of four bytes are kept until the end
		h.pixelBytes *= 5
	}
	return nil
}

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
