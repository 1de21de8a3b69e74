package wire

import "github.com/parlorchat/parlor/internal/chat"

// MediaLinks makes the addresses under which pages of this server show media, as paths.
type MediaLinks interface {
	// LinksOf returns the paths of a message's media at the place (chat.Content.MediaAt), and of a smaller picture of
	// them; "" where there is none.
	LinksOf(m *chat.Message, place int) (display, thumbnail string)
}

// Viewer is the user whom a frame is for, and how media are shown.
type Viewer struct {
	User  chat.UserID
	Media MediaLinks // nil: by their own addresses only
}

// Shown is how media of content are shown to users: on the socket only, and read only.
type Shown struct {
	DisplayURL   string `json:"displayUrl,omitzero"`
	ThumbnailURL string `json:"thumbnailUrl,omitzero"`
	Width        int    `json:"width,omitzero"`
	Height       int    `json:"height,omitzero"`
}

// show adds to content how its media are shown. A file elsewhere is not shown but linked to, where it is: nothing need be
// fetched for that. It takes a copy of the message, so that those without media, which are
// most, need not leave the stack.
func (v Viewer) show(content *Content, m chat.Message) {
	if media := m.Content.Media; media != nil && (m.Content.Type == chat.ContentImage || media.File != nil) {
		content.Shown = v.shown(&m, 0)
	}
	for i := range content.Items {
		content.Items[i].Shown = v.shown(&m, i)
	}
}

func (v Viewer) shown(m *chat.Message, place int) Shown {
	var shown Shown
	if _, file, _ := m.Content.MediaAt(place); file != nil {
		shown.Width, shown.Height = file.Width, file.Height
	}
	shown.DisplayURL, shown.ThumbnailURL = v.Media.LinksOf(m, place)
	return shown
}
