package httpapi_test

import (
	"fmt"
	"sync"
	"testing"
)

// together makes the same call many times at once and counts the answers by status.
func (e env) together(calls int, call func(i int) (method, path, body string)) map[int]int {
	var (
		wait   sync.WaitGroup
		mu     sync.Mutex
		counts = map[int]int{}
	)
	for i := range calls {
		wait.Go(func() {
			method, path, body := call(i)
			r := e.rest(method, path, body)
			mu.Lock()
			defer mu.Unlock()
			counts[r.status]++
		})
	}
	wait.Wait()
	return counts
}

// TestTheSameAtOnce: of calls that exclude each other one is done, and the others are told so.
func TestTheSameAtOnce(t *testing.T) {
	t.Parallel()
	e := start(t)
	const calls = 12
	counts := e.together(calls, func(int) (string, string, string) { return "POST", "/users", `{"externalId":"u"}` })
	if counts[201] != 1 || counts[409] != calls-1 {
		t.Errorf("the same user at once: %v", counts)
	}
	counts = e.together(calls, func(int) (string, string, string) {
		return "POST", "/conversations", `{"type":"personal","participants":[{"userExternalId":"u"}]}`
	})
	if counts[201] != calls {
		t.Errorf("conversations of one user at once: %v", counts)
	}
	defaults := 0
	list := e.rest("GET", "/conversations?filter[userExternalId]=u", "").want(200).listing()
	for _, conversation := range list.Conversations {
		if conversation.IsDefault {
			defaults++
		}
	}
	if len(list.Conversations) != calls || defaults != 1 {
		t.Errorf("%d conversations, %d of them default", len(list.Conversations), defaults)
	}
	e.newUser("v")
	counts = e.together(calls, func(i int) (string, string, string) {
		order := [...]string{"u", "v"}
		return "POST", "/conversations", fmt.Sprintf(`{"type":"sdkGroup","participants":[{"userExternalId":%q},{"userExternalId":%q}]}`, order[i%2], order[(i+1)%2])
	})
	if counts[201] != calls {
		t.Errorf("groups of the same two users at once: %v", counts)
	}
	conversation := list.Conversations[0].ID
	counts = e.together(calls, func(i int) (string, string, string) {
		return "POST", "/conversations/" + conversation + "/messages", fmt.Sprintf(`{"author":{"type":"business"},"content":{"type":"text","text":"%d"}}`, i)
	})
	seen := map[int64]bool{}
	for i, message := range e.rest("GET", "/conversations/"+conversation+"/messages", "").want(200).listing().Messages {
		if seen[message.Number] = true; message.Number != int64(i)+1 {
			t.Errorf("at %d stands the number %d", i, message.Number)
		}
	}
	if counts[201] != calls || len(seen) != calls {
		t.Errorf("messages at once: %v, %d numbers", counts, len(seen))
	}
	message := e.say(conversation, "last").ID
	counts = e.together(calls, func(int) (string, string, string) {
		return "DELETE", "/conversations/" + conversation + "/messages/" + message, ""
	})
	if counts[200] != 1 || counts[404] != calls-1 {
		t.Errorf("the same removal at once: %v", counts)
	}
	counts = e.together(calls, func(int) (string, string, string) { return "DELETE", "/users/u", "" })
	if counts[200] != 1 || counts[404] != calls-1 {
		t.Errorf("the same user's removal at once: %v", counts)
	}
}
