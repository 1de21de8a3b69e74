package server_test

import (
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/config"
	"github.com/parlorchat/parlor/internal/server"
	"github.com/parlorchat/parlor/internal/servertest"
)

func TestWhatCannotServeDoesNotListen(t *testing.T) {
	t.Parallel()
	rubbish := filepath.Join(t.TempDir(), "rubbish.pem")
	if err := os.WriteFile(rubbish, []byte("rubbish"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		change func(*config.Server)
		says   string
	}{
		"no certificate":             {func(c *config.Server) { c.TLSCert, c.TLSKey = "/nope", "/nope" }, "PARLOR_TLS_CERT, PARLOR_TLS_KEY: open /nope"},
		"no certificate in the file": {func(c *config.Server) { c.TLSCert, c.TLSKey = rubbish, rubbish }, "PARLOR_TLS_CERT, PARLOR_TLS_KEY: tls: "},
		"no such bucket name":        {func(c *config.Server) { c.Files = "s3://KEY:SECRET@chat.example/my_bucket!" }, "PARLOR_FILES: names a bucket as none can be called"},
		"mail without a scheme":      {func(c *config.Server) { c.SMTP = "mail.example.com" }, "PARLOR_SMTP: must begin with smtp://"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			settings := config.Server{Addr: "127.0.0.1:0", WebhookPause: time.Second, Store: config.Store{Data: t.TempDir()}}
			test.change(&settings)
			s, err := server.New(t.Context(), settings, slog.New(slog.DiscardHandler))
			if err == nil {
				s.Close()
				t.Fatal("it listens")
			}
			if !strings.Contains(err.Error(), test.says) {
				t.Errorf("%v does not say %q", err, test.says)
			}
		})
	}
}

// TestBucketThatIsAway: the server is ready without it, and the log tells.
func TestBucketThatIsAway(t *testing.T) {
	t.Parallel()
	e := servertest.Start(t, func(c *config.Server) { c.Files = "s3://KEY:SECRET@127.0.0.1:1/files?tls=off" })
	if status, _, body := e.Do("GET", "/readyz", ""); status != http.StatusOK {
		t.Errorf("ready: %d %s", status, body)
	}
	const told = "the bucket of PARLOR_FILES does not answer"
	for late := time.Now().Add(30 * time.Second); !strings.Contains(e.Logs.String(), told) && time.Now().Before(late); {
		time.Sleep(10 * time.Millisecond)
	}
	e.Stop()
	if logs := e.Logs.String(); !strings.Contains(logs, told) || strings.Contains(logs, "SECRET") || !strings.Contains(logs, "parlor is stopping") {
		t.Errorf("the log says %s", logs)
	}
}
