package auth

import (
	"strings"

	"github.com/parlorchat/parlor/internal/chat"
)

// readSDK reads the claims of Sunshine's SDK (contracts: Sunshine section 2.1): scope user with external_id, or the
// older appUser with userId. External ids find and create.
func readSDK(c claims, a *chat.Assertion) error {
	if err := readUserScope(c, a); err != nil {
		return err
	}
	name := sdkIDClaim(*a)
	id, err := readExternalID(c, name, name)
	if err != nil {
		return err
	}
	a.Subject, a.ExternalID = chat.SubjectExternalID, id

	// Zendesk's variant vouches for an address with email_verified; nothing less makes it an identity (rule 33).
	verified, _, _ := emailVerified(c)
	describeEmail(c, a, verified)
	a.Name = describe(c, a, "name", chat.MaxNamePart)
	if a.Name == "" {
		given, surname := describe(c, a, "givenName", chat.MaxNamePart), describe(c, a, "surname", chat.MaxNamePart)
		a.Name = strings.TrimSpace(given + " " + surname)
	}
	return nil
}

// readUserScope: a token for the REST API never signs a user in (rule 6).
func readUserScope(c claims, a *chat.Assertion) error {
	const cure = `Set scope to "user".`
	value, ok := c.find("scope")
	text, isString := value.Text()
	switch {
	case !ok:
		return claimInvalid("scope", "The token has no scope.", cure)
	case !isString:
		return claimInvalid("scope", "The claim scope is "+value.Kind()+"; it must be a string.", cure)
	}
	switch scope := string(text); scope {
	case "user":
		return nil
	case "appUser":
		a.Legacy = true
		return nil
	case string(chat.ScopeApp), string(chat.ScopeAccount), string(chat.ScopeIntegration):
		return claimInvalid("scope", "The token's scope is "+quote(scope)+": it is for calls of the REST API and signs no user in.",
			cure+" Never hand a token for the REST API to a browser.")
	default:
		return claimInvalid("scope", "The token's scope is "+quote(scope)+`; it must be "user".`, cure)
	}
}

func sdkIDClaim(a chat.Assertion) string {
	if a.Legacy {
		return "userId"
	}
	return "external_id"
}
