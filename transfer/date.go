package transfer

import "strconv"

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

// Date layouts, as shown and as set in a Mapping. All but the two with slashes tell themselves apart
// cell by cell; those two are decided by the whole column.
const (
	LayoutISO     = "yyyy-mm-dd"
	LayoutDots    = "dd.mm.yyyy"
	LayoutDMY     = "dd/mm/yyyy"
	LayoutMDY     = "mm/dd/yyyy"
	LayoutCompact = "yyyymmdd"
)

// Days that are accepted; outside lies a slip of the finger or another calendar.
const (
	firstYear = 1900
	lastYear  = 2200
)

// dateFault tells why a cell is no date.
type dateFault uint8

const (
	dateFine    dateFault = iota
	dateForm              // in none of the layouts
	dateNotReal           // 29 February of a common year, 31 April
	dateRange             // before firstYear or after lastYear
)

// A date is what a cell says: its parts, the layout it is written in, and the day when it is real.
type date struct {
	layout string
	a, b   int // the first two parts of a layout with slashes
	day    int // days since 1970-01-01
	last   int // the month's last day, where fault is dateNotReal
	fault  dateFault
}

// readDate reads a cell. dayFirst decides for slashes: 1/2/2026 is 1 February then. A time of day
// behind the date is stepped over: the day as written is the local day.
func readDate(cell []byte, dayFirst bool) date {
	n, width, seps, rest := dateParts(cell)
	if !timeOfDay(rest) {
		return date{fault: dateForm}
	}
	switch {
	case width[0] == 8 && seps[0] == 0:
		return realDate(date{layout: LayoutCompact}, n[0]/10000, n[0]/100%100, n[0]%100)
	case seps[0] == 0 || seps[0] != seps[1]:
	case width[0] == 4 && width[1] <= 2 && width[2] <= 2:
		return realDate(date{layout: LayoutISO}, n[0], n[1], n[2])
	case width[0] <= 2 && width[1] <= 2 && (width[2] == 4 || width[2] == 2):
		year := n[2]
		if width[2] == 2 {
			year += 1900
			if n[2] < 70 {
				year += 100
			}
		}
		switch {
		case seps[0] == '.':
			return realDate(date{layout: LayoutDots}, year, n[1], n[0])
		case dayFirst:
			return realDate(date{layout: LayoutDMY, a: n[0], b: n[1]}, year, n[1], n[0])
		}
		return realDate(date{layout: LayoutMDY, a: n[0], b: n[1]}, year, n[0], n[1])
	}
	return date{fault: dateForm}
}

// dateParts cuts a cell into up to three runs of digits, their widths and what separates them.
func dateParts(b []byte) (n, width [3]int, seps [2]byte, rest []byte) {
	for part := range 3 {
		i := 0
		for i < len(b) && i < 9 && b[i] >= '0' && b[i] <= '9' {
			n[part] = n[part]*10 + int(b[i]-'0')
			i++
		}
		width[part] = i
		b = b[i:]
		if i == 0 || part == 2 || len(b) == 0 || b[0] != '-' && b[0] != '/' && b[0] != '.' {
			if i == 0 {
				seps = [2]byte{}
				return n, [3]int{}, seps, b
			}
			break
		}
		seps[part] = b[0]
		b = b[1:]
	}
	return n, width, seps, b
}

// timeOfDay tells whether what follows a date is nothing or a time such as T10:00:00Z or " 9:30 PM".
func timeOfDay(b []byte) bool {
	if len(b) == 0 {
		return true
	}
	if len(b) < 5 || b[0] != 'T' && b[0] != 't' && b[0] != ' ' {
		return false
	}
	digits := 0
	for _, c := range b[1:] {
		switch {
		case c >= '0' && c <= '9':
			digits++
		case c == ':' || c == '.' || c == '+' || c == '-' || c == ' ':
		case c == 'Z' || c == 'z' || c == 'A' || c == 'P' || c == 'M' || c == 'a' || c == 'p' || c == 'm':
		default:
			return false
		}
	}
	return digits >= 3
}

func realDate(d date, year, month, day int) date {
	switch {
	case month < 1 || month > 12 || day < 1 || day > 31:
		d.fault = dateForm
	case year < firstYear || year > lastYear:
		d.fault = dateRange
	case day > daysIn(year, month):
		d.fault, d.last = dateNotReal, daysIn(year, month)
	default:
		d.day = civilDay(year, month, day)
	}
	return d
}

func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// civilDay gives the days since 1970-01-01 of a date of the Gregorian calendar (Hinnant,
// days_from_civil; years here are positive).
func civilDay(year, month, day int) int {
	if month <= 2 {
		year--
		month += 12
	}
	era := year / 400
	inEra := year - era*400
	inYear := (153*(month-3)+2)/5 + day - 1
	return era*146097 + inEra*365 + inEra/4 - inEra/100 + inYear - 719468
}

// appendDay writes a day in the ISO form (Hinnant, civil_from_days).
func appendDay(b []byte, day int) []byte {
	z := day + 719468
	era := z / 146097
	inEra := z - era*146097
	yearOfEra := (inEra - inEra/1460 + inEra/36524 - inEra/146096) / 365
	inYear := inEra - (365*yearOfEra + yearOfEra/4 - yearOfEra/100)
	m := (5*inYear + 2) / 153
	d := inYear - (153*m+2)/5 + 1
	year, month := yearOfEra+era*400, m+3
	if month > 12 {
		month -= 12
		year++
	}
	b = strconv.AppendInt(b, int64(year), 10)
	b = append(b, '-', byte('0'+month/10), byte('0'+month%10), '-')
	return append(b, byte('0'+d/10), byte('0'+d%10))
}
