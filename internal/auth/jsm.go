package auth

import "github.com/parlorchat/parlor/internal/chat"

// readJSM reads the claims of Chat for JSM (contracts: Chat for JSM section 2): the e-mail address is the identity and
// creates the person, displayName is the name.
func readJSM(c claims, a *chat.Assertion) error {
	if _, ok := c.find("email"); !ok {
		return claimInvalid("email", "The token has no email, which names the user.", "Add email, the user's verified address.")
	}
	if err := readEmailIdentity(c, a); err != nil {
		return err
	}
	a.Subject = chat.SubjectEmail
	a.Name = describe(c, a, "displayName", chat.MaxNamePart)
	return nil
}
