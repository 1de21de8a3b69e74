package picture

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"io"
	"slices"
	"strings"
	"testing"
)

// sample is a picture whose left half is red and whose right half is blue.
func sample(width, height int) *image.NRGBA {
	p := image.NewNRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			c := color.NRGBA{220, 0, 0, 255}
			if x >= width/2 {
				c = color.NRGBA{0, 0, 220, 255}
			}
			p.SetNRGBA(x, y, c)
		}
	}
	return p
}

func encoded(t testing.TB, kind string, p image.Image) []byte {
	t.Helper()
	var out bytes.Buffer
	var err error
	switch kind {
	case "image/gif":
		err = gif.Encode(&out, p, nil)
	default:
		err = encode(&out, p, kind, 95)
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// tinyWebP is a lossy WebP of one pixel.
func tinyWebP(t testing.TB) []byte {
	t.Helper()
	raw, err := base64.StdEncoding.DecodeString("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA")
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func rework(t testing.TB, kind string, raw []byte) (Picture, []byte, error) {
	t.Helper()
	var out bytes.Buffer
	made, err := NewWorkshop().Rework(t.Context(), kind, bytes.NewReader(raw), &out)
	return made, out.Bytes(), err
}

func pngOf(width, height uint32, depthAndType string, data []byte) []byte {
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, width), height)
	head = append(append(head, depthAndType...), 0, 0, 0)
	out := append([]byte("\x89PNG\r\n\x1a\n"), chunk("IHDR", head)...)
	return append(append(out, chunk("IDAT", data)...), chunk("IEND", nil)...)
}

func chunk(kind string, content []byte) []byte {
	out := binary.BigEndian.AppendUint32(nil, uint32(len(content)))
	out = append(append(out, kind...), content...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[4:]))
}

// zeros are so many, compressed.
func zeros(n int64) []byte {
	var out bytes.Buffer
	w := zlib.NewWriter(&out)
	io.CopyN(w, zeroReader{}, n)
	w.Close()
	return out.Bytes()
}

type zeroReader struct{}

func (zeroReader) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestRework(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		kind   string
		raw    []byte
		want   Picture
		halves bool
	}{
		"jpeg":                     {"image/jpeg", encoded(t, "image/jpeg", sample(80, 40)), Picture{Type: "image/jpeg", Width: 80, Height: 40}, true},
		"png":                      {"image/png", encoded(t, "image/png", sample(80, 40)), Picture{Type: "image/png", Width: 80, Height: 40}, true},
		"gif":                      {"image/gif", encoded(t, "image/gif", sample(80, 40)), Picture{Type: "image/gif", Width: 80, Height: 40}, true},
		"webp":                     {"image/webp", tinyWebP(t), Picture{Type: "image/jpeg", Width: 1, Height: 1}, false},
		"large png":                {"image/png", encoded(t, "image/png", sample(1600, 800)), Picture{Type: "image/png", Width: 1600, Height: 800}, true},
		"larger than memory":       {"image/png", pngOf(4000, 4000, "\x08\x06", zeros(1000)), Picture{Type: "image/png", Width: 4000, Height: 4000}, false},
		"grey":                     {"image/png", pngOf(1000, 800, "\x08\x00", zeros(1001*800)), Picture{Type: "image/png", Width: 1000, Height: 800}, false},
		"39.9 megapixels, 16 bits": {"image/png", pngOf(6300, 6300, "\x10\x06", zeros(1000)), Picture{Type: "image/png", Width: 6300, Height: 6300}, false},
	} {
		t.Run(name, func(t *testing.T) {
			made, out, err := rework(t, test.kind, test.raw)
			thumb := made.Thumbnail
			made.Thumbnail = nil
			if err != nil || made.Type != test.want.Type || made.Width != test.want.Width || made.Height != test.want.Height {
				t.Fatalf("got %+v, %v, want %+v", made, err, test.want)
			}
			if !test.halves {
				return
			}
			checkHalves(t, out, test.want.Width, test.want.Height)
			if (thumb != nil) != (test.want.Width > ThumbnailMax) {
				t.Fatalf("the thumbnail has %d bytes", len(thumb))
			}
			if thumb != nil {
				checkHalves(t, thumb, 640, 320)
			}
		})
	}
}

// checkHalves wants red on the left and blue on the right.
func checkHalves(t *testing.T, raw []byte, width, height int) {
	t.Helper()
	p, _, err := image.Decode(bytes.NewReader(raw))
	if err != nil || p.Bounds().Dx() != width || p.Bounds().Dy() != height {
		t.Fatalf("%v, %v, want %d by %d", p, err, width, height)
	}
	if r, _, b, _ := p.At(width/8, height/2).RGBA(); r < 0x8000 || b > 0x4000 {
		t.Errorf("the left is %v", p.At(width/8, height/2))
	}
	if r, _, b, _ := p.At(width*7/8, height/2).RGBA(); b < 0x8000 || r > 0x4000 {
		t.Errorf("the right is %v", p.At(width*7/8, height/2))
	}
}

// TestRefused: a header that lies or asks for too much costs nothing. It is not parallel, as it measures.
func TestRefused(t *testing.T) {
	frames := encoded(t, "image/gif", sample(8, 8))
	scans := encoded(t, "image/jpeg", sample(16, 16))
	scan := scans[bytes.Index(scans, []byte{0xff, markSOS}) : len(scans)-2]
	twoScans := append(bytes.TrimSuffix(scans, []byte{0xff, markEOI}), append(scan, 0xff, markEOI)...)
	frame := scans[bytes.Index(scans, []byte{0xff, markSOF0}):][:2+17]
	for name, test := range map[string]struct {
		kind string
		raw  []byte
		says string
	}{
		"41 megapixels":       {"image/png", pngOf(6404, 6404, "\x08\x02", zeros(1000)), "million"},
		"a header of terror":  {"image/png", pngOf(1<<31-1, 1<<31-1, "\x08\x06", nil), ""},
		"50000 by 50000":      {"image/png", pngOf(50000, 50000, "\x01\x00", zeros(1000)), "million"},
		"jpeg 41 megapixels":  {"image/jpeg", sized(encoded(t, "image/jpeg", sample(16, 16)), 6404, 6404), "million"},
		"gif 65535 by 65535":  {"image/gif", append([]byte("GIF89a\xff\xff\xff\xff"), frames[10:]...), "million"},
		"cut png":             {"image/png", encoded(t, "image/png", sample(80, 40))[:60], "PNG"},
		"cut jpeg":            {"image/jpeg", encoded(t, "image/jpeg", sample(80, 40))[:300], "JPEG"},
		"cut gif":             {"image/gif", frames[:len(frames)-9], "GIF"},
		"empty":               {"image/png", nil, "PNG"},
		"gif that is html":    {"image/gif", []byte("GIF89a/*<script>alert(1)</script>*/=1;"), "GIF"},
		"jpeg of many scans":  {"image/jpeg", jpegSample{width: 16, height: 16, sampling: "\x11", progressive: maxScans + 1}.bytes(), "JPEG"},
		"jpeg, again at once": {"image/jpeg", twoScans, "JPEG"},
		"jpeg of two frames":  {"image/jpeg", slices.Concat(scans[:2], frame, scans[2:]), "JPEG"},
		"webp of many chunks": {"image/webp", riff(append([]string{"VP8 ", string(tinyWebP(t)[20:42])}, slices.Repeat([]string{"teST", ""}, maxChunks)...)...), "WebP"},
		"animated webp":       {"image/webp", riff("VP8X", "\x02\x00\x00\x00\x00\x00\x00\x00\x00\x00", "ANIM", "\x00\x00\x00\x00\x00\x00"), "WebP"},
		"webp of two sizes":   {"image/webp", riff("VP8X", "\x00\x00\x00\x00\x09\x00\x00\x09\x00\x00", "VP8 ", string(tinyWebP(t)[20:])), "WebP"},
		"webp, huge chunk":    {"image/webp", []byte("RIFF\xff\xff\xff\x7fWEBPVP8L\xff\xff\xff\x7f/xxxx"), "WebP"},
		"png called jpeg":     {"image/jpeg", encoded(t, "image/png", sample(8, 8)), "JPEG"},
		"svg called png":      {"image/png", []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>`), "PNG"},
		"picture of no width": {"image/png", pngOf(0, 5, "\x08\x02", nil), "PNG"},
	} {
		t.Run(name, func(t *testing.T) {
			var err error
			grown := allocated(func() { _, _, err = rework(t, test.kind, test.raw) })
			if refusal, ok := errors.AsType[*Error](err); !ok || !strings.Contains(refusal.Message, test.says) {
				t.Errorf("got %v", err)
			}
			if grown > 1<<20 {
				t.Errorf("it cost %d bytes", grown)
			}
		})
	}
}

// sized writes another size into the frame header of a JPEG.
func sized(raw []byte, width, height uint16) []byte {
	at := bytes.Index(raw, []byte{0xff, markSOF0}) + 5
	binary.BigEndian.PutUint16(raw[at:], height)
	binary.BigEndian.PutUint16(raw[at+2:], width)
	return raw
}

func riff(parts ...string) []byte {
	var body []byte
	for i := 0; i < len(parts); i += 2 {
		body = append(body, parts[i]...)
		body = binary.LittleEndian.AppendUint32(body, uint32(len(parts[i+1])))
		body = append(body, parts[i+1]...)
		body = append(body, make([]byte, len(parts[i+1])%2)...)
	}
	return append(binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(body)+4)), append([]byte("WEBP"), body...)...)
}

// TestNothingButThePicture: what is said about a picture, and what stands behind it, is gone, decoded or not.
func TestNothingButThePicture(t *testing.T) {
	t.Parallel()
	const secret = "taken at home <script>alert(1)</script>"
	exif := append([]byte("Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x00"), secret...)
	withSegments := func(raw []byte) []byte {
		var out bytes.Buffer
		out.Write(raw[:2])
		for mark, content := range map[byte][]byte{markAPP1: exif, 0xed: []byte(secret), markCOM: []byte(secret)} {
			out.Write([]byte{0xff, mark})
			binary.Write(&out, binary.BigEndian, uint16(len(content)+2))
			out.Write(content)
		}
		out.Write(raw[2:])
		out.WriteString(secret)
		return out.Bytes()
	}
	withChunks := func(raw []byte) []byte {
		end := len(raw) - 12
		out := append([]byte{}, raw[:end]...)
		out = append(append(out, chunk("tEXt", []byte("Comment\x00"+secret))...), chunk("eXIf", []byte(secret))...)
		return append(append(out, raw[end:]...), secret...)
	}
	animation := func() []byte {
		raw := encoded(t, "image/gif", sample(40, 20))
		comment := append([]byte{gifExtension, 0xfe, byte(len(secret))}, secret...)
		at := bytes.Index(raw, []byte{gifImage, 0, 0, 0, 0})
		out := append([]byte{}, raw[:at]...)
		out = append(append(out, comment...), 0)
		return append(append(out, raw[at:]...), secret...)
	}()
	big := pngOf(4000, 4000, "\x08\x06", zeros(1000))
	for name, test := range map[string]struct {
		kind string
		raw  []byte
	}{
		"jpeg":            {"image/jpeg", withSegments(encoded(t, "image/jpeg", sample(40, 20)))},
		"jpeg, too large": {"image/jpeg", withSegments(sized(encoded(t, "image/jpeg", sample(16, 16)), 6300, 6300))},
		"png":             {"image/png", withChunks(encoded(t, "image/png", sample(40, 20)))},
		"png, too large":  {"image/png", withChunks(big)},
		"gif":             {"image/gif", animation},
	} {
		t.Run(name, func(t *testing.T) {
			if !bytes.Contains(test.raw, []byte(secret)) {
				t.Fatal("the sample holds no secret")
			}
			_, out, err := rework(t, test.kind, test.raw)
			if err != nil || len(out) == 0 {
				t.Fatalf("%d bytes, %v", len(out), err)
			}
			if bytes.Contains(out, []byte("script")) {
				t.Error("the secret is still in it")
			}
			if _, _, err := image.DecodeConfig(bytes.NewReader(out)); err != nil {
				t.Errorf("what was made is no picture: %v", err)
			}
		})
	}
}

// TestStrippedWebP: the picture stays, and is still one.
func TestStrippedWebP(t *testing.T) {
	t.Parallel()
	vp8 := string(tinyWebP(t)[20 : 20+22])
	raw := riff("VP8X", "\x0c\x00\x00\x00\x00\x00\x00\x00\x00\x00", "VP8 ", vp8, "EXIF", "secret", "XMP ", "secret")
	var out bytes.Buffer
	if err := (header{kind: "image/webp"}).strip(&source{ctx: t.Context(), r: bytes.NewReader(raw)}, &out); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(out.String(), "secret") || !bytes.Contains(out.Bytes(), []byte(vp8)) {
		t.Errorf("made of it: %q", out.String())
	}
	made, _, err := rework(t, "image/webp", out.Bytes())
	if err != nil || made.Width != 1 {
		t.Errorf("%+v, %v", made, err)
	}
}

// TestUpright: each way that a camera can be held gives the same picture.
func TestUpright(t *testing.T) {
	t.Parallel()
	const width, height = 48, 32
	for o := 1; o <= 8; o++ {
		// The picture as the camera stores it: turned by the inverse.
		inverse := map[int]int{6: 8, 8: 6}[o]
		if inverse == 0 {
			inverse = o
		}
		lying := turned(sample(width, height), inverse)
		raw := encoded(t, "image/jpeg", lying)
		exif := append([]byte("Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00"), byte(o), 0, 0, 0, 0, 0, 0, 0)
		segment := append(binary.BigEndian.AppendUint16([]byte{0xff, markAPP1}, uint16(len(exif)+2)), exif...)
		made, out, err := rework(t, "image/jpeg", append(append(append([]byte{}, raw[:2]...), segment...), raw[2:]...))
		if err != nil || made.Width != width || made.Height != height {
			t.Fatalf("orientation %d: %+v, %v", o, made, err)
		}
		checkHalves(t, out, width, height)
	}
}

// TestAnimation: one stays one within bounds, and beyond them shows its first frame.
func TestAnimation(t *testing.T) {
	t.Parallel()
	frame := image.NewPaletted(image.Rect(0, 0, 700, 700), color.Palette{color.Black, color.White})
	animation := func(frames int) []byte {
		all := &gif.GIF{LoopCount: 3}
		for range frames {
			all.Image, all.Delay = append(all.Image, frame), append(all.Delay, 7)
		}
		var out bytes.Buffer
		if err := gif.EncodeAll(&out, all); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	made, out, err := rework(t, "image/gif", animation(3))
	if err != nil || made.Type != "image/gif" || made.Thumbnail == nil {
		t.Fatalf("%+v, %v", made, err)
	}
	if again, err := gif.DecodeAll(bytes.NewReader(out)); err != nil || len(again.Image) != 3 || again.Delay[1] != 7 || again.LoopCount != 3 {
		t.Errorf("%+v, %v", again, err)
	}
	made, _, err = rework(t, "image/gif", animation(MaxPixels/(700*700)+1))
	if err != nil || made.Type != "image/png" || made.Width != 700 {
		t.Errorf("a long one: %+v, %v", made, err)
	}
}

// TestTimeIsBounded: a decoder stops when nobody waits any more.
func TestTimeIsBounded(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := NewWorkshop().Rework(ctx, "image/png", bytes.NewReader(encoded(t, "image/png", sample(8, 8))), io.Discard)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// FuzzRework feeds every decoder with what is nearly a picture: nothing crashes, and what comes out is a picture.
func FuzzRework(f *testing.F) {
	for kind, p := range map[string][]byte{"image/jpeg": encoded(f, "image/jpeg", sample(8, 4)), "image/png": encoded(f, "image/png", sample(8, 4)),
		"image/gif": encoded(f, "image/gif", sample(8, 4)), "image/webp": tinyWebP(f)} {
		f.Add(kind, p)
	}
	f.Add("image/png", pngSample{width: 8, height: 4, depth: 16, interlaced: true, transparent: "\x00\x00"}.bytes())
	f.Add("image/jpeg", jpegSample{width: 8, height: 4, sampling: "\x22\x11\x11\x22", progressive: 2, adobe: true, orientation: 6}.bytes())
	f.Add("image/gif", gifSample(f, 8, 4, 2, true))
	f.Add("image/webp", riff("VP8X", "\x10\x00\x00\x00\x00\x00\x00\x00\x00\x00", "ALPH", "\x00\x00", "VP8 ", string(tinyWebP(f)[20:42])))
	workshop := NewWorkshop()
	f.Fuzz(func(t *testing.T, kind string, raw []byte) {
		var out bytes.Buffer
		made, err := workshop.Rework(t.Context(), kind, bytes.NewReader(raw), &out)
		if err != nil {
			return
		}
		config, format, err := image.DecodeConfig(bytes.NewReader(out.Bytes()))
		if made.Type == "image/webp" {
			return
		}
		upright := config.Width == made.Width && config.Height == made.Height || config.Width == made.Height && config.Height == made.Width
		if err != nil || "image/"+format != made.Type || !upright {
			t.Fatalf("%+v was made, which is %s %+v, %v", made, format, config, err)
		}
	})
}
