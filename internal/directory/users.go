package directory

import (
	"context"
	"time"
	"unicode/utf8"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// UserInput is what REST callers and browsers may say of a user. Nil leaves a value as it is; a pointer to "" unsets it.
type UserInput struct {
	ExternalID *string // only at creation
	SignedUpAt *time.Time
	Profile    ProfileInput
	Metadata   map[string]any // entries to set; an entry that is nil is removed
}

// ProfileInput is the part of UserInput that is a profile.
type ProfileInput struct {
	GivenName, Surname, Email, AvatarURL, Locale *string
}

// CreateUser makes a user on behalf of an app key. With an external id they are identified and take a seat, and the
// address of the profile becomes an identity, since the app vouches for it; one that is somebody else's stays text and is
// recorded as a conflict (design rule 8). Without one they are anonymous until SetExternalID, or until they are merged into
// somebody known. Conflict if the external id has a user; Forbidden seat_limit_reached.
func (s *Service) CreateUser(ctx context.Context, p chat.Principal, in UserInput) (chat.User, error) {
	if !p.May(chat.ManageUsers) {
		return chat.User{}, notAllowed()
	}
	user, err := in.made(p.App)
	if err != nil {
		return chat.User{}, err
	}
	now := s.clock()
	err = s.store.Write(ctx, func(tx store.Tx) error {
		fresh := user
		if err := insertNew(tx, &fresh, p.KeyID(), now); err != nil {
			return err
		}
		user = fresh
		return tx.AppendEvent(&chat.Event{Kind: chat.EventUserUpdated, App: p.App, User: fresh.ID, At: now})
	})
	return user, err
}

// made is the new user that a key describes, or Invalid.
func (in UserInput) made(app chat.AppID) (chat.User, error) {
	user := chat.User{App: app, Source: chat.SourceREST}
	if in.ExternalID == nil {
		user.Source = chat.SourceAnonymous
	} else if problem := chat.CheckExternalID(*in.ExternalID); problem != "" {
		return user, chat.InvalidField("externalId", "%s", problem)
	} else {
		user.ExternalID, user.Seat = *in.ExternalID, true
	}
	err := in.apply(&user)
	return user, err
}

func insertNew(tx store.Tx, user *chat.User, by chat.KeyID, now time.Time) error {
	if user.ExternalID != "" {
		if err := wantFree(tx, user.App, user.ExternalID); err != nil {
			return err
		}
	}
	if err := create(tx, user, now); err != nil {
		return err
	}
	return vouch(tx, user, by, now)
}

// vouch makes the profile's address the user's one identity, on the word of an app key, where one said so: a former address is the
// user's no more, since it may be given to somebody else. That of an anonymous user stays text: programs copy there what a
// visitor typed, and the owner of the address must not be led into the record of whoever typed it.
func vouch(tx store.Tx, user *chat.User, by chat.KeyID, now time.Time) error {
	normal, ok := chat.NormalEmail(user.Profile.Email)
	if !ok || !user.Seat {
		return nil
	}
	owner, found, err := tx.FindUserByIdentity(user.App, chat.IdentityEmail, normal)
	switch {
	case err != nil:
		return err
	case found && owner.ID != user.ID:
		return recordConflict(tx, chat.IdentityConflict{App: user.App, User: user.ID, Owner: owner.ID, Value: normal, Key: by, CreatedAt: now})
	case !found:
		identity := chat.Identity{Kind: chat.IdentityEmail, Value: normal, Written: user.Profile.Email,
			VerifiedBy: chat.VerifiedByKey, CreatedAt: now}
		if err := tx.DeleteIdentities(user.App, user.ID); err != nil {
			return err
		}
		if err := tx.InsertIdentity(user.App, user.ID, identity); err != nil {
			return err
		}
	}
	user.Identities, err = tx.ListIdentities(user.App, user.ID)
	return err
}

// GetUser returns the user with the internal or external id, identities included; the internal id wins.
func (s *Service) GetUser(ctx context.Context, p chat.Principal, id string) (chat.User, error) {
	if !p.May(chat.ManageUsers) {
		return chat.User{}, notAllowed()
	}
	var user chat.User
	err := s.store.Read(ctx, func(tx store.Tx) error {
		var err error
		user, err = lookUp(tx, p.App, id)
		return err
	})
	return user, err
}

// lookUp finds a user by either id and loads the identities.
func lookUp(tx store.Tx, app chat.AppID, id string) (chat.User, error) {
	user, err := findByEither(tx, app, id)
	if err != nil {
		return chat.User{}, err
	}
	user.Identities, err = tx.ListIdentities(app, user.ID)
	return user, err
}

func findByEither(tx store.Tx, app chat.AppID, id string) (chat.User, error) {
	if chat.IsID(id) {
		user, err := tx.GetUser(app, chat.UserID(id))
		if chat.KindOf(err) != chat.NotFound {
			return user, err
		}
	}
	user, found, err := tx.FindUserByExternalID(app, id)
	if err == nil && !found {
		err = chat.Missing("user")
	}
	return user, err
}

// lockByEither is findByEither that keeps others from changing the user until the transaction ends.
func lockByEither(tx store.Tx, app chat.AppID, id string) (chat.User, error) {
	user, err := findByEither(tx, app, id)
	if err != nil {
		return chat.User{}, err
	}
	return tx.LockUser(app, user.ID)
}

// ListUsers returns a page of the users who own the address, which are at most one; the address must be given.
func (s *Service) ListUsers(ctx context.Context, p chat.Principal, email string) ([]chat.User, error) {
	if !p.May(chat.ManageUsers) {
		return nil, notAllowed()
	}
	normal, ok := chat.NormalEmail(email)
	if !ok {
		return []chat.User{}, nil // such an address is nobody's identity
	}
	users := []chat.User{}
	err := s.store.Read(ctx, func(tx store.Tx) error {
		users = users[:0]
		user, found, err := tx.FindUserByIdentity(p.App, chat.IdentityEmail, normal)
		if err != nil || !found {
			return err
		}
		user.Identities, err = tx.ListIdentities(p.App, user.ID)
		users = append(users, user)
		return err
	})
	return users, err
}

// UpdateUser changes a user on behalf of an app key.
func (s *Service) UpdateUser(ctx context.Context, p chat.Principal, id string, in UserInput) (chat.User, error) {
	if !p.May(chat.ManageUsers) {
		return chat.User{}, notAllowed()
	}
	find := func(tx store.Tx) (chat.User, error) { return findByEither(tx, p.App, id) }
	return s.change(ctx, p.App, in, find, func(tx store.Tx, user *chat.User, now time.Time) error { return vouch(tx, user, p.KeyID(), now) })
}

// UpdateSelf changes the user of a session on behalf of their browser. What a browser says is no proof: the address
// stays text and makes no identity.
func (s *Service) UpdateSelf(ctx context.Context, p chat.Principal, in UserInput) (chat.User, error) {
	if !p.May(chat.ChangeSelf) {
		return chat.User{}, notAllowed()
	}
	in.ExternalID, in.SignedUpAt = nil, nil
	find := func(tx store.Tx) (chat.User, error) { return tx.GetUser(p.App, p.Session.User) }
	return s.change(ctx, p.App, in, find, func(store.Tx, *chat.User, time.Time) error { return nil })
}

func (s *Service) change(ctx context.Context, app chat.AppID, in UserInput, find func(store.Tx) (chat.User, error),
	vouch func(store.Tx, *chat.User, time.Time) error,
) (chat.User, error) {
	var user chat.User
	now := s.clock()
	err := s.store.Write(ctx, func(tx store.Tx) error {
		found, err := find(tx)
		if err != nil {
			return err
		}
		if user, err = tx.LockUser(app, found.ID); err != nil {
			return err
		}
		if err := in.apply(&user); err != nil {
			return err
		}
		if err := tx.UpdateUser(&user); err != nil {
			return err
		}
		if in.Profile.Email != nil {
			if err := vouch(tx, &user, now); err != nil {
				return err
			}
		}
		if user.Identities, err = tx.ListIdentities(app, user.ID); err != nil {
			return err
		}
		return tx.AppendEvent(&chat.Event{Kind: chat.EventUserUpdated, App: app, User: user.ID, At: now})
	})
	return user, err
}

// ListClients returns the browsers and devices of a user, the one seen last first.
func (s *Service) ListClients(ctx context.Context, p chat.Principal, id string) ([]chat.Client, error) {
	if !p.May(chat.ManageUsers) {
		return nil, notAllowed()
	}
	var clients []chat.Client
	err := s.store.Read(ctx, func(tx store.Tx) error {
		user, err := findByEither(tx, p.App, id)
		if err != nil {
			return err
		}
		clients, err = tx.ListClients(p.App, user.ID)
		return err
	})
	return clients, err
}

// apply checks the input and sets it on the user.
func (in UserInput) apply(user *chat.User) error {
	if err := in.Profile.apply(&user.Profile); err != nil {
		return err
	}
	if in.SignedUpAt != nil {
		user.SignedUpAt = in.SignedUpAt.UTC()
	}
	if len(in.Metadata) > 0 {
		user.Metadata = user.Metadata.Merged(in.Metadata)
	}
	if problem := user.Metadata.Check(); problem != "" {
		return chat.InvalidField("metadata", "%s", problem)
	}
	return nil
}

func (in ProfileInput) apply(profile *chat.Profile) error {
	for _, part := range []struct {
		field string
		from  *string
		to    *string
		most  int
	}{
		{"givenName", in.GivenName, &profile.GivenName, chat.MaxNamePart},
		{"surname", in.Surname, &profile.Surname, chat.MaxNamePart},
		{"email", in.Email, &profile.Email, chat.MaxNamePart},
		{"avatarUrl", in.AvatarURL, &profile.AvatarURL, chat.MaxProfileURL},
		{"locale", in.Locale, &profile.Locale, chat.MaxLocale},
	} {
		if part.from == nil {
			continue
		}
		if utf8.RuneCountInString(*part.from) > part.most {
			return chat.InvalidField("profile."+part.field, "must have at most %d characters", part.most)
		}
		*part.to = *part.from
	}
	if !chat.IsWebAddress(profile.AvatarURL) {
		return chat.InvalidField("profile.avatarUrl", "must be an http or https address")
	}
	return nil
}
