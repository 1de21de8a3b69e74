package filestore

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// draftSuffix ends the names of files that are being written. No name of a Store holds it.
const draftSuffix = "~"

// folder keeps files in a folder of this machine, spread over folders named after the ends of the names.
type folder struct{ root string }

func openFolder(root string) (folder, error) {
	if root == "" {
		return folder{}, errors.New("names no folder")
	}
	if err := os.MkdirAll(root, 0o700); err != nil {
		return folder{}, fmt.Errorf("make folder: %w", err)
	}
	f := folder{root}
	return f, f.removeDrafts()
}

// removeDrafts takes away what a crash left half written. Nobody else writes here: of several servers each would have
// its own files, which is why they share a bucket.
func (f folder) removeDrafts() error {
	drafts, err := filepath.Glob(filepath.Join(f.root, "??", "*"+draftSuffix))
	for _, draft := range drafts {
		if removed := os.Remove(draft); err == nil && !errors.Is(removed, fs.ErrNotExist) {
			err = removed
		}
	}
	return err
}

func (f folder) path(name string) (string, error) {
	if err := checkName(name); err != nil {
		return "", err
	}
	shard := strings.ToLower(name)
	if stem, _, found := strings.Cut(shard, "."); found && stem != "" {
		shard = stem // a file and what is made of it lie together
	}
	return filepath.Join(f.root, ("00" + shard)[len(shard):], name), nil
}

// Put writes under another name, syncs, and renames: a file is there whole or not at all, also after a power failure.
func (f folder) Put(_ context.Context, name string, r io.Reader, size int64) error {
	path, err := f.path(name)
	if err != nil {
		return err
	}
	if err := f.shard(filepath.Dir(path)); err != nil {
		return err
	}
	draft := path + draftSuffix
	if err := write(draft, &exactly{r, size}); err != nil {
		return errors.Join(err, os.Remove(draft))
	}
	if err := os.Rename(draft, path); err != nil {
		return errors.Join(err, os.Remove(draft))
	}
	return syncFolder(filepath.Dir(path))
}

// shard makes the folder of a file last before a file lies in it.
func (f folder) shard(path string) error {
	err := os.Mkdir(path, 0o700)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return syncFolder(f.root)
}

func write(path string, r io.Reader) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(file, r)
	if err == nil {
		err = file.Sync()
	}
	return errors.Join(err, file.Close())
}

func syncFolder(path string) error {
	opened, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(opened.Sync(), opened.Close())
}

func (f folder) Open(_ context.Context, name string) (File, error) {
	path, err := f.path(name)
	if err != nil {
		return nil, err
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	return file, nil
}

func (f folder) Delete(_ context.Context, name string) error {
	path, err := f.path(name)
	if err != nil {
		return err
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
