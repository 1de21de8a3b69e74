package store

import (
	"encoding/base64"
	"encoding/hex"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

// ConversationCursor is the place of a conversation in the list of a user at this moment. The conversation moves with each
// message; the cursor stays where it was, so that a list that is read page by page neither jumps nor repeats. It names no
// user, and is good for the list of any: all that it says is where to go on.
//
// It is seven bytes of microseconds and the first eleven bytes of the id, in base64: 24 characters, which is what programs
// expect of a cursor. The byte of the id that is left out is missed only among conversations of one user that were active
// in the same microsecond, made in the same second, and drew the same 56 random bits.
func ConversationCursor(c chat.Conversation) string {
	var place [timeBytes + idBytes]byte
	for i, micros := timeBytes-1, uint64(c.LastUpdatedAt().UnixMicro()); i >= 0; i-- {
		place[i] = byte(micros)
		micros >>= 8
	}
	id, _ := hex.DecodeString(string(c.ID)) // as far as it is hex: every id is
	copy(place[timeBytes:], id)
	return base64.RawURLEncoding.EncodeToString(place[:])
}

const (
	timeBytes = 7
	idBytes   = 11
)

// ConversationPlace is what ConversationCursor wrote: those before it in the list were active later, or at the same time with
// an id that is greater than any that begins like this.
type ConversationPlace struct {
	ActiveAt time.Time
	ID       string // its beginning
}

// beyondTime is the first byte of times from the year 2897 on. With those before it a cursor begins with a capital letter, as
// no id does.
const beyondTime = 26 << 2

// ParseConversationCursor reads what ConversationCursor wrote.
func ParseConversationCursor(cursor string) (ConversationPlace, bool) {
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil || len(raw) != timeBytes+idBytes || raw[0] >= beyondTime {
		return ConversationPlace{}, false
	}
	var micros int64
	for _, b := range raw[:timeBytes] {
		micros = micros<<8 | int64(b)
	}
	return ConversationPlace{ActiveAt: time.UnixMicro(micros).UTC(), ID: hex.EncodeToString(raw[timeBytes:])}, true
}
