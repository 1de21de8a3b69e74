package inbox

import (
	"context"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// maxOfPerson is the most entries that come with a person.
const maxOfPerson = 50

// maxRatings is the most ratings that do.
const maxRatings = 3

// Person is what agents see of a user.
type Person struct {
	User    chat.User // with identities
	Clients []chat.Client
	Entries []store.InboxRow // of the newest conversations, newest activity first
	Ratings []chat.Rating    // the newest
}

// Person returns what is known of a user. NotFound.
func (s *Service) Person(ctx context.Context, p chat.Principal, id chat.UserID) (person Person, err error) {
	if err := admit(p); err != nil {
		return person, err
	}
	err = s.store.Read(ctx, func(tx store.Tx) (err error) {
		if person.User, err = tx.GetUser(p.App, id); err != nil {
			return err
		}
		if person.User.Identities, err = tx.ListIdentities(p.App, id); err != nil {
			return err
		}
		if person.Clients, err = tx.ListClients(p.App, id); err != nil {
			return err
		}
		if person.Ratings, err = tx.ListRatingsOfUser(p.App, id, maxRatings); err != nil {
			return err
		}
		if person.Entries, err = tx.ListInboxOfUser(p.App, id, maxOfPerson); err != nil {
			return err
		}
		return tx.FillOwnNumbers(p.Colleague().ID, person.Entries)
	})
	return person, err
}
