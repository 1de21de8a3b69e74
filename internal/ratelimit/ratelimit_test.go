package ratelimit

import (
	"fmt"
	"testing"
	"time"
)

// clock is a time that the test moves.
type clock struct{ now time.Time }

func (c *clock) Now() time.Time { return c.now }

func TestTake(t *testing.T) {
	t.Parallel()
	c := &clock{time.Unix(1_700_000_000, 0)}
	l := New(Rule{Events: 10, Per: 10 * time.Second, Burst: 3}, c.Now)
	for i := range 3 {
		if wait := l.Take("a"); wait != 0 {
			t.Fatalf("event %d of a burst of 3 waits %v", i+1, wait)
		}
	}
	if wait := l.Take("a"); wait != time.Second {
		t.Fatalf("the fourth waits %v, want a second", wait)
	}
	if wait := l.Take("b"); wait != 0 {
		t.Fatalf("another key waits %v", wait)
	}
	if got, want := l.State("a"), (State{Burst: 3, Full: 3 * time.Second}); got != want {
		t.Errorf("an empty bucket is %+v, want %+v", got, want)
	}
	if got, want := l.State("b"), (State{Burst: 3, Left: 2, Full: time.Second}); got != want {
		t.Errorf("after one event the bucket is %+v, want %+v", got, want)
	}
	if got := New(Rule{}, c.Now).State("a"); got != (State{}) {
		t.Errorf("without a rule the bucket is %+v", got)
	}
	c.now = c.now.Add(time.Second)
	if wait := l.Take("a"); wait != 0 {
		t.Fatalf("a second later it waits %v: a refusal must use nothing up", wait)
	}
}

func TestExhaustedUsesNothingUp(t *testing.T) {
	t.Parallel()
	c := &clock{time.Unix(1_700_000_000, 0)}
	l := New(Rule{Events: 2, Per: time.Minute, Burst: 2}, c.Now)
	for range 10 {
		if wait := l.Exhausted("a"); wait != 0 {
			t.Fatalf("looking uses events up: %v", wait)
		}
	}
	l.Take("a")
	l.Take("a")
	if wait := l.Exhausted("a"); wait != 30*time.Second {
		t.Fatalf("got %v, want 30s", wait)
	}
}

func TestWhatIsHeldCountsUntilItIsSettled(t *testing.T) {
	t.Parallel()
	c := &clock{time.Unix(1_700_000_000, 0)}
	l := New(Rule{Events: 2, Per: time.Minute, Burst: 2}, c.Now)
	first, _ := l.Hold("a")
	second, _ := l.Hold("a")
	if _, wait := l.Hold("a"); wait != 30*time.Second {
		t.Errorf("a third beside two that are under way waits %v, want 30s", wait)
	}
	c.now = c.now.Add(time.Hour)
	l.Take("b") // which forgets full buckets
	if _, wait := l.Hold("a"); wait == 0 {
		t.Error("what is under way was forgotten")
	}
	first(false)
	second(true)
	third, wait := l.Hold("a")
	if wait != 0 {
		t.Fatalf("after one that counts and one that does not a third waits %v", wait)
	}
	third(true)
	if _, wait := l.Hold("a"); wait != 30*time.Second {
		t.Errorf("after two that count a third waits %v, want 30s", wait)
	}
}

func TestNoRuleAllowsEverything(t *testing.T) {
	t.Parallel()
	l := New(Rule{}, time.Now)
	for range 1000 {
		settle, wait := l.Hold("a")
		if l.Take("a") != 0 || l.Exhausted("a") != 0 || wait != 0 {
			t.Fatal("refused")
		}
		settle(true)
	}
}

func TestFullBucketsAreForgotten(t *testing.T) {
	t.Parallel()
	c := &clock{time.Unix(1_700_000_000, 0)}
	l := New(Rule{Events: 1, Per: time.Second, Burst: 2}, c.Now)
	for i := range 100 {
		l.Take(fmt.Sprint(i))
	}
	c.now = c.now.Add(time.Minute)
	l.Take("busy")
	if len(l.buckets) != 1 {
		t.Fatalf("%d buckets are kept", len(l.buckets))
	}
}
