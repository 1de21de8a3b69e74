package picture

import (
	"bytes"
	"image"
	"image/draw"
)

// thumbnail is the picture with no side longer than ThumbnailMax; nil where it has none already.
func thumbnail(p image.Image) ([]byte, error) {
	size := p.Bounds().Size()
	if size.X <= ThumbnailMax && size.Y <= ThumbnailMax {
		return nil, nil
	}
	longest := max(size.X, size.Y)
	small := averaged(p, max(1, size.X*ThumbnailMax/longest), max(1, size.Y*ThumbnailMax/longest))
	kind := "image/png"
	if isOpaque(p) {
		kind = "image/jpeg"
	}
	var out bytes.Buffer
	out.Grow(len(small.Pix) + len(small.Pix)/64) // room for the worst, as growing would take several times as much
	err := encode(&out, small, kind, 80)
	return out.Bytes(), err
}

// averaged is the picture made smaller: each pixel is the mean of those that it stands for. It goes over the picture row
// by row, and costs no more memory than one, which scalers that weigh pixels do not.
func averaged(p image.Image, width, height int) *image.RGBA {
	from := p.Bounds()
	small := image.NewRGBA(image.Rect(0, 0, width, height))
	row := image.NewRGBA(image.Rect(0, 0, from.Dx(), 1))
	sums, counts := make([]uint64, 4*width), make([]uint64, width)
	for y := range from.Dy() {
		draw.Draw(row, row.Rect, p, image.Pt(from.Min.X, from.Min.Y+y), draw.Src)
		for x := range from.Dx() {
			at := x * width / from.Dx()
			counts[at]++
			for c := range 4 {
				sums[4*at+c] += uint64(row.Pix[4*x+c])
			}
		}
		if at := y * height / from.Dy(); y+1 == from.Dy() || (y+1)*height/from.Dy() != at {
			for i, sum := range sums {
				small.Pix[at*small.Stride+i] = uint8(sum / counts[i/4])
			}
			clear(sums)
			clear(counts)
		}
	}
	return small
}

// turned is the picture as the orientation says (Exif 2.3 section 4.6.4).
func turned(p image.Image, orientation int) image.Image {
	if orientation < 2 || orientation > 8 {
		return p
	}
	switch p := p.(type) {
	case *image.YCbCr:
		if t, ok := turnedYCbCr(p, orientation); ok {
			return t
		}
	case *image.Gray:
		t := image.NewGray(turnedSize(p.Bounds(), orientation))
		turnPlane(t.Pix, t.Stride, p.Pix, p.Stride, p.Bounds().Dx(), p.Bounds().Dy(), orientation)
		return t
	}
	size := p.Bounds().Size()
	t, row := image.NewRGBA(turnedSize(p.Bounds(), orientation)), image.NewRGBA(image.Rect(0, 0, size.X, 1))
	for y := range size.Y {
		draw.Draw(row, row.Rect, p, p.Bounds().Min.Add(image.Pt(0, y)), draw.Src)
		for x := range size.X {
			toX, toY := turnedAt(x, y, size.X, size.Y, orientation)
			copy(t.Pix[t.PixOffset(toX, toY):], row.Pix[4*x:4*x+4])
		}
	}
	return t
}

func turnedSize(r image.Rectangle, orientation int) image.Rectangle {
	if orientation >= 5 {
		return image.Rect(0, 0, r.Dy(), r.Dx())
	}
	return image.Rect(0, 0, r.Dx(), r.Dy())
}

// turnedRatios are how colours are sampled when the picture lies on its side; those that are not here cannot be said.
var turnedRatios = map[image.YCbCrSubsampleRatio]image.YCbCrSubsampleRatio{
	image.YCbCrSubsampleRatio444: image.YCbCrSubsampleRatio444, image.YCbCrSubsampleRatio420: image.YCbCrSubsampleRatio420,
	image.YCbCrSubsampleRatio422: image.YCbCrSubsampleRatio440, image.YCbCrSubsampleRatio440: image.YCbCrSubsampleRatio422,
}

// turnedYCbCr turns brightness and colours for themselves, which costs half of what pixels would.
func turnedYCbCr(p *image.YCbCr, orientation int) (*image.YCbCr, bool) {
	ratio, ok := p.SubsampleRatio, true
	if orientation >= 5 {
		ratio, ok = turnedRatios[ratio]
	}
	if !ok || p.Rect.Min != (image.Point{}) {
		return nil, false
	}
	t := image.NewYCbCr(turnedSize(p.Rect, orientation), ratio)
	width, height := p.Rect.Dx(), p.Rect.Dy()
	turnPlane(t.Y, t.YStride, p.Y, p.YStride, width, height, orientation)
	switch p.SubsampleRatio {
	case image.YCbCrSubsampleRatio420:
		width, height = (width+1)/2, (height+1)/2
	case image.YCbCrSubsampleRatio422:
		width = (width + 1) / 2
	case image.YCbCrSubsampleRatio440:
		height = (height + 1) / 2
	case image.YCbCrSubsampleRatio411:
		width = (width + 3) / 4
	case image.YCbCrSubsampleRatio410:
		width, height = (width+3)/4, (height+1)/2
	}
	turnPlane(t.Cb, t.CStride, p.Cb, p.CStride, width, height, orientation)
	turnPlane(t.Cr, t.CStride, p.Cr, p.CStride, width, height, orientation)
	return t, true
}

func turnPlane(to []byte, toStride int, from []byte, fromStride, width, height, orientation int) {
	for y := range height {
		for x, value := range from[y*fromStride : y*fromStride+width] {
			toX, toY := turnedAt(x, y, width, height, orientation)
			to[toY*toStride+toX] = value
		}
	}
}

// turnedAt is where a pixel goes.
func turnedAt(x, y, width, height, orientation int) (toX, toY int) {
	switch orientation {
	case 2:
		return width - 1 - x, y
	case 3:
		return width - 1 - x, height - 1 - y
	case 4:
		return x, height - 1 - y
	case 5:
		return y, x
	case 6:
		return height - 1 - y, x
	case 7:
		return height - 1 - y, width - 1 - x
	default: // 8
		return y, width - 1 - x
	}
}
