package directory_test

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/directory"
	"github.com/parlorchat/parlor/internal/store"
)

// postbox is a mailer that keeps what it is given.
type postbox struct{ mails *[]string }

func (p postbox) Mail(to, subject, text string) error {
	*p.mails = append(*p.mails, to+"\n"+subject+"\n"+text)
	return nil
}

func (h *house) codes() directory.Codes {
	return directory.Codes{Mailer: postbox{h.mails}, MAC: func(parts ...string) []byte {
		sum := sha256.Sum256([]byte(strings.Join(parts, "|")))
		return sum[:]
	}}
}

var digits = regexp.MustCompile(`\b\d{6}\b`)

// asks has a code sent and returns it; "" if no mail went out.
func (h *house) asks(address, browser string) string {
	h.Helper()
	before := len(*h.mails)
	h.now = h.now.Add(time.Millisecond) // the newest code counts
	if err := h.SendEmailCode(h.Context(), h.app, address, browser); err != nil {
		h.Fatal(err)
	}
	if len(*h.mails) == before {
		return ""
	}
	return digits.FindString((*h.mails)[before])
}

func (h *house) gives(address, code, browser, replaces string) (directory.SignedIn, error) {
	return h.SignInByEmail(h.Context(), h.app, directory.EmailSignIn{Address: address, Code: code, Browser: browser, Replaces: replaces})
}

func emailLogin(e chat.EmailLogin) func(*chat.AppSettings) {
	return func(s *chat.AppSettings) { s.EmailLogin = e }
}

func otherThan(code string) string {
	if code == "000000" {
		return "000001"
	}
	return "000000"
}

func TestEmailCode(t *testing.T) {
	t.Parallel()
	const ana = "Ana@Example.com"
	t.Run("makes a user, and finds them again", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t, emailLogin(chat.EmailLoginOn))
		code := h.asks(ana, "b")
		out, err := h.gives("ana@example.com", code[:3]+" "+code[3:], "b", "")
		if err != nil {
			t.Fatal(err)
		}
		if out.User.Source != chat.SourceEmail || !out.User.Seat || out.Session.Assurance != chat.AssuranceVerified || out.Session.IdleFor == 0 {
			t.Fatalf("%+v %+v", out.User, out.Session)
		}
		h.tokens["jsm"] = byEmail(ana)
		if by := h.in("jsm", "jsm", ""); by.User.ID != out.User.ID {
			t.Fatal("a token with the address found somebody else")
		}
		if again, err := h.gives(ana, h.asks(ana, "c"), "c", ""); err != nil || again.User.ID != out.User.ID {
			t.Fatalf("%+v %v", again.User, err)
		}
	})
	t.Run("lets an anonymous history go along", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t, emailLogin(chat.EmailLoginOn))
		guest := h.anonymous()
		h.talks(guest)
		out, err := h.gives(ana, h.asks(ana, "b"), "b", guest.Token)
		if err != nil || out.User.ID != guest.User.ID || len(h.conversations(out.User.ID)) != 1 {
			t.Fatalf("%+v %v", out.User, err)
		}
	})
	t.Run("known: strangers get no mail and the same answer", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t, emailLogin(chat.EmailLoginKnown))
		if code := h.asks(ana, "b"); code != "" {
			t.Fatal("a stranger got a code")
		}
		h.tokens["jsm"] = byEmail(ana)
		known := h.in("jsm", "jsm", "")
		out, err := h.gives(ana, h.asks(ana, "b"), "b", "")
		if err != nil || out.User.ID != known.User.ID {
			t.Fatalf("%+v %v", out.User, err)
		}
	})
	t.Run("works once, in its browser, for ten minutes", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t, emailLogin(chat.EmailLoginOn))
		code := h.asks(ana, "b")
		for name, try := range map[string][3]string{"another browser": {ana, code, "c"}, "no browser": {ana, code, ""},
			"another address": {"ben@example.com", code, "b"}, "wrong": {ana, otherThan(code), "b"}} {
			_, err := h.gives(try[0], try[1], try[2], "")
			if chat.CodeOf(err) != "invalid_code" {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := h.gives(ana, code, "b", ""); err != nil {
			t.Fatal(err)
		}
		_, err := h.gives(ana, code, "b", "")
		wantCode(t, err, "invalid_code")

		late := h.asks(ana, "b")
		h.now = h.now.Add(chat.EmailCodeLife)
		_, err = h.gives(ana, late, "b", "")
		wantCode(t, err, "invalid_code")
	})
	t.Run("bears five wrong tries", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t, emailLogin(chat.EmailLoginOn))
		code := h.asks(ana, "b")
		for range chat.EmailCodeTries {
			_, err := h.gives(ana, otherThan(code), "b", "")
			wantCode(t, err, "invalid_code")
		}
		_, err := h.gives(ana, code, "b", "")
		wantCode(t, err, "invalid_code")
	})
	t.Run("of fifty at once one signs in", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t, emailLogin(chat.EmailLoginOn))
		code := h.asks(ana, "b")
		var wait sync.WaitGroup
		ok := make(chan struct{}, 50)
		for range 50 {
			wait.Go(func() {
				if _, err := h.gives(ana, code, "b", ""); err == nil {
					ok <- struct{}{}
				}
			})
		}
		wait.Wait()
		if len(ok) != 1 || h.seatsUsed() != 1 {
			t.Fatalf("%d signed in, %d seats", len(ok), h.seatsUsed())
		}
	})
	t.Run("five mails an hour to one address, known or not", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t, emailLogin(chat.EmailLoginKnown))
		for i := range chat.EmailCodesPerHour {
			h.asks(ana, fmt.Sprint(i))
		}
		wantCode(t, h.SendEmailCode(t.Context(), h.app, ana, "x"), "rate_limited")
		h.now = h.now.Add(time.Hour + time.Second)
		h.asks(ana, "x")
	})
	t.Run("is off, or there is no seat", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		wantCode(t, h.SendEmailCode(t.Context(), h.app, ana, "b"), "email_login_off")
		none := int64(0)
		h = newHouse(t, emailLogin(chat.EmailLoginOn), func(s *chat.AppSettings) { s.Seats = &none })
		code := h.asks(ana, "b")
		_, err := h.gives(ana, code, "b", "")
		wantCode(t, err, "seat_limit_reached")
		h.app.Settings.Seats = nil
		h.write(func(tx store.Tx) error { return tx.UpdateApp(h.app) })
		if _, err := h.gives(ana, code, "b", ""); err != nil {
			t.Fatalf("the code was used up by a refusal: %v", err)
		}
	})
}

func TestOtherPersonIsAskedFor(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ana := external("u-1")
	ana.Name = "Ana"
	h.tokens["ana"], h.tokens["ben"] = ana, withEmail(external("u-2"), "ben@example.com")
	first := h.in("code", "ana", "")
	ask := directory.SignInInput{AskFirst: true, Replaces: first.Token, Credential: directory.Credential{Door: "code", Presented: true, Token: "ben"}}
	_, err := h.SignIn(t.Context(), h.app, ask)
	wantCode(t, err, "other_person")
	other, ok := errors.AsType[*directory.OtherPersonError](err)
	if !ok || other.Current != "Ana" || other.Next != "ben@example.com" {
		t.Fatalf("%+v", other)
	}
	if h.seatsUsed() != 1 {
		t.Fatal("asking took a seat")
	}
	if _, err := h.Authenticate(t.Context(), h.app.ID, first.Token); err != nil {
		t.Fatalf("asking ended the session: %v", err)
	}
	ask.Credential.Token = "ana"
	if _, err := h.SignIn(t.Context(), h.app, ask); err != nil {
		t.Fatalf("the same person is asked for: %v", err)
	}
}
