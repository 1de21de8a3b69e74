package httpapi_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

type conflictingUser struct {
	UserID        string
	ExternalID    string
	Assurance     string
	CreatedAt     string
	Conversations int
	Identities    []struct{ Value, Verification string }
}

type conflict struct {
	ID, Address, Door, KeyID string
	User, Owner              conflictingUser
	Times                    int
	CreatedAt, LastAt        time.Time
	Settled                  *struct {
		How string
		By  *struct{ Kind, ID, Name string }
		At  time.Time
	}
}

func (b *browser) conflicts(query string) []conflict {
	b.Helper()
	return read[struct{ Conflicts []conflict }](b.do("GET", "/conflicts"+query, "").want(200)).Conflicts
}

// comes is a sign-in by a token that vouches for the address.
func (e env) comes(externalID, address string) entered {
	e.Helper()
	claims := map[string]any{"scope": "user", "external_id": externalID, "email": address, "email_verified": true, "exp": soon()}
	return e.signIn(credential("sdk", e.Key.Token(e.T, claims))).want(201).signedIn()
}

// fallOut makes a conflict: the second comes with the address of the first.
func (e env) fallOut(first, second string) {
	e.Helper()
	e.comes(first, first+"@example.com")
	e.comes(second, first+"@example.com")
}

func TestAdminsSeeConflicts(t *testing.T) {
	t.Parallel()
	e := start(t)
	ada := e.rules()
	if none := ada.conflicts(""); len(none) != 0 {
		t.Errorf("%+v", none)
	}
	e.fallOut("ana", "eve")
	e.comes("eve", "Ana@example.com")
	e.newConversation("ana")
	e.rest("POST", "/users", `{"externalId":"third","profile":{"email":"ana@example.com"}}`).want(201)

	all := ada.conflicts("")
	if len(all) != 2 {
		t.Fatalf("%+v", all)
	}
	program, token := all[0], all[1]
	if token.User.ExternalID != "eve" || token.Owner.ExternalID != "ana" || token.Times != 2 || token.Door != "sdk" || token.KeyID != e.Key.ID || token.Address != "ana@example.com" ||
		!token.LastAt.After(token.CreatedAt) || token.Settled != nil {
		t.Errorf("by tokens: %+v", token)
	}
	if owner := token.Owner; owner.Conversations != 1 || owner.Assurance != "signed" || owner.CreatedAt == "" || len(owner.Identities) != 1 || owner.Identities[0].Verification != "token" || len(token.User.Identities) != 0 {
		t.Errorf("the two: %+v", token)
	}
	if program.User.ExternalID != "third" || program.Door != "" || program.KeyID != e.Key.ID {
		t.Errorf("by a program: %+v", program)
	}
	if count := read[struct{ Open int }](ada.do("GET", "/conflicts/count", "").want(200)); count.Open != 2 {
		t.Errorf("counted %+v", count)
	}

	first := read[struct{ Cursor string }](ada.do("GET", "/conflicts?limit=1", "").want(200))
	if second := ada.conflicts("?limit=1&cursor=" + first.Cursor); len(second) != 1 || second[0].ID != token.ID {
		t.Errorf("the second page: %+v", second)
	}
	for query, field := range map[string]string{"?status=new": "status", "?limit=0": "limit", "?limit=x": "limit", "?cursor=x": "cursor", "?cursor=1-x": "cursor", "?cursor=-": "cursor"} {
		ada.do("GET", "/conflicts"+query, "").wantProblem(400, "bad_request", field)
	}
}

func TestAdminsSettleConflicts(t *testing.T) {
	t.Parallel()
	e := start(t)
	ada := e.rules()
	jsm := e.NewKey(chat.UseJSM)
	settled := func() conflict { t.Helper(); return ada.conflicts("?status=settled&limit=1")[0] }

	t.Run("by merging, until that is undone", func(t *testing.T) {
		e.fallOut("a1", "a2")
		c := ada.conflicts("")[0]
		ada.do("POST", "/conflicts/"+c.ID+"/merge", `{"survivingUserId":"x"}`).wantProblem(400, "bad_request", "survivingUserId")
		made := ada.do("POST", "/conflicts/"+c.ID+"/merge", `{"survivingUserId":"`+c.Owner.UserID+`"}`).want(201).merging()
		if made.Merge.DiscardedUserID != c.User.UserID || made.Effect.EndedExternalID != "a2" {
			t.Errorf("%+v", made)
		}
		if got := settled(); got.ID != c.ID || got.Settled.How != "merged" || got.Settled.By.Name != "Ada" || got.User.UserID != got.Owner.UserID {
			t.Errorf("%+v", got)
		}
		ada.do("PUT", "/conflicts/"+c.ID+"/dismissal", "").wantProblem(409, "conflict_settled", "")
		ada.do("POST", "/merges/"+made.Merge.ID+"/undo", "").want(200)
		if again := ada.conflicts("")[0]; again.ID != c.ID || again.Settled != nil {
			t.Errorf("undone: %+v", again)
		}
		ada.do("PUT", "/conflicts/"+c.ID+"/dismissal", "").want(204)
	})
	t.Run("by moving the address", func(t *testing.T) {
		owner := e.comes("b1", "b1@example.com")
		user := e.comes("b2", "b1@example.com")
		e.comes("b3", "b1@example.com")
		c := ada.conflicts("?limit=2")[1]
		ada.do("POST", "/conflicts/"+c.ID+"/move", "").want(204)
		if byAddress := e.signIn(credential("jsm", jsm.TokenWithoutKid(t, map[string]any{"email": "b1@example.com"}))).want(201).signedIn(); byAddress.User.ID != user.User.ID {
			t.Errorf("the address leads to %s", byAddress.User.ID)
		}
		if again := e.signIn(`{}`, owner.Session.Token).want(201).signedIn(); again.User.ID == owner.User.ID {
			t.Error("the session of the former owner goes on")
		}
		page := ada.conflicts("?status=settled&limit=2")
		hows := map[string]string{page[0].User.ExternalID: page[0].Settled.How, page[1].User.ExternalID: page[1].Settled.How}
		if fmt.Sprint(hows) != "map[b2:moved b3:gone]" {
			t.Errorf("settled: %v", hows)
		}
		ada.do("POST", "/conflicts/"+c.ID+"/move", "").wantProblem(409, "conflict_settled", "")
		ada.do("DELETE", "/conflicts/"+c.ID+"/dismissal", "").wantProblem(409, "conflict_settled", "")
		e.comes("b1", "b1@example.com")
		if anew := ada.conflicts("?limit=1")[0]; anew.User.ExternalID != "b1" || anew.Owner.ExternalID != "b2" {
			t.Errorf("the former owner comes with it: %+v", anew)
		}
	})
	t.Run("by dismissing, for the same facts", func(t *testing.T) {
		e.fallOut("c1", "c2")
		c := ada.conflicts("?limit=1")[0]
		ada.do("PUT", "/conflicts/"+c.ID+"/dismissal", "").want(204)
		e.comes("c2", "c1@example.com")
		if got := settled(); got.ID != c.ID || got.Times != 2 || got.Settled.How != "dismissed" || got.Settled.By.Kind != "agent" {
			t.Errorf("%+v", got)
		}
		ada.do("DELETE", "/conflicts/"+c.ID+"/dismissal", "").want(204)
		ada.do("DELETE", "/conflicts/"+c.ID+"/dismissal", "").want(204)
		if got := ada.conflicts("?limit=1")[0]; got.ID != c.ID || got.Settled != nil {
			t.Errorf("taken back: %+v", got)
		}
	})
	t.Run("by itself", func(t *testing.T) {
		e.fallOut("d1", "d2")
		c := ada.conflicts("?limit=1")[0]
		e.rest("PATCH", userPath("d1"), `{"profile":{"email":"new@example.com"}}`).want(200)
		if got := settled(); got.ID != c.ID || got.Settled.How != "gone" || got.Settled.By != nil {
			t.Errorf("%+v", got)
		}
		e.fallOut("e1", "e2")
		e.rest("DELETE", userPath("e1"), "").want(200)
		for _, left := range append(ada.conflicts(""), ada.conflicts("?status=settled")...) {
			if left.Address == "e1@example.com" {
				t.Errorf("%+v", left)
			}
		}
	})
	ada.do("PUT", "/conflicts/x/dismissal", "").wantProblem(404, "conflict_not_found", "")
}

func TestErasedAddressesAreInNoConflict(t *testing.T) {
	t.Parallel()
	e := start(t)
	ada := e.rules()
	e.fallOut("ana", "eve")
	e.rest("DELETE", userPath("eve")+"/personalinformation", "").want(200)
	if left := append(ada.conflicts(""), ada.conflicts("?status=settled")...); len(left) != 0 {
		t.Errorf("%+v", left)
	}
}

// TestOneOfTwoSettles: whoever comes second is told who was first.
func TestOneOfTwoSettles(t *testing.T) {
	t.Parallel()
	e := start(t)
	ada := e.rules()
	for round := range 6 {
		first := fmt.Sprint("first-", round)
		e.fallOut(first, fmt.Sprint("second-", round))
		c := ada.conflicts("?limit=1")[0]
		path := "/conflicts/" + c.ID
		ways := []func() reply{
			func() reply { return ada.do("POST", path+"/merge", `{"survivingUserId":"`+c.Owner.UserID+`"}`) },
			func() reply { return ada.do("POST", path+"/merge", `{"survivingUserId":"`+c.User.UserID+`"}`) },
			func() reply { return ada.do("POST", path+"/move", "") },
			func() reply { return ada.do("PUT", path+"/dismissal", "") },
		}
		replies := make([]reply, len(ways))
		var all sync.WaitGroup
		for i, way := range ways {
			all.Go(func() { replies[i] = way() })
		}
		all.Wait()
		done := 0
		for _, r := range replies {
			if r.status < 300 {
				done++
				continue
			}
			r.wantProblem(409, "conflict_settled", "")
		}
		if done != 1 {
			t.Errorf("%d of them settled it", done)
		}
	}
}
