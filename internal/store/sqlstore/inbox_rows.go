package sqlstore

import (
	"cmp"
	"fmt"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// inboxRows reads entries with what a list shows of their conversations: all of a page in one statement, which looks each
// thing up by its primary key.
var inboxRows = fmt.Sprintf(`SELECT `+inboxColumns+`, COALESCE(a.name, ''), COALESCE(t.name, ''),
	c.type, c.document, c.last_number, c.change, c.business_read_number, c.business_read_at, c.last_message_at, c.created_at,
	COALESCE(m.number, 0), COALESCE(m.id, ''), COALESCE(m.change, 0), COALESCE(m.author_id, ''), COALESCE(w.external_id, ''),
	COALESCE(m.client_id, ''), COALESCE(m.client_message_id, ''), COALESCE(m.received_at, 0), COALESCE(m.document, ''),
	(SELECT count(*) FROM participants n WHERE n.conversation_id = c.id), COALESCE(p.read_number, 0),
	COALESCE(u.id, ''), COALESCE(u.number, 0), COALESCE(u.external_id, ''), COALESCE(u.source, ''), COALESCE(u.given_name, ''),
	COALESCE(u.surname, ''), COALESCE(u.email, ''), COALESCE(u.avatar_url, ''), COALESCE(u.locale, ''), COALESCE(u.seat, FALSE),
	COALESCE((SELECT x.document FROM messages x WHERE x.conversation_id = c.id AND x.author_id = u.id AND x.number > c.last_number - %[1]d
		ORDER BY x.number DESC LIMIT 1), ''),
	COALESCE((SELECT x.number FROM messages x WHERE x.conversation_id = c.id AND x.author_id <> '' AND x.number > c.last_number - %[1]d
		ORDER BY x.number DESC LIMIT 1), 0)
	FROM inbox i JOIN conversations c ON c.id = i.conversation_id
	LEFT JOIN agents a ON a.id = i.assignee
	LEFT JOIN teams t ON t.id = i.team
	LEFT JOIN messages m ON m.conversation_id = c.id AND m.number = (SELECT x.number FROM messages x
		WHERE x.conversation_id = c.id AND NOT x.deleted ORDER BY x.number DESC LIMIT 1)
	LEFT JOIN users w ON w.id = m.author_id
	LEFT JOIN participants p ON p.conversation_id = c.id AND p.ordinal = (SELECT MIN(x.ordinal) FROM participants x WHERE x.conversation_id = c.id)
	LEFT JOIN users u ON u.id = p.user_id`, store.MaxAssuranceAge)

func scanInboxRow(row scanner, r *store.InboxRow) error {
	var last, newest chat.Message
	c, u := &r.Conversation, &r.Person
	err := row.Scan(append(intoEntry(&r.Entry), &r.Entry.Assignee.Name, &r.Entry.Team.Name,
		(*string)(&c.Type), (*conversationValue)(c), &c.LastNumber, &c.Change, &c.BusinessReadNumber, (*timeValue)(&c.BusinessReadAt),
		(*timeValue)(&c.LastMessageAt), (*timeValue)(&c.CreatedAt),
		&last.Number, (*string)(&last.ID), &last.Change, (*string)(&last.Author.User), &last.Author.ExternalID,
		(*string)(&last.Origin.Client), &last.Origin.ClientMessageID, (*timeValue)(&last.Received), (*messageValue)(&last),
		&r.People, &r.ReadNumber,
		(*string)(&u.ID), &u.Number, &u.ExternalID, (*string)(&u.Source), &u.Profile.GivenName,
		&u.Profile.Surname, &u.Profile.Email, &u.Profile.AvatarURL, &u.Profile.Locale, &u.Seat,
		(*messageValue)(&newest), &r.UserNumber)...)
	c.App, c.ID, u.App = r.Entry.App, r.Entry.Conversation, r.Entry.App
	r.Assurance = cmp.Or(newest.Assurance, u.Assurance())
	if last.Number > 0 {
		last.App, last.Conversation = c.App, c.ID
		r.Last = &last
	}
	return err
}
