package admin

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"image"
	"strings"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/picture"
)

// maxLogo is how many bytes a logo may have as it comes.
const maxLogo = 256 << 10

// logo is a picture with its name, which is made of the content: so the address of a logo changes with it.
type logo struct {
	chat.Logo
	name string
}

// makeLogo makes a logo of what somebody sends: raster images, as their bytes say, decoded and written anew without anything but the picture,
// and no larger than a thumbnail. No bytes are no logo.
func (s *Service) makeLogo(ctx context.Context, sent []byte) (logo, error) {
	if len(sent) == 0 {
		return logo{}, nil
	}
	if len(sent) > maxLogo {
		return logo{}, chat.InvalidField("logo", "must have at most 256 KiB: save it smaller; 512 pixels in width and height are plenty")
	}
	// Package picture has registered the formats that it understands.
	_, format, err := image.DecodeConfig(bytes.NewReader(sent))
	switch {
	case err != nil && isSVG(sent):
		return logo{}, chat.InvalidField("logo", "must be a PNG, JPEG, WebP or GIF image: an SVG can carry a program; save it as PNG")
	case err != nil:
		return logo{}, chat.InvalidField("logo", "must be a PNG, JPEG, WebP or GIF image")
	}
	var whole bytes.Buffer
	made, err := s.pictures.Rework(ctx, "image/"+format, bytes.NewReader(sent), &whole)
	refusal, refused := errors.AsType[*picture.Error](err)
	switch {
	case refused:
		return logo{}, chat.InvalidField("logo", "cannot be used. %s", refusal.Message)
	case errors.Is(err, context.DeadlineExceeded):
		return logo{}, chat.Overloaded("Too many pictures are being worked on.", 10*time.Second, err)
	case err != nil:
		return logo{}, err
	}
	shown := chat.Logo{Type: made.Type, Bytes: whole.Bytes()}
	if made.Thumbnail != nil {
		if _, format, err = image.DecodeConfig(bytes.NewReader(made.Thumbnail)); err != nil {
			return logo{}, err
		}
		shown = chat.Logo{Type: "image/" + format, Bytes: made.Thumbnail}
	} else if max(made.Width, made.Height) > picture.ThumbnailMax {
		return logo{}, chat.InvalidField("logo", "is too large to be made smaller here: save it with at most %d pixels in width and height", picture.ThumbnailMax)
	}
	sum := sha256.Sum256(shown.Bytes)
	return logo{shown, hex.EncodeToString(sum[:8]) + "." + strings.TrimPrefix(shown.Type, "image/")}, nil
}

// isSVG tells whether a text is a drawing, as far as it takes to say so.
func isSVG(sent []byte) bool {
	return bytes.Contains(bytes.ToLower(sent[:min(len(sent), 1024)]), []byte("<svg"))
}
