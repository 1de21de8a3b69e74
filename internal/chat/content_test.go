package chat

import (
	"math"
	"slices"
	"strings"
	"testing"
)

// full is content of a type with every member at its limit.
func full(of ContentType) Content {
	most := func(n int) string { return strings.Repeat("ж", n) }
	address := "https://" + strings.Repeat("a", MaxAddressText-8)
	data := Metadata{"k": strings.Repeat("x", MaxMetadata-1)}
	actions := []MessageAction{
		{Type: ActionLink, Text: most(MaxActionText), URI: address, Metadata: data},
		{Type: ActionBuy, Text: "t", Amount: new(int64(1)), Currency: "EUR"},
		{Type: ActionWebview, Text: "t", URI: address, Fallback: address, Size: "compact"},
	}
	item := Item{Title: most(MaxLabel), Description: most(MaxLabel), MediaURL: address, MediaType: "image/png", AltText: most(MaxLabel),
		Size: "large", Actions: actions, Metadata: data}
	c := Content{Type: of, BlockChatInput: of != ContentFormResponse}
	switch of {
	case ContentText, ContentImage, ContentFile:
		c.Text, c.Markdown = most(MaxText), most(MaxMarkup)
		if of != ContentText {
			c.Media = &Media{URL: address, Type: "image/png; charset=x", Alt: most(MaxLabel), Attachment: most(MaxLabel)}
		} else {
			c.Payload = most(MaxText)
		}
		if of != ContentFile {
			c.Actions = slices.Repeat([]MessageAction{{Type: ActionReply, Text: "t", Payload: new(most(MaxActionPayload)), IconURL: address},
				{Type: ActionPostback, Text: "t", Payload: new("p")}, {Type: ActionLocationRequest, Text: "t"}, {Type: ActionLink, Text: "t", URI: "tel:+351"},
				{Type: ActionLink, Text: "t", URI: "mailto:a@b.example"}}, 5)
		}
	case ContentCarousel, ContentList:
		c.Cards = &Cards{Items: slices.Repeat([]Item{item}, MaxItems)}
		for i := range c.Cards.Items {
			c.Cards.Items[i].Actions = slices.Clone(actions)
		}
		if of == ContentList {
			c.Actions = slices.Repeat(actions[:1], MaxListActions)
		} else {
			c.Cards.AspectRatio = "horizontal"
		}
	case ContentForm:
		c.Text = most(MaxText)
		c.Form = &Form{Fields: []FormField{
			{Type: FieldText, Name: most(MaxLabel), Label: most(MaxLabel), Placeholder: most(MaxLabel), MinSize: new(256), MaxSize: new(256), Format: "decimal"},
			{Type: FieldEmail, Name: "email", Label: "l"},
			{Type: FieldSelect, Name: "select", Label: "l", Options: slices.Repeat([]Option{{most(MaxLabel), most(MaxLabel)}}, MaxOptions)},
		}}
	case ContentFormResponse:
		c.Quoted = "66d1f0c8b9ca1b2c3d4e5f60"
		c.Form = &Form{Fields: []FormField{
			{Type: FieldText, Name: most(MaxLabel), Label: most(MaxLabel), Text: most(MaxFieldSize)},
			{Type: FieldEmail, Name: "email", Label: "l", Email: "ana@example.com"},
			{Type: FieldSelect, Name: "select", Label: "l", Select: []Option{{"a", "A"}}},
		}}
	case ContentLocation:
		c.Location = &Location{Lat: -90, Long: 180, Name: most(MaxLocation), Address: most(MaxLocation)}
	case ContentTemplate:
		c.Template = "{}"
	}
	return c
}

// TestLimitsOfContent: what is at every limit is taken, and one step beyond any is refused under the name of its member.
func TestLimitsOfContent(t *testing.T) {
	t.Parallel()
	long := func(text *string) { *text += "ж" }
	for _, limit := range []struct {
		of     ContentType
		field  string
		exceed func(*Content)
	}{
		{ContentText, "content.type", func(c *Content) { c.Type = "" }},
		{ContentText, "content.type", func(c *Content) { c.Type = "Text" }},
		{ContentText, "content.text", func(c *Content) { *c = Content{Type: ContentText, BlockChatInput: true} }},
		{ContentText, "content.text", func(c *Content) { long(&c.Text) }},
		{ContentText, "content.htmlText", func(c *Content) { c.Markdown, c.HTML = "", c.Markdown+"x" }},
		{ContentText, "content.markdownText", func(c *Content) { long(&c.Markdown) }},
		{ContentText, "content.markdownText", func(c *Content) { c.HTML = "x" }},
		{ContentText, "content.payload", func(c *Content) { long(&c.Payload) }},
		{ContentText, "content.actions", func(c *Content) { c.Actions = append(c.Actions, c.Actions[0]) }},
		{ContentText, "content.actions[1].type", func(c *Content) { c.Actions[1].Type = "share" }},
		{ContentText, "content.actions[0].text", func(c *Content) { c.Actions[0].Text, c.Actions[0].Payload = "", new("") }},
		{ContentText, "content.actions[0].payload", func(c *Content) { c.Actions[0].Payload = new(*c.Actions[0].Payload + "ж") }},
		{ContentText, "content.actions[0].payload", func(c *Content) { c.Actions[0].Payload = nil }},
		{ContentText, "content.actions[1].payload", func(c *Content) { c.Actions[1].Payload = nil }},
		{ContentText, "content.actions[1].text", func(c *Content) { c.Actions[1].Text = "" }},
		{ContentText, "content.actions[2].text", func(c *Content) { c.Actions[2].Text = "" }},
		{ContentText, "content.actions[0].iconUrl", func(c *Content) { c.Actions[0].IconURL += "a" }},
		{ContentText, "content.actions[0].iconUrl", func(c *Content) { c.Actions[0].IconURL = "mailto:a@b.example" }},
		{ContentText, "content.actions[3].uri", func(c *Content) { c.Actions[3].URI = "javascript:alert(1)" }},
		{ContentText, "content.actions[3].uri", func(c *Content) { c.Actions[3].URI = "" }},
		{ContentText, "content.actions[3].uri", func(c *Content) { c.Actions[3].URI = "tel:" }},
		{ContentText, "content.actions[3].uri", func(c *Content) { c.Actions[3].URI = "https://a\u202eb" }},
		{ContentText, "content.actions[2].metadata", func(c *Content) { c.Actions[2].Metadata = Metadata{"a": []any{}} }},
		{ContentImage, "content.mediaUrl", func(c *Content) { c.Media = nil }},
		{ContentImage, "content.mediaUrl", func(c *Content) { c.Media.URL, c.Media.Attachment = "", "" }},
		{ContentImage, "content.mediaUrl", func(c *Content) { c.Media.URL += "a" }},
		{ContentImage, "content.mediaUrl", func(c *Content) { c.Media.URL = "data:image/png,x" }},
		{ContentImage, "content.mediaUrl", func(c *Content) { c.Media.URL = "tel:1" }},
		{ContentImage, "content.mediaType", func(c *Content) { c.Media.Type = "picture" }},
		{ContentImage, "content.mediaType", func(c *Content) { c.Media.Type = "image/" + strings.Repeat("x", MaxLabel) }},
		{ContentImage, "content.altText", func(c *Content) { long(&c.Media.Alt) }},
		{ContentImage, "content.actions", func(c *Content) { c.Actions = append(c.Actions, c.Actions[0]) }},
		{ContentFile, "content.altText", func(c *Content) { long(&c.Media.Alt) }},
		{ContentFile, "content.attachmentId", func(c *Content) { long(&c.Media.Attachment) }},
		{ContentFile, "content.text", func(c *Content) { long(&c.Text) }},
		{ContentFile, "content.markdownText", func(c *Content) { long(&c.Markdown) }},
		{ContentCarousel, "content.items", func(c *Content) { c.Cards = nil }},
		{ContentCarousel, "content.items", func(c *Content) { c.Cards.Items = nil }},
		{ContentCarousel, "content.items", func(c *Content) { c.Cards.Items = append(c.Cards.Items, c.Cards.Items[0]) }},
		{ContentCarousel, "content.displaySettings.imageAspectRatio", func(c *Content) { c.Cards.AspectRatio = "wide" }},
		{ContentCarousel, "content.items[9].title", func(c *Content) { long(&c.Cards.Items[9].Title) }},
		{ContentCarousel, "content.items[9].title", func(c *Content) { c.Cards.Items[9].Title = "" }},
		{ContentCarousel, "content.items[0].description", func(c *Content) { long(&c.Cards.Items[0].Description) }},
		{ContentCarousel, "content.items[0].mediaUrl", func(c *Content) { c.Cards.Items[0].MediaURL = "ftp://a" }},
		{ContentCarousel, "content.items[0].mediaType", func(c *Content) { c.Cards.Items[0].MediaType = "x" }},
		{ContentCarousel, "content.items[0].altText", func(c *Content) { long(&c.Cards.Items[0].AltText) }},
		{ContentCarousel, "content.items[0].size", func(c *Content) { c.Cards.Items[0].Size = "huge" }},
		{ContentCarousel, "content.items[0].metadata", func(c *Content) { c.Cards.Items[0].Metadata = Metadata{"": 1.0} }},
		{ContentCarousel, "content.items[2].actions", func(c *Content) { c.Cards.Items[2].Actions = nil }},
		{ContentCarousel, "content.items[2].actions", func(c *Content) { i := &c.Cards.Items[2]; i.Actions = append(i.Actions, i.Actions[0]) }},
		{ContentCarousel, "content.items[2].actions[0].uri", func(c *Content) { c.Cards.Items[2].Actions[0].URI += "a" }},
		{ContentCarousel, "content.items[2].actions[0].text", func(c *Content) { long(&c.Cards.Items[2].Actions[0].Text) }},
		{ContentCarousel, "content.items[2].actions[0].metadata", func(c *Content) {
			c.Cards.Items[2].Actions[0].Metadata = Metadata{"k": strings.Repeat("x", MaxMetadata)}
		}},
		{ContentCarousel, "content.items[2].actions[0].type", func(c *Content) {
			c.Cards.Items[2].Actions[0] = MessageAction{Type: ActionReply, Text: "t", Payload: new("p")}
		}},
		{ContentCarousel, "content.items[2].actions[0].type", func(c *Content) { c.Cards.Items[2].Actions[0] = MessageAction{Type: ActionLocationRequest, Text: "t"} }},
		{ContentCarousel, "content.items[2].actions[1].amount", func(c *Content) { c.Cards.Items[2].Actions[1].Amount = nil }},
		{ContentCarousel, "content.items[2].actions[1].amount", func(c *Content) { c.Cards.Items[2].Actions[1].Amount = new(int64(-1)) }},
		{ContentCarousel, "content.items[2].actions[1].currency", func(c *Content) { c.Cards.Items[2].Actions[1].Currency = "euro" }},
		{ContentCarousel, "content.items[2].actions[1].currency", func(c *Content) { c.Cards.Items[2].Actions[1].Currency = "e1r" }},
		{ContentCarousel, "content.items[2].actions[2].uri", func(c *Content) { c.Cards.Items[2].Actions[2].URI = "tel:1" }},
		{ContentCarousel, "content.items[2].actions[2].fallback", func(c *Content) { c.Cards.Items[2].Actions[2].Fallback = "" }},
		{ContentCarousel, "content.items[2].actions[2].size", func(c *Content) { c.Cards.Items[2].Actions[2].Size = "large" }},
		{ContentList, "content.items", func(c *Content) { c.Cards.Items = append(c.Cards.Items, c.Cards.Items[0]) }},
		{ContentList, "content.actions", func(c *Content) { c.Actions = append(c.Actions, c.Actions[0]) }},
		{ContentList, "content.actions[9].type", func(c *Content) { c.Actions[9] = MessageAction{Type: ActionReply, Text: "t", Payload: new("p")} }},
		{ContentForm, "content.fields", func(c *Content) { c.Form = nil }},
		{ContentForm, "content.fields", func(c *Content) { c.Form.Fields = slices.Repeat(c.Form.Fields[:1], MaxFields+1) }},
		{ContentForm, "content.text", func(c *Content) { long(&c.Text) }},
		{ContentForm, "content.fields[0].type", func(c *Content) { c.Form.Fields[0].Type = "date" }},
		{ContentForm, "content.fields[0].name", func(c *Content) { long(&c.Form.Fields[0].Name) }},
		{ContentForm, "content.fields[0].name", func(c *Content) { c.Form.Fields[0].Name = "" }},
		{ContentForm, "content.fields[2].name", func(c *Content) { c.Form.Fields[2].Name = "email" }},
		{ContentForm, "content.fields[0].label", func(c *Content) { long(&c.Form.Fields[0].Label) }},
		{ContentForm, "content.fields[1].label", func(c *Content) { c.Form.Fields[1].Label = "" }},
		{ContentForm, "content.fields[0].placeholder", func(c *Content) { long(&c.Form.Fields[0].Placeholder) }},
		{ContentForm, "content.fields[0].minSize", func(c *Content) { c.Form.Fields[0].MinSize = new(0) }},
		{ContentForm, "content.fields[0].minSize", func(c *Content) { c.Form.Fields[0].MinSize = new(257) }},
		{ContentForm, "content.fields[0].minSize", func(c *Content) { c.Form.Fields[0].MaxSize = nil }},
		{ContentForm, "content.fields[0].maxSize", func(c *Content) { c.Form.Fields[0].MaxSize = new(257) }},
		{ContentForm, "content.fields[0].maxSize", func(c *Content) { c.Form.Fields[0].MaxSize = new(0) }},
		{ContentForm, "content.fields[0].format", func(c *Content) { c.Form.Fields[0].Format = "hex" }},
		{ContentForm, "content.fields[2].options", func(c *Content) { c.Form.Fields[2].Options = nil }},
		{ContentForm, "content.fields[2].options", func(c *Content) { f := &c.Form.Fields[2]; f.Options = append(f.Options, f.Options[0]) }},
		{ContentForm, "content.fields[2].options[7].name", func(c *Content) { c.Form.Fields[2].Options[7].Name = "" }},
		{ContentForm, "content.fields[2].options[7].label", func(c *Content) { long(&c.Form.Fields[2].Options[7].Label) }},
		{ContentFormResponse, "content.quotedMessageId", func(c *Content) { c.Quoted = MessageID(strings.Repeat("x", MaxLabel+1)) }},
		{ContentFormResponse, "content.fields", func(c *Content) { c.Form.Fields = nil }},
		{ContentFormResponse, "content.fields[0].text", func(c *Content) { long(&c.Form.Fields[0].Text) }},
		{ContentFormResponse, "content.fields[0].text", func(c *Content) { c.Form.Fields[0].Text = "" }},
		{ContentFormResponse, "content.fields[1].email", func(c *Content) { c.Form.Fields[1].Email = "ana" }},
		{ContentFormResponse, "content.fields[1].email", func(c *Content) { c.Form.Fields[1].Email = "" }},
		{ContentFormResponse, "content.fields[2].select", func(c *Content) { c.Form.Fields[2].Select = nil }},
		{ContentFormResponse, "content.fields[2].select[0].label", func(c *Content) { c.Form.Fields[2].Select[0].Label = "" }},
		{ContentLocation, "content.coordinates", func(c *Content) { c.Location = nil }},
		{ContentLocation, "content.coordinates.lat", func(c *Content) { c.Location.Lat = 90.1 }},
		{ContentLocation, "content.coordinates.lat", func(c *Content) { c.Location.Lat = math.NaN() }},
		{ContentLocation, "content.coordinates.long", func(c *Content) { c.Location.Long = -180.1 }},
		{ContentLocation, "content.location.name", func(c *Content) { long(&c.Location.Name) }},
		{ContentLocation, "content.location.address", func(c *Content) { long(&c.Location.Address) }},
		{ContentTemplate, "content.template", func(c *Content) { c.Template = "" }},
	} {
		c := full(limit.of)
		if field, problem := c.Check(); problem != "" {
			t.Fatalf("at its limits, %s is refused: %s %s", limit.of, field, problem)
		}
		if own := c.Own(); !own.Repeats(c) {
			t.Fatalf("Own takes something from %s:\n%+v\nis left of\n%+v", limit.of, own, c)
		}
		limit.exceed(&c)
		if field, problem := c.Check(); field != limit.field {
			t.Errorf("%s: got %q (%s), want %s", limit.of, field, problem, limit.field)
		}
	}
}

func TestEqualContentsAreDeeplyEqual(t *testing.T) {
	t.Parallel()
	for _, of := range []ContentType{ContentText, ContentImage, ContentFile, ContentCarousel, ContentList, ContentForm, ContentFormResponse, ContentLocation, ContentTemplate} {
		if !full(of).Repeats(full(of)) {
			t.Errorf("two of %s are not equal", of)
		}
	}
	for _, of := range []ContentType{ContentCarousel, ContentList} {
		other := full(of)
		other.Cards.Items[9].Actions[2].Metadata = Metadata{"deep": true}
		if full(of).Repeats(other) {
			t.Errorf("two of %s are equal that differ in an action of an item", of)
		}
	}
}

// TestWhatActionsMayLack: payloads may be empty, replies may have no text beside one, and what costs nothing may be bought.
func TestWhatActionsMayLack(t *testing.T) {
	t.Parallel()
	c := Content{Type: ContentText, Text: "x", Actions: []MessageAction{
		{Type: ActionPostback, Text: "t", Payload: new("")}, {Type: ActionReply, Text: "t", Payload: new("")},
		{Type: ActionReply, Payload: new("p")}, {Type: ActionBuy, Text: "t", Amount: new(int64(0))},
	}}
	if field, problem := c.Check(); problem != "" {
		t.Errorf("%s %s", field, problem)
	}
	if own := c.Own(); !own.Repeats(c) {
		t.Errorf("Own took something away: %+v", own)
	}
	c.Text = ""
	if got := c.Fallback(); got != "t\nt\np\nt" {
		t.Errorf("in words it is %q", got)
	}
}

func TestCheckAnswers(t *testing.T) {
	t.Parallel()
	form := Form{Fields: []FormField{
		{Type: FieldText, Name: "word", Label: "Word", MinSize: new(2), MaxSize: new(4)},
		{Type: FieldText, Name: "whole", Label: "Whole", Format: "integer"},
		{Type: FieldText, Name: "part", Label: "Part", Format: "decimal"},
		{Type: FieldEmail, Name: "mail", Label: "Mail"},
		{Type: FieldSelect, Name: "size", Label: "Size", Options: []Option{{"s", "Small"}, {"l", "Large"}}},
	}}
	for _, test := range []struct {
		answer FormField
		field  string
	}{
		{FormField{Type: FieldText, Name: "word", Text: "жж"}, ""},
		{FormField{Type: FieldText, Name: "word", Text: "ж"}, "text"},
		{FormField{Type: FieldText, Name: "word", Text: "жжжжж"}, "text"},
		{FormField{Type: FieldText, Name: "whole", Text: "-12"}, ""},
		{FormField{Type: FieldText, Name: "whole", Text: "1.5"}, "text"},
		{FormField{Type: FieldText, Name: "whole", Text: "--1"}, "text"},
		{FormField{Type: FieldText, Name: "part", Text: "1,5"}, ""},
		{FormField{Type: FieldText, Name: "part", Text: "1."}, "text"},
		{FormField{Type: FieldText, Name: "part", Text: "1.5.5"}, "text"},
		{FormField{Type: FieldEmail, Name: "mail", Email: "a@b.example"}, ""},
		{FormField{Type: FieldEmail, Name: "word", Email: "a@b.example"}, "type"},
		{FormField{Type: FieldText, Name: "Word", Text: "ab"}, "name"},
		{FormField{Type: FieldSelect, Name: "size", Select: []Option{{"s", "Small"}, {"l", "Large"}}}, ""},
		{FormField{Type: FieldSelect, Name: "size", Select: []Option{{"s", "Small"}, {"m", "Medium"}}}, "select[1].name"},
	} {
		want := test.field
		if want != "" {
			want = "content.fields[0]." + want
		}
		if field, problem := form.CheckAnswers(Form{Fields: []FormField{test.answer}}); field != want {
			t.Errorf("%+v: got %q (%s), want %q", test.answer, field, problem, want)
		}
	}
}

func TestFallback(t *testing.T) {
	t.Parallel()
	for want, content := range map[string]Content{
		"said": {Type: ContentText, Text: "said", Actions: []MessageAction{{Text: "more"}}},
		"Yes\nRead https://a.example\nOpen https://f.example": {Type: ContentText, Actions: []MessageAction{{Type: ActionReply, Text: "Yes", Payload: new("y")},
			{Type: ActionLink, Text: "Read", URI: "https://a.example"}, {Type: ActionWebview, Text: "Open", URI: "https://w.example", Fallback: "https://f.example"}}},
		"a shoe":             {Type: ContentImage, Media: &Media{URL: "https://a.example/i.png", Alt: "a shoe"}},
		"i.png":              {Type: ContentImage, Media: &Media{URL: "https://a.example/x/i.png?size=7#a/b"}},
		"https://a.example":  {Type: ContentFile, Media: &Media{URL: "https://a.example"}},
		"https://b.example/": {Type: ContentFile, Media: &Media{URL: "https://b.example/"}},
		"1.5, -0.25":         {Type: ContentLocation, Location: &Location{Lat: 1.5, Long: -.25}},
		"Shop":               {Type: ContentLocation, Location: &Location{Name: "Shop"}},
		"A\nB":               {Type: ContentForm, Form: &Form{Fields: []FormField{{Label: "A"}, {Label: "B"}}}},
		"A: 1\nB: c, d":      {Type: ContentFormResponse, Form: &Form{Fields: []FormField{{Label: "A", Text: "1"}, {Label: "B", Select: []Option{{"c", "c"}, {"d", "d"}}}}}},
	} {
		if got := content.Fallback(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
