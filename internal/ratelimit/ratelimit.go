// Package ratelimit bounds how often something may happen, for each of many sources.
package ratelimit

import (
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Rule is a sustained rate with a burst: Events in Per, and at most Burst at once. The zero Rule allows everything.
type Rule struct {
	Events int
	Per    time.Duration
	Burst  int
}

// Limiter keeps one bucket for each key. It forgets buckets that are full again, so it holds no more than the keys that
// were busy lately. It is safe for concurrent use.
type Limiter struct {
	rule Rule
	now  func() time.Time

	mu      sync.Mutex // guards buckets, what is held of them, and swept
	buckets map[string]*bucket
	swept   time.Time
}

// bucket is what a key may still do.
type bucket struct {
	*rate.Limiter
	held int // events of tries that are under way
}

// New returns a Limiter for the rule.
func New(rule Rule, now func() time.Time) *Limiter {
	return &Limiter{rule: rule, now: now, buckets: make(map[string]*bucket), swept: now()}
}

// Take uses up one event of the key, or tells how long until there is one.
func (l *Limiter) Take(key string) (wait time.Duration) {
	if l.rule.Events == 0 {
		return 0
	}
	now := l.now()
	reservation := l.bucket(key, now).ReserveN(now, 1)
	if wait = reservation.DelayFrom(now); wait > 0 {
		reservation.CancelAt(now)
	}
	return wait
}

// State is what is left to a key: of Burst events at once, Left now, and all of them again after Full.
type State struct {
	Burst, Left int
	Full        time.Duration
}

// State tells how a key stands; all zero where the rule allows everything.
func (l *Limiter) State(key string) State {
	if l.rule.Events == 0 {
		return State{}
	}
	now := l.now()
	left := max(0, l.bucket(key, now).TokensAt(now))
	return State{Burst: l.rule.Burst, Left: int(left), Full: l.until(float64(l.rule.Burst) - left)}
}

// Exhausted tells how long until there is an event of the key, without using one up.
func (l *Limiter) Exhausted(key string) (wait time.Duration) {
	if l.rule.Events == 0 {
		return 0
	}
	now := l.now()
	return l.until(1 - l.bucket(key, now).TokensAt(now))
}

// Hold keeps an event of the key back for a try whose outcome decides whether it counts, or tells how long until there is one. settle ends the try, once: with
// true the event is used up, else it is there again. So no more may be tried at once than one after the other.
func (l *Limiter) Hold(key string) (settle func(used bool), wait time.Duration) {
	if l.rule.Events == 0 {
		return func(bool) {}, 0
	}
	now := l.now()
	l.mu.Lock()
	defer l.mu.Unlock()
	b := l.locked(key, now)
	if wait = l.until(1 + float64(b.held) - b.TokensAt(now)); wait > 0 {
		return nil, wait
	}
	b.held++
	return func(used bool) {
		l.mu.Lock()
		defer l.mu.Unlock()
		if b.held--; used {
			b.AllowN(l.now(), 1)
		}
	}, 0
}

// until is how long so many events take to come; 0 for none.
func (l *Limiter) until(missing float64) time.Duration {
	return time.Duration(max(0, missing) * float64(l.rule.Per) / float64(l.rule.Events))
}

func (l *Limiter) bucket(key string, now time.Time) *rate.Limiter {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.locked(key, now).Limiter
}

// locked is the bucket of the key, for who has locked mu.
func (l *Limiter) locked(key string, now time.Time) *bucket {
	if now.Sub(l.swept) > l.refill() {
		l.sweep(now)
	}
	b, ok := l.buckets[key]
	if !ok {
		b = &bucket{Limiter: rate.NewLimiter(rate.Limit(float64(l.rule.Events)/l.rule.Per.Seconds()), l.rule.Burst)}
		l.buckets[key] = b
	}
	return b
}

// refill is how long an empty bucket takes to be full again.
func (l *Limiter) refill() time.Duration {
	return l.rule.Per * time.Duration(l.rule.Burst) / time.Duration(l.rule.Events)
}

func (l *Limiter) sweep(now time.Time) {
	for key, b := range l.buckets {
		if b.held == 0 && b.TokensAt(now) >= float64(l.rule.Burst) {
			delete(l.buckets, key)
		}
	}
	l.swept = now
}
