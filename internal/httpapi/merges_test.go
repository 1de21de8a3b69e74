package httpapi_test

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

type merge struct {
	ID                  string
	SurvivingUserID     string `json:"survivingUserId"`
	DiscardedUserID     string `json:"discardedUserId"`
	DiscardedExternalID string `json:"discardedExternalId"`
	CreatedBy           string `json:"createdBy"`
	UndoneBy            string `json:"undoneBy"`
	UndoneAt            string `json:"undoneAt"`
}

type effect struct {
	Surviving, Discarded                        person
	Conversations, SharedConversations, Clients int
	Conflicts                                   []struct {
		Field                string
		Surviving, Discarded any
	}
	DiscardedMetadata map[string]any `json:"discardedMetadata"`
	EndedExternalID   string         `json:"endedExternalId"`
	SeatFreed         bool           `json:"seatFreed"`
}

type merging struct {
	Merge  merge
	Effect effect
	Merges []merge
	Meta   struct {
		HasMore     bool
		AfterCursor string
	}
	Links struct{ Next string }
}

func (r reply) merging() merging {
	r.env.Helper()
	return decode[merging](r.env.T, r.body)
}

// pair is the body that merges two users, by external ids.
func pair(surviving, discarded, more string) string {
	return fmt.Sprintf(`{"surviving":{"userExternalId":%q},"discarded":{"userExternalId":%q}%s}`, surviving, discarded, more)
}

func (e env) merge(surviving, discarded string) merge {
	e.Helper()
	return e.rest("POST", "/merges", pair(surviving, discarded, "")).want(201).merging().Merge
}

func (e env) undo(m merge) reply { return e.rest("POST", "/merges/"+m.ID+"/undo", "") }

func (e env) twoUsers() string {
	a, b := chat.NewID(time.Now())+"a", chat.NewID(time.Now())+"b"
	e.newUser(a)
	e.newUser(b)
	return pair(a, b, "")
}

func (e env) anyMerge() string {
	return e.rest("POST", "/merges", e.twoUsers()).want(201).merging().Merge.ID
}

// TestMergeLife previews, merges, looks, undoes and looks again.
func TestMergeLife(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.Set(map[string]string{"seats": "2"})
	ana := e.rest("POST", "/users", `{"externalId":"ana","profile":{"givenName":"Ana","email":"ana@example.com"},"metadata":{"plan":"gold","vip":true,"about":"a hundred bytes and some more"}}`).want(201).user()
	old := e.rest("POST", "/users", `{"externalId":"old","profile":{"givenName":"A.","surname":"S.","email":"a.s@example.com","locale":"pt"},
		"metadata":{"plan":"silver","since":2019,"note":"`+strings.Repeat("x", 4060)+`"}}`).want(201).user()
	mine, theirs := e.newConversation("ana").ID, e.newConversation("old").ID
	e.post(theirs, `{"type":"user","userExternalId":"old"}`, "before").want(201)
	signedIn := e.signIn(credential("sdk", e.UserToken("old"))).want(201).signedIn()

	preview := e.rest("POST", "/merges", pair("ana", "old", `,"dryRun":true`)).want(200).merging().Effect
	if got := fmt.Sprintf("%d %d %d %q %v %d %v", preview.Conversations, preview.SharedConversations, preview.Clients, preview.EndedExternalID,
		preview.SeatFreed, len(preview.DiscardedMetadata["note"].(string)), preview.Surviving.Metadata["since"]); got != `1 0 1 "old" true 4060 2019` {
		t.Errorf("previewed %s", got)
	}
	if len(preview.Surviving.Identities) != 2 || preview.Surviving.Profile["locale"] != "pt" || preview.Surviving.Profile["surname"] != nil {
		t.Errorf("previewed %+v", preview.Surviving)
	}
	if got := fmt.Sprint(preview.Conflicts); got != "[{profile.givenName Ana A.} {profile.email ana@example.com a.s@example.com} {metadata.plan gold silver}]" {
		t.Errorf("conflicts %s", got)
	}
	if again := e.rest("GET", userPath("old"), "").want(200).user(); fmt.Sprint(again) != fmt.Sprint(old) {
		t.Errorf("looking changed %+v to %+v", old, again)
	}

	made := e.rest("POST", "/merges", pair("ana", "old", "")).want(201).merging()
	if fmt.Sprint(made.Effect) != fmt.Sprint(preview) {
		t.Errorf("did %+v\npreviewed %+v", made.Effect, preview)
	}
	if made.Merge.CreatedBy != "key "+e.Key.ID || made.Merge.DiscardedExternalID != "old" {
		t.Errorf("made %+v", made.Merge)
	}
	merged := e.rest("GET", userPath("ana"), "").want(200).user()
	if fmt.Sprint(merged) != fmt.Sprint(preview.Surviving) {
		t.Errorf("is %+v\npreviewed %+v", merged, preview.Surviving)
	}
	for _, gone := range []string{old.ID, "old"} {
		e.rest("GET", userPath(gone), "").wantProblem(404, "user_not_found", "")
	}
	if e.signIn(`{}`, signedIn.Session.Token).want(201).signedIn().User.ID == ana.ID {
		t.Error("a session of the discarded user opens the survivor")
	}
	list := e.rest("GET", "/conversations?filter[userExternalId]=ana", "").want(200).listing()
	if len(list.Conversations) != 2 || e.isDefault(mine) != true || e.isDefault(theirs) != false {
		t.Errorf("conversations %+v", list.Conversations)
	}
	e.post(theirs, `{"type":"user","userExternalId":"ana"}`, "after").want(201)
	e.newUser("third") // the seat is free

	if got := e.rest("GET", "/merges/"+made.Merge.ID, "").want(200).merging().Merge; got != made.Merge {
		t.Errorf("got %+v", got)
	}
	e.undo(made.Merge).wantProblem(403, "seat_limit_reached", "")
	e.rest("DELETE", userPath("third"), "").want(200)
	undone := e.undo(made.Merge).want(200).merging().Merge
	if undone.UndoneBy != "key "+e.Key.ID || undone.UndoneAt == "" || undone.DiscardedExternalID != "" {
		t.Errorf("undone %+v", undone)
	}
	e.undo(made.Merge).wantProblem(409, "merge_undone", "")
	for _, user := range []person{ana, old} {
		if again := e.rest("GET", userPath(user.ID), "").want(200).user(); fmt.Sprint(again) != fmt.Sprint(user) {
			t.Errorf("%+v came back as %+v", user, again)
		}
	}
	if back := e.signIn(credential("sdk", e.UserToken("old"))).want(201).signedIn().User.ID; back != old.ID {
		t.Errorf("the token of old finds %s", back)
	}
	authors := map[string]string{}
	for _, message := range e.rest("GET", "/conversations/"+theirs+"/messages", "").want(200).listing().Messages {
		authors[message.Content.Text] = message.Author.UserExternalID
	}
	if fmt.Sprint(authors) != "map[after:ana before:old]" || !e.isDefault(theirs) {
		t.Errorf("authors %v, default %v", authors, e.isDefault(theirs))
	}
	e.rest("POST", "/users", `{"externalId":"fourth"}`).wantProblem(403, "seat_limit_reached", "")
}

func (e env) isDefault(conversation string) bool {
	e.Helper()
	return e.rest("GET", "/conversations/"+conversation, "").want(200).conversation().IsDefault
}

func TestMergeInput(t *testing.T) {
	t.Parallel()
	e := start(t)
	ana := e.newUser("ana")
	guest := e.signIn(`{}`).want(201).signedIn().User.ID
	for body, want := range map[string]struct {
		status      int
		code, field string
	}{
		`{}`: {400, "bad_request", "surviving"},
		`{"surviving":{"userId":"x","userExternalId":"ana"},"discarded":{"userId":"y"}}`:               {400, "bad_request", "surviving"},
		`{"surviving":{"userExternalId":"ana"},"discarded":{}}`:                                        {400, "bad_request", "discarded"},
		`{"surviving":{"userExternalId":"ana"},"discarded":{"userId":"` + ana.ID + `"}}`:               {400, "bad_request", "discarded"},
		`{"surviving":{"userExternalId":"ben"},"discarded":{"userExternalId":"ana"}}`:                  {404, "user_not_found", "surviving"},
		`{"surviving":{"userExternalId":"ana"},"discarded":{"userId":"0123456789abcdef01234567"}}`:     {404, "user_not_found", "discarded"},
		`{"surviving":{"userId":"` + guest + `"},"discarded":{"userExternalId":"ana"}}`:                {400, "bad_request", "surviving"},
		`{"surviving":{"userExternalId":"ana"},"discarded":{"userId":"` + guest + `"},"dryRun":"yes"}`: {400, "bad_request", ""},
		`{"surviving":"ana","discarded":"ben"}`:                                                        {400, "bad_request", ""},
	} {
		e.rest("POST", "/merges", body).wantProblem(want.status, want.code, want.field)
		if want.field != "" {
			e.rest("POST", "/merges", strings.TrimSuffix(body, "}")+comma(body)+`"dryRun":true}`).wantProblem(want.status, want.code, want.field)
		}
	}
	for _, id := range []string{"x", "0123456789abcdef01234567"} {
		e.rest("GET", "/merges/"+id, "").wantProblem(404, "merge_not_found", "")
		e.rest("POST", "/merges/"+id+"/undo", "").wantProblem(404, "merge_not_found", "")
	}
	made := e.merge("ana", e.newUser("ben").ExternalID)
	other, key := e.NewApp("Other")
	elsewhere := "/v2/apps/" + string(other.ID) + "/merges"
	e.call("GET", elsewhere+"/"+made.ID, "", key.Basic()).wantProblem(404, "merge_not_found", "")
	e.call("POST", elsewhere+"/"+made.ID+"/undo", "", key.Basic()).wantProblem(404, "merge_not_found", "")
	if list := e.call("GET", elsewhere, "", key.Basic()).want(200).merging(); len(list.Merges) != 0 {
		t.Errorf("another app sees %+v", list.Merges)
	}
}

func comma(object string) string {
	if object == "{}" {
		return ""
	}
	return ","
}

func TestPagesOfMerges(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.newUser("ana")
	var all []string
	for i := range 5 {
		made := e.merge("ana", e.newUser(fmt.Sprint("u-", i)).ExternalID)
		all = append([]string{made.ID}, all...)
	}
	e.merge(e.newUser("ben").ExternalID, e.newUser("ben-2").ExternalID)
	ana := e.rest("GET", userPath("ana"), "").user().ID
	var seen []string
	for next := "/merges?page[size]=2&filter[userId]=" + ana; next != ""; {
		page := e.rest("GET", next, "").want(200).merging()
		for _, m := range page.Merges {
			seen = append(seen, m.ID)
		}
		if _, after, found := strings.Cut(page.Links.Next, "/merges"); found {
			next = "/merges" + after
		} else if next = ""; page.Meta.HasMore {
			t.Error("there is more, and no way on")
		}
	}
	if fmt.Sprint(seen) != fmt.Sprint(all) {
		t.Errorf("pages hold %v, want %v", seen, all)
	}
	cursor := e.rest("GET", "/merges", "").want(200).merging()
	if len(cursor.Merges) != 6 {
		t.Errorf("%d merges in all", len(cursor.Merges))
	}
	e.rest("GET", "/merges?filter[userId]=x&page[after]="+all[0], "").wantProblem(400, "bad_request", "page[after]")
}

// TestMergesUndoneInOrder: chains come apart from their end, and what cannot is refused by name.
func TestMergesUndoneInOrder(t *testing.T) {
	t.Parallel()
	e := start(t)
	for _, name := range []string{"a", "b", "c", "d"} {
		e.newUser(name)
	}
	ab, bc := e.merge("b", "a"), e.merge("c", "b")
	dc := e.merge("c", "d")
	for _, early := range []merge{ab, bc} {
		later := map[string]merge{ab.ID: bc, bc.ID: dc}[early.ID]
		if problem := e.undo(early).wantProblem(409, "merge_not_last", ""); !strings.Contains(problem.Title, later.ID) {
			t.Errorf("does not name %s: %s", later.ID, problem.Title)
		}
	}
	e.newUser("b")
	e.undo(dc).want(200)
	taken := e.undo(bc).wantProblem(409, "conflict", "externalId")
	if b := e.rest("GET", userPath("b"), "").user().ID; !strings.Contains(taken.Title, b) {
		t.Errorf("does not name %s: %s", b, taken.Title)
	}
	e.rest("PUT", userPath("b")+"/externalId", `{"externalId":"b-2"}`).want(200)
	e.undo(bc).want(200)
	e.undo(ab).want(200)
	for _, name := range []string{"a", "b", "c", "d"} {
		e.rest("GET", userPath(name), "").want(200)
	}
}

// TestErasureForgetsMerges: erasing who survived ends the way back, for whoever they are made of.
func TestErasureForgetsMerges(t *testing.T) {
	t.Parallel()
	e := start(t)
	for name, erase := range map[string]string{"removed": "", "personal information": "/personalinformation"} {
		t.Run(name, func(t *testing.T) {
			e := e.in(t)
			for _, name := range []string{"a", "b", "c"} {
				e.rest("DELETE", userPath(name), "")
				e.newUser(name)
			}
			first, second := e.merge("b", "a"), e.merge("c", "b")
			e.rest("DELETE", userPath("c")+erase, "").want(200)
			for _, m := range []merge{first, second} {
				e.rest("GET", "/merges/"+m.ID, "").wantProblem(404, "merge_not_found", "")
				e.undo(m).wantProblem(404, "merge_not_found", "")
			}
		})
	}
	a, b := e.newUser("x").ID, e.newUser("y").ID
	m := e.merge("x", "y")
	e.undo(m).want(200)
	e.rest("DELETE", userPath(b), "").want(200)
	e.rest("GET", "/merges/"+m.ID, "").wantProblem(404, "merge_not_found", "")
	e.rest("GET", userPath(a), "").want(200)
}

// TestErasedAuthorInAnothersConversation: who wrote as somebody's merged self leaves that conversation when erased, and
// does not take it along.
func TestErasedAuthorInAnothersConversation(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.newUser("ana")
	e.newUser("ben")
	conversation := e.newConversation("ben").ID
	m := e.merge("ana", "ben")
	e.post(conversation, `{"type":"user","userExternalId":"ana","displayName":"Ana"}`, "as one").want(201)
	e.undo(m).want(200)
	e.rest("DELETE", userPath("ana"), "").want(200)
	messages := e.rest("GET", "/conversations/"+conversation+"/messages", "").want(200).listing().Messages
	if len(messages) != 1 || messages[0].Content.Text != "as one" || messages[0].Author.UserExternalID != "" {
		t.Errorf("left %+v", messages)
	}
	if body := string(e.rest("GET", "/conversations/"+conversation+"/messages", "").body); strings.Contains(body, "Ana") {
		t.Errorf("still names the author: %s", body)
	}
}

// TestMergesAtOnce: whatever meets a merge, what comes out is one of the two orders in which it could have been.
func TestMergesAtOnce(t *testing.T) {
	t.Parallel()
	e := start(t)
	statuses := func(calls ...func() reply) (all []int) {
		all = make([]int, len(calls))
		var wait sync.WaitGroup
		for i, call := range calls {
			wait.Go(func() { all[i] = call().status })
		}
		wait.Wait()
		return all
	}
	fresh := func(names ...string) {
		for _, name := range names {
			e.rest("DELETE", userPath(name), "")
			e.newUser(name)
		}
	}
	merging := func(surviving, discarded string) func() reply {
		return func() reply { return e.rest("POST", "/merges", pair(surviving, discarded, "")) }
	}
	t.Run("two that cross", func(t *testing.T) {
		for range 8 {
			fresh("a", "b")
			if got := statuses(merging("a", "b"), merging("b", "a")); got[0]+got[1] != 201+404 {
				t.Fatalf("%v", got)
			}
		}
	})
	t.Run("a removal", func(t *testing.T) {
		for range 8 {
			fresh("a", "b")
			got := statuses(merging("a", "b"), func() reply { return e.rest("DELETE", userPath("b"), "") })
			if fmt.Sprint(got) != "[201 404]" && fmt.Sprint(got) != "[404 200]" {
				t.Fatalf("%v", got)
			}
		}
	})
	t.Run("a sign-in of who is discarded", func(t *testing.T) {
		token := e.UserToken("b")
		for range 8 {
			fresh("a", "b")
			a := e.rest("GET", userPath("a"), "").user().ID
			var in reply
			got := statuses(merging("a", "b"), func() reply { in = e.signIn(credential("sdk", token)); return in })
			if fmt.Sprint(got) != "[201 201]" || in.signedIn().User.ID == a {
				t.Fatalf("%v %s", got, in.body)
			}
		}
	})
	t.Run("messages", func(t *testing.T) {
		fresh("a", "b")
		conversation := e.newConversation("b").ID
		say := func() reply { return e.post(conversation, `{"type":"business"}`, "hi") }
		sayAs := func() reply { return e.post(conversation, `{"type":"user","userExternalId":"b"}`, "mine") }
		got := statuses(say, sayAs, merging("a", "b"), sayAs, say, sayAs, say)
		written := 0
		for i, status := range got {
			if status == 201 && i != 2 {
				written++
			}
		}
		messages := e.rest("GET", "/conversations/"+conversation+"/messages", "").want(200).listing().Messages
		if got[2] != 201 || len(messages) != written {
			t.Fatalf("%v, but %d messages", got, len(messages))
		}
		for i, m := range messages {
			if m.Number != int64(i+1) || m.Content.Text == "mine" && m.Author.UserExternalID != "a" {
				t.Errorf("%d: %+v", i, m)
			}
		}
	})
	t.Run("two undoings", func(t *testing.T) {
		fresh("a", "b")
		m := e.merge("a", "b")
		undo := func() reply { return e.undo(m) }
		if got := statuses(undo, undo); got[0]+got[1] != 200+409 {
			t.Fatalf("%v", got)
		}
	})
}

// TestMergeOfVersion1: programs for version 2 merge by the call of version 1.1.
func TestMergeOfVersion1(t *testing.T) {
	t.Parallel()
	e := start(t)
	path := "/v1.1/apps/" + string(e.App.ID) + "/appusers/merge"
	merge := func(surviving, discarded string) reply {
		return e.call("POST", path, fmt.Sprintf(`{"surviving":%s,"discarded":%s}`, surviving, discarded), e.basic())
	}
	ana, ben := e.newUser("ana"), e.newUser("ben")
	byID := func(id string) string { return fmt.Sprintf(`{"_id":%q}`, id) }
	merge(byID(ana.ID), byID(ana.ID)).wantProblem(400, "bad_request", "discarded")
	merge(byID(ana.ID), `{}`).wantProblem(400, "bad_request", "discarded")
	merge(byID(ana.ID), `{"userId":"nobody"}`).wantProblem(404, "user_not_found", "discarded")
	if r := merge(byID(ana.ID), `{"userId":"ben"}`).want(200); string(bytes.TrimSpace(r.body)) != "{}" {
		t.Errorf("the answer is %s", r.body)
	}
	e.rest("GET", "/users/"+ben.ID, "").want(404)
	made := e.rest("GET", "/merges", "").want(200).merging().Merges
	if len(made) != 1 || made[0].SurvivingUserID != ana.ID || made[0].DiscardedUserID != ben.ID {
		t.Fatalf("the merges are %+v", made)
	}
	e.undo(made[0]).want(200)
	e.call("POST", "/sc"+path, fmt.Sprintf(`{"surviving":{"userId":"ana"},"discarded":{"_id":%q}}`, ben.ID), e.basic()).want(200)
}
