package admin

import (
	"encoding/json"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/parlorchat/parlor/internal/chat"
)

// member checks one member of an integration, and says what it must be.
type member func(value any) (problem string)

// webSettings are the members of a web integration (contracts: Sunshine section 6).
var webSettings = map[string]member{
	"brandColor": color, "conversationColor": color, "actionColor": color,
	"fixedIntroPane": truth, "canUserSeeConversationList": truth, "canUserCreateMoreConversations": truth,
	"displayStyle":  oneOf("button", "tab"),
	"buttonIconUrl": address, "businessIconUrl": address, "backgroundImageUrl": address,
	"buttonWidth": pixels, "buttonHeight": pixels,
	"businessName": text(128), "defaultResponderId": text(64),
	"integrationOrder": listOf(100, text(64)), "originWhitelist": listOf(100, origin),
	"prechatCapture": prechat,
}

// phoneSettings are those of the messengers in apps. What their push services need is not kept: nothing is pushed yet.
var phoneSettings = map[string]member{
	"canUserCreateMoreConversations": truth, "defaultResponderId": text(64), "autoUpdateBadge": truth, "production": truth,
	"projectId": text(256), "clientEmail": text(256), "senderId": text(256),
}

// settingsOf are the settings that an integration of the type has once in is set upon old; null unsets a member.
func settingsOf(kind string, old, in map[string]any) (map[string]any, error) {
	settings := maps.Clone(old)
	if settings == nil {
		settings = map[string]any{}
	}
	for _, name := range slices.Sorted(maps.Keys(in)) {
		check := checkFor(kind, name)
		if check == nil {
			continue
		}
		if in[name] == nil {
			delete(settings, name)
			continue
		}
		if problem := check(in[name]); problem != "" {
			return nil, chat.InvalidField(name, "%s", problem)
		}
		settings[name] = in[name]
	}
	if raw, err := json.Marshal(settings); err != nil || len(raw) > chat.MaxIntegrationBytes {
		return nil, chat.InvalidField("integration", "must have at most %d bytes of settings", chat.MaxIntegrationBytes)
	}
	return settings, nil
}

// checkFor is how a member of the type is checked; nil: it is not kept.
func checkFor(kind, name string) member {
	if name == "showAIDisclaimer" {
		return truth
	}
	switch kind {
	case chat.IntegrationWeb:
		return webSettings[name]
	case chat.IntegrationCustom:
		return nil
	case "android", "ios", "unity":
		return phoneSettings[name]
	}
	if base[name] || isCredential(name) {
		return nil
	}
	return plain
}

// base are the members that every integration has in columns of their own, or that the server decides.
var base = map[string]bool{"id": true, "type": true, "status": true, "displayName": true, "webhooks": true, "attachmentsEnabled": true}

// isCredential tells members that would open somebody else's system. The channel is not connected, so that nothing
// here needs them: what is not kept cannot be stolen (security rule 19).
func isCredential(name string) bool {
	name = strings.ToLower(name)
	return slices.ContainsFunc([]string{"secret", "token", "password", "key", "certificate"}, func(word string) bool { return strings.Contains(name, word) })
}

// color is kept as it was given; pages get it with six digits (chat.Integration.Show).
func color(value any) string {
	s, _ := value.(string)
	if _, ok := chat.WebColor(s); !ok {
		return "must be a colour of three or six hexadecimal digits, as 0099ff"
	}
	return ""
}

func truth(value any) string {
	if _, ok := value.(bool); !ok {
		return "must be true or false"
	}
	return ""
}

func text(most int) member {
	return func(value any) string {
		if s, ok := value.(string); !ok || utf8.RuneCountInString(s) > most {
			return "must be a string of at most " + strconv.Itoa(most) + " characters"
		}
		return ""
	}
}

func oneOf(words ...string) member {
	return func(value any) string {
		if s, ok := value.(string); !ok || !slices.Contains(words, s) {
			return "must be one of " + strings.Join(words, ", ")
		}
		return ""
	}
}

func address(value any) string {
	s, ok := value.(string)
	if !ok || len(s) > chat.MaxProfileURL || !chat.IsWebAddress(s) {
		return "must be an http or https address of at most 2048 characters"
	}
	return ""
}

var upToFourDigits = regexp.MustCompile(`^[0-9]{1,4}(px)?$`)

func pixels(value any) string {
	if s, ok := value.(string); !ok || !upToFourDigits.MatchString(s) {
		return `must be a string of pixels, as "58"`
	}
	return ""
}

func origin(value any) string {
	s, ok := value.(string)
	if u, err := url.Parse(s); !ok || err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.Scheme+"://"+u.Host != s {
		return "must be an origin, as https://shop.example"
	}
	return ""
}

func listOf(most int, each member) member {
	return func(value any) string {
		all, ok := value.([]any)
		if !ok || len(all) > most {
			return "must be a list of at most " + strconv.Itoa(most)
		}
		for _, one := range all {
			if problem := each(one); problem != "" {
				return "each " + problem
			}
		}
		return ""
	}
}

// prechat is the form that a user fills in before the first message.
func prechat(value any) string {
	form, ok := value.(map[string]any)
	if !ok {
		return "must be an object"
	}
	for name, check := range map[string]member{"enabled": truth, "enableEmailLinking": truth, "avatarUrl": address} {
		if form[name] == nil {
			continue
		}
		if problem := check(form[name]); problem != "" {
			return "its " + name + " " + problem
		}
	}
	if fields, given := form["fields"]; given && fields != nil {
		if list, ok := fields.([]any); !ok || len(list) > 20 {
			return "its fields must be a list of at most 20"
		}
	}
	return ""
}

// plain is what members of channels that are not connected may be.
func plain(value any) string {
	switch value.(type) {
	case string, bool, float64:
		return ""
	}
	return "must be a string, a number, true or false"
}
