package httpapi_test

import "testing"

type ratingPage struct {
	Ratings []struct {
		Value        int64
		Comment      string
		Conversation string
		Agent        struct{ Name string }
		Person       struct{ UserID string }
	}
	Cursor string
}

func TestAdminsReadRatings(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ada := o.boss.colleague(string(o.App.ID), "Ada", "admin")
	ada.root += "/apps/" + string(o.App.ID)
	if none := read[ratingPage](ada.do("GET", "/ratings", "").want(200)); len(none.Ratings) != 0 || none.Cursor != "" {
		t.Errorf("at first %+v", none)
	}
	ada.do("PATCH", "/settings", `{"settings":{"rating":"on"}}`).want(200)
	o.kim.do("POST", o.at("/messages"), `{"id":"a-1","text":"Yes.","seen":1}`).want(201)
	o.change(o.kim, `{"status":"closed"}`)
	said := read[struct {
		Messages []struct {
			ID      string
			Content struct{ Type string }
		}
	}](o.rest("GET", "/conversations/"+o.conversation+"/messages", "").want(200))
	asked := said.Messages[len(said.Messages)-1]
	if asked.Content.Type != "form" {
		t.Fatalf("the newest message is %+v", asked)
	}
	o.rest("POST", "/conversations/"+o.conversation+"/messages", `{"author":{"type":"user","userExternalId":"u-1"},"content":{"type":"formResponse","quotedMessageId":"`+asked.ID+
		`","fields":[{"type":"select","name":"rating","label":"Rating","select":[{"name":"4","label":"Good"}]},{"type":"text","name":"comment","label":"Comment","text":"Quick!"}]}}`).want(201)

	page := read[ratingPage](ada.do("GET", "/ratings?limit=1", "").want(200))
	if len(page.Ratings) != 1 || page.Cursor != "" {
		t.Fatalf("%+v", page)
	}
	if r := page.Ratings[0]; r.Value != 4 || r.Comment != "Quick!" || r.Conversation != o.conversation || r.Agent.Name != "Kim" || r.Person.UserID == "" {
		t.Errorf("%+v", r)
	}
	n := read[numbers](ada.do("GET", "/numbers", "").want(200))
	if r := n.All.Ratings; r == nil || r.Asked != 1 || r.Given != 1 || r.Good != 1 || n.Agents[0].Ratings == nil || n.Before.Ratings != nil {
		t.Errorf("%+v", n)
	}
	ada.do("GET", "/ratings?cursor=x", "").wantProblem(400, "bad_request", "cursor")
	ada.do("GET", "/ratings?limit=0", "").wantProblem(400, "bad_request", "limit")
	o.kim.do("GET", "/ratings", "").wantProblem(403, "role_needed", "")
}
