package admin

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// AddressBlockInput says whom to keep outside.
type AddressBlockInput struct {
	Addresses string        // as chat.ParseAddresses reads them
	Note      string        // why, for the admins; may be empty
	For       time.Duration // 0: until somebody lifts it; else at most MaxBlockTime
}

// MaxBlockTime is how long an address may be blocked that is not blocked for good: it will be somebody else's by then.
const MaxBlockTime = 365 * 24 * time.Hour

// ListAddressBlocks returns the blocks of the app that hold, the newest first, with the names of those who made them.
func (s *Service) ListAddressBlocks(ctx context.Context, p chat.Principal, app chat.AppID) (blocks []chat.AddressBlock, err error) {
	if err := maySetUp(p, app); err != nil {
		return nil, err
	}
	err = s.store.Read(ctx, func(tx store.Tx) error {
		found, err := tx.GetApp(app)
		if err != nil {
			return err
		}
		blocks = holding(found.Settings.AddressBlocks, s.now())
		for i := range blocks {
			if blocks[i].By, err = colleague(tx, blocks[i].By.ID); err != nil {
				return err
			}
		}
		return nil
	})
	return blocks, err
}

// holding are the blocks that have not ended.
func holding(blocks []chat.AddressBlock, now time.Time) []chat.AddressBlock {
	return slices.DeleteFunc(slices.Clone(blocks), func(b chat.AddressBlock) bool { return !b.Holds(now) })
}

// colleague is an agent with their name, as far as they have an account.
func colleague(tx store.Tx, id chat.AgentID) (chat.Colleague, error) {
	if id == "" {
		return chat.Colleague{}, nil
	}
	agent, err := tx.GetAgent(id)
	if chat.KindOf(err) == chat.NotFound {
		err = nil
	}
	return chat.Colleague{ID: id, Name: agent.Name}, err
}

// BlockAddresses keeps users of the addresses outside the app, on every node within two seconds. A block of the same addresses takes the place of
// the former one. Invalid, with Field.
func (s *Service) BlockAddresses(ctx context.Context, p chat.Principal, app chat.AppID, in AddressBlockInput) (block chat.AddressBlock, err error) {
	if err := maySetUp(p, app); err != nil {
		return chat.AddressBlock{}, err
	}
	now := s.now()
	if block, err = in.block(now); err != nil {
		return chat.AddressBlock{}, err
	}
	block.By = p.Colleague()
	entry := blockAudit(p, app, block, now, "address.block")
	return block, s.changeBlocks(ctx, entry, func(blocks []chat.AddressBlock) ([]chat.AddressBlock, error) {
		others := slices.DeleteFunc(blocks, func(b chat.AddressBlock) bool { return b.Addresses == block.Addresses })
		if len(others) >= chat.MaxAddressBlocks {
			return nil, chat.InvalidField("addresses", "cannot be blocked beside %d others, which is the most: lift one first, or block a range", len(others))
		}
		return slices.Insert(others, 0, block), nil
	})
}

func (in AddressBlockInput) block(now time.Time) (chat.AddressBlock, error) {
	addresses, problem := chat.ParseAddresses(in.Addresses)
	note := strings.TrimSpace(in.Note)
	switch {
	case problem != "":
		return chat.AddressBlock{}, chat.InvalidField("addresses", "%s", problem)
	case utf8.RuneCountInString(note) > chat.MaxBlockNote:
		return chat.AddressBlock{}, chat.InvalidField("note", "must have at most %d characters", chat.MaxBlockNote)
	case in.For < 0 || in.For > MaxBlockTime:
		return chat.AddressBlock{}, chat.InvalidField("seconds", "must be from 1 to %d, or absent: for good", int(MaxBlockTime/time.Second))
	}
	block := chat.AddressBlock{ID: chat.AddressBlockID(chat.NewID(now)), Addresses: addresses, Note: note, At: now}
	if in.For > 0 {
		block.Until = now.Add(in.For)
	}
	return block, nil
}

// LiftAddressBlock lets users of the addresses in again. NotFound.
func (s *Service) LiftAddressBlock(ctx context.Context, p chat.Principal, app chat.AppID, id chat.AddressBlockID) error {
	if err := maySetUp(p, app); err != nil {
		return err
	}
	now := s.now()
	entry := blockAudit(p, app, chat.AddressBlock{ID: id}, now, "address.unblock")
	return s.changeBlocks(ctx, entry, func(blocks []chat.AddressBlock) ([]chat.AddressBlock, error) {
		at := slices.IndexFunc(blocks, func(b chat.AddressBlock) bool { return b.ID == id })
		if at < 0 {
			return nil, chat.Missing("address_block")
		}
		entry.Detail["addresses"] = blocks[at].Addresses.String()
		return slices.Delete(blocks, at, at+1), nil
	})
}

// changeBlocks stores the blocks as change makes them of those that hold.
func (s *Service) changeBlocks(ctx context.Context, entry store.Audit, change func([]chat.AddressBlock) ([]chat.AddressBlock, error)) error {
	_, err := s.changeApp(ctx, entry, func(_ store.Tx, app *chat.App) (err error) {
		app.Settings.AddressBlocks, err = change(holding(app.Settings.AddressBlocks, entry.At))
		return err
	})
	return err
}

func blockAudit(p chat.Principal, app chat.AppID, b chat.AddressBlock, now time.Time, action string) store.Audit {
	detail := map[string]string{}
	if b.Addresses.IsValid() {
		detail["addresses"], detail["note"] = b.Addresses.String(), b.Note
	}
	if !b.Until.IsZero() {
		detail["until"] = b.Until.UTC().Format(time.RFC3339)
	}
	return store.Audit{App: app, At: now, Actor: p.Name, Action: action, Target: string(b.ID), Detail: detail}
}
