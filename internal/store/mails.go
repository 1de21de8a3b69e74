package store

import (
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

// Mails remembers mail that is to be sent, and what mail was about. A mail goes with its app, its conversation and its user.
type Mails interface {
	// QueueMail stores a mail that waits. Where one of the same Cause waits already, that one stays, and its Comings move on.
	QueueMail(mail chat.Mail) error
	// ListDueMails returns mails of all apps that wait for no time after now and are nobody's, the first due first.
	ListDueMails(now time.Time, limit int) ([]chat.Mail, error)
	// LeaseMail gives a mail that is due to whoever has the lease until the time, and returns it, if it still is. The lease is a name that nobody had before.
	LeaseMail(id chat.MailID, lease string, now, until time.Time) (chat.Mail, bool, error)
	// PostponeMail has a mail that is nobody's wait until the time, and tells whether it did.
	PostponeMail(id chat.MailID, now, until time.Time) (bool, error)
	// FinishMail removes a mail that was leased, unless its cause came again since it was loaded; it tells whether it did.
	FinishMail(mail chat.Mail, lease string) (bool, error)
	// ReturnMail gives a mail back with its NextAt, Attempts, FailedAt and Reason, if it is still leased by it. One that failed has its id for a cause from then on.
	ReturnMail(mail chat.Mail, lease string) error
	// ListFailedMails returns those of an app that were given up, the newest first.
	ListFailedMails(app chat.AppID, limit int) ([]chat.Mail, error)
	// ForgetFailedMails removes, for all apps, what was given up before the time.
	ForgetFailedMails(before time.Time) error

	// MailedNumber is up to which message of a conversation a user, or who became part of them, was told by mail.
	MailedNumber(conversation chat.ConversationID, user chat.UserID) (int64, error)
	// SetMailedNumber moves it, forward only. Of a conversation or a user that is gone nothing is noted.
	SetMailedNumber(conversation chat.ConversationID, user chat.UserID, number int64) error

	// UnsubscribedAt is when the user, or who became part of them, said that they want no mail; zero: they did not.
	UnsubscribedAt(app chat.AppID, user chat.UserID) (time.Time, error)
	// Unsubscribe notes that the user wants no mail from a time on; NotFound.
	Unsubscribe(app chat.AppID, user chat.UserID, at time.Time) error
	// Resubscribe takes that back.
	Resubscribe(app chat.AppID, user chat.UserID) error

	// ListLongWaiting returns open entries of an app whose users have waited since the time or longer, and of whose waiting nobody was told, the longest first.
	ListLongWaiting(app chat.AppID, since time.Time, limit int) ([]chat.InboxEntry, error)
	// NoteWaiting notes that agents are told of the waiting of an entry, and tells with false that they had been before.
	NoteWaiting(entry chat.InboxEntry) (bool, error)
}
