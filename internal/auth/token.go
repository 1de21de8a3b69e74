package auth

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"strings"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/strictjson"
)

// Limits of tokens (security rule 2).
const (
	maxToken  = 16 << 10 // bytes; an external id of 1024 characters fits
	maxHeader = 1 << 10  // bytes of the decoded header
)

// token is the compact form of a JWS (RFC 7515 section 3.1), taken apart.
type token struct {
	signed    string // header and payload as they were signed
	header    []byte
	payload   []byte
	signature []byte
	alg       string
	kid       string
	hasKid    bool
}

const cureCompact = "Send the text that the signing library returned, as it is: three parts of base64url with two dots."

// checkSize is rule 2: longer texts are not even looked at.
func checkSize(text string) error {
	switch {
	case text == "":
		return malformed("", "The token is empty.", cureCompact)
	case len(text) > maxToken:
		return malformed("", fmt.Sprintf("The token has %d bytes; at most %d are taken.", len(text), maxToken),
			"Put less into the token: who the user is, and little else.")
	}
	return nil
}

// checkParts counts the dots before anything is split (CVE-2025-30204).
func checkParts(text string) error {
	parts := strings.Count(text, ".") + 1
	switch {
	case parts == 3:
		return nil
	case strings.HasPrefix(strings.TrimLeft(text, " \t\r\n"), "{"):
		return malformed("", "The token is JSON; the compact form is wanted.", cureCompact)
	case parts == 5:
		return malformed("", "The token has five parts: it is encrypted (JWE). A signed token (JWS) is wanted.",
			"Sign the claims with HS256 and do not encrypt them.")
	default:
		return malformed("", fmt.Sprintf("The token has %d parts; a signed token has three.", parts), cureCompact)
	}
}

// decode takes a token of three parts out of base64url.
func (t *token) decode(text string) error {
	first, last := strings.IndexByte(text, '.'), strings.LastIndexByte(text, '.')
	t.signed = text[:last]
	source, room := []byte(text), make([]byte, 0, base64.RawURLEncoding.DecodedLen(len(text)))
	for _, part := range []struct {
		name    string
		encoded []byte
		into    *[]byte
	}{
		{"header", source[:first], &t.header},
		{"payload", source[first+1 : last], &t.payload},
		{"signature", source[last+1:], &t.signature},
	} {
		start := len(room)
		var err error
		if room, err = appendCanonical(room, part.encoded); err != nil {
			return malformed("", fmt.Sprintf("The token's %s is not unpadded base64url%s.", part.name, whyNotBase64(text)), cureCompact)
		}
		*part.into = room[start:len(room):len(room)]
	}
	if len(t.header) > maxHeader {
		return malformed("", fmt.Sprintf("The token's header has %d bytes; at most %d are taken.", len(t.header), maxHeader),
			"Leave certificates and key sets out of the header: alg, typ and kid are enough.")
	}
	return nil
}

// appendCanonical decodes a text if it is the one spelling of its bytes (RFC 7515 section 2): no padding, no stray bits
// in the last character, which Strict refuses, and no line breaks, which Go's decoder skips even then.
func appendCanonical(to, encoded []byte) ([]byte, error) {
	if bytes.IndexByte(encoded, '\n') >= 0 || bytes.IndexByte(encoded, '\r') >= 0 {
		return nil, base64.CorruptInputError(0)
	}
	return canonical.AppendDecode(to, encoded)
}

var canonical = base64.RawURLEncoding.Strict()

// whyNotBase64 recognises common mistakes by the text around or in the token.
func whyNotBase64(text string) string {
	switch {
	case strings.HasPrefix(text, "Bearer ") || strings.HasPrefix(text, "bearer "):
		return `: the text begins with "Bearer ", which belongs to an HTTP header and not to the token`
	case strings.ContainsAny(text, `"'`):
		return ": there are quotation marks around or in it"
	case strings.TrimSpace(text) != text:
		return ": there is white space before or after it"
	case strings.ContainsAny(text, " \t\r\n"):
		return ": there is white space in it"
	case strings.ContainsAny(text, "+/"):
		return ": it is plain base64, with + and / in place of - and _"
	case strings.Contains(text, "="):
		return ": it is padded with ="
	case strings.Contains(text, "%"):
		return ": it is percent-encoded"
	}
	return ""
}

// readHeader reads the header (rules 4, 5 and 7). Headers that it does not know are ignored, and so are jwk, jku, x5u
// and x5c: keys come from the store alone.
func (t *token) readHeader() error {
	var room [8]strictjson.Member
	members, err := strictjson.Members(t.header, room[:0])
	if err != nil {
		return malformed("", "The token's header is not acceptable JSON: "+err.Error()+".",
			"Let a JWT library write the header.")
	}
	var alg *strictjson.Value
	for i := range members {
		value := &members[i].Value
		switch name := string(members[i].Name); name {
		case "alg":
			alg = value
		case "kid":
			kid, ok := value.String()
			if !ok || kid == "" {
				return malformed("kid", "The header's kid is "+value.Kind()+emptily(ok)+"; it must be a string, the id of the key.", cureKid)
			}
			t.kid, t.hasKid = kid, true
		case "typ":
			if typ, ok := value.Text(); !ok || !isJWT(typ) {
				return malformed("typ", `The header's typ is not "JWT".`, `Leave typ out or set it to "JWT".`)
			}
		case "cty": // nested tokens: RFC 7519 section 5.2
			if cty, ok := value.Text(); !ok || isJWT(bytes.TrimPrefix(bytes.ToLower(cty), []byte("application/"))) {
				return malformed("cty", "The token holds another token (cty).", "Sign the claims themselves.")
			}
		case "crit", "b64", "zip", "enc": // RFC 7515 section 4.1.11, RFC 7797, RFC 7516: extensions that change what is signed
			return malformed(name, "The header has "+name+", an extension that is not taken here.", "Leave "+name+" out of the header.")
		}
	}
	return t.readAlg(alg)
}

const (
	cureKid = "Put the id of the key (it begins with app_) into the header as kid."
	cureAlg = `Sign with the secret of the key and the algorithm "HS256".`
)

func (t *token) readAlg(value *strictjson.Value) error {
	if value == nil {
		return malformed("alg", "The header names no algorithm (alg).", cureAlg)
	}
	alg, ok := value.Text()
	method := methods[string(alg)]
	switch {
	case !ok:
		return malformed("alg", "The header's alg is "+value.Kind()+"; it must be a string.", cureAlg)
	case method != nil:
		t.alg = method.Alg()
		return nil
	case strings.EqualFold(string(alg), "none"):
		return malformed("alg", "The token is not signed (alg none).", cureAlg)
	default:
		return malformed("alg", "The header names the algorithm "+quote(string(alg))+"; the keys of this server sign with HS256.", cureAlg)
	}
}

func emptily(empty bool) string {
	if empty {
		return " that is empty"
	}
	return ""
}

// isJWT compares without regard to ASCII case, as media types are compared (RFC 7515 section 4.1.9).
func isJWT(typ []byte) bool { return bytes.EqualFold(typ, []byte("JWT")) }

// quote shows a piece of a token in a sentence: short, in one line.
func quote(s string) string {
	const most = 48
	if len(s) > most {
		s = strings.ToValidUTF8(s[:most], "") + "…"
	}
	return fmt.Sprintf("%q", s)
}

func malformed(header, message, cure string) error {
	return chat.InvalidAuth(chat.ReasonMalformed, header, message, cure)
}
