package messaging

import (
	"strconv"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

func TestWebhooksHearOfTypingSeldom(t *testing.T) {
	t.Parallel()
	const start, stop = true, false
	type frame struct {
		after  time.Duration
		active bool
		told   bool
	}
	for name, frames := range map[string][]frame{
		"start and stop":             {{0, start, true}, {time.Second, stop, true}},
		"start twenty times":         {{0, start, true}, {time.Second, start, false}, {4 * time.Second, start, false}, {5 * time.Second, start, true}},
		"stop without start":         {{0, stop, true}, {time.Second, stop, false}},
		"start and stop in turns":    {{0, start, true}, {1, stop, true}, {2, start, false}, {3, stop, false}, {5 * time.Second, start, true}, {5*time.Second + 1, stop, true}},
		"stop after a start of late": {{0, start, true}, {time.Second, start, false}, {time.Minute, stop, true}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var all typists
			began := time.Now()
			for i, f := range frames {
				if told := all.tell(typist{user: "u"}, f.active, began.Add(f.after)); told != f.told {
					t.Errorf("frame %d is told: %t, want %t", i, told, f.told)
				}
			}
		})
	}
}

func TestTypistsAreBounded(t *testing.T) {
	t.Parallel()
	var all typists
	now := time.Now()
	types := func(i int) bool {
		return all.tell(typist{conversation: chat.ConversationID(strconv.Itoa(i))}, true, now)
	}
	for i := range maxTypists {
		if !types(i) {
			t.Fatalf("webhooks do not hear of typist %d", i)
		}
	}
	if types(maxTypists) || len(all.lately) != maxTypists {
		t.Errorf("%d typists are remembered", len(all.lately))
	}
	now = now.Add(typingToldEvery)
	if !types(maxTypists) || len(all.lately) != 1 {
		t.Errorf("%d typists are remembered after a while", len(all.lately))
	}
}
