package picture

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/gif"
	"io"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// pngSample says how a PNG is to be made, whose bytes are all alike.
type pngSample struct {
	width, height int
	depth, colors byte
	interlaced    bool
	transparent   string // content of tRNS
	chunks        int    // that say nothing
}

func (s pngSample) bytes() []byte {
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, uint32(s.width)), uint32(s.height))
	out := append([]byte(pngSignature), chunk("IHDR", append(head, s.depth, s.colors, 0, 0, map[bool]byte{true: 1}[s.interlaced]))...)
	if s.colors == pngPalette {
		out = append(out, chunk("PLTE", make([]byte, 3*256))...)
	}
	if s.transparent != "" {
		out = append(out, chunk("tRNS", []byte(s.transparent))...)
	}
	for range s.chunks {
		out = append(out, chunk("teST", nil)...)
	}
	return append(append(out, chunk("IDAT", s.pixels())...), chunk("IEND", nil)...)
}

func (s pngSample) pixels() []byte {
	var out bytes.Buffer
	w := zlib.NewWriter(&out)
	bits := int(s.depth) * map[byte]int{pngGrey: 1, pngPalette: 1, 2: 3, 4: 2, 6: 4}[s.colors]
	rows := func(width, height int) {
		row := bytes.Repeat([]byte{0x5a}, 1+(width*bits+7)/8)
		row[0] = 0 // no filter
		for range height {
			w.Write(row)
		}
	}
	if !s.interlaced {
		rows(s.width, s.height)
	} else { // section 8.1: how far apart the pixels of a pass are, and where they begin
		for _, p := range [][4]int{{8, 8, 0, 0}, {8, 8, 4, 0}, {4, 8, 0, 4}, {4, 4, 2, 0}, {2, 4, 0, 2}, {2, 2, 1, 0}, {1, 2, 0, 1}} {
			rows((s.width-p[2]+p[0]-1)/p[0], (s.height-p[3]+p[1]-1)/p[1])
		}
	}
	w.Close()
	return out.Bytes()
}

// jpegSample says how a JPEG is to be made, which is grey all over: its tables have one code, of one bit, for nothing.
type jpegSample struct {
	width, height int
	ids           string // of the components; empty: 1, 2 and so on
	sampling      string // of the components
	progressive   int    // how many scans of all components there are; 0: one, sequential
	adobe         bool   // colours are CMYK or RGB
	orientation   byte
}

func (s jpegSample) bytes() []byte {
	out := []byte{0xff, markSOI}
	segment := func(mark byte, content ...byte) {
		out = append(binary.BigEndian.AppendUint16(append(out, 0xff, mark), uint16(len(content)+2)), content...)
	}
	if s.ids == "" {
		s.ids = "\x01\x02\x03\x04"[:len(s.sampling)]
	}
	if s.orientation > 0 {
		segment(markAPP1, append([]byte("Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00"), s.orientation, 0, 0, 0, 0, 0, 0)...)
	}
	if s.adobe {
		segment(markAPPE, []byte("Adobe\x00\x64\x00\x00\x00\x00\x00")...)
	}
	segment(0xdb, append([]byte{0}, bytes.Repeat([]byte{1}, 64)...)...)
	frame := binary.BigEndian.AppendUint16(binary.BigEndian.AppendUint16([]byte{8}, uint16(s.height)), uint16(s.width))
	frame, header := append(frame, byte(len(s.ids))), []byte{byte(len(s.ids))}
	blocks := 0
	for i, id := range []byte(s.ids) {
		frame, header = append(frame, id, s.sampling[i], 0), append(header, id, 0)
		blocks += int(s.sampling[i]>>4) * int(s.sampling[i]&15)
	}
	first := s.sampling[0]
	if len(s.sampling) == 1 {
		first, blocks = 0x11, 1
	}
	across, down := int(first>>4)*8, int(first&15)*8
	blocks *= (s.width + across - 1) / across * ((s.height + down - 1) / down)
	mark, last, bits := byte(markSOF0), byte(63), 2*blocks
	if s.progressive > 0 {
		mark, last, bits = markSOF0+2, 0, blocks
	}
	segment(mark, frame...)
	for class := range byte(2) {
		segment(markDHT, append(append([]byte{class << 4, 1}, make([]byte, 15)...), 0)...)
	}
	for range max(1, s.progressive) {
		segment(markSOS, append(header, 0, last, 0)...)
		out = append(out, make([]byte, (bits+7)/8)...)
	}
	return append(out, 0xff, markEOI)
}

// gifSample is an animation of equal frames, whose pixels all have a colour that lets light through.
func gifSample(t testing.TB, width, height, frames int, interlaced bool) []byte {
	t.Helper()
	colors := make(color.Palette, 256)
	for i := range colors {
		colors[i] = color.RGBA{uint8(i), 0, 0, 255}
	}
	colors[0] = color.RGBA{}
	all := gif.GIF{Config: image.Config{ColorModel: colors, Width: width, Height: height}}
	for range frames {
		all.Image, all.Delay = append(all.Image, image.NewPaletted(image.Rect(0, 0, width, height), colors)), append(all.Delay, 7)
	}
	var out bytes.Buffer
	if err := gif.EncodeAll(&out, &all); err != nil {
		t.Fatal(err)
	}
	if !interlaced {
		return out.Bytes()
	}
	size := binary.LittleEndian.AppendUint16(binary.LittleEndian.AppendUint16(nil, uint16(width)), uint16(height))
	head := append([]byte{gifImage, 0, 0, 0, 0}, size...)
	return bytes.ReplaceAll(out.Bytes(), append(head, 0), append(head, 0x40))
}

// webpSample is a lossy WebP of the size, whose data end too early, after room was made for all.
func webpSample(t testing.TB, width, height uint16) []byte {
	t.Helper()
	raw := tinyWebP(t)
	at := bytes.Index(raw, []byte{0x9d, 0x01, 0x2a}) + 3
	binary.LittleEndian.PutUint16(raw[at:], width)
	binary.LittleEndian.PutUint16(raw[at+2:], height)
	return raw
}

// TestCostIsAnUpperBound: a picture never allocates more than was counted. It has the process for itself, as it is not
// parallel; what it measures does not depend on the collector.
func TestCostIsAnUpperBound(t *testing.T) {
	if racing {
		t.Skip("built for the race detector, the same code allocates more")
	}
	for name, test := range map[string]struct {
		kind string
		raw  []byte
	}{
		"png, grey":                               {"image/png", pngSample{width: 2000, height: 1500, depth: 8}.bytes()},
		"png, grey, transparent":                  {"image/png", pngSample{width: 2000, height: 1000, depth: 8, transparent: "\x00\x00"}.bytes()},
		"png, grey, interlaced":                   {"image/png", pngSample{width: 2000, height: 1500, depth: 8, interlaced: true}.bytes()},
		"png, grey, transparent, interlaced":      {"image/png", pngSample{width: 2000, height: 1000, depth: 8, interlaced: true, transparent: "\x00\x00"}.bytes()},
		"png, two greys, transparent, interlaced": {"image/png", pngSample{width: 2000, height: 1000, depth: 1, interlaced: true, transparent: "\x00\x00"}.bytes()},
		"png, 65,536 greys":                       {"image/png", pngSample{width: 2000, height: 1000, depth: 16}.bytes()},
		"png, 65,536 greys, transparent":          {"image/png", pngSample{width: 1000, height: 1000, depth: 16, transparent: "\x00\x00"}.bytes()},
		"png, palette, interlaced":                {"image/png", pngSample{width: 2000, height: 2000, depth: 8, colors: pngPalette, interlaced: true, transparent: "\x00"}.bytes()},
		"png, colours":                            {"image/png", pngSample{width: 2000, height: 1000, depth: 8, colors: 2}.bytes()},
		"png, colours, transparent, interlaced":   {"image/png", pngSample{width: 2000, height: 1000, depth: 8, colors: 2, interlaced: true, transparent: "\x00\x00\x00\x00\x00\x00"}.bytes()},
		"png, colours of 16 bits":                 {"image/png", pngSample{width: 1000, height: 1000, depth: 16, colors: 2}.bytes()},
		"png, all of 16 bits, interlaced":         {"image/png", pngSample{width: 1000, height: 1000, depth: 16, colors: 6, interlaced: true}.bytes()},
		"png, a single row":                       {"image/png", pngSample{width: 500_000, height: 1, depth: 8, colors: 6}.bytes()},
		"png, many chunks":                        {"image/png", pngSample{width: 8, height: 8, depth: 8, chunks: 5000}.bytes()},
		"jpeg, grey":                              {"image/jpeg", jpegSample{width: 2000, height: 1500, sampling: "\x11"}.bytes()},
		"jpeg, 4:2:0":                             {"image/jpeg", jpegSample{width: 2000, height: 1500, sampling: "\x22\x11\x11"}.bytes()},
		"jpeg, 4:2:0, turned":                     {"image/jpeg", jpegSample{width: 2000, height: 1500, sampling: "\x22\x11\x11", orientation: 6}.bytes()},
		"jpeg, 4:1:1, turned":                     {"image/jpeg", jpegSample{width: 2000, height: 1500, sampling: "\x41\x11\x11", orientation: 6}.bytes()},
		"jpeg, 4:1:0, upside down":                {"image/jpeg", jpegSample{width: 2000, height: 1500, sampling: "\x42\x11\x11", orientation: 3}.bytes()},
		"jpeg, 4:2:0, progressive":                {"image/jpeg", jpegSample{width: 2000, height: 1500, sampling: "\x22\x11\x11", progressive: 2}.bytes()},
		"jpeg, 4:4:4, progressive, turned":        {"image/jpeg", jpegSample{width: 1000, height: 1000, sampling: "\x11\x11\x11", progressive: 2, orientation: 8}.bytes()},
		"jpeg, RGB":                               {"image/jpeg", jpegSample{width: 2000, height: 1500, ids: "RGB", sampling: "\x22\x11\x11"}.bytes()},
		"jpeg, RGB by Adobe's word, turned":       {"image/jpeg", jpegSample{width: 2000, height: 1000, sampling: "\x11\x11\x11", adobe: true, orientation: 5}.bytes()},
		"jpeg, CMYK":                              {"image/jpeg", jpegSample{width: 1500, height: 1000, sampling: "\x11\x11\x11\x11", adobe: true}.bytes()},
		"jpeg, CMYK, turned":                      {"image/jpeg", jpegSample{width: 1500, height: 1000, sampling: "\x22\x11\x11\x22", adobe: true, orientation: 6}.bytes()},
		"jpeg, thin, large MCUs":                  {"image/jpeg", jpegSample{width: 1, height: 65535, sampling: "\x41\x11\x11", progressive: 1}.bytes()},
		"gif, many frames":                        {"image/gif", gifSample(t, 1, 1, 300, false)},
		"gif, interlaced":                         {"image/gif", gifSample(t, 1500, 1000, 5, true)},
		"gif, of which the first frame is shown":  {"image/gif", gifSample(t, 2000, 1000, MaxPixels/2_000_000+1, true)},
		"webp":                                    {"image/webp", webpSample(t, 2000, 1500)},
	} {
		t.Run(name, func(t *testing.T) {
			h, err := readHeader(test.kind, &source{ctx: t.Context(), r: bytes.NewReader(test.raw)})
			if err != nil || !h.mayBeDecoded() {
				t.Fatalf("it is not decoded: %+v, %v", h, err)
			}
			grown := allocated(func() { NewWorkshop().Rework(t.Context(), test.kind, bytes.NewReader(test.raw), io.Discard) })
			if grown > h.cost() {
				t.Errorf("it allocated %d bytes, and was counted as %d", grown, h.cost())
			}
			if h.cost() > 2*grown+anyMemory {
				t.Errorf("it was counted as %d bytes, and allocated %d only", h.cost(), grown)
			}
		})
	}
}

// allocated is how many bytes were allocated, whether they are garbage by now or not.
func allocated(f func()) int64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return int64(after.TotalAlloc - before.TotalAlloc)
}

// TestNotDecoded: what would cost too much keeps its form, has no smaller picture, and costs next to nothing.
func TestNotDecoded(t *testing.T) {
	scans := func(n int) []byte {
		return jpegSample{width: 2000, height: 1500, sampling: "\x11", progressive: n}.bytes()
	}
	withAlpha := riff("VP8X", "\x10\x00\x00\x00\x00\x00\x00\x00\x00\x00", "ALPH", "\x00\x00", "VP8 ", string(tinyWebP(t)[20:42]))
	for name, test := range map[string]struct {
		kind          string
		raw           []byte
		width, height int
	}{
		"png, grey of 40 megapixels":      {"image/png", pngOf(6400, 6250, "\x08\x00", zeros(1000)), 6400, 6250},
		"jpeg, usual, of 26 megapixels":   {"image/jpeg", jpegSample{width: 5200, height: 5000, sampling: "\x22\x11\x11"}.bytes(), 5200, 5000},
		"jpeg, a dozen scans, turned":     {"image/jpeg", jpegSample{width: 8000, height: 5000, sampling: "\x22\x11\x11", progressive: 12, orientation: 6}.bytes(), 5000, 8000},
		"jpeg, more scans than one needs": {"image/jpeg", scans(34), 2000, 1500},
		"webp without loss":               {"image/webp", riff("VP8L", "\x2f\x63\xc0\x18\x00\x00"), 100, 100},
		"webp with transparency":          {"image/webp", withAlpha, 1, 1},
		"gif of 40 megapixels":            {"image/gif", gifSample(t, 2000, 1000, 20, false), 2000, 1000},
	} {
		t.Run(name, func(t *testing.T) {
			var made Picture
			var err error
			var out bytes.Buffer
			out.Grow(len(test.raw) + 4096)
			grown := allocated(func() { made, err = NewWorkshop().Rework(t.Context(), test.kind, bytes.NewReader(test.raw), &out) })
			if err != nil || made.Type != test.kind || made.Width != test.width || made.Height != test.height || made.Thumbnail != nil {
				t.Fatalf("%+v, %v", made, err)
			}
			if _, _, err := image.DecodeConfig(bytes.NewReader(out.Bytes())); err != nil {
				t.Errorf("what was made is no picture: %v", err)
			}
			if grown > 1<<20 {
				t.Errorf("it cost %d bytes", grown)
			}
		})
	}
	if made, _, err := rework(t, "image/jpeg", scans(33)); err != nil || made.Thumbnail == nil {
		t.Errorf("with one scan less: %+v, %v", made, err)
	}
}

// TestPhotographs: what telephones and cameras make is decoded.
func TestPhotographs(t *testing.T) {
	t.Parallel()
	for name, sample := range map[string]jpegSample{
		"12 megapixels, turned":      {width: 4032, height: 3024, sampling: "\x22\x11\x11", orientation: 6},
		"24 megapixels":              {width: 6000, height: 4000, sampling: "\x22\x11\x11"},
		"12 megapixels, 4:2:2":       {width: 4032, height: 3024, sampling: "\x21\x11\x11"},
		"10 scans, four megapixels":  {width: 2400, height: 1600, sampling: "\x22\x11\x11", progressive: 10},
		"10 scans, 4:4:4, two of it": {width: 1800, height: 1200, sampling: "\x11\x11\x11", progressive: 10},
	} {
		h, err := readHeader("image/jpeg", &source{ctx: t.Context(), r: bytes.NewReader(sample.bytes())})
		if err != nil || !h.mayBeDecoded() {
			t.Errorf("%s: it costs %d bytes and %d samples, %v", name, h.cost(), h.samples, err)
		}
	}
}

// TestFullWorkshop: who waits for room for too long is told so.
func TestFullWorkshop(t *testing.T) {
	t.Parallel()
	raw := encoded(t, "image/png", sample(8, 8))
	synctest.Test(t, func(t *testing.T) {
		w := NewWorkshop()
		if err := w.acquire(t.Context(), allMemory); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Rework(t.Context(), "image/png", bytes.NewReader(raw), io.Discard); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
		w.release(allMemory)
		if _, err := w.Rework(t.Context(), "image/png", bytes.NewReader(raw), io.Discard); err != nil {
			t.Error(err)
		}
	})
}

// slow is a file whose bytes come one every second.
type slow struct{ io.ReadSeeker }

func (s slow) Read(p []byte) (int, error) {
	time.Sleep(time.Second)
	return s.ReadSeeker.Read(p[:1])
}

// TestTooLong: a picture that is not done in time is refused, since the next try would take as long.
func TestTooLong(t *testing.T) {
	t.Parallel()
	raw := encoded(t, "image/png", sample(8, 8))
	synctest.Test(t, func(t *testing.T) {
		_, err := NewWorkshop().Rework(t.Context(), "image/png", slow{bytes.NewReader(raw)}, io.Discard)
		if refusal, ok := errors.AsType[*Error](err); !ok || !strings.Contains(refusal.Message, "too long") {
			t.Errorf("got %v", err)
		}
	})
}
