package chat

import (
	"crypto/rand"
	"encoding/hex"
	"path"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// AttachmentID names an attachment; the bytes of its file lie under this name, too.
type AttachmentID string

// Access says who may open the file of an attachment.
type Access string

// The three kinds of access.
const (
	AccessPublic  Access = "public"  // whoever knows the address
	AccessPrivate Access = "private" // keys of the app, participants, and whoever holds a signed address
	AccessCopy    Access = "copy"    // made by the server of media elsewhere; opened by signed addresses only
)

// Limits of attachments.
const (
	MaxFileName  = 128              // characters
	UnsentFor    = 24 * time.Hour   // an attachment that no message has shown by then goes
	SignedFor    = 10 * time.Minute // at most, a signed address of a private file
	MostFileSize = int64(50) << 20  // bytes; what the operator may allow at most (design section 7)
)

// Attachment is a file that this server keeps. Its row is the right to the bytes: without it no address opens them.
type Attachment struct {
	App    AppID
	ID     AttachmentID
	Key    string // 128 random bits in hex: the address of the file holds them
	Access Access
	URL    string // mediaUrl; of a copy, the address that it was fetched from

	User         UserID         // who uploaded it; empty for keys and copies
	Conversation ConversationID // what it was uploaded for; empty: none
	Sent         bool           // some message has shown it

	Name          string // of the file, as FileName made it
	Type          string // media type, as the bytes say
	Size          int64  // bytes
	Width, Height int    // pixels, of pictures
	Thumbnail     bool   // there is a smaller picture
	CreatedAt     time.Time
}

// File is what the message that shows an attachment keeps of it.
func (a Attachment) File() *File {
	return &File{Key: a.Key, Name: a.Name, Public: a.Access == AccessPublic, Width: a.Width, Height: a.Height, Thumbnail: a.Thumbnail}
}

// MediaPath begins the path of every address of a file: the app's id and the key of the attachment follow, and a name for
// people, which says nothing.
const MediaPath = "/media/"

// KeyOfMediaURL returns the key in an address of a file of the app, whatever the host: a server may have had several names.
func KeyOfMediaURL(app AppID, address string) (key string, ok bool) {
	_, rest, ok := strings.Cut(address, "://")
	if !ok {
		return "", false
	}
	_, rest, ok = strings.Cut(rest, MediaPath+string(app)+"/")
	key, _, _ = strings.Cut(rest, "/")
	return key, ok && IsMediaKey(key)
}

// NewMediaKey returns 128 random bits.
func NewMediaKey() string {
	var raw [16]byte
	rand.Read(raw[:])
	return hex.EncodeToString(raw[:])
}

// IsMediaKey tells whether s has the form of what NewMediaKey returns.
func IsMediaKey(s string) bool {
	return len(s) == 32 && strings.Trim(s, "0123456789abcdef") == ""
}

// FileName makes of what a client says a file is called what it may be called here: the last part of the path, at most
// MaxFileName characters, in valid UTF-8, without controls, characters that turn the direction of writing, and dots at
// its ends. It is never empty, and FileName of it is the same.
func FileName(said string) string {
	name := said[strings.LastIndexAny(said, `/\`)+1:]
	name = strings.Map(func(r rune) rune {
		switch {
		case r == utf8.RuneError, strings.ContainsRune(`"*:<>?|`, r):
			return '_'
		case unicode.Is(unicode.C, r), r == '\u2028', r == '\u2029':
			return -1
		case unicode.IsSpace(r):
			return ' '
		}
		return r
	}, name)
	name = strings.Trim(name, ". ")
	if characters := []rune(name); len(characters) > MaxFileName {
		end := []rune(path.Ext(name))
		if len(end) > 16 {
			end = nil
		}
		name = strings.Trim(string(characters[:MaxFileName-len(end)]), ". ") + string(end)
	}
	if name == "" {
		return "file"
	}
	return name
}
