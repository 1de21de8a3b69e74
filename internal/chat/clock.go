package chat

import "time"

// widestOffset is farther from UTC than clocks of any zone are.
const widestOffset = 15 * time.Hour

// begin is the first moment at which clocks in the zone show a time, which is given as if it were UTC. A time that they jump over
// begins with the jump.
func begin(shown time.Time, zone *time.Location) time.Time {
	first, _ := moments(shown, zone)
	return first
}

// end is the moment before which clocks in the zone have shown all that comes before a time: what they show twice is over after the second time.
func end(shown time.Time, zone *time.Location) time.Time {
	// A jump is at a whole second, and what ends there ends with it.
	_, last := moments(shown.Add(-time.Nanosecond), zone)
	return last.Add(time.Nanosecond).Truncate(time.Second)
}

// moments are the first and the last moment at which clocks in the zone show a time; the jump, twice, where they never do.
func moments(shown time.Time, zone *time.Location) (first, last time.Time) {
	latest := shown.Add(widestOffset)
	for at := shown.Add(-widestOffset).In(zone); ; {
		_, offset := at.Zone()
		from, until := at.ZoneBounds()
		moment := shown.Add(-time.Duration(offset) * time.Second)
		if !moment.Before(from) && (until.IsZero() || moment.Before(until)) {
			if first.IsZero() {
				first = moment
			}
			last = moment
		}
		if until.IsZero() || until.After(latest) {
			return first, last
		}
		_, next := until.In(zone).Zone()
		if !moment.Before(until) && shown.Add(-time.Duration(next)*time.Second).Before(until) {
			first, last = until, until
		}
		at = until.In(zone)
	}
}
