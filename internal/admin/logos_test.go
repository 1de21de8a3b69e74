package admin_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/parlorchat/parlor/internal/admin"
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// square is a PNG with a colour that lets light through, and a text in it that is no part of the picture.
func square(t *testing.T, side int) []byte {
	t.Helper()
	p := image.NewNRGBA(image.Rect(0, 0, side, side))
	for i := range p.Pix {
		p.Pix[i] = 0x80
	}
	var b bytes.Buffer
	if err := png.Encode(&b, p); err != nil {
		t.Fatal(err)
	}
	// A chunk of 11 bytes, after the one that begins each PNG; its sum is of its name and content.
	const text = "tEXtGPS\x00at home"
	chunk := binary.BigEndian.AppendUint32([]byte("\x00\x00\x00\x0b"+text), crc32.ChecksumIEEE([]byte(text)))
	return slices.Concat(b.Bytes()[:33], chunk, b.Bytes()[33:])
}

// tinyWebP is a WebP of one pixel.
const tinyWebP = "UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA"

func (h *house) logo(t *testing.T, app chat.AppID) (logo chat.Logo, found bool) {
	t.Helper()
	h.read(t, func(tx store.Tx) (err error) {
		logo, found, err = tx.FindLogo(app)
		return err
	})
	return logo, found
}

// TestLogosAreMadeAnew: what is kept is a picture of the size of a logo, and nothing else that came with it.
func TestLogosAreMadeAnew(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	webp, err := base64.StdEncoding.DecodeString(tinyWebP)
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		sent []byte
		side int
		kind string
	}{
		"as it is":     {square(t, 64), 64, "png"},
		"made smaller": {square(t, 1500), 640, "png"},
		"webp":         {webp, 1, "jpeg"},
	} {
		app := h.app(t)
		set, err := h.SetApp(t.Context(), operator, app.ID, admin.AppChanges{Logo: &test.sent})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		kept, _ := h.logo(t, app.ID)
		size, kind, err := image.DecodeConfig(bytes.NewReader(kept.Bytes))
		if err != nil || size.Width != test.side || size.Height != test.side || kind != test.kind || kept.Type != "image/"+kind {
			t.Errorf("%s: kept is %s, %+v, %s, %v", name, kept.Type, size, kind, err)
		}
		if bytes.Contains(kept.Bytes, []byte("at home")) || !strings.HasSuffix(set.Settings.Logo, "."+test.kind) {
			t.Errorf("%s: %s has more than the picture", name, set.Settings.Logo)
		}
	}
}

// TestLogosAreReplaced: there is one at a time, and none when it was taken away; the log says so.
func TestLogosAreReplaced(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	app := h.app(t)
	names := map[string]bool{}
	for _, sent := range [][]byte{square(t, 8), square(t, 9), {}} {
		set, err := h.SetApp(t.Context(), operator, app.ID, admin.AppChanges{Logo: &sent})
		if _, found := h.logo(t, app.ID); err != nil || found != (len(sent) > 0) || (set.Settings.Logo == "") == found {
			t.Errorf("%d bytes: %q, found %v, %v", len(sent), set.Settings.Logo, found, err)
		}
		names[set.Settings.Logo] = true
	}
	if audits := h.audits(t, app.ID); len(names) != 3 || audits != "app.set app.set app.set app.create" {
		t.Errorf("names %v, audits %s", names, audits)
	}
}

// TestLogosThatCannotBe are refused in words for whoever chose the file.
func TestLogosThatCannotBe(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	app := h.app(t)
	noise := image.NewRGBA(image.Rect(0, 0, 400, 400))
	random := rand.New(rand.NewPCG(1, 2))
	for i := range 400 * 400 {
		noise.Set(i%400, i/400, color.RGBA{uint8(random.Uint32()), uint8(random.Uint32()), uint8(random.Uint32()), 255})
	}
	var large, cut bytes.Buffer
	if err := png.Encode(&large, noise); err != nil {
		t.Fatal(err)
	}
	if err := jpeg.Encode(&cut, noise, &jpeg.Options{Quality: 20}); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		sent  []byte
		words string
	}{
		"too large":      {large.Bytes(), "256 KiB"},
		"a drawing":      {[]byte("<?xml version='1.0'?>\n<SVG onload='alert(1)'/>"), "save it as PNG"},
		"a text":         {[]byte("my logo"), "must be a PNG, JPEG, WebP or GIF"},
		"half a picture": {cut.Bytes()[:cut.Len()/2], "Save it again"},
	} {
		_, err := h.SetApp(t.Context(), operator, app.ID, admin.AppChanges{Logo: &test.sent})
		mustBe(t, err, chat.Invalid, "logo", test.words)
		if _, found := h.logo(t, app.ID); found {
			t.Errorf("%s: it was kept", name)
		}
	}
}
