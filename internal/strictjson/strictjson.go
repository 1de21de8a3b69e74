// Package strictjson reads JSON the one way in which it can be read: what two parsers could understand differently is
// refused (RFC 7493; security rule 3). Tokens, REST bodies and socket frames all pass here.
//
// A text is one object, in UTF-8 without a byte order mark, with nothing after it; no name stands twice in an object,
// at any level and however it is spelled; no string holds a lone surrogate or NUL; nothing is nested deeper than
// MaxDepth. Names are compared byte for byte: "Exp" is not "exp".
//
// Check tells only whether a text is so. Members takes the outer object apart without copying. Decode and DecodeExact
// fill a Go value. All of them refuse the same texts, with an Error that says where and why.
package strictjson

import (
	"bytes"
	"sync"

	"github.com/go-json-experiment/json/jsontext"
)

// MaxDepth is how deeply objects and arrays may be nested; the outer object counts as one.
const MaxDepth = 32

// Limits bound a text further. The zero value is what the package otherwise uses.
type Limits struct {
	Bytes int // the most bytes; 0: any number
	Depth int // the deepest nesting; 0: MaxDepth
}

// Check returns nil if data is one strict JSON object within the limits, else an *Error.
func Check(data []byte, limits Limits) error {
	if limits.Bytes > 0 && len(data) > limits.Bytes {
		return &Error{Offset: limits.Bytes, Problem: "the text is longer than allowed"}
	}
	if limits.Depth == 0 {
		limits.Depth = MaxDepth
	}
	if err := checkForm(data, limits.Depth); err != nil {
		return err
	}
	// RFC 7493 is jsontext's default: UTF-8, no lone surrogates, no duplicate names.
	if jsontext.Value(data).IsValid() {
		return nil
	}
	return explain(data)
}

// Member is a member of an object. Name is what the name says once its escapes are undone.
type Member struct {
	Name  []byte
	Value Value
}

// Members appends the members of the strict JSON object in data to list, in the order of the text, and returns the
// longer list, or an *Error. Names without escapes and all values share memory with data.
func Members(data []byte, list []Member) ([]Member, error) {
	if err := checkForm(data, MaxDepth); err != nil {
		return nil, err
	}
	r := readers.Get().(*reader)
	defer r.release()
	r.buffer = *bytes.NewBuffer(data)
	r.decoder.Reset(&r.buffer)
	if _, err := r.decoder.ReadToken(); err != nil {
		return nil, fromSyntax(err)
	}
	for r.decoder.PeekKind() == '"' {
		name, err := r.decoder.ReadValue()
		if err != nil {
			return nil, fromSyntax(err)
		}
		member := Member{Name: unquote(name)}
		if member.Value.raw, err = r.decoder.ReadValue(); err != nil {
			return nil, fromSyntax(err)
		}
		list = append(list, member)
	}
	if _, err := r.decoder.ReadToken(); err != nil { // the closing brace, or what stands in place of a name
		return nil, fromSyntax(err)
	}
	if rest := data[r.decoder.InputOffset():]; len(bytes.TrimLeft(rest, " \t\r\n")) > 0 {
		return nil, &Error{Offset: int(r.decoder.InputOffset()), Problem: "something follows the object"}
	}
	return list, nil
}

// reader is a decoder that reads straight from the caller's bytes: jsontext does not copy out of a bytes.Buffer.
type reader struct {
	decoder jsontext.Decoder
	buffer  bytes.Buffer
}

var readers = sync.Pool{New: func() any { return new(reader) }}

// release lets go of the caller's bytes.
func (r *reader) release() {
	r.buffer = bytes.Buffer{}
	r.decoder.Reset(&r.buffer)
	readers.Put(r)
}

// unquote returns what a JSON string that was read already says, without copying where it has no escapes.
func unquote(quoted []byte) []byte {
	if inner := quoted[1 : len(quoted)-1]; bytes.IndexByte(inner, '\\') < 0 {
		return inner
	}
	plain, err := jsontext.AppendUnquote(nil, quoted)
	if err != nil {
		panic("strictjson: a string that was read is no string: " + err.Error())
	}
	return plain
}
