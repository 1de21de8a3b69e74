package wire

import "github.com/go-json-experiment/json/jsontext"

// OpenedLine answers the hello of a line.
type OpenedLine struct {
	Line string `json:"line"` // the credential of what follows
	LineHeard
}

// RefusedLine answers a hello that is refused, with the end that a socket would have had.
type RefusedLine struct {
	Problems
	Closed LineClosed `json:"closed"`
}

// LineSaid is what a client says on its line.
type LineSaid struct {
	First  int64    `json:"first"` // the number of the first of the frames
	Frames []string `json:"frames"`
}

// LinePoll asks for what comes after the frame of that number.
type LinePoll struct {
	After       int64 `json:"after"`
	WaitSeconds int   `json:"waitSeconds"`
}

// LineHeard is what a client hears on its line.
type LineHeard struct {
	First  int64            `json:"first"` // the number of the first of the frames, or of the next one where there are none
	Frames []jsontext.Value `json:"frames"`
	Closed *LineClosed      `json:"closed,omitzero"`
}

// LineClosed is the end of a line, as a close frame tells that of a socket.
type LineClosed struct {
	Code   int    `json:"code"`
	Reason string `json:"reason"`
}
