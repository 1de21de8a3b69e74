package directory

import (
	"context"
	"log/slog"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// SignInInput says who wants to come in, from where, and instead of whom.
type SignInInput struct {
	Credential Credential    // without a token the session is anonymous
	Replaces   string        // the token of the session that this one replaces; a dead or unknown one counts as none
	Renews     *chat.Session // the session that a live connection has: instead of Replaces, and it must still live
	AskFirst   bool          // fail with OtherPersonError where the session that is replaced is another person's
	Refresh    bool          // only renew: a token that names another person than Replaces is refused
	Page       string        // the origin of the page that asks, as the browser says it, else as the client does; empty: unknown
	Client     chat.Client   // what the client says of itself, none of it proof; an id that is unknown or another user's gets a new one
}

// SignedIn is a fresh session and whose it is.
type SignedIn struct {
	Token   string // of the session; it is not kept anywhere
	Session chat.Session
	RenewAt time.Time // when the client should ask for a fresh token; zero: never
	User    chat.User
	Client  chat.Client
	Merge   *chat.Merge // set if an anonymous history went into a person known already
}

// SignIn judges the credential and signs its person in, or makes an anonymous person if there is none (design §3).
// Refusals: 401 invalid_auth with its reason; Forbidden door_closed, anonymous_off, seat_limit_reached, user_blocked;
// NotFound user_not_found. Nothing changes unless it succeeds.
func (s *Service) SignIn(ctx context.Context, app chat.App, in SignInInput) (SignedIn, error) {
	out, err := s.trySignIn(ctx, app, in)
	if err != nil {
		s.Refusals.note(app.ID, in, err, s.clock())
	}
	return out, err
}

func (s *Service) trySignIn(ctx context.Context, app chat.App, in SignInInput) (SignedIn, error) {
	client, err := said(app, in.Client)
	if err != nil {
		return SignedIn{}, err
	}
	in.Client = client
	var assertion *chat.Assertion
	if in.Credential.Presented {
		judged, err := s.judge(ctx, app, in.Credential)
		if err != nil {
			return SignedIn{}, err
		}
		assertion = &judged
	} else if err := in.Credential.checkAnonymous(); err != nil {
		return SignedIn{}, err
	} else if !app.Settings.Anonymous {
		return SignedIn{}, chat.Refuse("anonymous_off", "This chat is for signed-in users only: sign in with a token.")
	}

	v := visit{app: app, in: in, assertion: assertion, now: s.clock(), token: chat.NewSecret()}
	out, err := s.run(ctx, v, (*visit).signIn)
	if err != nil {
		return SignedIn{}, err
	}
	if assertion != nil {
		s.note(ctx, *assertion, out)
	}
	return out, nil
}

// run does the work of the visit in one transaction. Two first sign-ins of one person may meet where the database lets
// both look before either has written, and a sign-in may meet the merge or the removal of its person; the loser then
// looks again and finds who is there now. So does once whoever has no seat, as the winner may have taken the last one.
func (s *Service) run(ctx context.Context, v visit, work func(*visit) (SignedIn, error)) (out SignedIn, err error) {
	for look := range 3 {
		err = s.store.Write(ctx, func(tx store.Tx) error {
			v.tx = tx
			var err error
			out, err = work(&v)
			return err
		})
		code := chat.CodeOf(err)
		if code != "conflict" && chat.KindOf(err) != chat.NotFound && (code != noSeatCode || look > 0) {
			break
		}
	}
	return out, err
}

// judge verifies the token, unless the app's settings close the door.
func (s *Service) judge(ctx context.Context, app chat.App, c Credential) (chat.Assertion, error) {
	if !c.Door.Valid() {
		return chat.Assertion{}, chat.InvalidField("door", "must be one of sdk, jsm, code")
	}
	if !app.Settings.DoorOpen(c.Door) {
		return chat.Assertion{}, chat.Refuse("door_closed", `The settings of this app close the door "`+string(c.Door)+`".`)
	}
	assertion, err := s.verifier.Verify(ctx, app, c)
	if err != nil {
		if refusal, ok := chat.AsError(err); ok && refusal.Reason != "" {
			s.log.InfoContext(ctx, "sign-in refused", "app_id", app.ID, "door", c.Door,
				"reason", refusal.Reason, "claim", refusal.Field, "cause", refusal.Message)
		}
		return chat.Assertion{}, err
	}
	return assertion, nil
}

// note logs what an operator may want to know of a sign-in that succeeded.
func (s *Service) note(ctx context.Context, a chat.Assertion, out SignedIn) {
	for _, warning := range a.Warnings {
		s.log.WarnContext(ctx, "token accepted with a warning",
			"app_id", a.App, "door", a.Door, "key_id", a.Key, "user_id", out.User.ID, "warning", warning)
	}
	if s.log.Enabled(ctx, slog.LevelDebug) {
		s.log.DebugContext(ctx, "signed in", "app_id", a.App, "door", a.Door, "key_id", a.Key,
			"user_id", out.User.ID, "client_id", out.Client.ID, "legacy_form", a.Legacy)
	}
}

// visit is one sign-in inside its transaction.
type visit struct {
	tx        store.Tx
	app       chat.App
	in        SignInInput
	assertion *chat.Assertion // nil: anonymous
	now       time.Time
	token     string
}

// signIn is the story of a sign-in, the same for all doors.
func (v *visit) signIn() (SignedIn, error) {
	former, err := v.former()
	if err != nil {
		return SignedIn{}, err
	}
	if v.assertion == nil {
		return v.anonymous(former)
	}
	if err := v.holdKey(); err != nil {
		return SignedIn{}, err
	}
	if err := v.useOnce(); err != nil {
		return SignedIn{}, err
	}
	person, err := v.resolve(former)
	if err != nil {
		return SignedIn{}, err
	}
	if err := v.admit(person, former); err != nil {
		return SignedIn{}, err
	}
	out := SignedIn{}
	if former.anonymous() && former.user.ID != person.user.ID {
		if out.Merge, err = merge(v.tx, v.joining(person, former), v.now); err != nil {
			return SignedIn{}, err
		}
		former.user = person.user // the client and its session moved with the history
	}
	if err := v.update(&person); err != nil {
		return SignedIn{}, err
	}
	out.User = person.user
	err = v.attach(&out, former)
	return out, err
}

// joining is what becomes of an anonymous history whose owner turns out to be known.
func (v *visit) joining(p person, former formerSession) joining {
	return joining{app: v.app.ID, merge: chat.Merge{Surviving: p.user.ID, Discarded: former.user.ID, DiscardedSeat: former.user.Seat, Reason: chat.MergedAtSignIn},
		actor: "user " + string(p.user.ID), detail: map[string]string{"reason": "sign-in"}, why: "upgrade"}
}

// formerSession is the live session that the caller presented, if any.
type formerSession struct {
	session chat.Session
	user    chat.User
	live    bool
}

// anonymous tells whether the caller brings a live anonymous history.
func (f formerSession) anonymous() bool { return f.live && f.session.Anonymous }

func (v *visit) former() (formerSession, error) {
	session, found, err := v.presented()
	if err != nil || !found || !session.Live(v.now) {
		if err == nil && v.in.Renews != nil {
			err = chat.SessionEnded()
		}
		return formerSession{}, err
	}
	load := v.tx.GetUser
	if session.Anonymous {
		load = v.tx.LockUser // its record is about to change or to go
	}
	user, err := load(v.app.ID, session.User)
	if err != nil {
		return formerSession{}, err
	}
	return formerSession{session: session, user: user, live: true}, nil
}

func (v *visit) presented() (chat.Session, bool, error) {
	switch {
	case v.in.Renews != nil:
		session, err := v.tx.GetSession(v.in.Renews.Client, v.in.Renews.ID)
		if chat.KindOf(err) == chat.NotFound {
			return session, false, nil
		}
		return session, true, err
	case v.in.Replaces != "":
		return v.tx.FindSession(v.app.ID, chat.HashToken(v.in.Replaces))
	}
	return chat.Session{}, false, nil
}

// anonymous renews a live anonymous session, or makes a person whom nobody vouches for.
func (v *visit) anonymous(former formerSession) (SignedIn, error) {
	out := SignedIn{User: former.user}
	if !former.anonymous() {
		if v.in.Refresh {
			return SignedIn{}, chat.SessionEnded()
		}
		user := chat.User{App: v.app.ID, Source: chat.SourceAnonymous}
		if err := create(v.tx, &user, v.now); err != nil {
			return SignedIn{}, err
		}
		out.User = user
	}
	err := v.attach(&out, former)
	return out, err
}

// holdKey looks at the key again, and keeps it from being revoked until the session stands: or a revocation between
// the judging of the token and now would miss the session (security rule 21).
func (v *visit) holdKey() error {
	if !v.assertion.ByToken() {
		return nil
	}
	held, err := v.tx.HoldKey(v.assertion.Key)
	if err == nil && !held {
		return chat.InvalidAuth(chat.ReasonKeyUnknown, "kid", "The key that signed this token is not in use in this app.",
			"Sign with a live key of this app.")
	}
	return err
}

// useOnce consumes a one-time code, in the transaction that makes its session (security rule 29).
func (v *visit) useOnce() error {
	if v.assertion.Door != chat.DoorCode || !v.app.Settings.OneTimeCodes {
		return nil
	}
	first, err := v.tx.UseCode(v.app.ID, v.assertion.Key, v.assertion.TokenID, v.assertion.ExpiresAt.Add(chat.Leeway))
	if err == nil && !first {
		err = chat.InvalidAuth(chat.ReasonTokenRevoked, "jti", "This one-time code was used before.",
			"Ask the site that gave you the link for a new one.")
	}
	return err
}

// admit refuses those who may not come in although their token is good.
func (v *visit) admit(p person, former formerSession) error {
	switch {
	case p.user.Blocked():
		return chat.Refuse("user_blocked", "This user is blocked in this app.")
	case !p.user.TokensValidAfter.IsZero() && v.assertion.IssuedAt.Before(p.user.TokensValidAfter):
		return chat.InvalidAuth(chat.ReasonTokenRevoked, "iat",
			"The user was signed out everywhere after this token was issued.", "Issue a fresh token with a current iat.")
	case v.in.AskFirst && former.live && !former.session.Anonymous && former.user.ID != p.user.ID:
		return &OtherPersonError{Current: former.user.Name(), Next: v.nameOf(p)}
	case v.in.Refresh && former.live && former.user.ID != p.user.ID:
		return chat.InvalidAuth(chat.ReasonClaimInvalid, subjectClaim(*v.assertion),
			"The fresh token names another person than the session that it renews.",
			"Return a token for the person who is signed in, or log out and log in as the other.")
	}
	return nil
}

// OtherPersonError is the answer to a credential for another person than the one who is signed in, where the caller wants
// to be asked first. Nothing has changed.
type OtherPersonError struct {
	Current, Next string // names as they are shown
}

func (*OtherPersonError) Error() string { return "another person is signed in" }

func (e *OtherPersonError) Unwrap() error {
	return &chat.Error{Kind: chat.Conflict, Code: "other_person",
		Message: "Somebody else is signed in here.", Cure: "Ask the person, and send confirm: true to go on as the person in the code."}
}

// nameOf is what a person is called who may be new here.
func (v *visit) nameOf(p person) string {
	user := p.user
	v.describe(&user)
	return user.Name()
}

// attach gives the person's client a fresh session token. The session that is replaced ends here, in the same
// transaction; a refresh keeps the session's id, so that the client's open sockets go on.
func (v *visit) attach(out *SignedIn, former formerSession) error {
	same := former.live && former.user.ID == out.User.ID
	client, fresh, err := v.client(out.User.ID, former, same)
	if err != nil {
		return err
	}
	out.Client, out.Token = client, v.token
	out.Session = v.session(out.User.ID, client.ID)
	if same && former.session.Anonymous == out.Session.Anonymous {
		out.Session.ID = former.session.ID
	}
	out.RenewAt = renewAt(v.assertion, out.Session, v.now)

	replaced, err := v.store(client, out.Session, fresh)
	if err != nil {
		return err
	}
	if replaced != "" && replaced != out.Session.ID {
		if err := appendEnded(v.tx, v.app.ID, out.User.ID, chat.EndedSessions{Session: replaced, Why: "replaced"}, v.now); err != nil {
			return err
		}
	}
	if former.live && !same {
		if _, err := v.tx.DeleteSession(former.session.Client, former.session.ID); err != nil {
			return err
		}
		return appendEnded(v.tx, v.app.ID, former.user.ID, chat.EndedSessions{Session: former.session.ID, Why: "switch"}, v.now)
	}
	return nil
}

// store stores the session, with its client if that is fresh, and returns the client's former one.
func (v *visit) store(client chat.Client, session chat.Session, fresh bool) (former chat.SessionID, err error) {
	if fresh {
		v.tx.Emit(chat.Event{Kind: chat.EventClientAdded, Trigger: chat.TriggerClientAdd, Reason: chat.ReasonSDKLogin, App: v.app.ID,
			User: client.User, Client: client.ID, At: v.now})
		return "", v.tx.InsertSignedIn(client, session)
	}
	return v.tx.ReplaceSession(session)
}

func (v *visit) session(user chat.UserID, client chat.ClientID) chat.Session {
	session := chat.Session{
		ID: chat.SessionID(chat.NewID(v.now)), Hash: chat.HashToken(v.token),
		App: v.app.ID, User: user, Client: client, LastUsedAt: v.now, CreatedAt: v.now,
	}
	if v.assertion == nil {
		session.Anonymous = true
		session.Assurance = chat.AssuranceAnonymous
		session.IdleFor, session.ExpiresAt = chat.AnonymousLifetime(v.now)
		return session
	}
	session.Key, session.Door, session.Assurance = v.assertion.Key, v.assertion.Door, v.assertion.Assurance()
	session.IdleFor, session.ExpiresAt = v.assertion.Lifetime(v.now)
	session.ExpiresAt = session.ExpiresAt.UTC().Truncate(time.Microsecond)
	return session
}

// renewAt is exp − min(60 s, a third of the remaining life) where the session ends with its token (security rule 24).
func renewAt(a *chat.Assertion, session chat.Session, now time.Time) time.Time {
	if a == nil || session.IdleFor > 0 {
		return time.Time{}
	}
	return session.ExpiresAt.Add(-min(time.Minute, session.ExpiresAt.Sub(now)/3))
}
