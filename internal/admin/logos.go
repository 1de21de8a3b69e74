package admin

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	_ "image/gif"
	_ "image/jpeg"
	_ "image/png"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// Limits of a logo.
const (
	maxLogo     = 128 << 10 // bytes
	maxLogoSide = 2048      // pixels
)

// SetLogo gives the hosted page of an app a logo, or takes it away if there are no bytes. Invalid, with Field, for what is no
// such picture; NotFound.
func (s *Service) SetLogo(ctx context.Context, p chat.Principal, id chat.AppID, picture []byte) (app chat.App, err error) {
	if err := mayManage(p); err != nil {
		return chat.App{}, err
	}
	logo, name, problem := readLogo(picture)
	if problem != "" {
		return chat.App{}, chat.InvalidField("logo", "%s", problem)
	}
	now := s.now()
	err = s.write(ctx, chat.Event{Kind: chat.EventAppChanged, App: id, At: now},
		store.Audit{App: id, At: now, Actor: p.Name, Action: "app.set", Target: string(id), Detail: map[string]string{"logo": name}},
		func(tx store.Tx) (err error) {
			if app, err = tx.GetApp(id); err != nil {
				return err
			}
			app.Settings.Logo = name
			if err := tx.UpdateApp(app); err != nil {
				return err
			}
			return tx.SetLogo(id, logo)
		})
	if err != nil {
		return chat.App{}, err
	}
	return app, nil
}

// readLogo says what a picture is, by what its bytes say: raster images, which carry no script. Its name is made of the
// content, so that the address of a logo changes with it.
func readLogo(picture []byte) (logo chat.Logo, name, problem string) {
	if len(picture) == 0 {
		return chat.Logo{}, "", ""
	}
	if len(picture) > maxLogo {
		return chat.Logo{}, "", fmt.Sprintf("must have at most %d bytes", maxLogo)
	}
	size, format, err := image.DecodeConfig(bytes.NewReader(picture))
	switch {
	case err != nil:
		return chat.Logo{}, "", "must be a PNG, JPEG or GIF image"
	case size.Width > maxLogoSide || size.Height > maxLogoSide:
		return chat.Logo{}, "", fmt.Sprintf("must be at most %d pixels wide and high", maxLogoSide)
	}
	sum := sha256.Sum256(picture)
	return chat.Logo{Type: "image/" + format, Bytes: picture}, hex.EncodeToString(sum[:8]) + "." + format, ""
}
