package directory

import (
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

// maxRefusals is how many different refusals are remembered; the one that came last longest ago makes room.
const maxRefusals = 500

// Refusal is a kind of sign-in that was refused, and how often.
type Refusal struct {
	Why         chat.Error // code, reason, the claim at fault, the sentence and the cure
	Door        chat.Door
	Key         string // as the token names it, unverified; empty: it names none
	Page        string // the origin of the page, as the browser says it, else as the client does; empty: unknown
	Count       int64
	First, Last time.Time
}

// Refusals is what this process remembers of sign-ins that were refused, for those who look for the cause. It holds no token. It is safe for concurrent use.
type Refusals struct {
	mu    sync.Mutex // guards kinds
	kinds map[refusalKind]*Refusal
}

type refusalKind struct {
	app                      chat.AppID
	door                     chat.Door
	code, reason, claim, key string
	page                     string
}

// note counts a refusal, unless the server failed, or nobody showed a token.
func (r *Refusals) note(app chat.AppID, in SignInInput, err error, now time.Time) {
	why, ok := chat.AsError(err)
	if !ok || !in.Credential.Presented || why.Kind == chat.Internal || why.Kind == chat.Unavailable {
		return
	}
	kind := refusalKind{app, in.Credential.Door, why.Code, string(why.Reason), why.Field, kidOf(in.Credential.Token), in.Page}
	r.mu.Lock()
	defer r.mu.Unlock()
	known := r.kinds[kind]
	if known == nil {
		known = &Refusal{Door: kind.door, Key: kind.key, Page: kind.page, First: now}
		r.add(kind, known)
	}
	known.Why, known.Last = *why, now
	known.Why.Err = nil
	known.Count++
}

func (r *Refusals) add(kind refusalKind, refusal *Refusal) {
	if r.kinds == nil {
		r.kinds = make(map[refusalKind]*Refusal)
	}
	if len(r.kinds) >= maxRefusals {
		var oldest refusalKind
		for one, of := range r.kinds {
			if known := r.kinds[oldest]; known == nil || of.Last.Before(known.Last) {
				oldest = one
			}
		}
		delete(r.kinds, oldest)
	}
	r.kinds[kind] = refusal
}

// List returns what was refused in an app, the last one first.
func (r *Refusals) List(app chat.AppID) (all []Refusal) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for kind, refusal := range r.kinds {
		if kind.app == app {
			all = append(all, *refusal)
		}
	}
	slices.SortFunc(all, func(a, b Refusal) int { return b.Last.Compare(a.Last) })
	return all
}

const maxKid = 64

// kidOf is the key that a token says it is of. Nothing of it is proven, so that it is only shown.
func kidOf(token string) string {
	header, _, _ := strings.Cut(token, ".")
	raw, err := base64.RawURLEncoding.DecodeString(header)
	var named struct {
		Kid string `json:"kid"`
	}
	if err != nil || json.Unmarshal(raw, &named) != nil || len(named.Kid) > maxKid {
		return ""
	}
	return named.Kid
}
