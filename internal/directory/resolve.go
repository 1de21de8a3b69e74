package directory

import (
	"maps"
	"strings"

	"github.com/parlorchat/parlor/internal/chat"
)

// person is whom an assertion names.
type person struct {
	user     chat.User
	identity *chat.Identity // to be given to the user: a signed address that nobody owns
	changed  bool           // the record differs from what is stored
}

// resolve finds or makes the person by the rule of the door (design §3, table and rules 1 and 3).
func (v *visit) resolve(former formerSession) (person, error) {
	switch v.assertion.Subject {
	case chat.SubjectExternalID:
		return v.byExternalID(former)
	case chat.SubjectNumber:
		user, found, err := v.tx.FindUserByNumber(v.app.ID, v.assertion.Number)
		return v.onlyFound(user, found, err)
	default:
		return v.byEmail(former)
	}
}

// byExternalID finds or makes the user with the integrator's own id.
func (v *visit) byExternalID(former formerSession) (person, error) {
	user, found, err := v.tx.FindUserByExternalID(v.app.ID, v.assertion.ExternalID)
	if err != nil {
		return person{}, err
	}
	if found {
		identity, _, err := v.address(user.ID)
		return person{user: user, identity: identity}, err
	}
	if taken, err := isInternalID(v.tx, v.app.ID, v.assertion.ExternalID); err != nil {
		return person{}, err
	} else if taken {
		return person{}, chat.InvalidAuth(chat.ReasonClaimInvalid, subjectClaim(*v.assertion),
			"This external id is the internal id of another user of the app.", "Use an id of your own for the user.")
	}
	identity, owner, err := v.address("")
	if err != nil {
		return person{}, err
	}
	if v.mayJoin(owner) {
		owner.ExternalID = v.assertion.ExternalID
		return person{user: *owner, changed: true}, nil
	}
	made, err := v.identify(former, v.assertion.ExternalID)
	if err != nil {
		return person{}, err
	}
	if owner != nil {
		err = v.recordConflict(made.user.ID, owner.ID)
	}
	made.identity = identity
	return made, err
}

// mayJoin tells whether a new user.id of the code door belongs to the person who owns the signed address already.
func (v *visit) mayJoin(owner *chat.User) bool {
	return owner != nil && v.assertion.Door == chat.DoorCode && v.app.Settings.LinkByEmail && owner.ExternalID == ""
}

// byEmail finds the owner of a verified address; the jsm door and a proven address make one, the code door only finds.
func (v *visit) byEmail(former formerSession) (person, error) {
	user, found, err := v.tx.FindUserByIdentity(v.app.ID, chat.IdentityEmail, v.assertion.Email)
	if err != nil || found || !v.makesByEmail() {
		return v.onlyFound(user, found, err)
	}
	made, err := v.identify(former, "")
	made.identity = v.identity()
	return made, err
}

func (v *visit) makesByEmail() bool {
	if v.assertion.ByToken() {
		return v.assertion.Door == chat.DoorJSM
	}
	return v.app.Settings.EmailLogin == chat.EmailLoginOn
}

// onlyFound is for subjects that never make anybody, and checks a user.id beside them.
func (v *visit) onlyFound(user chat.User, found bool, err error) (person, error) {
	switch {
	case err != nil:
		return person{}, err
	case !found:
		return person{}, &chat.Error{Kind: chat.NotFound, Code: "user_not_found", Field: subjectClaim(*v.assertion),
			Message: "No user of this app has the " + subjectClaim(*v.assertion) + " in this token, and this form of token only finds people.",
			Cure:    `Use {"user":{"id":"…"}} to create the user at the first visit, or make the user first.`}
	case v.assertion.AlsoExternalID != "" && v.assertion.AlsoExternalID != user.ExternalID:
		return person{}, chat.InvalidAuth(chat.ReasonClaimInvalid, "user.id",
			"The user.id in this token is not the external id of the person that "+subjectClaim(*v.assertion)+" names.",
			"Send one of the two, or the pair that belongs together.")
	}
	return person{user: user}, nil
}

// identify makes an identified user, of the caller's live anonymous record if there is one, and takes a seat.
func (v *visit) identify(former formerSession, externalID string) (person, error) {
	if former.anonymous() && !former.user.Seat {
		user := former.user
		user.ExternalID = externalID
		err := becomeIdentified(v.tx, &user, v.assertion.Source(), v.now)
		return person{user: user, changed: true}, err
	}
	user := chat.User{App: v.app.ID, Source: v.assertion.Source(), ExternalID: externalID, Seat: true}
	v.describe(&user)
	err := create(v.tx, &user, v.now)
	return person{user: user}, err
}

// address returns the identity that the signed address would become for a user, or who owns the address already.
// For a user who is known, a conflict is recorded here and nothing moves (security rule 34).
func (v *visit) address(user chat.UserID) (*chat.Identity, *chat.User, error) {
	a := v.assertion
	if a.Email == "" || !a.EmailVerified {
		return nil, nil, nil
	}
	owner, found, err := v.tx.FindUserByIdentity(v.app.ID, chat.IdentityEmail, a.Email)
	switch {
	case err != nil:
		return nil, nil, err
	case !found:
		return v.identity(), nil, nil
	case owner.ID == user:
		return nil, nil, nil
	case user != "":
		return nil, nil, v.recordConflict(user, owner.ID)
	}
	return nil, &owner, nil
}

func (v *visit) recordConflict(user, owner chat.UserID) error {
	return recordConflict(v.tx, chat.IdentityConflict{App: v.app.ID, User: user, Owner: owner, Value: v.assertion.Email,
		Door: v.assertion.Door, Key: v.assertion.Key, CreatedAt: v.now})
}

func (v *visit) identity() *chat.Identity {
	by := chat.VerifiedByMail
	if v.assertion.ByToken() {
		by = chat.VerifiedByToken
	}
	return &chat.Identity{Kind: chat.IdentityEmail, Value: v.assertion.Email, Written: v.assertion.EmailAsWritten,
		VerifiedBy: by, CreatedAt: v.now}
}

// update brings the record up to date with what the token says, and writes it only if that is news.
func (v *visit) update(p *person) error {
	if p.identity != nil {
		if err := v.tx.InsertIdentity(v.app.ID, p.user.ID, *p.identity); err != nil {
			return err
		}
	}
	if !v.describe(&p.user) && !p.changed {
		if v.now.Sub(p.user.LastSeenAt) < touchEvery {
			return nil
		}
		p.user.LastSeenAt = v.now
		return v.tx.TouchUser(p.user)
	}
	p.user.LastSeenAt = v.now
	if err := v.tx.UpdateUser(&p.user); err != nil {
		return err
	}
	return v.tx.AppendEvent(&chat.Event{Kind: chat.EventUserUpdated, Trigger: chat.TriggerUserUpdate,
		Reason: chat.ReasonAuthentication, App: v.app.ID, User: p.user.ID, At: v.now})
}

// describe sets name, address and attributes as signed, and tells whether that changed anything. A signed address is
// shown in the profile where it is empty; that is no claim on the identity.
func (v *visit) describe(user *chat.User) bool {
	a, changed := v.assertion, false
	if full := strings.TrimSpace(user.Profile.GivenName + " " + user.Profile.Surname); a.Name != "" && a.Name != full {
		user.Profile.GivenName, user.Profile.Surname, changed = a.Name, "", true
	}
	if user.Profile.Email == "" && a.EmailAsWritten != "" {
		user.Profile.Email, changed = a.EmailAsWritten, true
	}
	if len(a.Attributes) > 0 && !maps.Equal(a.Attributes, user.Attributes) {
		user.Attributes, changed = a.Attributes, true
	}
	return changed
}

// subjectClaim is the claim that names the person in a token of this form.
func subjectClaim(a chat.Assertion) string {
	switch {
	case a.Subject == chat.SubjectNumber:
		return "id"
	case a.Subject == chat.SubjectEmail:
		return "email"
	case a.Door == chat.DoorCode:
		return "user.id"
	case a.Legacy:
		return "userId"
	}
	return "external_id"
}
