package admin

import (
	"context"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/richtext"
	"github.com/parlorchat/parlor/internal/store"
)

// CannedReplyInput is what a canned reply is made of.
type CannedReplyInput struct{ Shortcut, Title, Text string }

// ListCannedReplies returns all of the app in order of their shortcuts.
func (s *Service) ListCannedReplies(ctx context.Context, p chat.Principal) (all []chat.CannedReply, err error) {
	if !p.May(chat.ManageConversations) {
		return nil, chat.Refuse("forbidden", "Only who answers in this app sees its canned replies.")
	}
	err = s.store.Read(ctx, func(tx store.Tx) (err error) {
		all, err = tx.ListCannedReplies(p.App)
		return err
	})
	return all, err
}

// CreateCannedReply makes one. Invalid with the field at fault; Conflict if another one has the shortcut.
func (s *Service) CreateCannedReply(ctx context.Context, p chat.Principal, in CannedReplyInput) (chat.CannedReply, error) {
	now := s.now()
	reply := in.reply(p.App, chat.CannedReplyID(chat.NewID(now)), now)
	return s.putCannedReply(ctx, p, reply, "canned_reply.create", func(tx store.Tx, reply chat.CannedReply, others int) error {
		if others >= chat.MaxCannedReplies {
			return chat.InvalidField("shortcut", "the app has %d canned replies, which is the most: remove one first", others)
		}
		return tx.InsertCannedReply(reply)
	})
}

// UpdateCannedReply makes another one of it. Invalid with the field at fault; Conflict if another one has the shortcut; NotFound.
func (s *Service) UpdateCannedReply(ctx context.Context, p chat.Principal, id chat.CannedReplyID, in CannedReplyInput) (chat.CannedReply, error) {
	return s.putCannedReply(ctx, p, in.reply(p.App, id, s.now()), "canned_reply.update", func(tx store.Tx, reply chat.CannedReply, _ int) error {
		return tx.UpdateCannedReply(reply)
	})
}

func (in CannedReplyInput) reply(app chat.AppID, id chat.CannedReplyID, now time.Time) chat.CannedReply {
	return chat.CannedReply{App: app, ID: id, Shortcut: in.Shortcut, Title: in.Title, Text: in.Text, ChangedAt: now}
}

// putCannedReply stores a reply that is right and whose shortcut is free. Works on an app follow one another (write), so that nobody else
// takes the shortcut, or the last place, before the reply is stored.
func (s *Service) putCannedReply(ctx context.Context, p chat.Principal, given chat.CannedReply, action string, put func(tx store.Tx, reply chat.CannedReply, others int) error) (chat.CannedReply, error) {
	if err := maySetUp(p, p.App); err != nil {
		return chat.CannedReply{}, err
	}
	reply, err := given.Settled()
	if err != nil {
		return chat.CannedReply{}, err
	}
	return reply, s.write(ctx, appChanged(p.App, reply.ChangedAt), cannedReplyAudit(p, reply, action), func(tx store.Tx) error {
		all, err := tx.ListCannedReplies(p.App)
		if err != nil {
			return err
		}
		others := slices.DeleteFunc(all, func(one chat.CannedReply) bool { return one.ID == reply.ID })
		for _, other := range others {
			if other.Shortcut == reply.Shortcut {
				return shortcutTaken(other)
			}
		}
		return put(tx, reply, len(others))
	})
}

func shortcutTaken(by chat.CannedReply) error {
	return &chat.Error{Kind: chat.Conflict, Code: "conflict", Field: "shortcut", Message: "shortcut: belongs to “" + by.Title + "”; choose another one"}
}

// PreviewCannedReply returns what a text in Markdown would look like, in the small HTML that is safe to show. Invalid.
func (s *Service) PreviewCannedReply(p chat.Principal, text string) (html string, err error) {
	if err := maySetUp(p, p.App); err != nil {
		return "", err
	}
	if text == "" || utf8.RuneCountInString(text) > chat.MaxText {
		return "", chat.InvalidField("text", "must have 1 to %d characters", chat.MaxText)
	}
	if html, err = richtext.FromMarkdown(text); err != nil {
		return "", chat.InvalidField("text", "%s", err)
	}
	return html, nil
}

// DeleteCannedReply removes it. NotFound.
func (s *Service) DeleteCannedReply(ctx context.Context, p chat.Principal, id chat.CannedReplyID) error {
	if err := maySetUp(p, p.App); err != nil {
		return err
	}
	gone := chat.CannedReply{App: p.App, ID: id, ChangedAt: s.now()}
	return s.write(ctx, appChanged(p.App, gone.ChangedAt), cannedReplyAudit(p, gone, "canned_reply.delete"), func(tx store.Tx) error {
		return tx.DeleteCannedReply(p.App, id)
	})
}

func cannedReplyAudit(p chat.Principal, r chat.CannedReply, action string) store.Audit {
	entry := store.Audit{App: r.App, At: r.ChangedAt, Actor: p.Name, Action: action, Target: string(r.ID)}
	if r.Shortcut != "" {
		entry.Detail = map[string]string{"shortcut": r.Shortcut}
	}
	return entry
}
