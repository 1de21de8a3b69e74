package chat

import "time"

// Sweep is one run that removes what an app keeps no longer.
type Sweep struct {
	App           AppID
	NextAt        time.Time // it is not begun before
	Conversations int64     // that this run has removed so far
	Messages      int64     // in them
}

// KeptSince is when something must have happened last to be kept at a time; false: everything is kept for ever.
func (s AppSettings) KeptSince(now time.Time) (since time.Time, ends bool) {
	return now.Add(-s.Retention), s.Retention > 0
}
