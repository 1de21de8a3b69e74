package load

import (
	"fmt"
	"strconv"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
)

// workers are the calls that a company's backend has in flight.
const workers = 64

// REST measures what a company's backend does: n messages posted by key, all into one conversation, and pages of 100 from
// its newest and from its oldest end.
func (s *Server) REST(n int) ([]Figure, error) {
	if err := s.Post("/users", map[string]any{"externalId": "rest"}, nil); err != nil {
		return nil, err
	}
	var made struct{ Conversation struct{ ID string } }
	if err := s.Post("/conversations", map[string]any{"type": "personal", "participants": []any{map[string]any{"userExternalId": "rest"}}}, &made); err != nil {
		return nil, err
	}
	conversation := made.Conversation.ID
	var next atomic.Int64
	cpu, wall, err := s.perEvent(n, func() error {
		var work errgroup.Group
		for range workers {
			work.Go(func() error {
				for i := next.Add(1); i <= int64(n); i = next.Add(1) {
					err := s.Post("/conversations/"+conversation+"/messages", map[string]any{"author": map[string]any{"type": "business"},
						"content": map[string]any{"type": "text", "text": "order " + strconv.FormatInt(i, 10) + " has left the house"}}, nil)
					if err != nil {
						return err
					}
				}
				return nil
			})
		}
		return work.Wait()
	})
	if err != nil {
		return nil, err
	}
	newest, oldest, err := s.ends(conversation)
	return []Figure{
		{"message posted over REST, durable, 64 in flight into one conversation, server CPU", micros(cpu), "reported"},
		{"the same, throughput", fmt.Sprintf("%.0f/s", float64(n)/wall.Seconds()), "reported"},
		{fmt.Sprintf("newest 100 of %d messages over REST, server CPU", n), micros(newest), "reported"},
		{fmt.Sprintf("oldest 100 of them (%.2f×)", float64(oldest)/float64(newest)), micros(oldest), "≤ 2×"},
	}, err
}

// ends measures the newest and the oldest page of a conversation; it walks from one to the other as a program does.
func (s *Server) ends(conversation string) (newest, oldest time.Duration, err error) {
	first := s.messagesURL(conversation)
	last := first
	for {
		var page messagePage
		if err := s.get(last, &page); err != nil {
			return 0, 0, err
		}
		if page.Links.Prev == "" {
			break
		}
		last = page.Links.Prev
	}
	const times = 2000
	read := func(url string) (time.Duration, error) {
		cpu, _, err := s.perEvent(times, func() error {
			for range times {
				if err := s.get(url, nil); err != nil {
					return err
				}
			}
			return nil
		})
		return cpu, err
	}
	if newest, err = read(first); err != nil {
		return 0, 0, err
	}
	oldest, err = read(last)
	return newest, oldest, err
}
