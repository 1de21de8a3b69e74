package main

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestCommands runs the scripts in testdata, each on data of its own. Two commands are of the tests: "ids" sets APP1,
// APP2, … and KEY1, … to the ids that there are, and "sql" runs a statement behind Parlor's back.
func TestCommands(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(e *testscript.Env) error {
			e.Setenv("PARLOR_DATA", filepath.Join(e.WorkDir, "data"))
			e.Setenv("PATH", filepath.Dir(binary)+string(os.PathListSeparator)+e.Getenv("PATH"))
			return os.WriteFile(filepath.Join(e.WorkDir, "logo.gif"), onePixel, 0o600)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"ids": ids, "sql": statement},
	})
}

// onePixel is the smallest picture, for the scripts that give an app a logo.
var onePixel = []byte("GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;")

func statement(ts *testscript.TestScript, _ bool, args []string) {
	db, err := sql.Open("sqlite", filepath.Join(ts.Getenv("PARLOR_DATA"), "parlor.db"))
	ts.Check(err)
	defer db.Close()
	_, err = db.Exec(args[0])
	ts.Check(err)
}

func ids(ts *testscript.TestScript, _ bool, _ []string) {
	var apps, keys []struct{ ID string }
	ask := func(into any, args ...string) {
		command := exec.Command(binary, append(args, "--json")...)
		command.Env = append(os.Environ(), "PARLOR_DATA="+ts.Getenv("PARLOR_DATA"))
		out, err := command.Output()
		ts.Check(err)
		ts.Check(json.Unmarshal(out, into))
	}
	ask(&apps, "app", "list")
	for i, app := range apps {
		ts.Setenv(fmt.Sprintf("APP%d", i+1), app.ID)
	}
	ask(&keys, "key", "list", "--app", apps[0].ID)
	for i, key := range keys {
		ts.Setenv(fmt.Sprintf("KEY%d", i+1), key.ID)
	}
}
