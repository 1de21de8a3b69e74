// Package importer brings history that was written elsewhere: users, conversations and messages, one JSON object a line
// (docs/import.md), under their own ids and times.
//
// Lines are read one after the other and written some hundred to a transaction, so that a file of any size takes the
// same memory and holds nobody else up. What a line names is found by its id in the file: ids that have the form of ours
// are kept where they are free, for the others a reference is stored in the same transaction. So a run that was cut off
// goes on where it was when it is started again, and a line that was imported before changes nothing.
//
// The rules of users are those of package directory, the rules of conversations and messages those of package messaging;
// whoever listens to running servers hears of each conversation and not of each message.
package importer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// Bounds of one transaction.
const (
	batchLines = 400
	batchBytes = 1 << 20
)

// Source is a file.
type Source struct {
	Name   string // as faults name it
	Reader io.Reader
}

// Options are what a run needs. Store, App and Now are required.
type Options struct {
	Store store.Store
	// Behind is set for a rehearsal: the data that would be changed. Store is then an empty one, into which everything is
	// written, and Behind is only looked into.
	Behind store.Store
	App    chat.AppID
	Actor  string // for the audit log
	Now    func() time.Time

	// Skip is told of each faulty line once the lines around it are written, and the run goes on. Nil: the first fault ends the
	// run, and none of the lines that would have been written with it is.
	Skip func(Fault) error
	// Progress is told after each transaction; nil: nobody wants to know.
	Progress func(Result)
}

// Result says what became of the lines so far.
type Result struct {
	Users         Count `json:"users"`
	Conversations Count `json:"conversations"`
	Messages      Count `json:"messages"`
	Faulty        int64 `json:"faulty"`
}

// Count is how many lines of one type there were.
type Count struct {
	Imported  int64 `json:"imported"`
	Unchanged int64 `json:"unchanged"` // were there already
}

// Lines is how many lines the result is about.
func (r Result) Lines() int64 {
	return r.Imported() + r.Users.Unchanged + r.Conversations.Unchanged + r.Messages.Unchanged + r.Faulty
}

// Imported is how many lines made something new.
func (r Result) Imported() int64 {
	return r.Users.Imported + r.Conversations.Imported + r.Messages.Imported
}

// Fault is what is wrong with a line.
type Fault struct {
	Source  string
	Line    int64  // from 1
	Problem string // "field: what to change"
	Raw     []byte // the line, without its end
}

func (f *Fault) Error() string { return fmt.Sprintf("%s:%d: %s", f.Source, f.Line, f.Problem) }

// Run imports the sources in order. The result counts what was committed, also where an error ended the run: a *Fault,
// unless Skip is set, NotFound app_not_found, or what the store or a reader returns. After it the run may be started
// again from the beginning.
func Run(ctx context.Context, o Options, sources []Source) (Result, error) {
	r := run{Options: o}
	if err := r.begin(ctx); err != nil {
		return Result{}, err
	}
	for _, source := range sources {
		if err := r.source(ctx, source); err != nil {
			return r.result, err
		}
	}
	return r.result, r.end(ctx)
}

type run struct {
	Options
	result Result
}

// begin finds the app, and for a rehearsal makes one like it.
func (r *run) begin(ctx context.Context) error {
	data := r.Store
	if r.Behind != nil {
		data = r.Behind
	}
	var app chat.App
	err := data.Read(ctx, func(tx store.Tx) (err error) {
		app, err = tx.GetApp(r.App)
		return err
	})
	if err != nil || r.Behind == nil {
		return err
	}
	return r.Store.Write(ctx, func(tx store.Tx) error {
		likeIt := app
		return tx.InsertApp(&likeIt)
	})
}

func (r *run) end(ctx context.Context) error {
	if r.Behind != nil || r.result.Imported() == 0 {
		return nil
	}
	return r.Store.Write(ctx, func(tx store.Tx) error {
		return tx.AppendAudit(store.Audit{App: r.App, At: r.now(), Actor: r.Actor, Action: "import", Target: string(r.App), Detail: map[string]string{
			"users": fmt.Sprint(r.result.Users.Imported), "conversations": fmt.Sprint(r.result.Conversations.Imported),
			"messages": fmt.Sprint(r.result.Messages.Imported)}})
	})
}

// now is the time to the microsecond that the store keeps.
func (r *run) now() time.Time { return r.Now().UTC().Truncate(time.Microsecond) }

func (r *run) source(ctx context.Context, source Source) error {
	lines := newLines(source)
	for {
		batch, err := lines.batch()
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if len(batch) > 0 {
			if err := r.write(ctx, batch); err != nil {
				return err
			}
		}
		if err != nil {
			return nil
		}
	}
}

// write is one transaction.
func (r *run) write(ctx context.Context, lines []line) error {
	var b *batch
	err := r.Store.Write(ctx, func(tx store.Tx) error {
		b = &batch{ctx: ctx, run: r, tx: tx, now: r.now(), users: map[string]chat.UserID{}, talks: map[string]*talk{}}
		for _, line := range lines {
			fault := b.line(line)
			if f, ok := errors.AsType[*Fault](fault); ok && r.Skip != nil {
				b.faults = append(b.faults, *f)
				continue
			}
			if fault != nil {
				return fault
			}
		}
		return b.show()
	})
	if err != nil {
		return err
	}
	r.result.add(b.result)
	for _, fault := range b.faults {
		r.result.Faulty++
		if err := r.Skip(fault); err != nil {
			return err
		}
	}
	if r.Progress != nil {
		r.Progress(r.result)
	}
	return nil
}

func (r *Result) add(more Result) {
	for _, c := range []struct{ to, from *Count }{{&r.Users, &more.Users}, {&r.Conversations, &more.Conversations}, {&r.Messages, &more.Messages}} {
		c.to.Imported += c.from.Imported
		c.to.Unchanged += c.from.Unchanged
	}
}
