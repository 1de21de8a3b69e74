package main

import (
	"fmt"
	"strings"
)

// appSettings are what "app set" takes, in the order of docs/operate.md: name, values, what new apps have, and meaning.
var appSettings = [][4]string{
	{"name", "text", "as created", "name of the app, which the hosted page shows"},
	{"logo", "FILE", "none", "PNG, JPEG, WebP or GIF up to 256 KiB, in the chat and on the hosted page"},
	{"color", "#rrggbb", "Parlor's", "colour of the chat"},
	{"position", "start, left, right", "end of the line", "side of the window on which the launcher stands; start is left where one writes from left to right"},
	{"offset_side", "pixels", "20", "between the launcher and that side, up to 400"},
	{"offset_bottom", "pixels", "0", "that the launcher stands higher than usual, up to 400"},
	{"theme", "light, dark", "as people have it", "whether the chat is light or dark"},
	{"launcher_text", "text", "none", "beside the launcher's picture, up to 30 characters"},
	{"greeting", "text", "the chat's own", "what an empty conversation begins with, up to 80 characters; people whose name is known are greeted by it"},
	{"introduction", "text", "the chat's own", "what stands below, up to 240 characters"},
	{"prechat", "name, email, off", "off", "what people whom nobody knows are asked before they write, unless the page asks itself; further questions are set in the console"},
	{"rating", "on, off", "off", "users are asked how satisfied they are when an agent closes a conversation"},
	{"rating_question", "text", "How did we do?", "the question that they are asked"},
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
	{"pages", "on, off", "on", "agents see on which page the chat of a user was loaded last, without its query"},
	{"mail_answers", "duration", "never", "users are mailed answers of agents that they have not read for so long"},
	{"mail_programs", "on, off", "off", "also answers of programs"},
	{"mail_waiting", "duration", "never", "agents are mailed of users who wait for so long, of business hours"},
	{"retention", "duration", "for ever", "conversations in which nothing was said for so long are removed"},
	{"time_zone", "IANA name", "UTC", "business hours, and days of numbers, go by its clocks"},
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
