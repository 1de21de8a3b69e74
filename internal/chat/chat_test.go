package chat

import (
	"strings"
	"testing"
	"time"
)

func TestIsWebAddress(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]bool{
		"": true, "https://example.com/a.png": true, "HTTP://example.com": true, "https://[::1]:8080/a?b#c": true,
		"javascript:alert(1)": false, "javascript://example.com/%0aalert(1)": false, "data:image/png,x": false, "//example.com/a.png": false,
		"/a.png": false, "https://": false, "https:///a": false, "https://exa mple.com": false, "https://a\"onerror=x": false, "https://?x": false,
	} {
		if IsWebAddress(address) != want {
			t.Errorf("%q: want %v", address, want)
		}
	}
}

func TestNormalEmail(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"Ana@Example.COM": "ana@example.com", "a.b+c@x.example": "a.b+c@x.example", "o'neil@example.com": "o'neil@example.com",
		"": "", "ana": "", "@example.com": "", "ana@": "", "ana@localhost": "", "ana@example..com": "", ".ana@example.com": "", "a..b@example.com": "",
		"ana @example.com": "", "Ana <ana@example.com>": "", "ana@exämple.com": "", "\u212Aate@example.com": "", "ana@-example.com": "",
		`"a b"@example.com`: "", "ana@example.com ": "", "ana@[127.0.0.1]": "",
		strings.Repeat("a", 65) + "@example.com": "", "a@" + strings.Repeat("b.", 130) + "example": "",
	} {
		if got, ok := NormalEmail(address); got != want || ok != (want != "") {
			t.Errorf("%q: got %q, %v", address, got, ok)
		}
	}
}

func TestCheckExternalID(t *testing.T) {
	t.Parallel()
	for id, good := range map[string]bool{
		"u-1": true, "Ünï code": true, "a/b+c %": true, "0123456789abcdef01234567": true, strings.Repeat("ü", 1024): true,
		"": false, " a": false, "a ": false, "a\tb": false, "a\x00b": false, "a\u200bb": false, "a\u202eb": false, "a\u00a0b": false,
		"\xff": false, strings.Repeat("a", 1025): false, ".": false, "..": false, "...": true, ".a": true, "./..": true,
	} {
		if problem := CheckExternalID(id); (problem == "") != good {
			t.Errorf("%q: %q", id, problem)
		}
	}
}

func TestMetadata(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		metadata Metadata
		good     bool
	}{
		"nil": {nil, true}, "flat": {Metadata{"a": "x", "b": 1.5, "c": true}, true},
		"nested": {Metadata{"a": map[string]any{}}, false}, "list": {Metadata{"a": []any{}}, false}, "null": {Metadata{"a": nil}, false},
		"an empty name": {Metadata{"": "x"}, false}, "full": {Metadata{"a": strings.Repeat("x", 4095)}, true}, "too full": {Metadata{"a": strings.Repeat("x", 4096)}, false},
	} {
		if problem := c.metadata.Check(); (problem == "") != c.good {
			t.Errorf("%s: %q", name, problem)
		}
	}
	if got := (Metadata{"a": nil, "b": 1.0}).WithoutNulls(); len(got) != 1 || got["b"] != 1.0 {
		t.Errorf("without nulls: %v", got)
	}
	was := Metadata{"a": "1", "b": "2"}
	now := was.Merged(map[string]any{"b": nil, "c": true})
	if len(now) != 2 || now["a"] != "1" || now["c"] != true || len(was) != 2 {
		t.Errorf("%v after %v", now, was)
	}
}

func TestOriginsAreExact(t *testing.T) {
	t.Parallel()
	some := AppSettings{Origins: []string{"https://shop.example"}}
	for origin, want := range map[string][2]bool{ // with a list, without
		"https://shop.example": {true, true}, "https://shop.example:443": {false, true}, "http://shop.example": {false, true},
		"https://shop.example.evil.example": {false, true}, "https://evil-shop.example": {false, true}, "null": {false, false}, "https://SHOP.example": {false, true},
	} {
		if some.AllowsOrigin(origin) != want[0] || (AppSettings{}).AllowsOrigin(origin) != want[1] {
			t.Errorf("%s: want %v", origin, want)
		}
	}
}

func TestKeyLives(t *testing.T) {
	t.Parallel()
	now := time.Now()
	for name, c := range map[string]struct {
		key  Key
		live bool
	}{
		"new": {Key{}, true}, "revoked": {Key{RevokedAt: now}, false}, "not yet": {Key{NotBefore: now.Add(time.Second)}, false},
		"at its end": {Key{NotAfter: now}, false}, "before its end": {Key{NotAfter: now.Add(time.Second)}, true},
	} {
		if c.key.Live(now) != c.live {
			t.Error(name)
		}
	}
}

// TestPolicy is the whole table of who may do what.
func TestPolicy(t *testing.T) {
	t.Parallel()
	session := Principal{Session: &Session{User: "u"}}
	for name, c := range map[string]struct {
		who Principal
		may []Action
	}{
		"nobody": {Principal{}, nil}, "a session": {session, []Action{ChangeSelf, TakePart}},
		"an account key": {Principal{Scope: ScopeAccount}, []Action{ManageApps, SetUpApp, ManageIntegrations, ManageWebhooks, ManageUsers, MergeUsers, ManageConversations}},
		"an app key":     {Principal{Scope: ScopeApp}, []Action{ManageIntegrations, ManageWebhooks, ManageUsers, MergeUsers, ManageConversations}},
		"an integration": {Principal{Scope: ScopeIntegration}, []Action{ManageWebhooks, ManageUsers, ManageConversations}},
		"the operator":   {Principal{Operator: true}, []Action{ManageApps, SetUpApp, ManageIntegrations, ManageWebhooks, ManageUsers, MergeUsers, ManageConversations}},
		"a stranger":     {Principal{Agent: &AgentAtWork{}}, nil},
		"an agent":       {Principal{Agent: &AgentAtWork{Role: RoleAgent}}, []Action{ManageConversations}},
		"an admin":       {Principal{Agent: &AgentAtWork{Role: RoleAdmin}}, []Action{SetUpApp, ManageIntegrations, ManageWebhooks, ManageUsers, MergeUsers, ManageConversations}},
		"an owner":       {Principal{Agent: &AgentAtWork{Role: RoleOwner}}, []Action{SetUpApp, ManageIntegrations, ManageWebhooks, ManageUsers, MergeUsers, ManageConversations}},
	} {
		for _, action := range []Action{ManageApps, SetUpApp, ManageIntegrations, ManageWebhooks, ManageUsers, MergeUsers, ManageConversations, ChangeSelf, TakePart} {
			want := false
			for _, allowed := range c.may {
				want = want || allowed == action
			}
			if c.who.May(action) != want {
				t.Errorf("%s may %s: want %v", name, action, want)
			}
		}
	}
	if !session.MayTouch([]UserID{"a", "u"}) || session.MayTouch([]UserID{"a"}) || session.MayTouch(nil) || (Principal{}).MayTouch([]UserID{"u"}) {
		t.Error("a session may touch what its user takes part in, and nothing else")
	}
}

func TestAssuranceOfWhoWroteNothing(t *testing.T) {
	t.Parallel()
	for want, user := range map[Assurance]User{
		AssuranceAnonymous: {Source: SourceAnonymous}, AssuranceClaimed: {Source: SourceAnonymous, Profile: Profile{Email: "a@x.example"}},
		AssuranceVerified: {Source: SourceEmail, Seat: true}, AssuranceSigned: {Source: SourceEmail, Seat: true, ExternalID: "u-1"},
	} {
		if got := user.Assurance(); got != want {
			t.Errorf("%+v is %s", user, got)
		}
	}
}

func TestNewID(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for range 1000 {
		id := NewID(time.Now())
		if !IsID(id) || seen[id] {
			t.Fatal(id)
		}
		seen[id] = true
	}
	if early, late := NewID(time.Unix(1, 0)), NewID(time.Unix(2, 0)); early >= late {
		t.Errorf("%s does not sort before %s", early, late)
	}
	for _, not := range []string{"", "0123456789ABCDEF01234567", "0123456789abcdef0123456", "0123456789abcdef0123456g"} {
		if IsID(not) {
			t.Error(not)
		}
	}
}
