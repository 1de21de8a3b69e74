package auth

import (
	"fmt"
	"unicode/utf8"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/strictjson"
)

// door is what differs between the doors.
type door struct {
	needsKid bool   // the documented tokens name their key
	scope    string // that the documented tokens have; empty: none. Mint fills it in
	// read is the parser of claims: it writes down who the token says it is, or refuses.
	read func(claims, *chat.Assertion) error
	// idClaim names the claim that the argument of login is compared with; nil: this door's login has no such argument.
	idClaim func(chat.Assertion) string
}

var doors = map[chat.Door]*door{
	chat.DoorSDK:  {needsKid: true, scope: "user", read: readSDK, idClaim: sdkIDClaim},
	chat.DoorJSM:  {read: readJSM},
	chat.DoorCode: {read: readCode},
}

// The rules below are common to the doors. A claim that tells who somebody is must be right; one that only describes
// never refuses a sign-in: it is left out, with a warning.

// readExternalID reads a claim that must be an external id (security rule 13).
func readExternalID(c claims, name, path string) (string, error) {
	value, ok := c.find(name)
	if !ok {
		return "", claimInvalid(path, "The token has no "+path+", which names the user.", "Add "+path+", a string: your own id of the user.")
	}
	id, isString := value.String()
	switch {
	case value.IsNumber():
		return "", claimInvalid(path, "The claim "+path+" is a number; it must be a string.", "Write the id as a string, as in String(user.id).")
	case !isString:
		return "", claimInvalid(path, "The claim "+path+" is "+value.Kind()+"; it must be a string.", "Set "+path+" to your own id of the user.")
	}
	if problem := chat.CheckExternalID(id); problem != "" {
		return "", claimInvalid(path, "The claim "+path+" "+problem+".", "Use the id that your own system has for the user.")
	}
	return id, nil
}

// readEmailIdentity reads an address by which the person is found: it must be one, and the signer must vouch for it
// (security rules 33 and 35).
func readEmailIdentity(c claims, a *chat.Assertion) error {
	value, _ := c.find("email")
	written, isString := value.String()
	normal, ok := chat.NormalEmail(written)
	switch {
	case !isString:
		return claimInvalid("email", "The claim email is "+value.Kind()+"; it must be a string.", "Set email to the user's address.")
	case !ok:
		return claimInvalid("email", "The claim email holds no address that can name a person.",
			"Use a bare ASCII address of at most 254 characters, its domain in A-labels (xn--).")
	}
	switch verified, isBool, present := emailVerified(c); {
	case present && !isBool:
		return claimInvalid("email_verified", "The claim email_verified must be true or false.", "Set it to true once the address is verified, or leave it out.")
	case present && !verified:
		return claimInvalid("email_verified", "The token says that its address is not verified, so it names nobody.",
			"Verify the address before you sign it, or name the user by your own id.")
	}
	a.Email, a.EmailAsWritten, a.EmailVerified = normal, written, true
	return nil
}

// emailVerified is the claim of OpenID Connect Core 1.0 section 5.1.
func emailVerified(c claims) (verified, isBool, present bool) {
	value, present := c.find("email_verified")
	verified, isBool = value.Bool()
	return verified, isBool, present
}

// describeEmail reads an address that only describes: what is no identity stays as text, unverified.
func describeEmail(c claims, a *chat.Assertion, verified bool) {
	written := describe(c, a, "email", chat.MaxProfileURL)
	if written == "" {
		return
	}
	normal, ok := chat.NormalEmail(written)
	if !ok {
		warn(a, "the claim email holds no address that can be an identity; it is kept as text")
	}
	a.EmailAsWritten, a.Email, a.EmailVerified = written, normal, verified && ok
}

// describe reads a claim that should be a short string, and returns "" where it is absent, null or something else.
func describe(c claims, a *chat.Assertion, name string, most int) string {
	value, ok := c.find(name)
	if !ok || value.IsNull() {
		return ""
	}
	text, isString := value.String()
	switch {
	case !isString:
		warn(a, fmt.Sprintf("the claim %s is %s, not a string; it is left out", name, value.Kind()))
		return ""
	case utf8.RuneCountInString(text) > most:
		warn(a, fmt.Sprintf("the claim %s has more than %d characters; the rest is left out", name, most))
		return string([]rune(text)[:most])
	}
	return text
}

// describeMore collects claims that describe the person: scalars, as many as chat.MaxMetadata has room for.
func describeMore(c claims, a *chat.Assertion, except func(name string) bool) {
	size := 0
	for i := range c {
		name := string(c[i].Name)
		if except(name) {
			continue
		}
		value, bytes, ok := scalar(c[i].Value)
		switch size += len(name) + bytes; {
		case name == "" || !ok:
			warn(a, "the claim "+quote(name)+" is "+c[i].Value.Kind()+"; only strings, numbers, true and false are kept")
			size -= len(name) + bytes
		case size > chat.MaxMetadata:
			warn(a, fmt.Sprintf("the claim %s and those after it are left out: more than %d bytes", quote(name), chat.MaxMetadata))
			return
		default:
			if a.Attributes == nil {
				a.Attributes = chat.Metadata{}
			}
			a.Attributes[name] = value
		}
	}
}

// scalar returns the value as chat.Metadata holds it, and how much room it takes there.
func scalar(v strictjson.Value) (value any, bytes int, ok bool) {
	if text, ok := v.String(); ok {
		return text, len(text), true
	}
	if number, ok := v.Float(); ok {
		return number, 8, true
	}
	if truth, ok := v.Bool(); ok {
		return truth, 1, true
	}
	return nil, 0, false
}

func warn(a *chat.Assertion, warning string) { a.Warnings = append(a.Warnings, warning) }
