package inbox

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// writeCursor is the place of an entry in a view.
func writeCursor(view store.InboxView, e chat.InboxEntry) string {
	return writePlace(string(view), view.PlaceIn(e))
}

// writePlace is a place in a list: the list, microseconds and the conversation, in base64 to say that it is not to be read.
func writePlace(list string, place store.InboxPlace) string {
	return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%s.%d.%s", list, place.At.UnixMicro(), place.Conversation))
}

// readCursor reads what was written for the list; "" is the place before the first entry.
func readCursor[List ~string](list List, cursor string) (place store.InboxPlace, err error) {
	if cursor == "" {
		return place, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	parts := strings.Split(string(raw), ".")
	if err != nil || len(parts) != 3 || parts[0] != string(list) || !chat.IsID(parts[2]) {
		return place, noPlace()
	}
	micros, err := strconv.ParseInt(parts[1], 10, 64)
	if err != nil {
		return place, noPlace()
	}
	return store.InboxPlace{At: time.UnixMicro(micros).UTC(), Conversation: chat.ConversationID(parts[2])}, nil
}

func noPlace() error {
	return chat.InvalidField("cursor", "is no cursor of this list: use one of a newer answer, or none to begin anew")
}
