package chat

import (
	"fmt"
	"maps"
	"slices"
	"unicode/utf8"
)

// MaxMetadata is the most bytes that metadata may hold, keys and values together.
const MaxMetadata = 4096

// Metadata is a flat map whose values are string, float64 or bool. Nil and empty mean the same.
type Metadata map[string]any

// Check tells what is wrong with m, naming the key, or "" if nothing is.
func (m Metadata) Check() string {
	size := 0
	for _, key := range slices.Sorted(maps.Keys(m)) {
		if key == "" {
			return "keys must not be empty"
		}
		size += len(key)
		switch v := m[key].(type) {
		case string:
			if !utf8.ValidString(v) {
				return fmt.Sprintf("%q must be valid UTF-8", key)
			}
			size += len(v)
		case float64:
			size += 8
		case bool:
			size++
		default:
			return fmt.Sprintf("%q must be a string, a number or true or false", key)
		}
	}
	if size > MaxMetadata {
		return fmt.Sprintf("must hold at most %d bytes, keys and values together; it holds %d", MaxMetadata, size)
	}
	return ""
}

// WithoutNulls returns m without the entries whose value is nil: those take away, and in what is new there is nothing yet.
func (m Metadata) WithoutNulls() Metadata {
	for _, value := range m {
		if value == nil {
			return Metadata(nil).Merged(m)
		}
	}
	return m
}

// Merged returns m with the entries of update set; an entry whose value is nil is removed. Neither map is changed.
func (m Metadata) Merged(update map[string]any) Metadata {
	merged := maps.Clone(m)
	if merged == nil {
		merged = Metadata{}
	}
	for key, value := range update {
		if value == nil {
			delete(merged, key)
		} else {
			merged[key] = value
		}
	}
	return merged
}
