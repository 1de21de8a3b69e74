package attachment

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/png"
	"io"
	"testing"
	"testing/synctest"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/picture"
)

// TestTurns: so many go at once, the others as they came; who gives up is no longer in line, and names are forgotten.
func TestTurns(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		turns := newTurns(1)
		leave, err := turns.take(t.Context(), "a")
		if err != nil {
			t.Fatal(err)
		}
		impatient, cancel := context.WithCancel(t.Context())
		var gaveUp error
		came := 0
		go func() { _, gaveUp = turns.take(impatient, "a") }()
		synctest.Wait()
		go func() {
			leave, err := turns.take(t.Context(), "a")
			if err != nil {
				t.Error(err)
				return
			}
			came++
			leave()
		}()
		if other, err := turns.take(t.Context(), "b"); err != nil {
			t.Error(err)
		} else {
			other()
		}
		cancel()
		synctest.Wait()
		if came != 0 || !errors.Is(gaveUp, context.Canceled) {
			t.Errorf("%d came in although it was taken; who gave up was told %v", came, gaveUp)
		}
		leave()
		synctest.Wait()
		if came != 1 || len(turns.of) != 0 {
			t.Errorf("%d came, and %v are remembered", came, turns.of)
		}
	})
}

// TestFetchesOfOthers: one app's slow hosts, or one host of an app, take a part of the slots.
func TestFetchesOfOthers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		fetches := newFetches()
		going := map[string]int{}
		ask := func(app chat.AppID, host string, times int) {
			for range times {
				go func() {
					if leave, err := fetches.take(ctx, app, "https://"+host+"/x.png"); err == nil {
						going[string(app)+" "+host]++
						<-ctx.Done()
						leave()
					}
				}()
				synctest.Wait()
			}
		}
		ask("one", "slow.example", 50)
		ask("one", "other.example", 1)
		ask("one", "third.example", 50)
		ask("two", "slow.example", 50)
		for name, want := range map[string]int{"one slow.example": fetchesOfHost, "one other.example": 1, "one third.example": fetchesOfApp - fetchesOfHost - 1, "two slow.example": fetchesOfHost} {
			if going[name] != want {
				t.Errorf("of %s %d go, want %d", name, going[name], want)
			}
		}
		for _, app := range []chat.AppID{"three", "four", "five", "six"} {
			ask(app, "a.example", 2)
			ask(app, "b.example", 2)
		}
		if all := len(going); all != 3+1+5 {
			t.Errorf("there are %v", going)
		}
		cancel()
		synctest.Wait()
		if n := len(fetches.ofHost.of) + len(fetches.ofApp.of) + len(fetches.all.of); n != 0 {
			t.Errorf("%d names are remembered", n)
		}
	})
}

// TestOnePictureOfEach: a user whose picture is in the workshop waits with the next, and nobody else does.
func TestOnePictureOfEach(t *testing.T) {
	t.Parallel()
	var raw bytes.Buffer
	if err := png.Encode(&raw, image.NewGray(image.Rect(0, 0, 8, 8))); err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		s := &Service{pictures: picture.NewWorkshop(), senders: newTurns(1)}
		send := func(user chat.UserID) error {
			_, err := s.inWorkshop(t.Context(), &chat.Attachment{App: "app", User: user, Type: "image/png"}, bytes.NewReader(raw.Bytes()), io.Discard)
			return err
		}
		leave, err := s.senders.take(t.Context(), sender(&chat.Attachment{App: "app", User: "ana"}))
		if err != nil {
			t.Fatal(err)
		}
		if err := send("ana"); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("the second of a user: %v", err)
		}
		if err := errors.Join(send("ben"), send("")); err != nil {
			t.Errorf("those of others: %v", err)
		}
		leave()
		if err := send("ana"); err != nil {
			t.Errorf("after the first: %v", err)
		}
	})
}
