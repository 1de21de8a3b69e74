package messaging

import (
	gosync "sync" // this package has a sync of its own
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

// What webhooks are told of typing: to queue it is a synced write, and who types may say so twenty times a second.
const (
	typingToldEvery = 5 * time.Second
	maxTypists      = 10_000 // whom this process remembers; of more at once webhooks are not told
)

// typists remembers who typed lately, so that webhooks are told of it seldom. It is safe for concurrent use; the zero value
// remembers nobody.
type typists struct {
	mu     gosync.Mutex
	lately map[typist]toldTyping
	tidied time.Time
}

// typist is somebody in a conversation.
type typist struct {
	conversation chat.ConversationID
	user         chat.UserID
	name         string // of one of the company, who are no users
}

// toldTyping is what webhooks were told last.
type toldTyping struct {
	active  bool
	at      time.Time
	started time.Time // the last time that it was a start
}

// tell tells whether webhooks are to hear of it, and remembers that they did: of a start every few seconds, and of the stop
// that follows one. Of starts and stops in turns they hear no more often.
func (t *typists) tell(who typist, active bool, now time.Time) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	last, known := t.lately[who]
	switch {
	case !known && !t.hasRoom(now):
		return false
	case active && now.Sub(last.started) < typingToldEvery:
		return false
	case !active && !last.active && now.Sub(last.at) < typingToldEvery:
		return false
	}
	last.active, last.at = active, now
	if active {
		last.started = now
	}
	t.lately[who] = last
	return true
}

// hasRoom tells whether somebody more can be remembered; whoever did not type lately makes room.
func (t *typists) hasRoom(now time.Time) bool {
	if t.lately == nil {
		t.lately = map[typist]toldTyping{}
	}
	if len(t.lately) >= maxTypists && now.Sub(t.tidied) >= time.Second {
		t.tidied = now
		for who, last := range t.lately {
			if now.Sub(last.at) >= typingToldEvery {
				delete(t.lately, who)
			}
		}
	}
	return len(t.lately) < maxTypists
}
