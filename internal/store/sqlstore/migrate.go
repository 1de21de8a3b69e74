package sqlstore

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"log/slog"

	"github.com/pressly/goose/v3"
)

//go:embed migrations
var migrationFiles embed.FS

// versionTable is where goose keeps which migrations have run.
const versionTable = "schema_versions"

// migrations is a dialect's way to the present schema.
type migrations struct {
	dialect goose.Dialect
	folder  string
	options func() ([]goose.ProviderOption, error)
}

var sqliteMigrations = migrations{dialect: goose.DialectSQLite3, folder: "migrations/sqlite"}

// migrate brings the schema up to date. Each migration is one transaction with the record that it ran, so that of two
// processes that race, one sees its migration fail: it looks again, and goes on from where the other has come.
func migrate(ctx context.Context, db *sql.DB, m migrations, logger *slog.Logger) error {
	files, err := fs.Sub(migrationFiles, m.folder)
	if err != nil {
		return fmt.Errorf("find migrations: %w", err)
	}
	return migrateWith(ctx, db, m, files, logger)
}

func migrateWith(ctx context.Context, db *sql.DB, m migrations, files fs.FS, logger *slog.Logger) error {
	options := []goose.ProviderOption{goose.WithTableName(versionTable), goose.WithDisableGlobalRegistry(true), goose.WithSlog(logger)}
	if m.options != nil {
		more, err := m.options()
		if err != nil {
			return err
		}
		options = append(options, more...)
	}
	provider, err := goose.NewProvider(m.dialect, db, files, options...)
	if err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	for {
		before, target, err := provider.GetVersions(ctx)
		switch {
		case err != nil:
			return fmt.Errorf("read schema version: %w", err)
		case before > target:
			return fmt.Errorf("the schema has version %d, and this program knows it up to %d: use the newer program", before, target)
		case before == target:
			return nil
		}
		_, failure := provider.Up(ctx)
		if failure == nil {
			return nil
		}
		after, _, err := provider.GetVersions(ctx)
		if err != nil || after == before {
			return fmt.Errorf("migrate the schema: %w", failure)
		}
	}
}
