package attachment

import (
	"context"
	"errors"
	"net/url"
	"path"
	"sync"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

const (
	failureKept = 10 * time.Minute
	maxFailures = 10_000
)

// Copy returns the attachment that holds a copy of a message's media at the place (chat.Content.MediaAt), which lie
// elsewhere and were named by a key. The first who asks has them fetched, once for all who ask meanwhile; a failure is
// remembered for ten minutes. NotFound where there are no such media, or none to be had.
func (s *Service) Copy(ctx context.Context, app chat.AppID, conversation chat.ConversationID, message chat.MessageID, place int) (chat.Attachment, error) {
	wanted := wantedCopy{app: app, conversation: conversation, message: message, place: place}
	var a chat.Attachment
	shown := false
	err := s.Store.Read(ctx, func(tx store.Tx) error {
		err := wanted.look(tx)
		if err != nil {
			return err
		}
		found := false
		if a, found, err = tx.FindCopy(app, wanted.address); err != nil || !found {
			return err
		}
		shown, err = tx.IsShowing(app, a.ID, conversation, wanted.number)
		return err
	})
	switch {
	case err != nil:
		return a, err
	case a.ID != "" && shown:
		return a, nil
	case a.ID != "":
		return s.showCopy(ctx, wanted)
	case s.failed.recently(wanted.key()):
		return a, chat.Missing("attachment")
	}
	return s.fetchOnce(ctx, wanted)
}

// wantedCopy are the media of a message.
type wantedCopy struct {
	app          chat.AppID
	conversation chat.ConversationID
	message      chat.MessageID
	place        int

	// As look found them.
	number  int64
	address string
}

func (w *wantedCopy) key() string { return string(w.app) + " " + w.address }

// look finds the message and the address. It may run more than once.
func (w *wantedCopy) look(tx store.Tx) error {
	m, err := tx.GetMessage(w.app, w.conversation, w.message)
	if err != nil && chat.KindOf(err) != chat.NotFound {
		return err
	}
	address, file, ok := m.Content.MediaAt(w.place)
	if err != nil || m.Deleted || !ok || file != nil || m.Origin.Type != chat.OriginREST {
		return chat.Missing("attachment")
	}
	w.number, w.address = m.Number, address
	return nil
}

// showCopy notes that one more message shows a copy that is there.
func (s *Service) showCopy(ctx context.Context, wanted wantedCopy) (a chat.Attachment, err error) {
	err = s.Store.Write(ctx, func(tx store.Tx) error {
		a, err = s.show(tx, wanted)
		return err
	})
	return a, err
}

func (s *Service) show(tx store.Tx, wanted wantedCopy) (chat.Attachment, error) {
	if _, err := tx.LockConversation(wanted.app, wanted.conversation); err != nil {
		return chat.Attachment{}, err
	}
	if err := wanted.look(tx); err != nil {
		return chat.Attachment{}, err
	}
	a, found, err := tx.FindCopy(wanted.app, wanted.address)
	if err == nil && found {
		a, found, err = tx.LockAttachment(wanted.app, a.ID)
	}
	if err == nil && !found {
		err = chat.Missing("attachment") // it went with another message at this moment; who asks again has it fetched
	}
	if err != nil {
		return a, err
	}
	return a, tx.ShowAttachment(wanted.app, a.ID, wanted.conversation, wanted.number)
}

// fetchOnce fetches for all who ask meanwhile. It goes on when the first of them goes away.
func (s *Service) fetchOnce(ctx context.Context, wanted wantedCopy) (chat.Attachment, error) {
	done := s.joined.DoChan(wanted.key(), func() (any, error) {
		return nil, s.work.do(ctx, fetchWithin, func(ctx context.Context) error {
			// Whoever fetched before has perhaps only just gone.
			if s.failed.recently(wanted.key()) {
				return chat.Missing("attachment")
			}
			if there, err := s.hasCopy(ctx, wanted); err != nil || there {
				return err
			}
			return s.fetch(ctx, wanted)
		})
	})
	select {
	case <-ctx.Done():
		return chat.Attachment{}, ctx.Err()
	case result := <-done:
		if result.Err != nil {
			return chat.Attachment{}, result.Err
		}
	}
	return s.showCopy(ctx, wanted)
}

func (s *Service) hasCopy(ctx context.Context, wanted wantedCopy) (there bool, err error) {
	err = s.Store.Read(ctx, func(tx store.Tx) error {
		var err error
		_, there, err = tx.FindCopy(wanted.app, wanted.address)
		return err
	})
	return there, err
}

// fetch keeps a copy, as one of the first message that asked for it. Unavailable where that could not be tried to the end.
func (s *Service) fetch(ctx context.Context, wanted wantedCopy) error {
	leave, err := s.fetches.take(ctx, wanted.app, wanted.address)
	if err == nil {
		defer leave()
		err = s.keepCopy(ctx, wanted)
	}
	switch {
	case errors.Is(err, errNotClaimed):
		return nil // another server was faster
	case err == nil || chat.KindOf(err) == chat.Unavailable:
		return err
	case ctx.Err() != nil:
		return chat.Overloaded("Too many media are being fetched.", 10*time.Second, err)
	}
	s.failed.note(wanted.key())
	s.Log.InfoContext(ctx, "media elsewhere cannot be shown", "app_id", string(wanted.app), "conversation_id", string(wanted.conversation), "err", err)
	return chat.Missing("attachment")
}

func (s *Service) keepCopy(ctx context.Context, wanted wantedCopy) error {
	drafted, err := s.get(ctx, wanted.address)
	if err != nil {
		return err
	}
	defer drafted.Close()
	a := chat.Attachment{App: wanted.app, Key: chat.NewMediaKey(), Access: chat.AccessCopy, URL: wanted.address, Name: nameIn(wanted.address)}
	_, err = s.keep(ctx, a, drafted, func(tx store.Tx, a *chat.Attachment) error {
		if _, err := tx.LockConversation(wanted.app, wanted.conversation); err != nil {
			return err
		}
		if err := wanted.look(tx); err != nil {
			return err
		}
		if err := insert(tx, *a); err != nil {
			return err
		}
		return tx.ShowAttachment(wanted.app, a.ID, wanted.conversation, wanted.number)
	})
	return err
}

// nameIn is what a file is called in an address. An end that says nothing of a file, as that of a script, is no part of
// it: the bytes decide.
func nameIn(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "file"
	}
	name := chat.FileName(u.Path)
	return name[:len(name)-len(path.Ext(name))]
}

// failures remembers what could not be fetched, in this process only: a start is a reason to try again.
type failures struct {
	now   func() time.Time
	mu    sync.Mutex // guards until
	until map[string]time.Time
}

func newFailures(now func() time.Time) *failures {
	return &failures{now: now, until: make(map[string]time.Time)}
}

func (f *failures) recently(key string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.now().Before(f.until[key])
}

func (f *failures) note(key string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.until) >= maxFailures {
		clear(f.until)
	}
	f.until[key] = f.now().Add(failureKept)
}
