package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/parlorchat/parlor/internal/config"
	"github.com/parlorchat/parlor/internal/store/sqlstore"
)

// backupCommand copies the data beside a running server to a folder that can be served as it is: docs/operate.md.
type backupCommand struct {
	config.Store `embed:""`
	Files        string `env:"PARLOR_FILES" default:"" help:"Where files lie, as the server is told. Default: files in the data folder."`
	FilesFile    string `env:"PARLOR_FILES_FILE" default:"" help:"File that holds the value of PARLOR_FILES."`
	Folder       string `arg:"" type:"path" help:"Folder that takes the backup: an empty one, or one that is not there."`
	WithKey      bool   `help:"Copy the file with the master key, too. Who has such a backup has all secrets."`
	JSON         bool   `name:"json" help:"Print JSON."`
}

// Run copies the database before the files: then every file that the copy names was there to be copied. The database gets
// its name last: a backup without parlor.db was not finished.
func (b *backupCommand) Run(ctx context.Context, o *output) error {
	if err := makeEmpty(b.Folder); err != nil {
		return err
	}
	database := filepath.Join(b.Folder, "parlor.db")
	if err := sqlstore.CopySQLite(ctx, b.DatabaseURL(), database+".part"); err != nil {
		return fmt.Errorf("PARLOR_DATABASE: %w", err)
	}
	files, err := b.copyFiles(ctx)
	if err != nil {
		return fmt.Errorf("PARLOR_FILES: %w", err)
	}
	key, err := b.copyKey()
	if err != nil {
		return fmt.Errorf("master key: %w", err)
	}
	if err := os.Rename(database+".part", database); err != nil {
		return err
	}
	if b.JSON {
		return o.json(map[string]any{"database": database, "files": files, "masterKey": key})
	}
	o.line("database    %s\nfiles       %s\nmaster key  %s", database, files, key)
	return nil
}

func makeEmpty(folder string) error {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	entries, err := os.ReadDir(folder)
	if err == nil && len(entries) > 0 {
		err = fmt.Errorf("%s is not empty: each backup takes a folder of its own", folder)
	}
	return err
}

// copyFiles copies what lies in the folder of files. What is deleted meanwhile is left out, although the copy of the
// database may still name it.
func (b *backupCommand) copyFiles(ctx context.Context) (did string, err error) {
	from, err := config.Server{Store: b.Store, Files: b.Files, FilesFile: b.FilesFile}.FilesPlace()
	if err != nil || strings.HasPrefix(from, "s3://") {
		return "not copied: they lie in a bucket", err
	}
	count := 0
	err = filepath.WalkDir(from, func(path string, entry fs.DirEntry, err error) error {
		relative, _ := filepath.Rel(from, path)
		to := filepath.Join(b.Folder, "files", relative)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err == nil && entry.IsDir():
			return os.MkdirAll(to, 0o700)
		case err == nil:
			err = copyFile(path, to)
		}
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		count++
		return err
	})
	return fmt.Sprintf("%d copied", count), err
}

func (b *backupCommand) copyKey() (did string, err error) {
	from := filepath.Join(b.Data, "master.key")
	switch {
	case !b.WithKey:
		return "not copied: keep it apart, a restore needs it", nil
	case b.MasterKey != "":
		return "", errors.New("lies in no file but in PARLOR_MASTER_KEY: keep it yourself")
	case b.MasterKeyFile != "":
		from = b.MasterKeyFile
	}
	return "copied", copyFile(from, filepath.Join(b.Folder, "master.key"))
}

func copyFile(from, to string) error {
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer source.Close()
	file, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(file, source)
	return errors.Join(err, file.Sync(), file.Close())
}
