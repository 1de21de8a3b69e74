package load

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"golang.org/x/sync/errgroup"
)

// Figure is one line of the report.
type Figure struct {
	What, Reached, Wanted string
}

// perEvent is the server's CPU for each of n events of f.
func (s *Server) perEvent(n int, f func() error) (cpu time.Duration, wall time.Duration, err error) {
	before, err := s.CPU()
	if err != nil {
		return 0, 0, err
	}
	began := time.Now()
	if err := f(); err != nil {
		return 0, 0, err
	}
	wall = time.Since(began)
	after, err := s.CPU()
	return (after - before) / time.Duration(n), wall, err
}

// SignIns measures n sign-ins of new users, and n of users that exist, 64 at a time.
func (s *Server) SignIns(n int) ([]Figure, error) {
	tokens := make([]string, n)
	for i := range tokens {
		var err error
		if tokens[i], err = s.Token("user-" + strconv.Itoa(i)); err != nil {
			return nil, err
		}
	}
	once := func() error {
		var work errgroup.Group
		work.SetLimit(64)
		for _, token := range tokens {
			work.Go(func() error {
				c, err := s.SignIn(token)
				if err == nil {
					c.Close()
				}
				return err
			})
		}
		return work.Wait()
	}
	first, _, err := s.perEvent(n, once)
	if err != nil {
		return nil, err
	}
	again, _, err := s.perEvent(n, once)
	if err != nil {
		return nil, err
	}
	return []Figure{
		{"sign-in, no connection → ready socket, server CPU", micros(again), "≤ 130 µs"},
		{"the same, first sign-in of a new user", micros(first), "≤ 250 µs"},
	}, nil
}

// pair is a sender and a receiver: two browsers of one user.
type pair struct{ sender, receiver *Client }

func (s *Server) pairs(n int) ([]pair, error) {
	pairs := make([]pair, n)
	for i := range pairs {
		token, err := s.Token("pair-" + strconv.Itoa(i))
		if err != nil {
			return nil, err
		}
		if pairs[i].sender, err = s.SignIn(token); err != nil {
			return nil, err
		}
		if err := pairs[i].sender.Send(1, "open"); err != nil {
			return nil, err
		}
		if pairs[i].receiver, err = s.SignIn(token); err != nil {
			return nil, err
		}
	}
	return pairs, nil
}

// together runs work on pairs; the first failure hangs up on all, so that nobody waits for messages that will not come.
func together(pairs []pair) *errgroup.Group {
	work, ctx := errgroup.WithContext(context.Background())
	context.AfterFunc(ctx, func() { hangUp(pairs) })
	return work
}

func hangUp(pairs []pair) {
	for _, p := range pairs {
		p.sender.Close()
		p.receiver.Close()
	}
}

// Messages measures durable messages, each to one live receiver, 64 in flight.
func (s *Server) Messages(perSender int) ([]Figure, error) {
	pairs, err := s.pairs(64)
	if err != nil {
		return nil, err
	}
	defer hangUp(pairs)
	total := len(pairs) * perSender
	cpu, wall, err := s.perEvent(total, func() error {
		work := together(pairs)
		for _, p := range pairs {
			work.Go(func() error {
				for i := range perSender {
					if err := p.sender.Send(int64(i+2), "hello, this is a message of an ordinary length"); err != nil {
						return err
					}
				}
				return nil
			})
			work.Go(func() error { return p.receiver.Messages(perSender, func(string) {}) })
		}
		return work.Wait()
	})
	return []Figure{
		{"message to one live receiver, durable, 64 in flight, server CPU", micros(cpu), "≤ 100 µs"},
		{"the same, throughput", fmt.Sprintf("%.0f/s", float64(total)/wall.Seconds()), "≥ 10,000/s"},
	}, err
}

// Latency measures the time from sending to receiving at the given rate.
func (s *Server) Latency(rate int, for_ time.Duration) ([]Figure, error) {
	pairs, err := s.pairs(8)
	if err != nil {
		return nil, err
	}
	defer hangUp(pairs)
	n := int(for_.Seconds() * float64(rate) / float64(len(pairs)))
	took := make([][]time.Duration, len(pairs))
	work := together(pairs)
	apart := time.Second / time.Duration(rate)
	for i, p := range pairs {
		work.Go(func() error {
			time.Sleep(apart * time.Duration(i)) // evenly spread, not all at the same moment
			tick := time.NewTicker(apart * time.Duration(len(pairs)))
			defer tick.Stop()
			for ref := range n {
				<-tick.C
				if err := p.sender.Send(int64(ref+100), strconv.FormatInt(time.Now().UnixNano(), 10)); err != nil {
					return err
				}
			}
			return nil
		})
		work.Go(func() error {
			return p.receiver.Messages(n, func(text string) {
				sent, _ := strconv.ParseInt(text, 10, 64)
				took[i] = append(took[i], time.Duration(time.Now().UnixNano()-sent))
			})
		})
	}
	if err := work.Wait(); err != nil {
		return nil, err
	}
	all := slices.Concat(took...)
	slices.Sort(all)
	return []Figure{
		{fmt.Sprintf("latency at %d/s, p50", rate), millis(all[len(all)/2]), "≤ 0.6 ms"},
		{fmt.Sprintf("latency at %d/s, p99", rate), millis(all[len(all)*99/100]), "≤ 1.5 ms"},
	}, nil
}

// FanOut measures deliveries of one conversation's messages to many sockets.
func (s *Server) FanOut(sockets, messages int) ([]Figure, error) {
	token, err := s.Token("popular")
	if err != nil {
		return nil, err
	}
	clients := make([]*Client, sockets)
	for i := range clients {
		if clients[i], err = s.SignIn(token); err != nil {
			return nil, err
		}
	}
	if err := clients[0].Send(1, "open"); err != nil {
		return nil, err
	}
	conversation := clients[0].Conversation
	var ready errgroup.Group
	for _, c := range clients[1:] {
		ready.Go(func() error { return c.Messages(1, func(string) {}) })
	}
	if err := ready.Wait(); err != nil {
		return nil, err
	}
	cpu, _, err := s.perEvent(sockets*messages, func() error {
		var work errgroup.Group
		for _, c := range clients {
			work.Go(func() error { return c.Messages(messages, func(string) {}) })
		}
		for i := range messages {
			err := s.Post("/conversations/"+conversation+"/messages", map[string]any{
				"author": map[string]any{"type": "business"}, "content": map[string]any{"type": "text", "text": "news " + strconv.Itoa(i)}}, nil)
			if err != nil {
				return err
			}
		}
		return work.Wait()
	})
	for _, c := range clients {
		c.Close()
	}
	return []Figure{{fmt.Sprintf("one message to %d sockets, server CPU a delivery", sockets), micros(cpu), "≤ 8 µs"}}, err
}

// Idle measures the memory of connections that do nothing.
func (s *Server) Idle(n int) ([]Figure, error) {
	before, err := s.RSS()
	if err != nil {
		return nil, err
	}
	clients := make([]*Client, n)
	var work errgroup.Group
	work.SetLimit(8)
	for i := range clients {
		work.Go(func() error {
			token, err := s.Token("idle-" + strconv.Itoa(i))
			if err == nil {
				clients[i], err = s.SignIn(token)
			}
			return err
		})
	}
	if err := work.Wait(); err != nil {
		return nil, err
	}
	time.Sleep(3 * time.Second) // until the collector has returned what signing in took
	after, err := s.RSS()
	for _, c := range clients {
		c.Close()
	}
	return []Figure{{fmt.Sprintf("idle signed-in socket, server memory, at %d", n),
		fmt.Sprintf("%.1f KB", float64(after-before)/float64(n)/1024), "≤ 10 KB"}}, err
}

// Restart measures starting on the data that the other measurements left, and memory at rest.
func (s *Server) Restart(run func() (time.Duration, error)) ([]Figure, error) {
	if err := s.Stop(); err != nil {
		return nil, err
	}
	var best time.Duration
	for range 5 {
		took, err := run()
		if err != nil {
			return nil, err
		}
		if best == 0 || took < best {
			best = took
		}
		if err := s.Stop(); err != nil {
			return nil, err
		}
	}
	if _, err := run(); err != nil {
		return nil, err
	}
	time.Sleep(time.Second)
	rss, err := s.RSS()
	if err != nil {
		return nil, err
	}
	binary, err := os.Stat(s.binary)
	if err != nil {
		return nil, err
	}
	return []Figure{
		{"start on an existing data folder", millis(best), "≤ 100 ms"},
		{"memory at rest", megabytes(rss), "≤ 30 MB"},
		{"binary", megabytes(binary.Size()), "≤ 40 MB"},
	}, nil
}

// SyncTime is the median time in which the disk of the folder syncs a 4 KB append.
func SyncTime(folder string) (time.Duration, error) {
	file, err := os.Create(filepath.Join(folder, "sync.probe"))
	if err != nil {
		return 0, err
	}
	defer file.Close()
	var took []time.Duration
	for range 200 {
		began := time.Now()
		if _, err := file.Write(make([]byte, 4096)); err != nil {
			return 0, err
		}
		if err := file.Sync(); err != nil {
			return 0, err
		}
		took = append(took, time.Since(began))
	}
	slices.SortFunc(took, cmp.Compare)
	return took[len(took)/2], nil
}

func micros(d time.Duration) string { return fmt.Sprintf("%.1f µs", float64(d.Nanoseconds())/1e3) }
func millis(d time.Duration) string { return fmt.Sprintf("%.2f ms", float64(d.Nanoseconds())/1e6) }
func megabytes(n int64) string      { return fmt.Sprintf("%.1f MB", float64(n)/(1<<20)) }
