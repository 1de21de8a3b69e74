package picture

import (
	"bufio"
	"fmt"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/webp"
)

// header is what a file says of itself before it is decoded.
type header struct {
	kind          string
	width, height int
	orientation   int   // 1 to 8 (Exif 2.3, tag 0x0112); 1: upright
	memory        int64 // bytes that all allocations for this picture make together, beside anyMemory; unknown: decode it never
	samples       int64 // that a JPEG's scans go over
	firstOnly     bool  // of a GIF's frames the first is shown
}

// What decoding costs is counted as the sum of all that is allocated from the first byte that is decoded to the last that is
// written, whether it is garbage by then or not: when that is collected nobody knows. So the count is an upper bound of
// what the server grows by, whatever the collector does.
const (
	// anyMemory is what any picture takes beside its pixels: the smaller picture and its bytes, 3.2 MiB, two encoders of PNG
	// with 0.8 MiB each, or buffers. So no more than eight pictures are worked on at a time.
	anyMemory = 6 << 20

	unknown = 1 << 62
)

// maxSamples bounds the time that the scans of a JPEG take: each goes over all its samples, and may be ten bytes long. The
// ten scans of libjpeg's own script go over 14 samples a pixel (4:4:4), the dozen of mozjpeg over fewer than 20. At 15 bytes
// a pixel, memory lets 2.5 megapixels of these pass: 50 million samples. What has more than twice that is not decoded.
const maxSamples = 100_000_000

// readHeader reads what the decoder of the type would believe, and what it would not ask for.
func readHeader(kind string, from *source) (header, error) {
	h := header{kind: kind, orientation: 1}
	config, err := h.config(bufio.NewReader(from))
	if err != nil {
		return h, unreadable(h.format())
	}
	h.width, h.height = config.Width, config.Height
	if err := from.rewind(); err != nil {
		return h, err
	}
	whole := bufio.NewReader(from)
	switch kind {
	case "image/jpeg":
		err = h.readJPEG(whole)
	case "image/png":
		err = h.readPNG(whole)
	case "image/gif":
		err = h.readGIF(whole)
	case "image/webp":
		err = h.readWebP(whole)
	}
	if err != nil {
		return h, unreadable(h.format())
	}
	return h, nil
}

func (h header) config(from io.Reader) (image.Config, error) {
	switch h.kind {
	case "image/jpeg":
		return jpeg.DecodeConfig(from)
	case "image/png":
		return png.DecodeConfig(from)
	case "image/gif":
		return gif.DecodeConfig(from)
	}
	return webp.DecodeConfig(from)
}

func (h header) decode(from io.Reader) (image.Image, error) {
	from = bufio.NewReader(from)
	switch h.kind {
	case "image/jpeg":
		return jpeg.Decode(from)
	case "image/png":
		return png.Decode(from)
	case "image/gif":
		return gif.Decode(from)
	}
	return webp.Decode(from)
}

func (h header) format() string {
	return map[string]string{"image/jpeg": "JPEG", "image/png": "PNG", "image/gif": "GIF", "image/webp": "WebP"}[h.kind]
}

func (h header) pixels() int64 { return int64(h.width) * int64(h.height) }

func (h header) check() error {
	switch {
	case h.width < 1 || h.height < 1:
		return unreadable(h.format())
	case h.pixels() > MaxPixels:
		return &Error{fmt.Sprintf("The picture has %d × %d pixels; it may have %d million at most. Make it smaller.", h.width, h.height, MaxPixels/1_000_000)}
	}
	return nil
}

// cost is how many bytes it takes at most to decode the picture and to write it anew, the smaller one included.
func (h header) cost() int64 { return anyMemory + h.memory }

// mayBeDecoded tells that decoding costs neither too much memory nor too much time.
func (h header) mayBeDecoded() bool { return h.cost() <= maxMemory && h.samples <= maxSamples }

// upright are width and height as the picture is to be shown.
func (h header) upright() (width, height int) {
	if h.orientation >= 5 {
		return h.height, h.width
	}
	return h.width, h.height
}
