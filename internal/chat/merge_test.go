package chat

import (
	"reflect"
	"strings"
	"testing"
)

func TestProfilesAreFilledFromEachOther(t *testing.T) {
	t.Parallel()
	full := Profile{GivenName: "B", Surname: "C", Email: "b@x", AvatarURL: "https://b", Locale: "pt"}
	for name, c := range map[string]struct {
		mine, other, want Profile
		gained            []string
	}{
		"empty gets all":          {Profile{}, full, full, []string{"givenName", "surname", "email", "avatarUrl", "locale"}},
		"full gets nothing":       {full, Profile{GivenName: "X", Surname: "Y", Email: "x", AvatarURL: "z", Locale: "w"}, full, nil},
		"nothing from empty":      {Profile{Email: "a"}, Profile{}, Profile{Email: "a"}, nil},
		"a name stays one name":   {Profile{GivenName: "Ana"}, full, Profile{GivenName: "Ana", Email: "b@x", AvatarURL: "https://b", Locale: "pt"}, []string{"email", "avatarUrl", "locale"}},
		"a surname alone as well": {Profile{Surname: "Silva", Email: "a"}, Profile{GivenName: "B", Locale: "pt"}, Profile{Surname: "Silva", Email: "a", Locale: "pt"}, []string{"locale"}},
	} {
		filled, gained := c.mine.FilledFrom(c.other)
		if filled != c.want || !reflect.DeepEqual(gained, c.gained) {
			t.Errorf("%s: %+v, gained %v", name, filled, gained)
		}
		if back := filled.Without(gained, c.other); back != c.mine {
			t.Errorf("%s: taken apart it is %+v", name, back)
		}
	}
	changed := Profile{GivenName: "B", Surname: "Changed"}
	if got := changed.Without([]string{"givenName", "surname"}, full); got != (Profile{Surname: "Changed"}) {
		t.Errorf("what was changed since went, too: %+v", got)
	}
}

func TestMetadataIsJoinedAsFarAsThereIsRoom(t *testing.T) {
	t.Parallel()
	mine := Metadata{"a": "x", "n": 1.0}
	other := Metadata{"a": "y", "big": strings.Repeat("x", MaxMetadata), "b": true, "n": 1.0}
	joined, gained, lost := mine.JoinedWith(other)
	if want := (Metadata{"a": "x", "n": 1.0, "b": true}); !reflect.DeepEqual(joined, want) || joined.Check() != "" {
		t.Errorf("joined %v", joined)
	}
	if !reflect.DeepEqual(gained, Metadata{"b": true}) || len(lost) != 1 || lost["big"] == nil || len(mine) != 2 {
		t.Errorf("gained %v, lost %d, mine %v", gained, len(lost), mine)
	}
	if back := joined.Without(gained); !reflect.DeepEqual(back, mine) {
		t.Errorf("taken apart it is %v", back)
	}
	joined["b"] = false
	if back := joined.Without(gained); back["b"] != false {
		t.Errorf("what was changed since went, too: %v", back)
	}
	clashes := Clashes(User{Metadata: mine, Profile: Profile{Email: "a", Locale: "pt"}}, User{Metadata: other, Profile: Profile{Email: "b", Surname: "c"}})
	if want := []MergeClash{{"profile.email", "a", "b"}, {"metadata.a", "x", "y"}}; !reflect.DeepEqual(clashes, want) {
		t.Errorf("clashes %v", clashes)
	}
}
