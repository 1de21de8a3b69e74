package main

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/parlorchat/parlor/internal/admin"
)

// TestAppSettingsAreExplained: each setting that there is stands in the help, and in the table for operators as it does there.
func TestAppSettingsAreExplained(t *testing.T) {
	t.Parallel()
	guide, err := os.ReadFile("../../docs/operate.md")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, s := range appSettings {
		names = append(names, s[0])
		if row := fmt.Sprintf("\n| `%s` | %s | %s | %s |\n", s[0], s[1], s[2], s[3]); !strings.Contains(string(guide), row) {
			t.Errorf("docs/operate.md has no row %s", row)
		}
	}
	slices.Sort(names)
	want := append(admin.SettingNames(), "logo")
	slices.Sort(want)
	if !slices.Equal(names, want) {
		t.Errorf("explained are %q, there are %q", names, want)
	}
}
