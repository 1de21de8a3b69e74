package attachment

import (
	"context"
	"sync"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

// work is what goes on when the request that began it is gone. It ends with the service, before the store is closed.
type work struct {
	service context.Context
	end     context.CancelFunc
	mu      sync.Mutex // guards that nothing begins after the end
	going   sync.WaitGroup
}

func newWork() *work {
	w := &work{}
	w.service, w.end = context.WithCancel(context.Background())
	return w
}

// do calls the function with the values of the context, but with an end of its own. Unavailable when the service stops.
func (w *work) do(ctx context.Context, within time.Duration, f func(context.Context) error) error {
	if !w.begin() {
		return chat.Overloaded("The server is stopping.", 10*time.Second, context.Canceled)
	}
	defer w.going.Done()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), within)
	defer cancel()
	defer context.AfterFunc(w.service, cancel)()
	return f(ctx)
}

func (w *work) begin() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.service.Err() != nil {
		return false
	}
	w.going.Add(1)
	return true
}

// stop ends all work and waits for it.
func (w *work) stop() {
	w.mu.Lock()
	w.end()
	w.mu.Unlock()
	w.going.Wait()
}
