package directory

import (
	"context"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// Authenticate returns the live session with the token, or chat.SessionEnded. It moves the idle clock of the session.
func (s *Service) Authenticate(ctx context.Context, app chat.AppID, token string) (chat.Session, error) {
	var session chat.Session
	now := s.clock()
	err := s.store.Read(ctx, func(tx store.Tx) error {
		found := false
		var err error
		if session, found, err = tx.FindSession(app, chat.HashToken(token)); err != nil {
			return err
		}
		if !found || !session.Live(now) {
			return chat.SessionEnded()
		}
		return nil
	})
	if err == nil && session.IdleFor > 0 && now.Sub(session.LastUsedAt) >= touchEvery {
		session.LastUsedAt = now
		err = s.store.Write(ctx, func(tx store.Tx) error { return tx.TouchSession(session.Client, session.ID, now) })
	}
	return session, err
}

// StillLive returns a session as it is now, if it lives: what open sockets are re-checked with.
func (s *Service) StillLive(ctx context.Context, known chat.Session) (session chat.Session, live bool, err error) {
	err = s.store.Read(ctx, func(tx store.Tx) error {
		var err error
		session, err = tx.GetSession(known.Client, known.ID)
		if chat.KindOf(err) == chat.NotFound {
			return nil
		}
		live = err == nil && session.Live(s.clock())
		return err
	})
	return session, live, err
}

// Self returns the user of a session.
func (s *Service) Self(ctx context.Context, p chat.Principal) (chat.User, error) {
	if !p.May(chat.ChangeSelf) {
		return chat.User{}, notAllowed()
	}
	var user chat.User
	err := s.store.Read(ctx, func(tx store.Tx) error {
		var err error
		user, err = tx.GetUser(p.App, p.Session.User)
		return err
	})
	return user, err
}

// Logout ends the session with the token. An unknown or ended one is fine: that is what the caller wanted.
func (s *Service) Logout(ctx context.Context, app chat.AppID, token string) error {
	return s.end(ctx, app, func(tx store.Tx) (chat.Session, error) {
		session, _, err := tx.FindSession(app, chat.HashToken(token))
		return session, err
	})
}

// EndSession is Logout for a session that is at hand.
func (s *Service) EndSession(ctx context.Context, known chat.Session) error {
	return s.end(ctx, known.App, func(tx store.Tx) (chat.Session, error) {
		session, err := tx.GetSession(known.Client, known.ID)
		if chat.KindOf(err) == chat.NotFound {
			return chat.Session{}, nil
		}
		return session, err
	})
}

func (s *Service) end(ctx context.Context, app chat.AppID, find func(store.Tx) (chat.Session, error)) error {
	now := s.clock()
	return s.store.Write(ctx, func(tx store.Tx) error {
		session, err := find(tx)
		if err != nil || session.ID == "" {
			return err
		}
		if _, err := tx.DeleteSession(session.Client, session.ID); err != nil {
			return err
		}
		return appendEnded(tx, app, session.User, chat.EndedSessions{Session: session.ID, Why: "logout"}, now)
	})
}

// SignOutEverywhere ends all sessions of a user and refuses tokens issued until now.
func (s *Service) SignOutEverywhere(ctx context.Context, p chat.Principal, id chat.UserID) error {
	if !p.May(chat.ManageUsers) {
		return notAllowed()
	}
	now := s.clock()
	return s.store.Write(ctx, func(tx store.Tx) error {
		user, err := tx.LockUser(p.App, id)
		if err != nil {
			return err
		}
		user.TokensValidAfter = now
		if err := tx.UpdateUser(&user); err != nil {
			return err
		}
		if _, err := tx.DeleteSessionsOfUser(p.App, id); err != nil {
			return err
		}
		if err := appendEnded(tx, p.App, id, chat.EndedSessions{User: id, Why: "everywhere"}, now); err != nil {
			return err
		}
		return tx.AppendAudit(store.Audit{App: p.App, At: now, Actor: p.Name, Action: "user.sign_out", Target: string(id)})
	})
}

// ForgetEnded deletes sessions that ended longer ago than the given time, in small steps, and returns how many.
func (s *Service) ForgetEnded(ctx context.Context, ago time.Duration) (total int64, err error) {
	const step = 500
	before, after := s.clock().Add(-ago), chat.ClientID("")
	for {
		var ended []chat.Session
		err := s.store.Read(ctx, func(tx store.Tx) error {
			var err error
			ended, err = tx.ListEndedSessions(before, after, step)
			return err
		})
		if err != nil || len(ended) == 0 {
			return total, err
		}
		after = ended[len(ended)-1].Client
		err = s.store.Write(ctx, func(tx store.Tx) error { return forget(tx, ended) })
		if err != nil {
			return total, err
		}
		total += int64(len(ended))
	}
}

func forget(tx store.Tx, ended []chat.Session) error {
	for _, session := range ended {
		if _, err := tx.DeleteSession(session.Client, session.ID); err != nil {
			return err
		}
	}
	return nil
}

func notAllowed() error {
	return chat.Refuse("forbidden", "These credentials do not allow this.")
}
