package mail

import (
	"context"
	"errors"
	"fmt"

	gomail "github.com/wneessen/go-mail"
)

// Letter is a mail that somebody else keeps until it is sent.
type Letter struct {
	ID          string // the same each time that it is sent, by which mail programs know it again
	To, Subject string
	Text, HTML  string // the same in both forms; no HTML: plain text alone
	Unsubscribe string // the address that ends mail of this kind by one POST (RFC 8058); empty: there is none
}

// Refusal is why a letter was not taken, in words that may be shown: the recipient is not among them.
type Refusal struct {
	Words string
	Final bool // the mail server will not take it another time either
	err   error
}

func (r *Refusal) Error() string { return r.Words }
func (r *Refusal) Unwrap() error { return r.err }

// Send hands a letter to the mail server and waits until it was taken. Its error is a *Refusal.
func (s *Sender) Send(ctx context.Context, letter Letter) error {
	message := gomail.NewMsg()
	if err := errors.Join(message.From(s.from), message.To(letter.To)); err != nil {
		return &Refusal{Words: "Mail cannot be sent to the address.", Final: true, err: err}
	}
	message.Subject(letter.Subject)
	message.SetDate()
	message.SetMessageIDWithValue(letter.ID + "@" + s.domain)
	// Programs that answer mail by themselves leave it alone (RFC 3834 section 5).
	message.SetGenHeader("Auto-Submitted", "auto-generated")
	if letter.Unsubscribe != "" {
		message.SetGenHeader(gomail.HeaderListUnsubscribe, "<"+letter.Unsubscribe+">")
		message.SetGenHeader(gomail.HeaderListUnsubscribePost, "List-Unsubscribe=One-Click")
	}
	message.SetBodyString(gomail.TypeTextPlain, letter.Text)
	if letter.HTML != "" {
		message.AddAlternativeString(gomail.TypeTextHTML, letter.HTML)
	}
	err := s.client.DialAndSendWithContext(ctx, message)
	if err == nil {
		return nil
	}
	return &Refusal{Words: wordsOf(err), Final: isFinal(err), err: err}
}

// wordsOf says what the mail server answered, without what it said of the recipient (security rule 56).
func wordsOf(err error) string {
	refusal, ok := errors.AsType[*gomail.SendError](err)
	switch {
	case !ok:
		return "The mail server cannot be reached, or does not let this server in."
	case refusal.ErrorCode() > 0:
		return fmt.Sprintf("The mail server answered %d (%s).", refusal.ErrorCode(), refusal.Reason)
	}
	return fmt.Sprintf("The mail server did not take it (%s).", refusal.Reason)
}

// From is the address that mail comes from, as it is written.
func (s *Sender) From() string { return s.from }
