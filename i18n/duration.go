package i18n

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// MaxMinutes is the longest duration that is read: one day.
const MaxMinutes = 24 * 60

// Duration writes minutes as h:mm, rounded to the minute: 90 is "1:30".
func Duration(minutes float64) string {
	if math.IsNaN(minutes) || math.IsInf(minutes, 0) {
		return "–"
	}
	m := int64(math.Round(math.Abs(minutes)))
	sign := ""
	if minutes < 0 && m > 0 {
		sign = minus
	}
	return fmt.Sprintf("%s%d:%02d", sign, m/60, m%60)
}

// Minutes writes practice time in a sentence: "45 min", from an hour on "1:30 h".
func (l Lang) Minutes(minutes float64) string {
	if math.Abs(minutes) < 59.5 {
		return l.Numbers().Number(math.Round(minutes), Auto) + " min"
	}
	return Duration(minutes) + " h"
}

// ParseMinutes reads a duration in minutes: "45", "45 min", "20m", "1:30", "1h30", "1 h 30 min",
// "1.5 h" (in the number form f). Problems: duration_form; duration_range outside 0 to MaxMinutes.
func (f NumberForm) ParseMinutes(s string) (float64, error) {
	text := strings.ToLower(strings.TrimSpace(s))
	v, ok := f.minutes(text)
	if !ok {
		return 0, &Problem{Code: "duration_form", Args: Args{"value": clip(text)}}
	}
	if v < 0 || v > MaxMinutes {
		return 0, &Problem{Code: "duration_range", Args: Args{"hours": MaxMinutes / 60}}
	}
	return v, nil
}

func (f NumberForm) minutes(s string) (float64, bool) {
	if h, m, ok := strings.Cut(strings.TrimSpace(strings.TrimSuffix(s, "h")), ":"); ok {
		return hoursMinutes(h, m)
	}
	if h, m, ok := cutHours(s); ok {
		if m == "" {
			v, ok := f.read(h)
			return v * 60, ok
		}
		return hoursMinutes(h, trimUnit(m))
	}
	return f.read(trimUnit(s))
}

// hoursMinutes reads the two whole numbers of 1:30 or 1h30.
func hoursMinutes(h, m string) (float64, bool) {
	if !digits(h) || !digits(m) || len(h) > 4 || len(m) > 2 {
		return 0, false
	}
	hours, _ := strconv.Atoi(h) // at most four digits
	mins, _ := strconv.Atoi(m)
	return float64(hours*60 + mins), mins < 60
}

// cutHours splits at the word for hours; rest is what follows it.
func cutHours(s string) (hours, rest string, ok bool) {
	for _, unit := range []string{"hours", "hour", "stunden", "stunde", "std.", "std", "h"} {
		if h, m, found := strings.Cut(s, unit); found {
			return strings.TrimSpace(h), strings.TrimSpace(m), true
		}
	}
	return "", "", false
}

func trimUnit(s string) string {
	for _, unit := range []string{"minutes", "minute", "minuten", "min.", "min", "m"} {
		if rest, ok := strings.CutSuffix(s, unit); ok {
			return strings.TrimSpace(rest)
		}
	}
	return s
}
