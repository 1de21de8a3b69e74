package httpapi_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// pagedList is a list of REST v2 with what must be in it.
type pagedList struct {
	path, member string
	ids          []string // in order
	auth         string
}

// pageOf is a page of any list.
type pageOf struct {
	ids  []string
	Meta struct {
		HasMore                   bool
		AfterCursor, BeforeCursor string
	}
	Links struct{ Prev, Next string }
}

func (l pagedList) get(e env, path string) pageOf {
	e.Helper()
	body := e.call("GET", path, "", l.auth).want(200).body
	var records map[string]json.RawMessage
	if err := json.Unmarshal(body, &records); err != nil {
		e.Fatal(err)
	}
	page := decode[pageOf](e.T, body)
	page.ids = []string{}
	for _, record := range decode[[]struct{ ID string }](e.T, records[l.member]) {
		page.ids = append(page.ids, record.ID)
	}
	for _, cursor := range []string{page.Meta.AfterCursor, page.Meta.BeforeCursor} {
		if len(cursor) != 24 && cursor != "" {
			e.Errorf("%s: a cursor of %d characters", path, len(cursor))
		}
	}
	if (page.Meta.AfterCursor == "") != (page.Links.Next == "") || (page.Meta.BeforeCursor == "") != (page.Links.Prev == "") {
		e.Errorf("%s: meta and links disagree: %+v", path, page)
	}
	return page
}

// at is the address of the list with something more in its query.
func (l pagedList) at(query string) string {
	if strings.Contains(l.path, "?") {
		return l.path + "&" + query
	}
	return l.path + "?" + query
}

// everyList is an app in which each list holds some records.
func everyList(e env) map[string]pagedList {
	lists := map[string]pagedList{}
	add := func(member, path string, ids ...string) {
		lists[member] = pagedList{path: e.path(path), member: member, ids: ids, auth: e.basic()}
	}
	id := func(r reply, member string) string {
		e.Helper()
		return decode[map[string]struct{ ID string }](e.T, r.want(201).body)[member].ID
	}
	account := e.accountKey().Basic()
	apps := []string{string(e.App.ID)}
	integrations := []string{string(e.App.IntegrationID)}
	var users, merges, conversations, messages []string
	for i := range 4 {
		apps = append(apps, id(e.call("POST", "/v2/apps", `{"displayName":"x"}`, account), "app"))
		integrations = append(integrations, id(e.rest("POST", "/integrations", `{"type":"line"}`), "integration"))
		users = append(users, e.newUser(fmt.Sprint("user ", i)).ID)
	}
	lists["apps"] = pagedList{path: "/v2/apps", member: "apps", ids: apps, auth: account}
	add("integrations", "/integrations", integrations...)
	group := e.anyConversation()
	for _, user := range users {
		e.rest("POST", group+"/join", `{"userId":"`+user+`"}`).want(201)
	}
	everybody, _ := e.rest("GET", group+"/participants", "").members()
	add("participants", group+"/participants", memberIDs(everybody)...)
	e.newUser("talker")
	for range 5 {
		conversations = append([]string{e.newConversation("talker").ID}, conversations...)
		messages = append(messages, e.say(conversations[len(conversations)-1], "hi").ID)
	}
	conversations = append(conversations[4:], conversations[:4]...) // the first made is the one that is talked in
	add("conversations", "/conversations?filter[userExternalId]=talker", conversations...)
	add("messages", "/conversations/"+conversations[0]+"/messages", messages...)
	for i := range 4 {
		merges = append([]string{e.merge(e.newUser(fmt.Sprint("stays ", i)).ExternalID, e.newUser(fmt.Sprint("goes ", i)).ExternalID).ID}, merges...)
	}
	add("merges", "/merges", merges...)
	return lists
}

func memberIDs(all []member) (ids []string) {
	for _, m := range all {
		ids = append(ids, m.ID)
	}
	return ids
}

// TestEveryListInPages walks through each list both ways, by its own cursors and by the ids of its records.
func TestEveryListInPages(t *testing.T) {
	t.Parallel()
	e := start(t)
	lists := everyList(e)
	for name, l := range lists {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := e.in(t)
			l.walk(e)
			for i, id := range l.ids {
				if got := l.get(e, l.at("page[after]="+id)).ids; !slices.Equal(got, l.ids[i+1:]) {
					t.Errorf("after %d stands %v", i, got)
				}
				if got := l.get(e, l.at("page[before]="+id)).ids; !slices.Equal(got, l.ids[:i]) {
					t.Errorf("before %d stands %v", i, got)
				}
			}
			for other, foreign := range lists {
				if other != name {
					l.refuses(e, foreign.ids[1])
				}
			}
			for _, none := range []string{"x", "0123456789abcdef01234567", "000000000000000000000000", "ffffffffffffffffffffffff", strings.ToUpper(l.ids[0]),
				l.ids[0] + "0", l.ids[0][:23], "' OR 1=1 --", "\xc3\xa9", strings.Repeat("x", 5000), strings.Repeat("\n", 24)} {
				l.refuses(e, none)
			}
		})
	}
}

// walk goes to the end and back by links. Where pages have a fixed size the list is one page.
func (l pagedList) walk(e env) {
	e.Helper()
	forth := l.get(e, l.at("page[size]=2"))
	if forth.Meta.BeforeCursor != "" {
		e.Errorf("there is something before the first page: %+v", forth)
	}
	seen := slices.Clone(forth.ids)
	for forth.Links.Next != "" {
		if !forth.Meta.HasMore {
			e.Errorf("there is a next page, and no more: %+v", forth)
		}
		forth = l.get(e, strings.TrimPrefix(forth.Links.Next, e.URL))
		seen = append(seen, forth.ids...)
	}
	if !slices.Equal(seen, l.ids) || forth.Meta.HasMore {
		e.Errorf("forth: got %v, want %v", seen, l.ids)
	}
	back := forth
	seen = slices.Clone(back.ids)
	for back.Links.Prev != "" {
		back = l.get(e, strings.TrimPrefix(back.Links.Prev, e.URL))
		seen = append(slices.Clone(back.ids), seen...)
		if back.Meta.AfterCursor == "" || back.Meta.HasMore != (back.Meta.BeforeCursor != "") {
			e.Errorf("on the way back: %+v", back)
		}
	}
	if !slices.Equal(seen, l.ids) {
		e.Errorf("back: got %v, want %v", seen, l.ids)
	}
}

// refuses reports a cursor that the list takes.
func (l pagedList) refuses(e env, cursor string) {
	e.Helper()
	for _, field := range []string{"page[after]", "page[before]"} {
		problem := e.call("GET", l.at(url.Values{field: {cursor}}.Encode()), "", l.auth).wantProblem(400, "bad_request", field)
		if !strings.HasPrefix(problem.Title, field+": ") {
			e.Errorf("the problem is %q", problem.Title)
		}
	}
}

// TestCursorsOfWhatIsGone: the place of a deleted message stays, and so do our cursors of conversations.
func TestCursorsOfWhatIsGone(t *testing.T) {
	t.Parallel()
	e := start(t)
	lists := everyList(e)
	talk := lists["conversations"].ids[1]
	before := lists["conversations"].get(e, lists["conversations"].at("page[size]=2"))
	gone := map[string]string{
		"apps": "/v2/apps/" + lists["apps"].ids[1], "integrations": e.path("/integrations/" + lists["integrations"].ids[1]),
		"conversations": e.path("/conversations/" + talk), "messages": lists["messages"].path + "/" + lists["messages"].ids[1],
	}
	for name, path := range gone {
		e.call("DELETE", path, "", lists[name].auth).want(200)
	}
	e.call("POST", strings.TrimSuffix(lists["participants"].path, "participants")+"leave", `{"participantId":"`+lists["participants"].ids[1]+`"}`, e.basic()).want(200)
	for _, name := range []string{"apps", "integrations", "conversations", "participants"} {
		lists[name].refuses(e, lists[name].ids[1])
		if got := lists[name].get(e, lists[name].at("page[after]="+lists[name].ids[0])).ids; !slices.Equal(got, lists[name].ids[2:]) {
			t.Errorf("%s after the first: %v", name, got)
		}
	}
	if got := lists["conversations"].get(e, lists["conversations"].at("page[after]="+before.Meta.AfterCursor)).ids; !slices.Equal(got, lists["conversations"].ids[2:]) {
		t.Errorf("after the conversation that is gone: %v", got)
	}
	said := lists["messages"]
	if got := said.get(e, said.at("page[after]="+said.ids[1])).ids; !slices.Equal(got, said.ids[2:]) {
		t.Errorf("after the message that is gone: %v", got)
	}
	if got := said.get(e, said.at("page[before]="+said.ids[1])).ids; !slices.Equal(got, said.ids[:1]) {
		t.Errorf("before the message that is gone: %v", got)
	}
	e.call("DELETE", said.path+"/"+said.ids[0], "", said.auth).want(200)
	if page := said.get(e, said.at("page[after]="+said.ids[1])); page.Meta.BeforeCursor != "" {
		t.Errorf("all before are gone, but there is a page: %+v", page)
	}
}

// TestConversationsDoNotJump: a conversation that becomes active between two pages is not repeated, and none is passed over.
func TestConversationsDoNotJump(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.newUser("u")
	var all []string
	for range 6 {
		all = append([]string{e.newConversation("u").ID}, all...)
	}
	l := pagedList{path: e.path("/conversations?filter[userExternalId]=u"), member: "conversations", auth: e.basic()}
	first := l.get(e, l.at("page[size]=3"))
	e.say(first.ids[2], "to the top")
	if second := l.get(e, strings.TrimPrefix(first.Links.Next, e.URL)); !slices.Equal(second.ids, all[3:]) {
		t.Errorf("the second page is %v, want %v", second.ids, all[3:])
	}
}
