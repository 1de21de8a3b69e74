package attachment

import (
	"crypto/subtle"
	"encoding/base64"
	"net/url"
	"strconv"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

// Names of what addresses of media say in their query.
const (
	SizeParameter      = "size" // of a picture: SizeThumbnail, or it is the whole
	SizeThumbnail      = "thumbnail"
	ExpiresParameter   = "expires" // seconds since 1970
	SignatureParameter = "signature"
)

// Links makes the addresses under which pages of this server show media, and knows them again. They are paths. Those of
// private files open for ten minutes at most; who is shown a message within five minutes gets the same, so that a browser
// need not load a picture twice.
type Links struct {
	mac func(parts ...string) []byte
	now func() time.Time
}

// NewLinks returns links that are signed by the MAC.
func NewLinks(mac func(parts ...string) []byte, now func() time.Time) *Links { return &Links{mac, now} }

// LinksOf returns the paths of a message's media at the place (chat.Content.MediaAt), and of a smaller picture of them;
// "" where there is none. Media elsewhere have one if a key posted them: nothing that an end user names is fetched.
func (l *Links) LinksOf(m *chat.Message, place int) (display, thumbnail string) {
	address, file, ok := m.Content.MediaAt(place)
	switch {
	case !ok:
		return "", ""
	case file != nil:
		return l.ofFile(m.App, *file)
	case m.Origin.Type != chat.OriginREST || address == "":
		return "", ""
	}
	at := strconv.Itoa(place)
	path := chat.MediaPath + string(m.App) + "/" + string(m.Conversation) + "/" + string(m.ID) + "/" + at
	display = path + "?" + SignatureParameter + "=" + l.sign("copy", string(m.App), string(m.Conversation), string(m.ID), at)
	if m.Content.Type != chat.ContentFile {
		thumbnail = smaller(display)
	}
	return display, thumbnail
}

func (l *Links) ofFile(app chat.AppID, file chat.File) (display, thumbnail string) {
	display = chat.MediaPath + string(app) + "/" + file.Key + "/" + url.PathEscape(file.Name)
	if file.Public {
		if file.Thumbnail {
			thumbnail = display + "?" + SizeParameter + "=" + SizeThumbnail
		}
		return display, thumbnail
	}
	const step = int64(chat.SignedFor / time.Second / 2)
	expires := strconv.FormatInt((l.now().Unix()/step+2)*step, 10)
	display += "?" + ExpiresParameter + "=" + expires + "&" + SignatureParameter + "=" + l.sign("file", string(app), file.Key, expires)
	if file.Thumbnail {
		thumbnail = smaller(display)
	}
	return display, thumbnail
}

func smaller(signed string) string { return signed + "&" + SizeParameter + "=" + SizeThumbnail }

// OpensFile tells whether the signature opens a file until the time, and the time has not come.
func (l *Links) OpensFile(app chat.AppID, key, expires, signature string) bool {
	until, err := strconv.ParseInt(expires, 10, 64)
	left := until - l.now().Unix()
	return l.signed(signature, "file", string(app), key, expires) && err == nil && left > 0 && left <= int64(chat.SignedFor/time.Second)
}

// OpensCopy tells whether the signature opens the media of a message.
func (l *Links) OpensCopy(app chat.AppID, conversation chat.ConversationID, message chat.MessageID, place, signature string) bool {
	return l.signed(signature, "copy", string(app), string(conversation), string(message), place)
}

// sign returns 128 bits.
func (l *Links) sign(parts ...string) string {
	return base64.RawURLEncoding.EncodeToString(l.mac(parts...)[:16])
}

func (l *Links) signed(signature string, parts ...string) bool {
	return subtle.ConstantTimeCompare([]byte(signature), []byte(l.sign(parts...))) == 1
}
