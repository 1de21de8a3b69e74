package strictjson

import (
	"bytes"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
)

// Value is the text of one value of an object that was found to be strict JSON.
type Value struct{ raw jsontext.Value }

// Kind says what sort of value it is, in words for people: "a string", "a number", "true or false", "null",
// "an object" or "a list".
func (v Value) Kind() string { return kindInWords(v.raw.Kind()) }

// Raw is the text of the value. It shares memory with the text that it was read from.
func (v Value) Raw() []byte { return v.raw }

// IsNull tells whether the value is null.
func (v Value) IsNull() bool { return v.raw.Kind() == 'n' }

// Object returns the text of an object, or false if the value is none.
func (v Value) Object() ([]byte, bool) { return v.raw, v.raw.Kind() == '{' }

// List returns the elements of a list, or false if the value is none.
func (v Value) List() ([]Value, bool) {
	if v.raw.Kind() != '[' {
		return nil, false
	}
	// The outer text was checked, so that reading a part of it cannot fail.
	d := jsontext.NewDecoder(bytes.NewBuffer(v.raw))
	mustRead(d.ReadToken())
	var list []Value
	for d.PeekKind() != ']' {
		list = append(list, Value{mustRead(d.ReadValue())})
	}
	return list, true
}

// Text returns what a string says, or false if the value is none. It shares memory with the text that it was read from,
// unless the string was written with escapes.
func (v Value) Text() ([]byte, bool) {
	if v.raw.Kind() != '"' {
		return nil, false
	}
	return unquote(v.raw), true
}

// String is Text that returns a copy.
func (v Value) String() (string, bool) {
	text, ok := v.Text()
	return string(text), ok
}

// Bool returns true or false, and whether the value is one of them.
func (v Value) Bool() (value, ok bool) {
	kind := v.raw.Kind()
	return kind == 't', kind == 't' || kind == 'f'
}

// IsNumber tells whether the value is a number; Raw is then how it is written (RFC 8259 section 6).
func (v Value) IsNumber() bool { return v.raw.Kind() == '0' }

// Float returns a number, or false if the value is none or too large for a float64.
func (v Value) Float() (float64, bool) {
	if !v.IsNumber() {
		return 0, false
	}
	f, err := strconv.ParseFloat(string(v.raw), 64)
	return f, err == nil
}

func kindInWords(k jsontext.Kind) string {
	switch k {
	case '"':
		return "a string"
	case '0':
		return "a number"
	case 't', 'f':
		return "true or false"
	case 'n':
		return "null"
	case '{':
		return "an object"
	case '[':
		return "a list"
	}
	return "nothing"
}
