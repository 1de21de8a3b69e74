package admin

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"image"
	_ "image/gif"
	_ "image/jpeg"
	_ "image/png"

	"github.com/parlorchat/parlor/internal/chat"
)

// Limits of a logo.
const (
	maxLogo     = 128 << 10 // bytes
	maxLogoSide = 2048      // pixels
)

// logo is a picture with its name, which is made of the content: so the address of a logo changes with it.
type logo struct {
	chat.Logo
	name string
}

// readLogo says what a picture is, by what its bytes say: raster images, which carry no script. No bytes are no logo.
func readLogo(picture []byte) (logo, error) {
	if len(picture) == 0 {
		return logo{}, nil
	}
	if len(picture) > maxLogo {
		return logo{}, chat.InvalidField("logo", "must have at most %d bytes", maxLogo)
	}
	size, format, err := image.DecodeConfig(bytes.NewReader(picture))
	switch {
	case err != nil:
		return logo{}, chat.InvalidField("logo", "must be a PNG, JPEG or GIF image")
	case size.Width > maxLogoSide || size.Height > maxLogoSide:
		return logo{}, chat.InvalidField("logo", "must be at most %d pixels wide and high", maxLogoSide)
	}
	sum := sha256.Sum256(picture)
	return logo{chat.Logo{Type: "image/" + format, Bytes: picture}, hex.EncodeToString(sum[:8]) + "." + format}, nil
}
