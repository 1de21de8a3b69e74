package socket

import "sync"

// crowd are the connections that are open. The zero crowd is empty, and lets everybody in.
type crowd[C comparable] struct {
	mu   sync.Mutex // guards open and shut
	open map[C]struct{}
	shut bool
	wait sync.WaitGroup
}

// enter lets a connection in, unless the crowd has ended.
func (c *crowd[C]) enter(one C) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.shut {
		return false
	}
	if c.open == nil {
		c.open = make(map[C]struct{})
	}
	c.open[one] = struct{}{}
	c.wait.Add(1)
	return true
}

// leave lets a connection go; one that is not there is fine.
func (c *crowd[C]) leave(one C) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, entered := c.open[one]; entered {
		delete(c.open, one)
		c.wait.Done()
	}
}

func (c *crowd[C]) size() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.open)
}

// all are those who are there now.
func (c *crowd[C]) all() []C {
	c.mu.Lock()
	defer c.mu.Unlock()
	all := make([]C, 0, len(c.open))
	for one := range c.open {
		all = append(all, one)
	}
	return all
}

// end lets nobody in any more, has everybody hang up, and waits until they have left.
func (c *crowd[C]) end(hangup func(C)) {
	c.mu.Lock()
	c.shut = true
	c.mu.Unlock()
	for _, one := range c.all() {
		hangup(one)
	}
	c.wait.Wait()
}
