package admin

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

// SettingTexts are the settings of an app as SetApp reads them, by name; what an app does not have is "".
func SettingTexts(app chat.App) map[string]string {
	s := app.Settings
	return map[string]string{
		"name": app.Name, "origins": strings.Join(s.Origins, ","), "hosts": strings.Join(s.Hosts, ","), "portal": textOfCount(s.Portal), "seats": textOfSeats(s.Seats), "doors": textOfDoors(s.Doors),
		"anonymous": textOfSwitch(s.Anonymous), "email_login": cmp.Or(string(s.EmailLogin), "off"), "color": s.Color,
		"require_exp": textOfSwitch(s.RequireExp), "one_time_codes": textOfSwitch(s.OneTimeCodes), "link_by_email": textOfSwitch(s.LinkByEmail),
		"max_token_age": TextOfDuration(s.MaxTokenAge), "retention": TextOfDuration(s.Retention), "time_zone": s.TimeZone,
		"mail_answers": TextOfDuration(s.MailAnswers), "mail_programs": textOfSwitch(s.MailPrograms), "mail_waiting": TextOfDuration(s.MailWaiting),
		"position": string(s.Look.Position), "offset_side": textOfSide(s.Look.Side), "offset_bottom": textOfCount(int64(s.Look.Bottom)), "theme": string(s.Look.Theme),
		settingLauncher: s.Look.Launcher, settingGreeting: s.Look.Greeting, settingIntro: s.Look.Intro,
		"prechat": cmp.Or(strings.Join(s.Prechat, ","), "off"), "pages": textOfSwitch(s.Pages), "rating": textOfSwitch(s.Rating), "rating_question": s.RatingAsks,
	}
}

func textOfSwitch(on bool) string {
	if on {
		return "on"
	}
	return "off"
}

// textOfCount writes a number of which none is 0.
func textOfCount(count int64) string {
	if count == 0 {
		return ""
	}
	return strconv.FormatInt(count, 10)
}

func textOfSide(side *int) string {
	if side == nil {
		return ""
	}
	return strconv.Itoa(*side)
}

func textOfSeats(seats *int64) string {
	if seats == nil {
		return ""
	}
	return strconv.FormatInt(*seats, 10)
}

func textOfDoors(doors []chat.Door) string {
	if doors == nil {
		return ""
	}
	texts := make([]string, len(doors))
	for i, door := range doors {
		texts[i] = string(door)
	}
	return cmp.Or(strings.Join(texts, ","), "none")
}

// TextOfDuration writes a duration as SetApp reads it, in its largest whole unit; none is "".
func TextOfDuration(d time.Duration) string {
	for _, unit := range []struct {
		name string
		size time.Duration
	}{{"d", 24 * time.Hour}, {"h", time.Hour}, {"m", time.Minute}, {"s", time.Second}} {
		if d > 0 && d%unit.size == 0 {
			return strconv.FormatInt(int64(d/unit.size), 10) + unit.name
		}
	}
	return ""
}
