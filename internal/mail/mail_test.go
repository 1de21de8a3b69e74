package mail_test

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/mail"
	"github.com/parlorchat/parlor/internal/servertest"
)

func TestAddresses(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"smtp://user:secret@mail.example:587?from=chat@example.com": "",
		"smtps://mail.example?from=Chat+%3Cchat@example.com%3E":     "",
		"http://mail.example?from=chat@example.com":                 "smtp://",
		"mail.example":                                             "smtp://",
		"mail.example:587?from=chat@example.com":                   "smtp://",
		"smtp://mail.example":                                      "from",
		"smtp://mail.example?from=nobody":                          "from",
		"smtp://?from=chat@example.com":                            "host",
		"smtp://user:s%zzecret@mail.example?from=chat@example.com": "smtp://",
	} {
		_, err := mail.New(address, slog.New(slog.DiscardHandler))
		switch {
		case want == "" && err != nil:
			t.Errorf("%s: %v", address, err)
		case want != "" && (err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "ecret")):
			t.Errorf("%s: %v, want something of %q", address, err, want)
		}
	}
}

func TestMailArrives(t *testing.T) {
	t.Parallel()
	box := servertest.NewMailbox(t)
	var logs bytes.Buffer
	sender, err := mail.New(box.URL(), slog.New(slog.NewTextHandler(&logs, nil)))
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- sender.Run(ctx) }()
	if err := sender.Mail("not an address", "x", "x"); chat.KindOf(err) != chat.Invalid {
		t.Errorf("got %v", err)
	}
	if err := sender.Mail("ana@example.com", "Grüße\r\nBcc: eve@example.com", "Ä\n"); err != nil {
		t.Fatal(err)
	}
	got := box.Next(0)
	if got.To != "ana@example.com" || got.From != "chat@parlor.test" || strings.ContainsAny(got.Subject, "\r\n") || box.Count() != 1 {
		t.Errorf("%+v", got)
	}
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
	if logs.Len() > 0 {
		t.Error(logs.String())
	}
}
