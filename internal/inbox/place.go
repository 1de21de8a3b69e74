package inbox

import (
	"strconv"
	"strings"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// place is where somebody stands in a thread. Before a part: message number and ordinal, neither of which is in it yet. After one: the
// number of the newest message, the change number of the conversation, and the newest ordinal.
type place []int64

func (p place) String() string {
	parts := make([]string, len(p))
	for i, n := range p {
		parts[i] = strconv.FormatInt(n, 10)
	}
	return strings.Join(parts, ".")
}

// readPlace reads what String wrote; "" is none.
func readPlace(field, text string, parts int) (place, error) {
	if text == "" {
		return nil, nil
	}
	var p place
	for part := range strings.SplitSeq(text, ".") {
		n, err := strconv.ParseInt(part, 10, 64)
		if err != nil || n < 0 || len(p) == parts {
			return nil, noThreadPlace(field)
		}
		p = append(p, n)
	}
	if len(p) != parts {
		return nil, noThreadPlace(field)
	}
	return p, nil
}

func noThreadPlace(field string) error {
	return chat.InvalidField(field, "is no cursor of a thread: use one of a newer answer, or none to begin anew")
}

// standing is the place after everything.
func standing(tx store.Tx, app chat.AppID, id chat.ConversationID) (place, error) {
	conversation, err := tx.GetConversation(app, id)
	if err != nil {
		return nil, err
	}
	entry, _, err := tx.FindInboxEntry(app, id)
	return place{conversation.LastNumber, conversation.Change, entry.LastOrdinal}, err
}
