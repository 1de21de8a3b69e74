package auth

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"iter"
	"strings"

	"github.com/parlorchat/parlor/internal/chat"
)

// hint is what only people who may see keys are told about a failure: it draws on the keys of the whole server, so it
// never goes to the sender of a token.
type hint struct{ detail, cure string }

func (e *examination) hint(check string) (hint, error) {
	switch check {
	case "key":
		return e.hintKey()
	case "signature":
		return e.hintSignature()
	}
	return hint{}, nil
}

// hintKey says what "unknown" means this time.
func (e *examination) hintKey() (hint, error) {
	use := e.asserts.Door.Use()
	usable, err := e.keys.ofUse(e.ctx, e.app, use, e.now)
	if err != nil {
		return hint{}, err
	}
	choice := hint{
		detail: fmt.Sprintf("This app has no live key for the use %s.", use),
		cure:   fmt.Sprintf("Make one: parlor key create --app %s --use %s", e.app, use),
	}
	if ids := liveIDs(usable, e.now); len(ids) > 0 {
		choice = hint{detail: fmt.Sprintf("Live keys for the use %s are: %v.", use, ids), cure: "Sign with one of them, and name it as kid."}
	}
	if !e.token.hasKid {
		return choice, nil
	}
	key, err := e.keys.find(e.ctx, chat.KeyID(e.token.kid), e.now)
	if err != nil {
		return hint{}, err
	}
	return hint{detail: e.whyUnusable(key, use) + " " + choice.detail, cure: choice.cure}, nil
}

func (e *examination) whyUnusable(key *signingKey, use chat.Use) string {
	switch {
	case key == nil:
		return "There is no key of that id on this server."
	case key.App == "":
		return "It is an account key, which signs no users in."
	case key.App != e.app:
		return fmt.Sprintf("It belongs to the app %s.", key.App)
	case !key.RevokedAt.IsZero():
		return "It was revoked at " + stamp(key.RevokedAt) + "."
	case !key.NotAfter.IsZero() && !e.now.Before(key.NotAfter):
		return "It ended at " + stamp(key.NotAfter) + ", after a rotation."
	case e.now.Before(key.NotBefore):
		return "It is good only from " + stamp(key.NotBefore) + " on."
	default:
		return fmt.Sprintf("It is good for %v, not for %s.", key.Uses, use)
	}
}

// hintSignature tries the usual mistakes.
func (e *examination) hintSignature() (hint, error) {
	method := methods[e.token.alg]
	signedWith := func(secret []byte) bool {
		return len(secret) > 0 && method.Verify(e.token.signed, e.token.signature, secret) == nil
	}
	for _, key := range e.candidates {
		for mistake, secret := range misread(key.secret.([]byte)) {
			if signedWith(secret) {
				return hint{
					detail: fmt.Sprintf("It does match key %s %s.", key.ID, mistake),
					cure:   "Use the secret as text, exactly as it was shown: no decoding, no quotes, no line break.",
				}, nil
			}
		}
	}
	siblings, err := e.keys.ofApp(e.ctx, e.app, e.now)
	if err != nil {
		return hint{}, err
	}
	for _, key := range siblings {
		if signedWith(key.secret.([]byte)) {
			return hint{
				detail: fmt.Sprintf("It was made with the secret of key %s of this app, whose uses are %v.", key.ID, key.Uses),
				cure:   "Take kid and secret from the same key, one that has the use of this door.",
			}, nil
		}
	}
	return hint{}, nil
}

// misread yields what becomes of a secret that is decoded or copied wrongly, with words for it. Some signing libraries
// decode secrets that look like hex or base64 without being asked.
func misread(secret []byte) iter.Seq2[string, []byte] {
	text := string(secret)
	return func(yield func(string, []byte) bool) {
		decoded := func(b []byte, err error) []byte {
			if err != nil {
				return nil
			}
			return b
		}
		trimmed := strings.TrimRight(text, "=")
		for _, form := range []struct {
			words string
			bytes []byte
		}{
			{"decoded from base64url", decoded(base64.RawURLEncoding.DecodeString(trimmed))},
			{"decoded from base64", decoded(base64.RawStdEncoding.DecodeString(trimmed))},
			{"decoded from hex", decoded(hex.DecodeString(text))},
			{"encoded to base64", []byte(base64.StdEncoding.EncodeToString(secret))},
			{"with a line feed at its end", []byte(text + "\n")},
			{"with CR and LF at its end", []byte(text + "\r\n")},
			{"with a space at its end", []byte(text + " ")},
			{"without the white space around it", []byte(strings.TrimSpace(text))},
			{"within double quotes", []byte(`"` + text + `"`)},
			{"within single quotes", []byte("'" + text + "'")},
			{"in lower case", []byte(strings.ToLower(text))},
		} {
			if !yield(form.words, form.bytes) {
				return
			}
		}
	}
}
