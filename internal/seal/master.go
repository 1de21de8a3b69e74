package seal

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Parse reads a master key as it stands in an environment variable or a file: 32 bytes in hex, or in base64 of either
// alphabet with or without padding; white space around it does not count. Its errors never show the value.
func Parse(text string) (*Master, error) {
	text = strings.TrimSpace(text)
	raw, err := hex.DecodeString(text)
	if err != nil || len(raw) != 32 { // 64 hex digits would be base64 too, of 48 bytes
		raw, err = decodeBase64(text)
	}
	switch {
	case text == "":
		return nil, errors.New("the master key is empty; make one with: openssl rand -base64 32")
	case err != nil:
		return nil, errors.New("the master key is neither hex nor base64; make one with: openssl rand -base64 32")
	case len(raw) != 32:
		return nil, fmt.Errorf("the master key has %d bytes; it must have 32: make one with: openssl rand -base64 32", len(raw))
	}
	return NewMaster([32]byte(raw)), nil
}

func decodeBase64(text string) ([]byte, error) {
	text = strings.NewReplacer("-", "+", "_", "/").Replace(strings.TrimRight(text, "="))
	return base64.RawStdEncoding.DecodeString(text)
}

// Load reads the master key from a file that must exist.
func Load(path string) (*Master, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read master key: %w", err)
	}
	master, err := Parse(string(text))
	if err != nil {
		return nil, fmt.Errorf("read master key from %s: %w", path, err)
	}
	return master, nil
}

// LoadOrCreate reads the master key from a file, and makes the file with a new key if there is none: of several
// processes that start at once one makes it, all get the same key, and created is true for that one, which should
// tell the operator to back the file up apart from the data. An existing file is never replaced, whatever it holds.
func LoadOrCreate(path string) (master *Master, created bool, err error) {
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
		switch err := create(path); {
		case err == nil:
			created = true
		case !errors.Is(err, fs.ErrExist):
			return nil, false, fmt.Errorf("make master key: %w", err)
		}
	}
	master, err = loadSoon(path)
	return master, created, err
}

// create makes the file with a new key, or fails with fs.ErrExist. The key is written and synced under another name
// first and then linked: a link is made only where nothing stands, like O_EXCL, but the file appears complete.
// A process that dies on the way leaves a stray file and not half a key.
func create(path string) error {
	var key [32]byte
	rand.Read(key[:])
	text := base64.StdEncoding.EncodeToString(key[:]) + "\n"

	draft := path + ".new-" + rand.Text()
	if err := writeExclusive(draft, text); err != nil {
		return err
	}
	defer os.Remove(draft)
	switch err := os.Link(draft, path); {
	case err == nil, errors.Is(err, fs.ErrExist):
		return errors.Join(err, syncFolder(path))
	default:
		// A file system without links, as some mounts have: the name is taken first, and readers wait in loadSoon.
		return errors.Join(writeExclusive(path, text), syncFolder(path))
	}
}

func writeExclusive(path, text string) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = file.WriteString(text)
	return errors.Join(err, file.Sync(), file.Close())
}

// syncFolder makes the new name last: data sealed under a key that a power failure takes away would be lost.
func syncFolder(path string) error {
	folder, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// loadSoon is Load that gives another process a moment to finish writing the file.
func loadSoon(path string) (*Master, error) {
	const patience, step = 2 * time.Second, 20 * time.Millisecond
	for waited := time.Duration(0); ; waited += step {
		info, err := os.Stat(path)
		if err != nil {
			return nil, fmt.Errorf("read master key: %w", err)
		}
		if info.Size() >= 43 || waited >= patience { // the least that 32 bytes take in base64: then the key is all there
			return Load(path)
		}
		time.Sleep(step)
	}
}
