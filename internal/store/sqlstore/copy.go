package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
)

// CopySQLite writes the SQLite database at the address, as it is at one moment, to a file that must not be there yet. All
// that was acknowledged before the call is in it. Others read and write meanwhile; the database is neither made nor
// brought up to date. When it returns nil the bytes are on disk.
func CopySQLite(ctx context.Context, address, to string) error {
	path, ok := strings.CutPrefix(address, "sqlite:")
	if !ok {
		return errors.New("only SQLite is copied; of Postgres take pg_dump")
	}
	if _, err := os.Stat(path); err != nil {
		return err
	}
	// SQLite takes an empty file; one of its own all could read. Nor does it sync (https://www.sqlite.org/lang_vacuum.html).
	file, err := os.OpenFile(to, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer file.Close()
	from, err := connect(path, nil)
	if err != nil {
		return err
	}
	defer from.close()
	from.conn.SetInterrupt(ctx.Done())
	if _, err := from.exec(ctx, "VACUUM INTO $1", []any{to}); err != nil {
		return fmt.Errorf("copy: %w", err)
	}
	return file.Sync()
}
