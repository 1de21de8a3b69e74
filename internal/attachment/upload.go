package attachment

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/idempotency"
	"github.com/parlorchat/parlor/internal/picture"
	"github.com/parlorchat/parlor/internal/store"
)

// claimWithin is how long a file may take from its first byte to its row; after it, it is taken for left over.
const claimWithin = time.Hour

// UploadInput is a file that somebody sends.
type UploadInput struct {
	Access       chat.Access         // of a key: public or private; what a session sends is private
	Conversation chat.ConversationID // that it is for; required for a session
	Base         string              // origin under which the file is reached: scheme://host[:port]

	// Open is asked for the file and what the client calls it, once it is sure that it may come. Errors of package chat, also
	// of the file, are handed on.
	Open func() (source io.Reader, name string, err error)
}

// Upload keeps a file. When it returns, bytes and row are durable.
// Invalid names the field; NotFound conversation_not_found; Forbidden upload_not_allowed for an anonymous user before the
// business has written, quota_reached; TooLarge; UnsupportedMedia.
func (s *Service) Upload(ctx context.Context, p chat.Principal, in UploadInput) (chat.Attachment, error) {
	a := chat.Attachment{App: p.App, Key: chat.NewMediaKey(), Access: in.Access, Conversation: in.Conversation}
	if p.Session != nil {
		a.Access, a.User = chat.AccessPrivate, p.Session.User
	} else if a.Access != chat.AccessPublic && a.Access != chat.AccessPrivate {
		return a, chat.InvalidField("access", `must be "public" or "private"`)
	}
	if err := s.Store.Read(ctx, func(tx store.Tx) error { return s.admit(tx, p, a) }); err != nil {
		return a, err
	}
	source, name, err := in.Open()
	if err != nil {
		return a, err
	}
	a.Name = chat.FileName(name)
	drafted, err := s.Draft(source)
	if err != nil {
		return a, err
	}
	defer drafted.Close()
	return s.keep(ctx, a, drafted, func(tx store.Tx, a *chat.Attachment) error {
		a.URL = in.Base + chat.MediaPath + string(a.App) + "/" + a.Key + "/" + url.PathEscape(a.Name)
		if p.Session != nil { // of many uploads at once each must see the others
			if _, err := tx.LockUser(p.App, a.User); err != nil {
				return err
			}
		}
		if a.Conversation != "" {
			if _, err := tx.LockConversation(p.App, a.Conversation); err != nil {
				return err
			}
		}
		if err := s.admit(tx, p, *a); err != nil {
			return err
		}
		return insert(tx, *a)
	})
}

// admit tells why the principal may not have the attachment.
func (s *Service) admit(tx store.Tx, p chat.Principal, a chat.Attachment) error {
	if p.Session == nil {
		if !p.May(chat.ManageConversations) {
			return chat.Refuse("forbidden", "These credentials do not allow this.")
		}
		if a.Conversation == "" {
			return nil
		}
		_, err := tx.GetConversation(p.App, a.Conversation)
		return err
	}
	users, err := tx.ListAudience(p.App, a.Conversation)
	if err != nil {
		return err
	}
	if !p.MayTouch(users) {
		return chat.Missing("conversation")
	}
	if p.Session.Assurance == chat.AssuranceAnonymous {
		if err := answered(tx, a); err != nil {
			return err
		}
	}
	has, err := tx.SumAttachments(p.App, a.User)
	if err == nil && s.MaxUser > 0 && has+a.Size > s.MaxUser {
		return chat.Refuse("quota_reached", fmt.Sprintf("The files of this user may have %s in all.", inWords(s.MaxUser)))
	}
	return err
}

// answered refuses an anonymous user to whom the business has not written (security rule 41).
func answered(tx store.Tx, a chat.Attachment) error {
	written, err := tx.HasBusinessMessage(a.App, a.Conversation)
	if err == nil && !written {
		err = chat.Refuse("upload_not_allowed", "Files may be sent after somebody has answered, or by people who are signed in.")
	}
	return err
}

// Draft takes the bytes of a source to a file without a name, from whose start they can be read. Invalid for none;
// TooLarge.
func (s *Service) Draft(source io.Reader) (*os.File, error) {
	drafted, err := s.draft()
	if err != nil {
		return nil, err
	}
	size, err := io.Copy(drafted, io.LimitReader(source, s.MaxFile+1))
	_, known := chat.AsError(err)
	switch {
	case known:
	case err != nil:
		err = noRoom(err)
	case size > s.MaxFile:
		err = s.TooLarge()
	case size == 0:
		err = chat.InvalidField("source", "is empty")
	default:
		err = rewind(drafted)
	}
	if err != nil {
		return nil, errors.Join(err, drafted.Close())
	}
	return drafted, nil
}

// TooLarge is the refusal of a file that is too large; it says how large one may be.
func (s *Service) TooLarge() error {
	return &chat.Error{Kind: chat.TooLarge, Code: "request_entity_too_large", Field: "source", Message: "source: a file may have " + inWords(s.MaxFile) + " at most."}
}

func inWords(size int64) string {
	if size < 1<<20 {
		return fmt.Sprintf("%d bytes", size)
	}
	return fmt.Sprintf("%.4g MiB", float64(size)/(1<<20))
}

// keep stores a draft as the file of the attachment, pictures made anew, and then its row by the function, which inserts
// it in one transaction. Who gives up on the way leaves a leftover that Sweep takes away.
func (s *Service) keep(ctx context.Context, a chat.Attachment, drafted *os.File, claim func(store.Tx, *chat.Attachment) error) (chat.Attachment, error) {
	made, thumbnail, err := s.prepare(ctx, &a, drafted)
	if err != nil {
		return a, err
	}
	if made != drafted {
		defer made.Close()
	}
	a.CreatedAt = s.clock()
	a.ID = chat.AttachmentID(chat.NewID(a.CreatedAt))
	leave := func(tx store.Tx) error { return tx.InsertLeftover(a.ID, a.CreatedAt.Add(claimWithin)) }
	if err := s.Store.Write(idempotency.Apart(ctx), leave); err != nil {
		return a, err
	}
	err = s.put(ctx, a, made, thumbnail)
	if err == nil {
		err = s.Store.Write(ctx, func(tx store.Tx) error { return claim(tx, &a) })
	}
	if err != nil {
		s.abandon(ctx, a.ID)
	}
	return a, err
}

func (s *Service) put(ctx context.Context, a chat.Attachment, file io.Reader, thumbnail []byte) error {
	if err := s.Files.Put(ctx, string(a.ID), file, a.Size); err != nil {
		return noRoom(err)
	}
	if thumbnail == nil {
		return nil
	}
	if err := s.Files.Put(ctx, thumbnailOf(a.ID), bytes.NewReader(thumbnail), int64(len(thumbnail))); err != nil {
		return noRoom(err)
	}
	return nil
}

// errNotClaimed is the answer where the file is another's already, or was swept away.
var errNotClaimed = errors.New("the file was not claimed")

func insert(tx store.Tx, a chat.Attachment) error {
	stored, err := tx.InsertAttachment(a)
	if err == nil && !stored {
		err = errNotClaimed
	}
	return err
}

// abandon takes away at once what Sweep would find an hour later.
func (s *Service) abandon(ctx context.Context, id chat.AttachmentID) {
	ctx, cancel := context.WithTimeout(idempotency.Apart(context.WithoutCancel(ctx)), 10*time.Second)
	defer cancel()
	if err := s.remove(ctx, id); err != nil {
		s.Log.WarnContext(ctx, "a file that was given up is left for the sweep", "attachment_id", string(id), "err", err)
	}
}

// prepare judges the draft and returns what is to be kept: the draft itself, or the picture made of it.
func (s *Service) prepare(ctx context.Context, a *chat.Attachment, drafted *os.File) (made *os.File, thumbnail []byte, err error) {
	if a.Type, a.Name, err = sniff(drafted, a.Name); err != nil {
		return nil, nil, err
	}
	if err := rewind(drafted); err != nil {
		return nil, nil, err
	}
	if !isPicture(a.Type) {
		info, err := drafted.Stat()
		if err != nil {
			return nil, nil, noRoom(err)
		}
		a.Size = info.Size()
		return drafted, nil, nil
	}
	if made, err = s.draft(); err != nil {
		return nil, nil, err
	}
	thumbnail, err = s.rework(ctx, a, drafted, made)
	if err != nil {
		return nil, nil, errors.Join(err, made.Close())
	}
	return made, thumbnail, nil
}

func (s *Service) rework(ctx context.Context, a *chat.Attachment, from, to *os.File) (thumbnail []byte, err error) {
	reworked, err := s.inWorkshop(ctx, a, from, to)
	switch refusal, refused := errors.AsType[*picture.Error](err); {
	case refused:
		return nil, unsupported(refusal.Message)
	case errors.Is(err, context.DeadlineExceeded):
		return nil, chat.Overloaded("Too many pictures are being worked on.", 10*time.Second, err)
	case err != nil:
		return nil, noRoom(err)
	}
	a.Type, a.Name = reworked.Type, renamed(a.Name, reworked.Type)
	a.Width, a.Height, a.Thumbnail = reworked.Width, reworked.Height, reworked.Thumbnail != nil
	if a.Size, err = to.Seek(0, io.SeekCurrent); err != nil {
		return nil, noRoom(err)
	}
	return reworked.Thumbnail, rewind(to)
}

// turnWithin is how long a picture waits for others of the same sender.
const turnWithin = 20 * time.Second

// inWorkshop lets one picture of each user be worked on at a time, and one of an app's keys and messages, so that nobody fills
// the workshop alone.
func (s *Service) inWorkshop(ctx context.Context, a *chat.Attachment, from io.ReadSeeker, to io.Writer) (picture.Picture, error) {
	waiting, cancel := context.WithTimeout(ctx, turnWithin)
	defer cancel()
	leave, err := s.senders.take(waiting, sender(a))
	if err != nil {
		return picture.Picture{}, err
	}
	defer leave()
	return s.pictures.Rework(ctx, a.Type, from, to)
}

func sender(a *chat.Attachment) string { return string(a.App) + " " + string(a.User) }

func rewind(file *os.File) error {
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return noRoom(err)
	}
	return nil
}
