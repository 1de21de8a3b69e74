package strictjson

import "bytes"

var (
	byteOrderMark = []byte("\xEF\xBB\xBF")
	escapedNUL    = []byte(`\u0000`)
)

// checkForm refuses what jsontext would let pass: a text that is no object, NUL in strings, deep nesting.
// It costs a few searches for single bytes; only texts that look suspicious are walked through.
func checkForm(data []byte, maxDepth int) error {
	start := bytes.TrimLeft(data, " \t\r\n")
	at := len(data) - len(start)
	switch {
	case bytes.HasPrefix(data, byteOrderMark):
		return &Error{Problem: "the text begins with a byte order mark"} // RFC 8259 section 8.1
	case len(start) == 0:
		return &Error{Offset: at, Problem: "the text is empty; a JSON object is wanted"}
	case start[0] != '{':
		return &Error{Offset: at, Problem: "the text is not a JSON object"}
	}
	// Depth first, so that no parser ever descends further than this.
	if bytes.Count(data, []byte("{"))+bytes.Count(data, []byte("[")) > maxDepth {
		if offset := tooDeep(data, maxDepth); offset >= 0 {
			return &Error{Offset: offset, Problem: "objects and arrays are nested too deeply"}
		}
	}
	if offset := findNUL(data); offset >= 0 {
		return &Error{Offset: offset, Problem: "the text holds the character NUL"}
	}
	return nil
}

// tooDeep returns where the nesting first exceeds the limit, or -1. It need not understand texts that are no JSON:
// those are refused later.
func tooDeep(data []byte, limit int) int {
	depth := 0
	for i := 0; i < len(data); i++ {
		switch data[i] {
		case '"':
			i = endOfString(data, i)
		case '{', '[':
			if depth++; depth > limit {
				return i
			}
		case '}', ']':
			depth--
		}
	}
	return -1
}

// endOfString returns where the string that opens at i closes.
func endOfString(data []byte, i int) int {
	for i++; i < len(data) && data[i] != '"'; i++ {
		if data[i] == '\\' {
			i++
		}
	}
	return i
}

// findNUL returns where NUL stands, raw or escaped, or -1. Postgres cannot store it (security rule 3).
func findNUL(data []byte) int {
	if i := bytes.IndexByte(data, 0); i >= 0 {
		return i
	}
	for from := 0; ; {
		i := bytes.Index(data[from:], escapedNUL)
		if i < 0 {
			return -1
		}
		// An even number of backslashes before it are escaped backslashes; an odd number makes it harmless text.
		at, before := from+i, 0
		for at-before > 0 && data[at-before-1] == '\\' {
			before++
		}
		if before%2 == 0 {
			return at
		}
		from = at + len(escapedNUL)
	}
}
