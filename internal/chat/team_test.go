package chat

import (
	"errors"
	"strings"
	"testing"
)

func TestTeamsAreSettled(t *testing.T) {
	t.Parallel()
	many := make([]Colleague, MaxTeamMembers+1)
	for name, c := range map[string]struct {
		team  Team
		field string
	}{
		"with spaces around and inside": {Team{Name: " Second line ", Routing: RoutingManual}, ""},
		"as long as may be":             {Team{Name: strings.Repeat("ü", MaxTeamName), Routing: RoutingRoundRobin, Members: many[:MaxTeamMembers]}, ""},
		"too long":                      {Team{Name: strings.Repeat("ü", MaxTeamName+1), Routing: RoutingManual}, "name"},
		"nothing to see":                {Team{Name: "\u200b", Routing: RoutingManual}, "name"},
		"two lines":                     {Team{Name: "a\nb", Routing: RoutingManual}, "name"},
		"no routing":                    {Team{Name: "a"}, "routing"},
		"too many members":              {Team{Name: "a", Routing: RoutingManual, Members: many}, "members"},
	} {
		settled, err := c.team.Settled()
		if c.field == "" && (err != nil || settled.Name != strings.TrimSpace(c.team.Name)) {
			t.Errorf("%s: %q, %v", name, settled.Name, err)
		}
		if problem, ok := errors.AsType[*Error](err); c.field != "" && (!ok || problem.Field != c.field) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
