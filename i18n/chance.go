package i18n

import "math"

// Values that a chance needs before it is said: in words, and in figures (product, "One chance").
const (
	ChanceWordsFrom   = 3
	ChanceFiguresFrom = 5
)

// ChancePercent gives the chance p in [0, 1], drawn from n values, as the one whole per cent figure
// that gauge, lists and API show: never below 5 or above 95. ok is false under five values, where
// no figure may stand.
func ChancePercent(p float64, n int) (percent int, ok bool) {
	if n < ChanceFiguresFrom || math.IsNaN(p) {
		return 0, false
	}
	return int(min(max(math.Round(p*100), 5), 95)), true
}

// Chance says a chance p in [0, 1], drawn from n values, in words: "" under three values; at three
// and four words alone, "more likely than not"; from five on "about 6 in 10". The tenths come from
// the per cent figure, so the two never disagree.
func (l Lang) Chance(p float64, n int) string {
	if n < ChanceWordsFrom || math.IsNaN(p) {
		return ""
	}
	percent, figures := ChancePercent(p, n)
	if !figures {
		return l.T("chance." + chanceBand(p))
	}
	switch tenths := (percent + 5) / 10; {
	case percent < 8:
		return l.T("chance.one_in_20")
	case percent > 92:
		return l.T("chance.nineteen_in_20")
	default:
		return l.T("chance.about", Args{"tenths": tenths})
	}
}

// ChanceFigures says a chance in words with the per cent figure: "about 6 in 10 (62 %)"; without
// the figure where none may stand.
func (l Lang) ChanceFigures(p float64, n int) string {
	percent, ok := ChancePercent(p, n)
	if !ok {
		return l.Chance(p, n)
	}
	return l.Chance(p, n) + " (" + l.Percent(percent) + ")"
}

// Percent writes a whole per cent figure with the space that keeps sign and figure together.
func (l Lang) Percent(percent int) string {
	return l.Numbers().Integer(int64(percent)) + "\u00a0%"
}

// chanceBand names a chance that rests on three or four values: five bands, as wide as that little
// knowledge allows.
func chanceBand(p float64) string {
	switch {
	case p < 0.2:
		return "unlikely"
	case p < 0.4:
		return "rather_not"
	case p <= 0.6:
		return "even"
	case p <= 0.8:
		return "rather"
	}
	return "likely"
}
