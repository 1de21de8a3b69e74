package directory

import (
	"maps"
	"net/url"
	"slices"
	"unicode/utf8"

	"github.com/parlorchat/parlor/internal/chat"
)

// platforms are what a client may say it is; empty means the web.
var platforms = []string{"", "web", "ios", "android", "other"}

const maxClientText = 256 // characters of a client's name and time zone

const maxPage = 1024 // bytes of a page's address; of a longer one nothing is kept

// said returns what a client says of itself as the app keeps it, or what is wrong with it.
func said(app chat.App, in chat.Client) (chat.Client, error) {
	in.Info = maps.Clone(in.Info)
	if page, ok := in.Info[chat.InfoPage].(string); ok {
		in.Info[chat.InfoPage] = pageOf(page)
		// Nobody is kept outside by a page with a long address.
		if in.Info[chat.InfoPage] == "" || in.Info.Check() != "" {
			delete(in.Info, chat.InfoPage)
		}
	}
	if err := checkClient(in); err != nil {
		return chat.Client{}, err
	}
	if !app.Settings.Pages {
		if in.Info == nil {
			in.Info = chat.Metadata{}
		}
		in.Info[chat.InfoPage] = nil // which takes away what was kept before
	}
	return in, nil
}

// pageOf returns an address without what may be a secret in it: of a page origin and path are kept, no query and no fragment (security rule 28).
func pageOf(address string) string {
	page, err := url.Parse(address)
	if err != nil || page.Scheme != "https" && page.Scheme != "http" || page.Host == "" {
		return ""
	}
	kept := (&url.URL{Scheme: page.Scheme, Host: page.Host, Path: page.Path, RawPath: page.RawPath}).String()
	if len(kept) > maxPage {
		return ""
	}
	return kept
}

// checkClient checks what a client says of itself.
func checkClient(in chat.Client) error {
	switch {
	case !slices.Contains(platforms, in.Platform):
		return chat.InvalidField("client.platform", `must be "web", "ios", "android" or "other"`)
	case utf8.RuneCountInString(in.Name) > maxClientText:
		return chat.InvalidField("client.name", "must have at most %d characters", maxClientText)
	case len(in.Locale) > chat.MaxLocale:
		return chat.InvalidField("client.locale", "must have at most %d characters", chat.MaxLocale)
	case utf8.RuneCountInString(in.TimeZone) > maxClientText:
		return chat.InvalidField("client.timeZone", "must have at most %d characters", maxClientText)
	}
	if problem := in.Info.Check(); problem != "" {
		return chat.InvalidField("client.info", "%s", problem)
	}
	return nil
}

// client finds the record of the browser that signs in, or makes a fresh one that is not stored yet. A client is kept
// where its live session was presented for the same person, or where it names itself and is that person's; another
// person gets another client.
func (v *visit) client(user chat.UserID, former formerSession, same bool) (client chat.Client, fresh bool, err error) {
	wanted := v.in.Client.ID
	if same {
		wanted = former.session.Client
	}
	if wanted != "" {
		known, found, err := v.tx.FindClient(v.app.ID, wanted)
		if err != nil {
			return chat.Client{}, false, err
		}
		if found && known.User == user {
			client, err = v.seen(known)
			return client, false, err
		}
	}
	client = chat.Client{App: v.app.ID, ID: chat.ClientID(chat.NewID(v.now)), User: user, CreatedAt: v.now}
	describeClient(&client, v.in.Client)
	client.LastSeenAt = v.now
	return client, true, nil
}

// seen brings a known client up to date, and writes it only if that is news.
func (v *visit) seen(client chat.Client) (chat.Client, error) {
	changed := describeClient(&client, v.in.Client)
	if !changed && v.now.Sub(client.LastSeenAt) < touchEvery {
		return client, nil
	}
	client.LastSeenAt = v.now
	return client, v.tx.UpdateClient(client)
}

// describeClient takes over what the client says of itself, and tells whether that changed anything; what it leaves out
// stays.
func describeClient(client *chat.Client, in chat.Client) bool {
	changed := false
	set := func(to *string, from string) {
		if from != "" && *to != from {
			*to, changed = from, true
		}
	}
	set(&client.Platform, in.Platform)
	set(&client.Name, in.Name)
	set(&client.Locale, in.Locale)
	set(&client.TimeZone, in.TimeZone)
	if client.Platform == "" {
		client.Platform, changed = "web", true
	}
	for key, value := range in.Info {
		if client.Info[key] != value {
			client.Info, changed = client.Info.Merged(in.Info), true
			break
		}
	}
	return changed
}
