package admin

import (
	"fmt"
	"maps"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/parlorchat/parlor/internal/chat"
)

// maxEntries is the most members of a list in the settings.
const maxEntries = 100

// setting is one setting that SetApp knows: set reads a value into the app, or says what is wrong with it; reset gives
// the app what new apps have.
type setting struct {
	set   func(app *chat.App, value string) (problem string)
	reset func(app *chat.App, fresh chat.AppSettings)
}

// settings are known by the names of design section 4; color, and those of the look, are Parlor's own.
var settings = map[string]setting{
	"name": {
		func(a *chat.App, v string) string { a.Name = v; return checkName(v) },
		nil, // an app always has a name
	},
	"origins": {
		func(a *chat.App, v string) (problem string) {
			a.Settings.Origins, problem = readList(v, readOrigin)
			return
		},
		func(a *chat.App, f chat.AppSettings) { a.Settings.Origins = f.Origins },
	},
	"hosts": {
		func(a *chat.App, v string) (problem string) {
			a.Settings.Hosts, problem = readList(v, readHost)
			return
		},
		func(a *chat.App, f chat.AppSettings) { a.Settings.Hosts = f.Hosts },
	},
	"portal": {
		func(a *chat.App, v string) (problem string) { a.Settings.Portal, problem = readCount(v, 1); return },
		func(a *chat.App, f chat.AppSettings) { a.Settings.Portal = f.Portal },
	},
	"seats": {
		func(a *chat.App, v string) string {
			seats, problem := readCount(v, 0)
			a.Settings.Seats = &seats
			return problem
		},
		func(a *chat.App, f chat.AppSettings) { a.Settings.Seats = f.Seats },
	},
	"doors": {
		func(a *chat.App, v string) (problem string) { a.Settings.Doors, problem = readDoors(v); return },
		func(a *chat.App, f chat.AppSettings) { a.Settings.Doors = f.Doors },
	},
	"anonymous": onOff(func(s *chat.AppSettings) *bool { return &s.Anonymous }),
	"email_login": {
		func(a *chat.App, v string) (problem string) {
			a.Settings.EmailLogin, problem = readEmailLogin(v)
			return
		},
		func(a *chat.App, f chat.AppSettings) { a.Settings.EmailLogin = f.EmailLogin },
	},
	"color": {
		func(a *chat.App, v string) (problem string) { a.Settings.Color, problem = readColor(v); return },
		func(a *chat.App, f chat.AppSettings) { a.Settings.Color = f.Color },
	},
	"position": lookWord(func(l *chat.Look) *chat.LookPosition { return &l.Position }, chat.LookStart, chat.LookLeft, chat.LookRight),
	"offset_side": {
		func(a *chat.App, v string) string {
			side, problem := readOffset(v)
			a.Settings.Look.Side = &side
			return problem
		},
		func(a *chat.App, f chat.AppSettings) { a.Settings.Look.Side = f.Look.Side },
	},
	"offset_bottom": {
		func(a *chat.App, v string) (problem string) { a.Settings.Look.Bottom, problem = readOffset(v); return },
		func(a *chat.App, f chat.AppSettings) { a.Settings.Look.Bottom = f.Look.Bottom },
	},
	"theme":         lookWord(func(l *chat.Look) *chat.LookTheme { return &l.Theme }, chat.LookLight, chat.LookDark),
	settingLauncher: lookText(chat.MaxLauncherText, func(l *chat.Look) *string { return &l.Launcher }),
	settingGreeting: lookText(chat.MaxGreeting, func(l *chat.Look) *string { return &l.Greeting }),
	settingIntro:    lookText(chat.MaxIntro, func(l *chat.Look) *string { return &l.Intro }),
	"prechat": {
		func(a *chat.App, v string) (problem string) { a.Settings.Prechat, problem = readPrechat(v); return },
		func(a *chat.App, f chat.AppSettings) { a.Settings.Prechat = f.Prechat },
	},
	"pages":  onOff(func(s *chat.AppSettings) *bool { return &s.Pages }),
	"rating": onOff(func(s *chat.AppSettings) *bool { return &s.Rating }),
	"rating_question": {
		func(a *chat.App, v string) string { a.Settings.RatingAsks = v; return checkQuestion(v) },
		func(a *chat.App, f chat.AppSettings) { a.Settings.RatingAsks = f.RatingAsks },
	},
	"require_exp":    onOff(func(s *chat.AppSettings) *bool { return &s.RequireExp }),
	"one_time_codes": onOff(func(s *chat.AppSettings) *bool { return &s.OneTimeCodes }),
	"link_by_email":  onOff(func(s *chat.AppSettings) *bool { return &s.LinkByEmail }),
	"max_token_age":  duration(func(s *chat.AppSettings) *time.Duration { return &s.MaxTokenAge }),
	"retention":      duration(func(s *chat.AppSettings) *time.Duration { return &s.Retention }),
	"mail_answers":   duration(func(s *chat.AppSettings) *time.Duration { return &s.MailAnswers }),
	"mail_programs":  onOff(func(s *chat.AppSettings) *bool { return &s.MailPrograms }),
	"mail_waiting":   duration(func(s *chat.AppSettings) *time.Duration { return &s.MailWaiting }),
	"time_zone": {
		func(a *chat.App, v string) (problem string) { a.Settings.TimeZone = v; return checkTimeZone(v) },
		func(a *chat.App, f chat.AppSettings) { a.Settings.TimeZone = f.TimeZone },
	},
}

// SettingNames lists the settings that SetApp knows, in alphabetical order.
func SettingNames() []string { return slices.Sorted(maps.Keys(settings)) }

func applySettings(app *chat.App, values map[string]string) error {
	for _, name := range slices.Sorted(maps.Keys(values)) {
		known, ok := settings[name]
		switch value := strings.TrimSpace(values[name]); {
		case !ok:
			return chat.InvalidField(name, "is no setting; settings are %s", strings.Join(SettingNames(), ", "))
		case value == "" && known.reset != nil:
			known.reset(app, chat.DefaultAppSettings())
		default:
			if problem := known.set(app, value); problem != "" {
				return chat.InvalidField(name, "%s", problem)
			}
		}
	}
	return checkLook(*app, values)
}

func onOff(field func(*chat.AppSettings) *bool) setting {
	return setting{
		func(a *chat.App, v string) string {
			*field(&a.Settings) = v == "on"
			if v != "on" && v != "off" {
				return "must be on or off"
			}
			return ""
		},
		func(a *chat.App, fresh chat.AppSettings) { *field(&a.Settings) = *field(&fresh) },
	}
}

// readPrechat reads names of fields, in any order; off is none.
func readPrechat(value string) (fields []string, problem string) {
	if value == "off" {
		return nil, ""
	}
	given, problem := readList(value, func(name string) (string, string) {
		if !slices.Contains(chat.PrechatFields(), name) {
			return "", "must be a list of name and email, or off"
		}
		return name, ""
	})
	for _, field := range chat.PrechatFields() {
		if slices.Contains(given, field) {
			fields = append(fields, field)
		}
	}
	return fields, problem
}

func checkQuestion(value string) string {
	if chat.VisibleName(value) == "" || utf8.RuneCountInString(value) > chat.MaxRatingQuestion {
		return fmt.Sprintf("must have 1 to %d characters", chat.MaxRatingQuestion)
	}
	return ""
}

func readEmailLogin(value string) (chat.EmailLogin, string) {
	switch value {
	case "off":
		return chat.EmailLoginOff, ""
	case "on", "known":
		return chat.EmailLogin(value), ""
	}
	return "", "must be on, off, or known: only those whose address the app knows already"
}

// readColor reads a colour as three or six hexadecimal digits and returns it as #rrggbb.
func readColor(value string) (string, string) {
	color, ok := chat.WebColor(value)
	if !ok {
		return "", "must be a colour of three or six hexadecimal digits, such as #0a7a55"
	}
	return color, ""
}

func duration(field func(*chat.AppSettings) *time.Duration) setting {
	return setting{
		func(a *chat.App, v string) (problem string) { *field(&a.Settings), problem = readDuration(v); return },
		func(a *chat.App, fresh chat.AppSettings) { *field(&a.Settings) = *field(&fresh) },
	}
}

// readDuration reads 90s, 15m, 12h, 1h30m or 30d; at least a second and at most a hundred years.
func readDuration(value string) (time.Duration, string) {
	const day, most = 24 * time.Hour, 36500 * 24 * time.Hour
	d, err := time.ParseDuration(value)
	if days, ok := strings.CutSuffix(value, "d"); ok {
		var n int64
		n, err = strconv.ParseInt(days, 10, 32)
		d = day * time.Duration(min(n, int64(most/day)+1))
	}
	if err != nil || d < time.Second || d > most {
		return 0, "must be a duration such as 15m, 12h or 30d, from a second to 36500d"
	}
	return d, ""
}

func readCount(value string, least int64) (int64, string) {
	n, err := strconv.ParseInt(value, 10, 64)
	if err != nil || n < least || n > 1<<53 {
		return 0, fmt.Sprintf("must be a whole number from %d on", least)
	}
	return n, ""
}

// readList reads members with commas between, each once.
func readList(value string, read func(string) (string, string)) (list []string, problem string) {
	for one := range strings.SplitSeq(value, ",") {
		one, problem := read(strings.TrimSpace(one))
		if problem != "" {
			return nil, problem
		}
		if !slices.Contains(list, one) {
			list = append(list, one)
		}
	}
	if len(list) > maxEntries {
		return nil, fmt.Sprintf("must have at most %d members", maxEntries)
	}
	return list, ""
}

// readDoors reads names of doors; none closes them all.
func readDoors(value string) ([]chat.Door, string) {
	if value == "none" {
		return []chat.Door{}, ""
	}
	names, problem := readList(value, func(name string) (string, string) {
		if !chat.Door(name).Valid() {
			return "", "must be a list of sdk, jsm and code, or none"
		}
		return name, ""
	})
	var doors []chat.Door
	for _, name := range names {
		doors = append(doors, chat.Door(name))
	}
	return doors, problem
}

// readOrigin reads an origin and returns it as browsers send it (RFC 6454 section 6.2): in lower case, without the
// port that its scheme has anyway.
func readOrigin(value string) (string, string) {
	const form = "must be a list of origins such as https://shop.example.com or http://localhost:3000: scheme, host and port alone"
	u, err := url.Parse(value)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
		return "", form
	}
	if u.Path != "" || u.RawQuery != "" || u.Fragment != "" || strings.ContainsAny(value, "?#") {
		return "", form + ", without a slash at the end"
	}
	host, problem := readHostOrAddress(u.Hostname())
	if problem != "" {
		return "", problem
	}
	port := u.Port()
	if n, err := strconv.ParseUint(port, 10, 16); (err != nil || n == 0 || port[0] == '0') && port != "" || strings.HasSuffix(u.Host, ":") {
		return "", form
	}
	if port == "" || u.Scheme == "http" && port == "80" || u.Scheme == "https" && port == "443" {
		return u.Scheme + "://" + host, ""
	}
	return u.Scheme + "://" + host + ":" + port, ""
}

func readHostOrAddress(host string) (string, string) {
	address, err := netip.ParseAddr(host)
	switch {
	case err != nil:
		return readHost(host)
	case address.Is6():
		return "[" + address.WithZone("").String() + "]", ""
	default:
		return address.String(), ""
	}
}

// readHost reads a host name, in A-labels where it is not ASCII (RFC 5890).
func readHost(value string) (string, string) {
	const form = "must be a list of host names such as chat.example.com: no scheme, port, slash or star, and letters beyond ASCII as xn--"
	if value == "" || len(value) > 253 {
		return "", form
	}
	for label := range strings.SplitSeq(value, ".") {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return "", form
		}
		for i := range len(label) {
			c := label[i] | 0x20
			if (c < 'a' || c > 'z') && (label[i] < '0' || label[i] > '9') && label[i] != '-' {
				return "", form
			}
		}
	}
	return strings.ToLower(value), ""
}

func checkTimeZone(name string) string {
	if _, err := time.LoadLocation(name); err != nil || name == "Local" {
		return "must be a name of the IANA time zone database, such as Europe/Berlin"
	}
	return ""
}
