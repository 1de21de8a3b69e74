package httpapi_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// talk is a conversation as a program reads it.
type talk struct {
	ID, Type, DisplayName, Description, IconURL string
	IsDefault                                   bool
	Metadata                                    map[string]any
	BusinessLastRead, LastUpdatedAt, CreatedAt  string
}

func (r reply) conversation() talk {
	r.env.Helper()
	return decode[struct{ Conversation talk }](r.env.T, r.body).Conversation
}

// newConversation makes a personal conversation of the user with either id.
func (e env) newConversation(user string) talk {
	e.Helper()
	who := "userExternalId"
	if len(user) == 24 {
		who = "userId"
	}
	return e.rest("POST", "/conversations", fmt.Sprintf(`{"type":"personal","participants":[{%q:%q}]}`, who, user)).want(201).conversation()
}

func TestConversationLife(t *testing.T) {
	t.Parallel()
	e := start(t)
	user := e.newUser("u")
	first := e.rest("POST", "/conversations", `{"type":"personal","participants":[{"userId":"`+user.ID+`","subscribeSDKClient":true}],
		"displayName":"Order","description":"of shoes","iconUrl":"https://example.com/i.png","metadata":{"order":1001}}`).want(201).conversation()
	second := e.newConversation("u")
	if !first.IsDefault || second.IsDefault {
		t.Errorf("the first one is the default one: %+v %+v", first, second)
	}
	if first.DisplayName != "Order" || first.Description != "of shoes" || first.IconURL != "https://example.com/i.png" || first.Metadata["order"] != 1001.0 ||
		first.BusinessLastRead != "" || first.LastUpdatedAt != first.CreatedAt {
		t.Errorf("made %+v", first)
	}
	path := "/conversations/" + first.ID
	if got := e.rest("GET", path, "").want(200).conversation(); fmt.Sprint(got) != fmt.Sprint(first) {
		t.Errorf("got %+v, want %+v", got, first)
	}
	changed := e.rest("PATCH", path, `{"type":"sdkGroup","displayName":"Sent","description":null,"iconUrl":"","metadata":{"order":null,"sent":true}}`).want(200).conversation()
	if changed.DisplayName != "Sent" || changed.Description != "" || changed.IconURL != "" || fmt.Sprint(changed.Metadata) != "map[sent:true]" || changed.Type != "personal" {
		t.Errorf("patched to %+v", changed)
	}
	if got := e.rest("PATCH", path, `{"metadata":null}`).want(200).conversation(); fmt.Sprint(got) != fmt.Sprint(changed) {
		t.Errorf("nothing changed %+v to %+v", changed, got)
	}
	e.rest("DELETE", path, "").wantProblem(400, "bad_request", "conversationId")
	e.rest("DELETE", "/conversations/"+second.ID, "").want(200)
	e.rest("DELETE", "/conversations/"+second.ID, "").wantProblem(404, "conversation_not_found", "")
	e.rest("GET", "/conversations/"+second.ID, "").wantProblem(404, "conversation_not_found", "")
	e.rest("DELETE", "/users/u", "").want(200)
	e.rest("GET", path, "").wantProblem(404, "conversation_not_found", "")
}

func TestGroupConversations(t *testing.T) {
	t.Parallel()
	e := start(t)
	var participants []string
	for i := range 11 {
		e.newUser(fmt.Sprintf("g%d", i))
		participants = append(participants, fmt.Sprintf(`{"userExternalId":"g%d"}`, i))
	}
	group := func(participants ...string) reply {
		return e.rest("POST", "/conversations", `{"type":"sdkGroup","participants":[`+strings.Join(participants, ",")+`]}`)
	}
	if got := group(participants[:10]...).want(201).conversation(); got.IsDefault || got.Type != "sdkGroup" {
		t.Errorf("made %+v", got)
	}
	group().want(201)
	group(participants...).wantProblem(400, "bad_request", "participants")
	group(participants[0], participants[0]).want(409)
	if got := e.newConversation("g0"); !got.IsDefault {
		t.Errorf("a group took the place of the default conversation: %+v", got)
	}
}

func TestConversationInput(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.newUser("u")
	e.newUser("v")
	known := e.newConversation("u")
	const u, v = `{"userExternalId":"u"}`, `{"userExternalId":"v"}`
	long := strings.Repeat("é", 100)
	for name, test := range map[string]struct {
		body   string
		status int
		field  string
	}{
		"no type":            {`{"participants":[` + u + `]}`, 400, "type"},
		"unknown type":       {`{"type":"public","participants":[` + u + `]}`, 400, "type"},
		"nobody":             {`{"type":"personal"}`, 400, "participants"},
		"two":                {`{"type":"personal","participants":[` + u + `,` + v + `]}`, 400, "participants"},
		"no id":              {`{"type":"personal","participants":[{}]}`, 400, "participants"},
		"both ids":           {`{"type":"personal","participants":[{"userId":"a","userExternalId":"u"}]}`, 400, "participants"},
		"unknown user":       {`{"type":"personal","participants":[{"userExternalId":"w"}]}`, 404, ""},
		"participant a text": {`{"type":"personal","participants":["u"]}`, 400, ""},
		"participants one":   {`{"type":"personal","participants":` + u + `}`, 400, ""},
		"name longest":       {`{"type":"sdkGroup","displayName":"` + long + `","description":"` + long + `"}`, 201, ""},
		"name longer":        {`{"type":"sdkGroup","displayName":"` + long + `x"}`, 400, "displayName"},
		"description longer": {`{"type":"sdkGroup","description":"` + long + `x"}`, 400, "description"},
		"icon longer":        {`{"type":"sdkGroup","iconUrl":"` + strings.Repeat("a", 2049) + `"}`, 400, "iconUrl"},
		"metadata deep":      {`{"type":"sdkGroup","metadata":{"a":[]}}`, 400, "metadata"},
		"name a number":      {`{"type":"sdkGroup","displayName":7}`, 400, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := e.in(t)
			r := e.rest("POST", "/conversations", test.body).want(test.status)
			if test.field != "" {
				r.wantProblem(400, "bad_request", test.field)
			}
			if strings.Contains(name, "longer") {
				e.rest("PATCH", "/conversations/"+known.ID, test.body).wantProblem(400, "bad_request", test.field)
			}
		})
	}
}

// listing is a page of a list.
type listing struct {
	Conversations []talk
	Messages      []said
	Meta          struct {
		HasMore                   bool
		AfterCursor, BeforeCursor string
	}
	Links struct{ Prev, Next string }
}

func (r reply) listing() listing {
	r.env.Helper()
	return decode[listing](r.env.T, r.body)
}

// follow gets an address that an answer gave.
func (e env) follow(link string) listing {
	e.Helper()
	path, ours := strings.CutPrefix(link, e.URL)
	if !ours {
		e.Fatalf("the link %q does not lead here", link)
	}
	return e.call("GET", path, "", e.basic()).want(200).listing()
}

// TestPagesOfConversations walks through 60 conversations in both directions, by links and by cursors.
func TestPagesOfConversations(t *testing.T) {
	t.Parallel()
	e := start(t)
	user := e.newUser("a+b/c")
	var newestFirst []string
	for range 60 {
		newestFirst = append(newestFirst, e.newConversation(user.ID).ID)
	}
	e.say(newestFirst[7], "hello")
	newestFirst = append(slices.Delete(slices.Clone(newestFirst), 7, 8), newestFirst[7])
	slices.Reverse(newestFirst)
	ids := func(l listing) (all []string) {
		for _, c := range l.Conversations {
			all = append(all, c.ID)
		}
		return all
	}

	for _, filter := range []url.Values{{"filter[userId]": {user.ID}}, {"filter[userExternalId]": {"a+b/c"}}} {
		var sizes []int
		var forth []string
		page := e.rest("GET", "/conversations?"+filter.Encode(), "").want(200).listing()
		if page.Links.Prev != "" {
			t.Errorf("the first page has a page before it: %s", page.Links.Prev)
		}
		for {
			sizes, forth = append(sizes, len(page.Conversations)), append(forth, ids(page)...)
			if (page.Links.Next != "") != page.Meta.HasMore {
				t.Errorf("hasMore is %t, next is %q", page.Meta.HasMore, page.Links.Next)
			}
			if !page.Meta.HasMore {
				break
			}
			page = e.follow(page.Links.Next)
		}
		if !slices.Equal(sizes, []int{25, 25, 10}) || !slices.Equal(forth, newestFirst) {
			t.Errorf("forth: pages of %v, in the right order: %t", sizes, slices.Equal(forth, newestFirst))
		}
		back := ids(page)
		for page.Links.Prev != "" {
			page = e.follow(page.Links.Prev)
			back = append(ids(page), back...)
		}
		if !slices.Equal(back, newestFirst) || page.Meta.HasMore {
			t.Errorf("back: got %d, hasMore %t", len(back), page.Meta.HasMore)
		}
	}

	sized := func(more string) reply {
		return e.rest("GET", "/conversations?filter[userId]="+user.ID+"&"+more, "")
	}
	page := sized("page[size]=7").want(200).listing()
	second := sized("page[size]=100&page[after]=" + page.Meta.AfterCursor).want(200).listing()
	if len(page.Conversations) != 7 || len(second.Conversations) != 53 || second.Meta.HasMore || second.Links.Next != "" || second.Links.Prev == "" {
		t.Errorf("pages of %d and %d", len(page.Conversations), len(second.Conversations))
	}
	if again := e.follow(page.Links.Next); len(again.Conversations) != 7 {
		t.Errorf("a link forgets the size of pages: %d", len(again.Conversations))
	}
	for _, wrong := range []string{"page[size]=0", "page[size]=101", "page[size]=-1", "page[size]=x", "page[size]=1.5", "page[size]=99999999999999999999",
		"page[after]=x", "page[after]=!", "page[after]=AAAAAAAAAAAA", "page[before]=" + strings.Repeat("A", 5000),
		"page[after]=" + page.Meta.AfterCursor + "A", "page[after]=" + page.Meta.AfterCursor + "&page[before]=" + page.Meta.AfterCursor} {
		if r := sized(wrong); r.status != 400 {
			t.Errorf("%s: %d", wrong, r.status)
		}
	}
	e.newUser("other")
	other := e.newConversation("other")
	if theirs := e.rest("GET", "/conversations?filter[userExternalId]=other&page[before]="+page.Meta.AfterCursor, "").want(200).listing(); !slices.Equal(ids(theirs), []string{other.ID}) {
		t.Errorf("a place of one user's list in another's shows %v", ids(theirs))
	}
	e.rest("GET", "/conversations/"+other.ID+"/messages?page[before]="+page.Meta.AfterCursor, "").wantProblem(400, "bad_request", "page[before]")
	for _, filter := range []string{"", "filter[userId]=&filter[userExternalId]=", "filter[userId]=" + user.ID + "&filter[userExternalId]=a"} {
		e.rest("GET", "/conversations?"+filter, "").wantProblem(400, "bad_request", "filter")
	}
	for _, filter := range []string{"filter[userId]=a+b/c", "filter[userId]=" + other.ID, "filter[userExternalId]=" + user.ID} {
		e.rest("GET", "/conversations?"+filter, "").wantProblem(404, "user_not_found", "")
	}
	e.newUser("lonely")
	empty := e.rest("GET", "/conversations?filter[userExternalId]=lonely", "").want(200)
	if got, want := string(empty.body), `{"conversations":[],"meta":{"hasMore":false},"links":{}}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestActivity(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.newUser("u")
	e.newUser("stranger")
	conversation := e.newConversation("u")
	e.say(conversation.ID, "hello")
	post := func(author, kind string) reply {
		return e.rest("POST", "/conversations/"+conversation.ID+"/activity", `{"author":`+author+`,"type":"`+kind+`"}`)
	}
	const business, user = `{"type":"business","displayName":"Max"}`, `{"type":"user","userExternalId":"u"}`
	for _, kind := range []string{"typing:start", "typing:stop", "conversation:read"} {
		if got := string(post(business, kind).want(200).body); got != "{}" {
			t.Errorf("%s answers %s", kind, got)
		}
	}
	if got := e.rest("GET", "/conversations/"+conversation.ID, "").conversation(); got.BusinessLastRead == "" {
		t.Error("the business has read, but businessLastRead does not say so")
	}
	post(user, "conversation:read").want(200)
	post(user, "typing:start").wantProblem(400, "bad_request", "type")
	post(business, "conversation:close").wantProblem(400, "bad_request", "type")
	post(`{"type":"bot"}`, "typing:start").wantProblem(400, "bad_request", "author.type")
	post(`{}`, "typing:start").wantProblem(400, "bad_request", "author.type")
	post(`{"type":"business","displayName":"`+strings.Repeat("n", 256)+`"}`, "typing:start").wantProblem(400, "bad_request", "author.displayName")
	post(`{"type":"user","userExternalId":"stranger"}`, "conversation:read").wantProblem(400, "bad_request", "author")
	post(`{"type":"user"}`, "conversation:read").wantProblem(400, "bad_request", "author")
	post(`{"type":"user","userExternalId":"w"}`, "conversation:read").wantProblem(404, "user_not_found", "")
}
