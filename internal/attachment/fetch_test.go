package attachment

import (
	"context"
	"errors"
	"io"
	"testing"
	"testing/synctest"
	"time"

	"github.com/parlorchat/parlor/internal/outbound"
)

// dripping answers with parts of a size, one every second.
type dripping struct{ parts, size int }

func (d dripping) Fetch(ctx context.Context, _ string, _ outbound.Limits, to io.Writer) (*outbound.Response, error) {
	for range d.parts {
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(time.Second):
		}
		if _, err := to.Write(make([]byte, d.size)); err != nil {
			return nil, err
		}
	}
	return &outbound.Response{Status: 200}, nil
}

// TestSlowAnswers: what comes too slowly is given up before its time is over, and what only begins slowly is not.
func TestSlowAnswers(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		answer dripping
		want   error
		after  time.Duration
	}{
		"a byte a second":  {dripping{14, 1}, errTooSlow, 4 * time.Second},
		"nothing":          {dripping{14, 0}, errTooSlow, 4 * time.Second},
		"slower than that": {dripping{14, slowest * 2 / 5}, errTooSlow, 5 * time.Second},
		"fast enough":      {dripping{14, slowest}, nil, 14 * time.Second},
		"soon over":        {dripping{3, 1}, nil, 3 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			drafts := t.TempDir()
			synctest.Test(t, func(t *testing.T) {
				s := &Service{Options: Options{Fetcher: test.answer, Drafts: drafts, MaxFile: 1 << 20}}
				began := time.Now()
				file, err := s.get(t.Context(), "https://media.example/x.png")
				if !errors.Is(err, test.want) || time.Since(began) != test.after {
					t.Errorf("%v after %v", err, time.Since(began))
				}
				if err == nil {
					file.Close()
				}
			})
		})
	}
}
