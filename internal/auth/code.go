package auth

import (
	"strconv"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/strictjson"
)

// readCode reads the claims of an externalAuthCode (contracts: TypingMind section 2; design section 3, exact rule 1;
// security rule 12). A number in id decides alone; else email; both only find. Without them user.id finds or creates.
func readCode(c claims, a *chat.Assertion) error {
	user, hasUser, err := readUserObject(c)
	if err != nil {
		return err
	}
	id, hasID := c.find("id")
	_, hasEmail := c.find("email")
	switch {
	case hasID: // present but unusable is refused: it never falls through to the address
		if a.Number, err = readNumber(id); err != nil {
			return err
		}
		a.Subject = chat.SubjectNumber
		if hasEmail {
			warn(a, "the token has an id, so that its email is ignored")
		}
	case hasEmail:
		if err := readEmailIdentity(c, a); err != nil {
			return err
		}
		a.Subject = chat.SubjectEmail
	case !hasUser:
		return claimInvalid("user.id", "The token names nobody: it has no id, no email and no user.id.",
			`Sign {"user": {"id": "…"}} with your own id of the user.`)
	}
	if hasUser {
		return readUser(c, user, a)
	}
	return nil
}

func readUserObject(c claims) (user claims, present bool, err error) {
	value, ok := c.find("user")
	if !ok {
		return nil, false, nil
	}
	object, ok := value.Object()
	if !ok {
		return nil, false, claimInvalid("user", "The claim user is "+value.Kind()+"; it must be an object.",
			`Sign {"user": {"id": "…"}} with your own id of the user.`)
	}
	members, err := strictjson.Members(object, nil)
	return members, true, err
}

// readUser reads the object user. Beside id or email it must name that same person, which the directory checks.
func readUser(c, user claims, a *chat.Assertion) error {
	id, err := readExternalID(user, "id", "user.id")
	if err != nil {
		return err
	}
	if a.Subject == 0 {
		a.Subject, a.ExternalID = chat.SubjectExternalID, id
	} else {
		a.AlsoExternalID = id
	}
	if a.Subject != chat.SubjectEmail {
		describeEmail(user, a, !denied(c) && !denied(user))
	}
	a.Name = describe(user, a, "name", chat.MaxNamePart)
	describeMore(user, a, func(name string) bool {
		return name == "id" || name == "email" || name == "email_verified" || name == "name"
	})
	return nil
}

// denied: a signed address counts as verified unless email_verified is there and is not true (rule 33).
func denied(c claims) bool {
	verified, _, present := emailVerified(c)
	return present && !verified
}

// readNumber reads the id that our API shows as number: a whole number within 2^53, or the same as a string of digits.
func readNumber(v strictjson.Value) (int64, error) {
	const most = 1 << 53
	text, quoted := v.Text()
	if !quoted && v.IsNumber() {
		text = v.Raw()
	}
	number, err := strconv.ParseInt(string(text), 10, 64)
	if err != nil || !allDigits(text) || text[0] == '0' || number > most {
		return 0, claimInvalid("id", "The claim id is "+v.Kind()+" that is no id of this chat; it must be the whole number that the API shows as number.",
			"To sign people in by your own id, put it into user.id, as a string.")
	}
	return number, nil
}
