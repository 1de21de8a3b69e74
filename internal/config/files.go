package config

import (
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Bounds of one file.
const (
	defaultMaxFile = 25 << 20
	mostMaxFile    = 50 << 20
)

// Size is a number of bytes, written as one, or with a unit: 25MiB.
type Size int64

// units are powers of 1024; MB is read as MiB, since nobody who writes it means less.
var units = map[string]int64{"": 1, "B": 1, "K": 1 << 10, "KB": 1 << 10, "KIB": 1 << 10, "M": 1 << 20, "MB": 1 << 20, "MIB": 1 << 20,
	"G": 1 << 30, "GB": 1 << 30, "GIB": 1 << 30}

// UnmarshalText reads a size.
func (s *Size) UnmarshalText(text []byte) error {
	written := strings.ToUpper(strings.TrimSpace(string(text)))
	digits := strings.TrimRight(written, "BIKMG ")
	unit, known := units[strings.TrimSpace(written[len(digits):])]
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || !known || n < 0 || n > math.MaxInt64/unit {
		return fmt.Errorf("%q must be a number of bytes, or one with a unit, such as 25MiB", text)
	}
	*s = Size(n * unit)
	return nil
}

// FileLimit is how many bytes one file may have.
func (s Server) FileLimit() int64 {
	if s.MaxFile == 0 {
		return defaultMaxFile
	}
	return int64(s.MaxFile)
}

// FilesPlace is where files lie: a folder, or an s3:// address, which holds a secret.
func (s Server) FilesPlace() (string, error) {
	switch {
	case s.Files != "" && s.FilesFile != "":
		return "", errors.New("PARLOR_FILES: must not be given together with PARLOR_FILES_FILE")
	case s.FilesFile != "":
		text, err := os.ReadFile(s.FilesFile)
		if err != nil {
			return "", fmt.Errorf("PARLOR_FILES_FILE: %w", err)
		}
		return strings.TrimSpace(string(text)), nil
	case s.Files != "":
		return s.Files, nil
	}
	return filepath.Join(s.Data, "files"), nil
}

func (s Server) validateFiles(fault func(name, format string, args ...any)) {
	if s.Files != "" && s.FilesFile != "" {
		fault("PARLOR_FILES", "must not be given together with PARLOR_FILES_FILE")
	}
	if s.MaxFile < 0 || s.MaxFile > mostMaxFile {
		fault("PARLOR_MAX_FILE", "must be from 1 byte to 50MiB")
	}
	if s.UserFiles < 0 {
		fault("PARLOR_USER_FILES", "must be 0 or above")
	}
}
