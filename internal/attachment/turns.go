package attachment

import (
	"context"
	"sync"

	"golang.org/x/sync/semaphore"
)

// turns let so many of each name go at a time. The others wait, and go as they came.
type turns struct {
	atOnce int64
	mu     sync.Mutex // guards of, and how many are in each line
	of     map[string]*line
}

// line is all who go or wait under one name.
type line struct {
	*semaphore.Weighted
	length int
}

func newTurns(atOnce int64) *turns { return &turns{atOnce: atOnce, of: make(map[string]*line)} }

// take waits for a turn. Whoever has got one calls leave.
func (t *turns) take(ctx context.Context, name string) (leave func(), err error) {
	l := t.join(name)
	if err := l.Acquire(ctx, 1); err != nil {
		t.part(name, l)
		return nil, err
	}
	return func() {
		l.Release(1)
		t.part(name, l)
	}, nil
}

func (t *turns) join(name string) *line {
	t.mu.Lock()
	defer t.mu.Unlock()
	l, ok := t.of[name]
	if !ok {
		l = &line{Weighted: semaphore.NewWeighted(t.atOnce)}
		t.of[name] = l
	}
	l.length++
	return l
}

// part forgets a name with the last who used it.
func (t *turns) part(name string, l *line) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if l.length--; l.length == 0 {
		delete(t.of, name)
	}
}
