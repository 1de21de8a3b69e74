package strictjson

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
)

// Error says why a text was refused. It holds no value of the text; names of members are part of Path.
type Error struct {
	Path    string // the member at fault: "content.text", "messages[2].text"; empty: the text as a whole
	Offset  int    // where in the text, in bytes from 0; -1 where Path says all
	Problem string // "must be a string"
}

// Error is "path: problem", with the place in bytes where the text itself is broken.
func (e *Error) Error() string {
	text := e.Problem
	if e.Path != "" {
		text = e.Path + ": " + text
	}
	if e.Offset >= 0 {
		text += " (at byte " + strconv.Itoa(e.Offset) + ")"
	}
	return text
}

// explain returns why jsontext refuses data.
func explain(data []byte) error {
	d := jsontext.NewDecoder(bytes.NewBuffer(data))
	if err := d.SkipValue(); err != nil {
		return fromSyntax(err)
	}
	return &Error{Offset: int(d.InputOffset()), Problem: "something follows the object"}
}

// fromSyntax puts an error of jsontext into our words. Its own words show a piece of the text, which may be a secret.
func fromSyntax(err error) *Error {
	var syntax *jsontext.SyntacticError
	if !errors.As(err, &syntax) {
		return &Error{Offset: -1, Problem: "the text is not JSON"}
	}
	e := &Error{Path: dotted(syntax.JSONPointer), Offset: int(syntax.ByteOffset), Problem: "the text is not JSON here"}
	switch {
	case errors.Is(err, jsontext.ErrDuplicateName):
		e.Problem = "the name stands twice in its object"
	case errors.Is(err, jsontext.ErrNonStringName):
		e.Problem = "the name of a member must be a string in double quotes"
	case errors.Is(err, io.ErrUnexpectedEOF):
		e.Problem = "the text ends too early"
	case strings.Contains(err.Error(), "UTF-8"):
		e.Problem = "the text is not valid UTF-8"
	case strings.Contains(err.Error(), "surrogate"):
		e.Problem = "a string holds half of a surrogate pair"
	}
	return e
}

// dotted writes a JSON pointer (RFC 6901) as people write it in code: /messages/2/text is messages[2].text.
func dotted(pointer jsontext.Pointer) string {
	var path strings.Builder
	for token := range pointer.Tokens() {
		switch {
		case isIndex(token):
			fmt.Fprintf(&path, "[%s]", token)
		case path.Len() > 0:
			path.WriteString("." + shown(token))
		default:
			path.WriteString(shown(token))
		}
	}
	return path.String()
}

func isIndex(token string) bool {
	return token != "" && len(token) < 10 && strings.Trim(token, "0123456789") == ""
}

// shown is a name as it may stand in a message: names come from the sender, and messages go to logs.
func shown(name string) string {
	const most = 64
	if len(name) > most {
		cut := most
		for !utf8.RuneStart(name[cut]) {
			cut--
		}
		name = name[:cut] + "…"
	}
	if quoted := strconv.Quote(name); quoted != `"`+name+`"` {
		return quoted
	}
	return name
}

func mustRead[T any](value T, err error) T {
	if err != nil {
		panic("strictjson: a text that was read does not read again: " + err.Error())
	}
	return value
}
