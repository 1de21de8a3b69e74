// Package wire holds the JSON of everything that leaves or enters: resources, events, frames and errors, one shape and
// one encoder for REST, the socket and webhooks. Names are those of api/openapi.yaml and api/realtime.md.
// It knows chat and nothing else; deciding what may be shown to whom is not its business.
package wire

import (
	"time"

	"github.com/go-json-experiment/json"
)

// timeLayout is RFC 3339 in UTC with milliseconds.
const timeLayout = "2006-01-02T15:04:05.000Z"

// Time is a time as it is written on the wire. The zero Time is left out where the member says omitzero. It does not
// embed time.Time, whose own JSON has as many digits of a second as it needs.
type Time struct{ at time.Time }

// At wraps a time.
func At(t time.Time) Time { return Time{t} }

// IsZero tells whether there is no time.
func (t Time) IsZero() bool { return t.at.IsZero() }

// MarshalText writes RFC 3339 in UTC with milliseconds.
func (t Time) MarshalText() ([]byte, error) { return t.AppendText(nil) }

// AppendText is MarshalText without a copy.
func (t Time) AppendText(b []byte) ([]byte, error) {
	return t.at.UTC().AppendFormat(b, timeLayout), nil
}

// Encode writes v, which must be one of this package's types, as JSON.
func Encode(v any) []byte {
	raw, err := json.Marshal(v, json.Deterministic(true))
	if err != nil {
		panic("wire: a type of this package does not encode: " + err.Error())
	}
	return raw
}
