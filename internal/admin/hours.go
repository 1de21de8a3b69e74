package admin

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// SetBusinessHours replaces the business hours of an app, and returns the app as it is then. Invalid, with Field; NotFound.
func (s *Service) SetBusinessHours(ctx context.Context, p chat.Principal, id chat.AppID, hours chat.BusinessHours) (app chat.App, err error) {
	if err := maySetUp(p, id); err != nil {
		return chat.App{}, err
	}
	if field, problem := hours.Check(); problem != "" {
		return chat.App{}, chat.InvalidField(field, "%s", problem)
	}
	entry := store.Audit{App: id, At: s.now(), Actor: p.Name, Action: "app.hours", Target: string(id), Detail: detailOfHours(hours)}
	return s.changeApp(ctx, entry, func(_ store.Tx, app *chat.App) error {
		app.Settings.Hours = hours
		return nil
	})
}

// detailOfHours is what the audit log says of business hours: each day in words, of holidays their number.
func detailOfHours(h chat.BusinessHours) map[string]string {
	detail := map[string]string{"holidays": strconv.Itoa(len(h.Holidays))}
	for i, day := range h.Week {
		spans := make([]string, 0, len(day))
		for _, one := range day {
			spans = append(spans, fmt.Sprintf("%02d:%02d-%02d:%02d", one.From/60, one.From%60, one.To/60, one.To%60))
		}
		detail[strings.ToLower(time.Weekday((i+1)%7).String())] = strings.Join(spans, ", ")
	}
	return detail
}
