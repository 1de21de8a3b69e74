package notice

import (
	"context"
	"crypto/hmac"
	"encoding/hex"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// conversationAddress is where the hosted page shows a conversation, to whoever is signed in there and takes part. The fragment tells servers nothing.
func (s *Service) conversationAddress(app chat.AppID, conversation chat.ConversationID) string {
	return s.Base() + "/chat/" + string(app) + "#conversation=" + string(conversation)
}

// stopAddress is the page on which a user ends mail about answers. It is good for nothing else.
func (s *Service) stopAddress(app chat.AppID, user chat.UserID) string {
	return s.Base() + "/unsubscribe/" + string(app) + "/" + string(user) + "/" + s.signature(app, user)
}

// signature is long enough that none is guessed.
func (s *Service) signature(app chat.AppID, user chat.UserID) string {
	return hex.EncodeToString(s.MAC(string(app), string(user))[:16])
}

// Subscription is how a user stands to mail about answers, as the page shows it that ends it.
type Subscription struct {
	App       chat.App
	Texts     Texts
	Language  string
	StoppedAt time.Time // zero: they get mail
}

// Subscription returns how the user of a link stands. NotFound for a link that was not signed here.
func (s *Service) Subscription(ctx context.Context, app chat.AppID, user chat.UserID, signature string) (found Subscription, err error) {
	if !hmac.Equal([]byte(signature), []byte(s.signature(app, user))) {
		return found, chat.Missing("link")
	}
	err = s.Store.Read(ctx, func(tx store.Tx) (err error) {
		if found.App, err = tx.GetApp(app); err != nil {
			return err
		}
		found.Texts, found.Language = TextsFor()
		if to, err := recipientOf(tx, app, user); err == nil {
			found.Texts, found.Language = to.texts, to.language
		}
		found.StoppedAt, err = tx.UnsubscribedAt(app, user)
		return err
	})
	return found, err
}

// Stop ends mail about answers for the user of a link, or lets it come again. A user who is gone gets none anyway.
func (s *Service) Stop(ctx context.Context, app chat.AppID, user chat.UserID, signature string, stop bool) error {
	if !hmac.Equal([]byte(signature), []byte(s.signature(app, user))) {
		return chat.Missing("link")
	}
	return s.Store.Write(ctx, func(tx store.Tx) error {
		if survivor, merged, err := tx.FindMerged(app, user); err != nil {
			return err
		} else if merged {
			user = survivor
		}
		if !stop {
			return tx.Resubscribe(app, user)
		}
		if err := tx.Unsubscribe(app, user, s.Now()); chat.KindOf(err) != chat.NotFound {
			return err
		}
		return nil
	})
}
