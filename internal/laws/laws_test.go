// Package laws holds the laws of dependency as a test: it walks the imports of the whole module and names the law that
// was broken. docs/architecture.md shows the floors.
package laws

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/parlorchat/parlor/"

// floors are the folders of internal/ from the ground up. Imports go down only, and folders of one floor do not import
// each other.
var floors = [][]string{
	{"chat"},
	{"seal", "ratelimit", "config", "strictjson", "mail", "richtext", "outbound", "picture", "password", "tokens", "sso"},
	{"store", "store/sqlstore", "filestore", "broker", "wire"},
	{"idempotency"},
	{"auth", "directory", "messaging", "admin", "eventlog", "attachment", "staff", "inbox"},
	{"realtime", "webhook", "notice", "retention", "importer", "indexer"},
	{"httpapi", "socket", "media", "unsubscribe", "site"},
	{"server"},
	{"demo", "servertest", "load"},
}

// onlyFor are folders that only some may import.
var onlyFor = map[string][]string{
	"config": {"server", "demo", "servertest"}, // and cmd
	"demo":   {},                               // cmd
}

// tests are folders that only tests may import.
var tests = []string{"store/storetest", "sso/ssotest", "pgtest", "sqlitetest", "servertest", "laws"}

func TestImports(t *testing.T) {
	root := filepath.Join("..", "..")
	for _, file := range sources(t, root) {
		from := folder(file)
		for _, imported := range importsOf(t, filepath.Join(root, file)) {
			if law := broken(from, imported, strings.HasSuffix(file, "_test.go")); law != "" {
				t.Errorf("%s imports %s: %s", file, imported, law)
			}
		}
	}
}

// folder is a package's path below internal/, or its whole path outside of it.
func folder(file string) string {
	return strings.TrimPrefix(path.Dir(filepath.ToSlash(file)), "internal/")
}

func broken(from, imported string, inTest bool) string {
	if inTest || slices.Contains(tests, from) {
		return ""
	}
	inside, ours := strings.CutPrefix(imported, module)
	if law := brokenOutside(from, imported, ours); law != "" || !ours {
		return law
	}
	to := strings.TrimPrefix(inside, "internal/")
	switch {
	case slices.Contains(tests, to):
		return "law 7: test packages are never imported by production code"
	case !strings.HasPrefix(from, "cmd") && onlyFor[to] != nil && !slices.Contains(onlyFor[to], from):
		return "law: " + to + " is for " + strings.Join(append(onlyFor[to], "cmd"), ", ") + " only"
	case strings.HasPrefix(from, "cmd") || floorOf(to) < 0:
		return ""
	case floorOf(from) <= floorOf(to) && !(from == "store/sqlstore" && to == "store"):
		return "law of floors: imports go down only"
	}
	return ""
}

// brokenOutside judges imports of other modules and of the standard library.
func brokenOutside(from, imported string, ours bool) string {
	standard := !strings.Contains(strings.SplitN(imported, "/", 2)[0], ".")
	work := slices.Contains(floors[floorOf("messaging")], from)
	switch {
	case from == "chat" && !standard:
		return "law 1: chat imports the standard library only"
	case from == "chat" && (strings.HasPrefix(imported, "net/") && imported != "net/netip" || strings.HasPrefix(imported, "database/") || strings.HasPrefix(imported, "encoding/json")):
		return "law 1: chat knows no transport, no SQL and no JSON"
	case work && (imported == "net/http" || imported == "database/sql"):
		return "law 2: work packages know no transport and no dialect"
	case imported == "database/sql" && !strings.HasPrefix(from, "store/sqlstore"):
		return "law 2: only sqlstore speaks SQL"
	case !ours && strings.HasPrefix(imported, module):
		return "law: unknown package of this module"
	}
	return ""
}

func floorOf(folder string) int {
	return slices.IndexFunc(floors, func(floor []string) bool { return slices.Contains(floor, folder) })
}

func TestEveryFolderHasAFloor(t *testing.T) {
	for _, file := range sources(t, filepath.Join("..", "..")) {
		from := folder(file)
		if strings.HasPrefix(filepath.ToSlash(file), "internal/") && floorOf(from) < 0 && !slices.Contains(tests, from) {
			t.Errorf("internal/%s stands on no floor: add it to the laws and to docs/architecture.md", from)
		}
		if slices.Contains([]string{"util", "utils", "common", "models", "types", "helpers", "base", "misc"}, path.Base(from)) {
			t.Errorf("%s: law 6: no rooms of that name; a helper lives with its user", from)
		}
	}
}

func sources(t *testing.T, root string) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (entry.Name() == "node_modules" || strings.HasPrefix(entry.Name(), ".") && len(entry.Name()) > 2) {
			return filepath.SkipDir
		}
		if strings.HasSuffix(name, ".go") {
			relative, err := filepath.Rel(root, name)
			files = append(files, relative)
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func importsOf(t *testing.T, name string) []string {
	t.Helper()
	source, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := parser.ParseFile(token.NewFileSet(), name, source, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	var imports []string
	for _, spec := range parsed.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		imports = append(imports, imported)
	}
	return imports
}
