package reader

import (
	"strconv"
	"strings"

	"tandem"
)

// fiscalQuarter gives the quarter of the workspace's year that holds today, shift quarters on.
func (p *parser) fiscalQuarter(shift int) stretch {
	if !p.in.fiscal() {
		return unitAt(tandem.PeriodQuarter, p.in.Today, shift)
	}
	y := p.in.fiscalNow()
	for n := 1; n <= 4; n++ {
		if s := p.in.part(y, n, 3); s.to >= p.in.Today {
			at := n - 1 + shift
			return p.in.part(y+(at+4)/4-1, (at+4)%4+1, 3)
		}
	}
	return unitAt(tandem.PeriodQuarter, p.in.Today, shift)
}

// fiscalUnit reads "fiscal year 2027", "Geschäftsjahr", "fiscal quarter" at token i, behind what began at
// start. A year in figures names the year in which the fiscal year ends, and asks where it is another than
// the one in which it begins.
func (p *parser) fiscalUnit(i, start, shift int) (pl place) {
	if v, k := p.find(i, "span"); k > 0 && v == "quarter" {
		return place{stretch: p.fiscalQuarter(shift), n: i + k - start}
	}
	k := p.skip(i, "fiscal_year")
	if v, n := p.find(i, "span"); n > 0 && v == "year" {
		k = n
	}
	if k == 0 {
		return pl
	}
	i += k
	if y, n := p.fiscalNumber(i); n > 0 {
		return p.fiscalNamed(y, i+n-start, strings.Contains(p.ts[i].low, "/"))
	}
	return place{stretch: p.in.fiscalYear(p.in.fiscalNow() + shift), n: i - start}
}

// fiscalNumber reads the figures behind the word for a fiscal year: 2027, 27, 2026/27.
func (p *parser) fiscalNumber(i int) (y, n int) {
	if !p.isNumber(i) {
		return 0, 0
	}
	first, _, _ := strings.Cut(p.ts[i].low, "/")
	y, err := strconv.Atoi(first)
	if err != nil || len(first) != 2 && len(first) != 4 {
		return 0, 0
	}
	if len(first) == 2 {
		y += 2000
	}
	return y, 1
}

// fiscalNamed gives the fiscal year y; double tells that both its years were named.
func (p *parser) fiscalNamed(y, n int, double bool) place {
	ends, begins := p.in.fiscalYear(y-1), p.in.fiscalYear(y)
	if double || !p.in.fiscal() {
		return place{stretch: begins, n: n}
	}
	return place{stretch: ends, n: n, ask: askYear, ids: []string{"ends", "begins"}, alts: []stretch{ends, begins}}
}
