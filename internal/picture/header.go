package picture

import (
	"bufio"
	"fmt"
	"image"
	"image/color"
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
	pixelBytes    int64 // what one decoded pixel costs, in quarters of a byte
	orientation   int   // 1 to 8 (Exif 2.3, tag 0x0112); 1: upright
	frames        int   // GIF
	allPixels     int64 // of all frames
}

// readHeader reads what the decoder of the type would believe, and what it would not ask for.
func readHeader(kind string, from *source) (header, error) {
	h := header{kind: kind, orientation: 1}
	config, err := h.config(bufio.NewReader(from))
	if err != nil {
		return h, unreadable(h.format())
	}
	h.width, h.height = config.Width, config.Height
	h.pixelBytes = pixelBytes(config.ColorModel)
	if err := from.rewind(); err != nil {
		return h, err
	}
	whole := bufio.NewReader(from)
	switch kind {
	case "image/jpeg":
		err = h.readJPEG(whole)
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

// pixelBytes is what the decoders of the standard library keep for a pixel, in quarters of a byte.
func pixelBytes(model color.Model) int64 {
	switch model {
	case color.GrayModel:
		return 4
	case color.Gray16Model:
		return 8
	case color.RGBA64Model, color.NRGBA64Model:
		return 32
	case color.YCbCrModel:
		return 12 // less where colours are sampled; readJPEG knows
	}
	if _, ok := model.(color.Palette); ok {
		return 4
	}
	return 16
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

// cost is how many bytes decoding takes at most, the smaller picture included.
func (h header) cost() int64 {
	pixels := h.pixels()
	if h.kind == "image/gif" && h.allPixels <= MaxPixels {
		pixels = max(pixels, h.allPixels)
	}
	cost := pixels * h.pixelBytes / 4
	if h.orientation > 1 {
		cost *= 2 // a second one is made, that stands upright
	}
	return cost
}

// upright are width and height as the picture is to be shown.
func (h header) upright() (width, height int) {
	if h.orientation >= 5 {
		return h.height, h.width
	}
	return h.width, h.height
}
