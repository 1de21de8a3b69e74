package picture

import (
	"bufio"
)

// readWebP reads the sizes that the parts of a WebP have beside that of the whole (RFC 9649 sections 2.5 to 2.7): the
// decoder would believe them. All must be one. An animation has none, and is refused.
func (h *header) readWebP(r *bufio.Reader) error {
	pictures := 0
	err := eachWebP(r, func(kind string, content []byte) error {
		var width, height int
		switch {
		case kind == "VP8X" && len(content) == 10:
			width, height = 1+int24(content[4:]), 1+int24(content[7:])
		case kind == "VP8 " && len(content) >= 10: // RFC 6386 section 9.1
			width, height = int(content[6])|int(content[7]&0x3f)<<8, int(content[8])|int(content[9]&0x3f)<<8
			h.pixelBytes = max(h.pixelBytes, 6)
			pictures++
		case kind == "VP8L" && len(content) >= 5: // RFC 9649 section 3.4
			bits := uint32(content[1]) | uint32(content[2])<<8 | uint32(content[3])<<16 | uint32(content[4])<<24
			width, height = 1+int(bits&0x3fff), 1+int(bits>>14&0x3fff)
			h.pixelBytes = 32
			pictures++
		case kind == "ALPH":
			h.pixelBytes = 32
			return nil
		case kind == "VP8X", kind == "VP8 ", kind == "VP8L", kind == "ANIM", kind == "ANMF":
			return errWebP
		default:
			return nil
		}
		if width != h.width || height != h.height {
			return errWebP
		}
		return nil
	})
	if err == nil && pictures != 1 {
		err = errWebP
	}
	return err
}

func int24(b []byte) int { return int(b[0]) | int(b[1])<<8 | int(b[2])<<16 }
