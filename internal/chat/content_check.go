package chat

import "fmt"

// Limits of content, in characters but for counts. Those of the contract are marked; it names none for the others.
const (
	MaxMarkup      = 4096 // htmlText and markdownText (contract)
	MaxLabel       = 128  // titles, descriptions, labels, names, alternative texts (contract)
	MaxAddressText = 2048 // addresses of the web
	MaxActions     = 25   // actions of a text or an image
	MaxListActions = 10   // actions of a list (contract)
	MaxItems       = 10   // items of a carousel or a list (contract)
	MaxItemActions = 3    // actions of an item (contract)
	MaxLocation    = 512  // name and address of a location
)

// Check tells what is wrong with content that somebody posts: the field and the problem, or "" and "".
func (c Content) Check() (field, problem string) {
	var k checker
	c.check(&k)
	return k.field, k.problem
}

func (c Content) check(k *checker) {
	switch c.Type {
	case ContentText:
		c.checkText(k)
	case ContentImage, ContentFile:
		c.checkMedia(k)
	case ContentCarousel, ContentList:
		c.checkCards(k)
	case ContentForm:
		k.atMost("content.text", c.Text, MaxText)
		c.Form.checkAsked(k)
	case ContentFormResponse:
		k.atMost("content.quotedMessageId", string(c.Quoted), MaxLabel)
		most := MaxFieldSize
		if c.Quoted == "" {
			most = MaxFirstAnswer // it answers what was asked before the conversation, and no form in it
		}
		c.Form.checkAnswered(k, most)
	case ContentLocation:
		c.checkLocation(k)
	case ContentTemplate:
		k.want(c.Template != "", "content.template", "is required: an object")
	default:
		k.fail("content.type", `must be "text", "image", "file", "carousel", "list", "form", "formResponse", "location" or "template"`)
	}
}

func (c Content) checkText(k *checker) {
	if c.HTML == "" && c.Markdown == "" && len(c.Actions) == 0 {
		k.want(c.Text != "", "content.text", "must not be empty")
	}
	c.checkMarkup(k)
	k.atMost("content.payload", c.Payload, MaxText)
	k.actions("content.actions", c.Actions, 0, MaxActions, anyAction)
}

func (c Content) checkMarkup(k *checker) {
	k.atMost("content.text", c.Text, MaxText)
	k.atMost("content.htmlText", c.HTML, MaxMarkup)
	k.atMost("content.markdownText", c.Markdown, MaxMarkup)
	k.want(c.HTML == "" || c.Markdown == "", "content.markdownText", "goes without htmlText: give one of the two")
}

func (c Content) checkMedia(k *checker) {
	media := c.Media
	if media == nil {
		media = &Media{}
	}
	k.want(media.URL != "" || media.Attachment != "", "content.mediaUrl", "is required, or attachmentId of an attachment")
	k.webAddress("content.mediaUrl", media.URL)
	k.mediaType("content.mediaType", media.Type)
	k.atMost("content.altText", media.Alt, MaxLabel)
	k.atMost("content.attachmentId", media.Attachment, MaxLabel)
	c.checkMarkup(k)
	k.actions("content.actions", c.Actions, 0, MaxActions, anyAction)
}

func (c Content) checkCards(k *checker) {
	cards := c.Cards
	if cards == nil {
		cards = &Cards{}
	}
	k.count("content.items", len(cards.Items), 1, MaxItems)
	for i, item := range cards.Items {
		item.check(k, fmt.Sprintf("content.items[%d]", i))
	}
	k.oneOf("content.displaySettings.imageAspectRatio", cards.AspectRatio, "horizontal", "square")
	k.actions("content.actions", c.Actions, 0, MaxListActions, cardAction)
}

func (i Item) check(k *checker, at string) {
	k.required(at+".title", i.Title, MaxLabel)
	k.atMost(at+".description", i.Description, MaxLabel)
	k.webAddress(at+".mediaUrl", i.MediaURL)
	k.mediaType(at+".mediaType", i.MediaType)
	k.atMost(at+".altText", i.AltText, MaxLabel)
	k.oneOf(at+".size", i.Size, "compact", "large")
	k.metadata(at+".metadata", i.Metadata)
	k.actions(at+".actions", i.Actions, 1, MaxItemActions, cardAction)
}

func (c Content) checkLocation(k *checker) {
	if c.Location == nil {
		k.fail("content.coordinates", "is required: lat and long in degrees")
		return
	}
	// Comparisons with NaN are false.
	k.want(c.Location.Lat >= -90 && c.Location.Lat <= 90, "content.coordinates.lat", "must be a number from -90 to 90")
	k.want(c.Location.Long >= -180 && c.Location.Long <= 180, "content.coordinates.long", "must be a number from -180 to 180")
	k.atMost("content.location.address", c.Location.Address, MaxLocation)
	k.atMost("content.location.name", c.Location.Name, MaxLocation)
}
