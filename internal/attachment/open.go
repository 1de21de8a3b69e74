package attachment

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"slices"
	"strings"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/filestore"
	"github.com/parlorchat/parlor/internal/store"
)

// Find returns the attachment with the key, whoever asks. NotFound, also for copies, which have addresses of their own.
func (s *Service) Find(ctx context.Context, app chat.AppID, key string) (chat.Attachment, error) {
	var a chat.Attachment
	err := s.Store.Read(ctx, func(tx store.Tx) error {
		found := false
		var err error
		a, found, err = tx.FindAttachmentByKey(app, key)
		if err == nil && (!found || a.Access == chat.AccessCopy) {
			err = chat.Missing("attachment")
		}
		return err
	})
	return a, err
}

// Permit tells with NotFound that a principal may not open a private attachment: a key may, and a session whose user
// uploaded it, or takes part in a conversation that it is for or that shows it.
func (s *Service) Permit(ctx context.Context, p chat.Principal, a chat.Attachment) error {
	if p.Session == nil {
		if p.May(chat.ManageConversations) {
			return nil
		}
		return chat.Missing("attachment")
	}
	if a.User == p.Session.User {
		return nil
	}
	return s.Store.Read(ctx, func(tx store.Tx) error {
		showing, err := tx.ListShowing(a.App, a.ID)
		if err != nil {
			return err
		}
		if a.Conversation != "" {
			showing = append(showing, a.Conversation)
		}
		for _, conversation := range showing {
			users, err := tx.ListAudience(a.App, conversation)
			if err != nil || slices.Contains(users, p.Session.User) {
				return err
			}
		}
		return chat.Missing("attachment")
	})
}

// Opened is a file that may be sent. Whoever gets it closes File.
type Opened struct {
	chat.Attachment
	File    filestore.File
	Smaller bool   // File is the smaller picture
	Type    string // media type of File
	Inline  bool   // browsers may show it
}

// Open opens the file of an attachment, or the smaller picture where it is wanted and there is one.
func (s *Service) Open(ctx context.Context, a chat.Attachment, thumbnail bool) (Opened, error) {
	name := string(a.ID)
	opened := Opened{Attachment: a, Smaller: thumbnail && a.Thumbnail, Type: a.Type, Inline: isPicture(a.Type)}
	if opened.Smaller {
		name = thumbnailOf(a.ID)
	}
	file, err := s.Files.Open(ctx, name)
	if errors.Is(err, fs.ErrNotExist) {
		return opened, chat.Missing("attachment") // it goes at this moment
	}
	if err != nil {
		return opened, noRoom(err)
	}
	if opened.Smaller {
		opened.Type, err = pictureType(file)
	}
	if err != nil {
		return opened, errors.Join(noRoom(err), file.Close())
	}
	opened.File = file
	return opened, nil
}

// pictureType tells a JPEG from a PNG by the first byte, and goes back to it.
func pictureType(file io.ReadSeeker) (string, error) {
	first := make([]byte, 1)
	if _, err := io.ReadFull(file, first); err != nil {
		return "", err
	}
	_, err := file.Seek(0, io.SeekStart)
	if first[0] == 0xff {
		return "image/jpeg", err
	}
	return "image/png", err
}

// Remove takes away the attachment that the address names. The answer to whoever opens it is NotFound from then on.
// Invalid for what is no address of a file of this server.
func (s *Service) Remove(ctx context.Context, p chat.Principal, mediaURL string) error {
	if !p.May(chat.ManageConversations) || p.Session != nil {
		return chat.Refuse("forbidden", "These credentials do not allow this.")
	}
	switch {
	case mediaURL == "":
		return chat.InvalidField("mediaUrl", "is required")
	case !strings.Contains(mediaURL, "://") || !strings.Contains(mediaURL, chat.MediaPath):
		return chat.InvalidField("mediaUrl", "is no address of a file here: give the mediaUrl that the upload or the message has")
	}
	key, ok := chat.KeyOfMediaURL(p.App, mediaURL)
	if !ok {
		return chat.Missing("attachment")
	}
	return s.Store.Write(ctx, func(tx store.Tx) error {
		a, found, err := tx.FindAttachmentByKey(p.App, key)
		if err == nil && !found {
			err = chat.Missing("attachment")
		}
		if err != nil {
			return err
		}
		if err := tx.AppendAudit(store.Audit{App: p.App, At: s.clock(), Actor: p.Name, Action: "attachment.remove", Target: string(a.ID)}); err != nil {
			return err
		}
		return tx.DropAttachment(p.App, a.ID)
	})
}
