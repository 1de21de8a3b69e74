package main

import (
	"fmt"
	"strings"
)

// appSettings are what "app set" takes, in the order of docs/operate.md: name, values, what new apps have, and meaning.
var appSettings = [][4]string{
	{"name", "text", "as created", "name of the app, which the hosted page shows"},
	{"logo", "FILE", "none", "PNG, JPEG or GIF up to 128 KiB for the hosted page"},
	{"color", "#rrggbb", "Parlor's", "colour of the chat"},
	{"origins", "list", "any", "pages that may use the app, https://shop.example.com,…"},
	{"hosts", "list", "none", "host names under which / shows this app, chat.example.com,…"},
	{"portal", "number", "none", "customer portal by which the door jsm finds the app"},
	{"doors", "sdk,jsm,code or none", "all", "ways in that may be open; each needs a key for it, too"},
	{"anonymous", "on, off", "on", "people may write without signing in"},
	{"email_login", "on, off, known", "off", "whom the hosted page lets in by a code sent to their address"},
	{"seats", "number", "no limit", "identified users at most, whichever way they came"},
	{"require_exp", "on, off", "off", "refuse tokens without exp"},
	{"max_token_age", "duration", "no limit", "refuse tokens that are older by their iat, or have none"},
	{"one_time_codes", "on, off", "off", "door code: tokens need jti and exp, and each is taken once"},
	{"link_by_email", "on, off", "off", "door code: a new user.id joins the user who has its address and no id yet"},
	{"retention", "duration", "for ever", "how long messages live: kept; nothing acts on it yet"},
	{"time_zone", "IANA name", "UTC", "days of reports: kept; nothing acts on it yet"},
}

// Help lists the settings below the usage.
func (*appSet) Help() string {
	var text strings.Builder
	text.WriteString("Lists are written with commas, durations like 15m or 30d. An empty value, as in seats=, is what new apps have.\n\n")
	for _, s := range appSettings {
		fmt.Fprintf(&text, "\t%-15s %s (%s): %s\n", s[0], s[1], s[2], s[3])
	}
	return text.String()
}
