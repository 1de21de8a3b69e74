package sqlstore

import (
	"crypto/sha256"
	"fmt"
	"time"

	"github.com/go-json-experiment/json"

	"github.com/parlorchat/parlor/internal/chat"
)

// Columns hold whole numbers, text, bytes and truth values only; what else the nouns have is written and read here.

// micros is how a time stands in a column: microseconds since 1970, 0 for no time.
func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// timeValue reads what micros wrote.
type timeValue time.Time

func (v *timeValue) Scan(src any) error {
	n, ok := src.(int64)
	if !ok {
		return fmt.Errorf("a time is stored as %T", src)
	}
	v.set(n)
	return nil
}

func (v *timeValue) set(n int64) {
	*v = timeValue{}
	if n != 0 {
		*v = timeValue(time.UnixMicro(n).UTC())
	}
}

// optional is how text stands in a column where ” would collide with itself or refer to nothing.
func optional[S ~string](s S) any {
	if s == "" {
		return nil
	}
	return string(s)
}

// blob is how bytes stand in a column that is never NULL.
func blob(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}

// digest is what a unique index holds of text of any length; nil for none, so that many rows may have none.
func digest(s string) []byte {
	if s == "" {
		return nil
	}
	sum := sha256.Sum256([]byte(s))
	return sum[:]
}

// hashValue reads a token hash.
type hashValue chat.TokenHash

func (v *hashValue) Scan(src any) error {
	b, ok := src.([]byte)
	if !ok || len(b) != len(v) {
		return fmt.Errorf("a hash of %d bytes is stored as %T of %d", len(v), src, len(b))
	}
	copy(v[:], b)
	return nil
}

// document is how a value stands in a column as JSON.
func document(v any) (string, error) {
	text, err := json.Marshal(v)
	if err != nil {
		return "", &chat.Error{Kind: chat.Invalid, Code: "bad_request", Message: "The value cannot be stored.", Err: err}
	}
	return string(text), nil
}

// metadata is how a flat map stands in a column.
func metadata(m chat.Metadata) (string, error) {
	if len(m) == 0 {
		return "", nil
	}
	return document(m)
}

// metadataValue reads what metadata wrote.
type metadataValue chat.Metadata

func (v *metadataValue) Scan(src any) error {
	*v = nil
	return parse(src, (*map[string]any)(v))
}

// parse reads what document wrote; empty text leaves v as it is.
func parse(src any, v any) error {
	text, ok := src.(string)
	switch {
	case !ok:
		return fmt.Errorf("a document is stored as %T", src)
	case text == "":
		return nil
	}
	if err := json.Unmarshal([]byte(text), v); err != nil {
		return fmt.Errorf("a stored document cannot be read: %w", err)
	}
	return nil
}

// scanText and scanNumber read rows of one column.
func scanText[S ~string](row scanner, v *S) error {
	var text string
	err := row.Scan(&text)
	*v = S(text)
	return err
}

func scanNumber(row scanner, v *int64) error { return row.Scan(v) }
