package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"runtime/debug"
	"slices"
	"sync/atomic"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// Bounds of the writer.
const (
	maxWaiting   = 4096 // writes that wait; further ones are refused
	maxBatch     = 256  // writes that one commit acknowledges
	maxBatchTime = 20 * time.Millisecond
)

var (
	errClosed  = chat.Overloaded("The database is closed.", retryAfter, nil)
	errWaiting = chat.Overloaded("Too many writes are waiting.", retryAfter, nil)
)

// writer owns the one connection that writes to a SQLite file. Its goroutine gathers concurrent writes into batches:
// the functions run back to back inside one real transaction and are acknowledged together after one synced commit, so
// that a sync is paid once for a batch and not for each write. No write waits for others to come: a batch is what came
// while the one before was being synced.
//
// A function that fails before it has written anything leaves nothing to undo. Where one fails after it has written,
// which is rare, the batch is undone and run again with each function in a savepoint: savepoints for all would copy
// every page that a function touches.
//
// Functions run in the writer's goroutine: to hand the turn to the callers' goroutines and back costs more than the
// statements. A function that panics is undone, and the panic raised again where Write was called; one that ends its
// goroutine (runtime.Goexit, as a failing test does) ends its caller's, and the writer goes on in a new one.
type writer struct {
	path     string
	clock    func() time.Time
	listener store.Listener
	logger   *slog.Logger

	batchTime time.Duration // after which a batch takes no further write

	queue   chan *writing
	closing chan struct{}
	done    chan struct{} // closed when the writer has ended
	failed  error         // of closing the connection; read after done

	// What follows belongs to the writer's goroutine.
	conn    *connection
	ran     []*writing // those of the batch that wait for the commit
	job     *writing   // whose function runs, or has ended without being settled; nil between batches
	again   []*writing // those of the batch that are to be run again
	careful bool       // each function of the batch runs in a savepoint
	began   time.Time  // when the batch began
}

// writing is one call of write.
type writing struct {
	ctx   context.Context
	f     func(*tx) error
	taken atomic.Bool   // by the writer, or by the caller who stopped waiting: whoever is first
	ended chan struct{} // closed by the writer when it has set the rest

	tx       *tx
	err      error
	panicked any  // what f panicked with
	exited   bool // f ended the goroutine
}

func startWriter(path string, options Options) (*writer, error) {
	conn, err := connect(path, sqliteWriterPragmas)
	if err != nil {
		return nil, fmt.Errorf("open for writing: %w", err)
	}
	w := &writer{
		path: path, conn: conn, clock: options.Clock, listener: options.Listener, logger: options.Logger, batchTime: maxBatchTime,
		queue: make(chan *writing, maxWaiting), closing: make(chan struct{}), done: make(chan struct{}),
	}
	go w.run()
	return w, nil
}

// write waits until f has run and is committed.
func (w *writer) write(ctx context.Context, f func(*tx) error) error {
	if err := ctx.Err(); err != nil {
		return gaveUp(err)
	}
	job := &writing{ctx: ctx, f: f, ended: make(chan struct{})}
	select {
	case w.queue <- job:
	default:
		return errWaiting
	}
	select {
	case <-job.ended:
	case <-ctx.Done():
		if job.taken.CompareAndSwap(false, true) {
			return gaveUp(ctx.Err())
		}
		<-job.ended
	case <-w.done:
		if job.taken.CompareAndSwap(false, true) {
			return errClosed
		}
		<-job.ended
	}
	switch {
	case job.panicked != nil:
		panic(job.panicked)
	case job.exited:
		runtime.Goexit()
	}
	return job.err
}

func (w *writer) close() error {
	close(w.closing)
	<-w.done
	return w.failed
}

func (w *writer) run() {
	finished := false
	defer func() {
		if finished {
			close(w.done)
		} else {
			go w.run() // a function ended this goroutine
		}
	}()
	if w.job != nil {
		w.finishBatch()
	}
	for {
		select {
		case job := <-w.queue:
			w.startBatch(job)
		case <-w.closing:
			if w.conn != nil {
				w.failed = w.conn.close()
			}
			finished = true
			return
		}
	}
}

func (w *writer) startBatch(job *writing) {
	if err := w.begin(); err != nil {
		w.refuse(job, err)
		return
	}
	w.ran, w.careful, w.began = w.ran[:0], false, time.Now()
	w.job = job
	w.call(job)
	w.finishBatch()
}

// finishBatch goes on where the function of w.job has ended: it settles that, runs those that have come meanwhile, and
// commits.
func (w *writer) finishBatch() {
	for {
		if err := w.settle(w.job); err != nil {
			w.undo(err)
			return
		}
		if w.job = w.next(); w.job == nil {
			w.commit()
			return
		}
		if w.careful {
			if err := w.conn.run("SAVEPOINT one"); err != nil {
				w.undo(err)
				return
			}
		}
		w.call(w.job)
	}
}

// next returns a job that is to be run again, or one that waits, if there is one and the batch has room.
func (w *writer) next() *writing {
	if len(w.again) > 0 {
		job := w.again[0]
		w.again = w.again[1:]
		return job
	}
	if len(w.ran) >= maxBatch || time.Since(w.began) > w.batchTime {
		return nil
	}
	select {
	case job := <-w.queue:
		return job
	default:
		return nil
	}
}

var errUnfinished = errors.New("the function did not return")

// call runs the function of a job, unless its caller has stopped waiting.
func (w *writer) call(job *writing) {
	if !job.taken.CompareAndSwap(false, true) && job.tx == nil {
		return
	}
	job.tx = &tx{ctx: job.ctx, db: w.conn, now: w.clock, writable: true}
	job.err, job.panicked, job.exited = errUnfinished, nil, false
	returned := false
	defer func() {
		if returned {
			return
		}
		if job.panicked = recover(); job.panicked != nil {
			w.logger.Error("a function panicked in a write", "panic", job.panicked, "stack", string(debug.Stack()))
		} else {
			job.exited = true
		}
	}()
	job.err = job.f(job.tx)
	returned = true
}

// settle keeps or undoes what the function of the job did. It returns an error if the whole transaction is lost.
func (w *writer) settle(job *writing) error {
	skipped := job.tx == nil
	switch {
	case !skipped && job.tx.failed != nil:
		return job.tx.failed
	case w.careful:
		if skipped || job.err != nil {
			if err := w.conn.run("ROLLBACK TO one"); err != nil {
				return err
			}
		}
		if err := w.conn.run("RELEASE one"); err != nil {
			return err
		}
	case !skipped && job.err != nil && job.tx.wrote:
		return w.startOver(job)
	}
	if !skipped {
		w.ran = append(w.ran, job)
	}
	return nil
}

// startOver undoes the transaction because of what the job has written, and has the others run again.
func (w *writer) startOver(job *writing) error {
	alone := len(w.ran) == 0
	if alone {
		// What it saw was committed, so that its error holds whatever becomes of those that come.
		close(job.ended)
	} else {
		w.again = append(w.ran, job)
		w.ran = nil
		w.careful = true
	}
	w.job = nil
	w.began = time.Now()
	w.conn.run("ROLLBACK")
	return w.begin()
}

// commit makes the batch durable, tells the listener in the order in which the functions ran, and then the callers.
func (w *writer) commit() {
	if err := w.conn.run("COMMIT"); err != nil {
		w.undo(fmt.Errorf("commit: %w", err))
		return
	}
	var events []chat.Event
	for _, job := range w.ran {
		if job.err == nil {
			events = append(events, job.tx.events...)
		}
	}
	if len(events) > 0 {
		w.listener.Committed(events)
	}
	for _, job := range w.ran {
		close(job.ended)
	}
}

// undo gives up a transaction that the database has lost: nothing of it has happened, for none of the batch.
func (w *writer) undo(err error) {
	if w.conn != nil {
		w.conn.run("ROLLBACK") // fails where the database has rolled back by itself
	}
	for _, job := range slices.Concat(w.ran, w.again) {
		job.fail(err)
	}
	w.again = nil
	if w.job != nil {
		w.job.fail(err)
		w.job = nil
	}
}

// refuse ends the job and all that wait now: each of them would wait for the database as long again.
func (w *writer) refuse(job *writing, err error) {
	waiting := len(w.queue) // before anybody learns of the failure and tries again
	job.fail(err)
	for range waiting {
		job = <-w.queue
		job.fail(err)
	}
}

// fail ends a job of which nothing has happened.
func (job *writing) fail(err error) {
	job.taken.Store(true)
	job.err = err
	if chat.KindOf(err) != chat.Unavailable {
		job.err = unavailable(err)
	}
	close(job.ended)
}

// begin takes the write lock. A connection that cannot even say that the lock is taken is replaced by a new one.
func (w *writer) begin() error {
	if w.conn != nil {
		err := w.conn.run("BEGIN IMMEDIATE")
		if err == nil || isBusy(err) {
			return err
		}
		w.logger.Error("the writing connection failed and is opened anew", "err", err)
		w.conn.close()
		w.conn = nil
	}
	conn, err := connect(w.path, sqliteWriterPragmas)
	if err != nil {
		return err
	}
	w.conn = conn
	return w.conn.run("BEGIN IMMEDIATE")
}
