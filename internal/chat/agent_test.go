package chat

import (
	"testing"
	"time"
)

func TestRolesIncludeThoseBelow(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		role, other Role
		want        bool
	}{
		{RoleAgent, RoleAgent, true}, {RoleAgent, RoleAdmin, false}, {RoleAgent, RoleOwner, false},
		{RoleAdmin, RoleAgent, true}, {RoleAdmin, RoleAdmin, true}, {RoleAdmin, RoleOwner, false},
		{RoleOwner, RoleAgent, true}, {RoleOwner, RoleAdmin, true}, {RoleOwner, RoleOwner, true},
		{"", RoleAgent, false}, {RoleOwner, "", false}, {"", "", false}, {"root", RoleAgent, false}, {RoleOwner, "root", false},
	} {
		if got := tt.role.Includes(tt.other); got != tt.want {
			t.Errorf("%q includes %q: %v", tt.role, tt.other, got)
		}
	}
}

func TestSessionsOfAgentsEnd(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC)
	for name, tt := range map[string]struct {
		used time.Duration
		want time.Duration
	}{
		"not used":              {0, AgentSessionIdle},
		"used":                  {3 * time.Hour, 3*time.Hour + AgentSessionIdle},
		"used to its last hour": {AgentSessionLife - time.Hour, AgentSessionLife},
	} {
		session := AgentSession{CreatedAt: start, LastUsedAt: start.Add(tt.used)}
		if got := session.Ends().Sub(start); got != tt.want {
			t.Errorf("%s: ends after %v, want %v", name, got, tt.want)
		}
	}
}
