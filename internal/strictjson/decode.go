package strictjson

import (
	"errors"
	"reflect"
	"time"

	"github.com/go-json-experiment/json"
)

// Decode fills into, a pointer, from a strict JSON object. Members that into does not know are ignored.
// It returns an *Error; into may then be filled in part.
func Decode(data []byte, into any) error { return decode(data, into) }

// DecodeExact is Decode that refuses members that into does not know.
func DecodeExact(data []byte, into any) error {
	return decode(data, into, json.RejectUnknownMembers(true))
}

func decode(data []byte, into any, options ...json.Options) error {
	if err := checkForm(data, MaxDepth); err != nil {
		return err
	}
	err := json.Unmarshal(data, into, options...)
	if err == nil {
		return nil
	}
	// A text that is broken is refused as such, even where a member before the fault has the wrong type.
	if broken := Check(data, Limits{}); broken != nil {
		return broken
	}
	return fromMeaning(err)
}

// fromMeaning says which member has not the type that is wanted.
func fromMeaning(err error) *Error {
	var semantic *json.SemanticError
	if !errors.As(err, &semantic) {
		return &Error{Offset: -1, Problem: "cannot be read"}
	}
	e := &Error{Path: dotted(semantic.JSONPointer), Offset: -1}
	switch {
	case errors.Is(semantic.Err, json.ErrUnknownName):
		e.Problem = "is not known here"
	case semantic.GoType != nil:
		e.Problem = "must be " + wanted(semantic.GoType)
		if semantic.JSONKind == '0' && isWhole(semantic.GoType) {
			e.Problem += " in range"
		}
	default:
		e.Problem = "cannot be read"
	}
	return e
}

// wanted says in words what JSON a Go type is read from.
func wanted(t reflect.Type) string {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case t == reflect.TypeFor[time.Time]():
		return "a time as in RFC 3339"
	case isWhole(t):
		return "a whole number"
	}
	switch t.Kind() {
	case reflect.String:
		return "a string"
	case reflect.Bool:
		return "true or false"
	case reflect.Float32, reflect.Float64:
		return "a number"
	case reflect.Slice, reflect.Array:
		if t.Elem().Kind() == reflect.Uint8 {
			return "a string in base64"
		}
		return "a list"
	case reflect.Struct, reflect.Map:
		return "an object"
	}
	return "of another kind"
}

func isWhole(t reflect.Type) bool {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return reflect.Int <= t.Kind() && t.Kind() <= reflect.Uint64
}
