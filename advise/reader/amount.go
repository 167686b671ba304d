package reader

import (
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"tandem"
)

// A measured is an amount found in the text, with its other reading where it has one.
type measured struct {
	Amount
	n      int
	ask    string
	ids    []string
	alts   []Amount
	signed int // +1 or -1 where the number has a sign of its own
	noun   int // tokens of the words for what is counted, at its end

}

// amount reads the amount that begins at token i: n is 0 for none.
func (p *parser) amount(i int) (m measured) {
	if v, k := p.find(i, "amount"); k > 0 {
		f := strings.Fields(v)
		m.Value, _ = strconv.ParseFloat(f[0], 64)
		m.Unit, m.Quantity, m.n = f[1], Quantity(f[2]), k
		m.Base, _ = strconv.ParseFloat(f[3], 64)
		return m
	}
	if k := p.skip(i, "one_unit"); k > 0 { // an hour, eine Stunde
		if unit, n := p.unit(i+k, 1); n > 0 && unit.Unit != "s" && !p.glued(i+k) {
			unit.Value = 1
			return measured{Amount: unit, n: k + n}
		}
	}
	start := i
	if p.isSign(i, "+-−±") && p.glued(i+1) && !p.glued(i) && (p.isNumber(i+1) || p.isSign(i+1, "$€£¥")) {
		m.signed = 1
		if p.isSign(i, "-−") {
			m.signed = -1
		}
		i++
	}
	sign := ""
	if p.isSign(i, "$€£¥") {
		sign = p.ts[i].low
		i++
	} else if v, k := p.find(i, "currency"); k > 0 && p.isNumber(i+k) {
		sign = v
		i += k
	}
	if t, n := p.clock(i); n > 0 {
		t.n, t.signed = i+n-start, m.signed
		return t
	}
	v, other, two, n := p.number(i)
	if n == 0 || p.isOrdinal(i, n) || !p.log && p.isNumber(i) && i == start && p.is(i-1, "numbered") { // version 2.0
		return measured{}
	}
	m.Value = v
	if two {
		first := Comma
		if w, _ := digits(p.ts[i].low, Point); w == v {
			first = Point
		}
		m.ask, m.ids = askNumber, []string{string(first), string(otherForm(first))}
		m.alts = []Amount{{Value: v}, {Value: other}}
	}
	i += n
	if sign == "" && !two {
		if t, k := p.duration(v, i); k > 0 {
			t.n, t.signed = i+k-start, m.signed
			return t
		}
	}
	i += p.scaled(&m, i, sign != "")
	if unit, k := p.unit(i, v); k > 0 && sign == "" {
		m.setUnit(unit)
		i += k
	} else if sign != "" {
		m.setUnit(Amount{Unit: sign, Quantity: Money})
	}
	if m.Quantity == Money && len(m.alts) > 1 { // no money has three decimals
		m.Value = max(m.alts[0].Value, m.alts[1].Value)
		m.ask, m.ids, m.alts = "", nil, nil
	}
	if m.signed < 0 {
		m.Value = -m.Value
		for k := range m.alts {
			m.alts[k].Value = -m.alts[k].Value
		}
	}
	if p.isWord(i) && p.glued(i) && m.Unit == "" && i == start+n {
		return measured{} // 3D, 2nd-hand
	}
	m.n = i - start
	return m
}

func otherForm(f Form) Form {
	if f == Point {
		return Comma
	}
	return Point
}

func (m *measured) setUnit(u Amount) {
	m.Unit, m.Quantity, m.Base = u.Unit, u.Quantity, u.Base
	for k := range m.alts {
		m.alts[k].Unit, m.alts[k].Quantity, m.alts[k].Base = u.Unit, u.Quantity, u.Base
	}
}

// scaled multiplies by a thousand and its like at token i, and gives its tokens.
func (p *parser) scaled(m *measured, i int, money bool) int {
	v, k := p.find(i, "scale")
	if k == 0 && (money || p.is(i+1, "currency") || p.isSign(i+1, "€$£¥")) && p.glued(i) {
		v, k = p.find(i, "money_scale")
	}
	if k == 0 || p.ts[i].low == "k" && !p.glued(i) {
		return 0
	}
	by, _ := strconv.ParseFloat(v, 64)
	if math.Abs(m.Value)*by > tandem.MaxNumber {
		return 0
	}
	m.Value *= by
	for a := range m.alts {
		m.alts[a].Value *= by
	}
	if p.isSign(i+k, ".") && p.glued(i+k) && len(p.ts[i].low) <= 4 && !p.ends(i+k+1) {
		k++ // 1,5 Mio. €
	}
	return k
}

// isOrdinal tells whether the number of n tokens at i is one: 1st, 18., 6-times.
func (p *parser) isOrdinal(i, n int) bool {
	if !p.isNumber(i) || i+n >= len(p.ts) || !p.ts[i+n].glued {
		return false
	}
	next := p.ts[i+n]
	switch next.low {
	case "st", "nd", "rd", "th":
		return true
	case ".":
		return p.lang == German && len(p.ts[i].low) <= 2 && p.isWord(i+n+1) && !p.ts[i+n+1].glued
	case "-":
		return p.isWord(i+n+1) && p.glued(i+n+1) && !p.isUnitWord(i+n+1) && !p.is(i+n+1, "span") && !p.is(i+n+1, "times")
	}
	return false
}

// isUnitWord tells whether token i begins with a unit, as "minute" in 15-minute or "km-Lauf" in 5-km-Lauf.
func (p *parser) isUnitWord(i int) bool {
	return p.is(i, "unit") || p.is(i, "minutes") || p.is(i, "hours")
}

// unit reads a unit, a currency or a per cent sign at token i.
func (p *parser) unit(i int, value float64) (a Amount, n int) {
	if p.isSign(i, "%") {
		return Amount{Unit: "%", Quantity: Percent}, 1
	}
	if p.isSign(i, "$€£¥") {
		return Amount{Unit: p.ts[i].low, Quantity: Money}, 1
	}
	if p.isSign(i, "°") && p.glued(i+1) && p.isWord(i+1) && p.ts[i+1].low == "c" {
		return Amount{Unit: "°C", Quantity: Other}, 2
	}
	if v, k := p.find(i, "currency"); k > 0 {
		return Amount{Unit: v, Quantity: Money}, k
	}
	lead := 0
	if p.isSign(i, "-") && p.glued(i) && p.glued(i+1) { // 15-minute
		lead = 1
	}
	v, k := p.find(i+lead, "unit")
	if k == 0 {
		return a, 0
	}
	f := strings.Fields(v)
	base, _ := strconv.ParseFloat(f[2], 64)
	return Amount{Unit: f[0], Quantity: Quantity(f[1]), Base: base}, lead + k
}

// duration reads the hours and minutes behind a number already read: "h 30 min", "h30", "h", "m". A unit of
// one word that is no time is left to unit.
func (p *parser) duration(v float64, i int) (m measured, n int) {
	start := i
	if p.isSign(i, "-") {
		return m, 0
	}
	if k := p.skip(i, "hours"); k > 0 {
		i += k
		j := i + p.skip(i, "and")
		if p.isNumber(j) && allDigits(p.ts[j].low) && len(p.ts[j].low) <= 2 && (p.glued(j) || p.is(j+1, "minutes")) {
			mins, _ := strconv.Atoi(p.ts[j].low)
			j++
			if k := p.skip(j, "minutes"); k > 0 {
				j += k
			}
			if mins < 60 {
				return measured{Amount: Amount{Value: v*60 + float64(mins), Unit: "min", Quantity: Time, Base: 1}}, j - start
			}
		}
		return measured{Amount: Amount{Value: v, Unit: "h", Quantity: Time, Base: 60}}, i - start
	}
	if p.low(i) == "m" {
		if p.isSign(i+1, "€$£¥") || p.is(i+1, "currency") { // 1.5m €
			return m, 0
		}
		return p.metresOrMinutes(v), 1
	}
	if k := p.skip(i, "minutes"); k > 0 {
		i += k
		m = measured{Amount: Amount{Value: v, Unit: "min", Quantity: Time, Base: 1}}
		if p.isNumber(i) && allDigits(p.ts[i].low) && p.is(i+1, "seconds") {
			secs, _ := strconv.ParseFloat(p.ts[i].low, 64)
			if secs < 60 {
				m.Value = v + secs/60
				i += 2
			}
		}
		return m, i - start
	}
	return m, 0
}

// metresOrMinutes reads the m of 20m: metres where the line runs, swims or jumps; else minutes, and from 50
// on it may be either.
func (p *parser) metresOrMinutes(v float64) (m measured) {
	minutes := Amount{Value: v, Unit: "min", Quantity: Time, Base: 1}
	metres := Amount{Value: v, Unit: "m", Quantity: Distance, Base: 1}
	for i := range p.ts {
		if p.is(i, "moves") {
			return measured{Amount: metres}
		}
		if i > 60 {
			break
		}
	}
	m.Amount = minutes
	if v >= 50 && !p.log {
		m.ask, m.ids, m.alts = askMetres, []string{"minutes", "metres"}, []Amount{minutes, metres}
	}
	return m
}

// clock reads 1:30 and 3:45:10 as times in minutes; a time of day is none.
func (p *parser) clock(i int) (m measured, n int) {
	if !p.isNumber(i) || !strings.Contains(p.ts[i].low, ":") || p.is(i-1, "at_clock") || p.is(i+1, "clock") {
		return m, 0
	}
	f := strings.Split(p.ts[i].low, ":")
	var v [3]float64
	if len(f) > 3 {
		return m, 0
	}
	for k, s := range f {
		if !allDigits(s) || k > 0 && len(s) != 2 || len(s) > 4 {
			return m, 0
		}
		v[k], _ = strconv.ParseFloat(s, 64)
		if k > 0 && v[k] >= 60 {
			return m, 0
		}
	}
	inMinutes := func(x float64) Amount { return Amount{Value: x, Unit: "min", Quantity: Time, Base: 1} }
	if len(f) == 3 {
		return measured{Amount: inMinutes(v[0]*60 + v[1] + v[2]/60)}, 1
	}
	hours, minutes := inMinutes(v[0]*60+v[1]), inMinutes(v[0]+v[1]/60)
	switch {
	case p.is(i+1, "hours"):
		return measured{Amount: hours}, 2
	case p.is(i+1, "minutes"):
		return measured{Amount: minutes}, 2
	case v[0] >= 10:
		return measured{Amount: minutes, ask: askClock, ids: []string{"minutes", "hours"}, alts: []Amount{minutes, hours}}, 1
	}
	return measured{Amount: hours}, 1
}

// maxNoun is how many words of the line may name what is counted.
const maxNoun = 4

// noun gives how many tokens from i on name what a bare number counts: "new clients", "neue Kunden".
func (p *parser) noun(i int) int {
	n, last := 0, 0
	for ; n < maxNoun && p.isWord(i+n); n++ {
		if p.stops(i + n) {
			break
		}
		r, _ := utf8.DecodeRuneInString(p.text[p.ts[i+n].start:])
		upper := unicode.IsUpper(r)
		if p.lang == German && last > 0 && !upper {
			break // the noun stood before
		}
		if upper {
			last = n + 1
		}
	}
	if p.lang == German && last > 0 {
		return last
	}
	return n
}

// stops tells whether token i is a word that no name of something counted goes beyond.
func (p *parser) stops(i int) bool {
	for _, ph := range p.ts[i].phrases {
		if !p.follows(i, ph) {
			continue
		}
		for _, m := range ph.meanings {
			switch m.class {
			case "numbered", "calendar_week", "unit", "spelled", "scale", "currency", "event", "doing", "proof", "collectible", "way", "label", "term", "season", "span", "one", "of_year", "moves", "month", "money_scale", "hours", "minutes", "seconds", "weekday_short", "half", "long", "times", "better", "factor", "clock":
				continue
			}
			return true
		}
	}
	return false
}

// choices turns the readings of an amount into choices.
func (m measured) choices() (cs []Choice) {
	for k, a := range m.alts {
		cs = append(cs, choice(m.ask, m.ids[k], Value{Amount: a, From: tandem.NoDay, To: tandem.NoDay}, tandem.Args{"value": a.Value, "unit": a.Unit}))
	}
	return cs
}
