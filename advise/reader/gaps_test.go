package reader_test

import (
	"testing"

	"tandem/advise/reader"
)

// Lines that were once read wrongly, in either language.
func TestLinesOnceReadWrongly(t *testing.T) {
	checkLines(t, reader.Context{Today: today}, []lineTest{
		{"anderthalb Stunden Bildschirmzeit am Tag, zurzeit vier", "from=4 h, dir=down, micro=1.5 h x1 day"},
		{"increase signups by 40% before launch", "measure=signups, change=40 %, dir=up, unplaced=launch"},
		{"raise prices by 40% before my exam", "measure=prices, change=40 %, unplaced=my exam"},
		{"submit it before my 18th birthday", "unplaced=my 18th birthday"},
		{"get better at giving feedback", "skill=giving feedback"},
		{"get better at giving feedback and show it in a talk", "evidence=show it in a talk, skill=giving feedback"},
		{"im Geben von Feedback besser werden", "skill=Geben von Feedback"},
		{"besser im Präsentieren werden", "skill=Präsentieren"},
		{"write an article every 2 weeks", "micro=0 x0.5 week"},
		{"alle zwei Wochen einen Artikel schreiben", "micro=0 x0.5 week"},
		{"run every 3 days", "micro=0 x2.3333333333333335 week"},
		{"15 min every evening", "micro=15 min x1 day"},
		{"sell two hundred and five tickets", "measure=tickets, target=205 tickets"},
		{"sell a thousand two hundred tickets", "measure=tickets, target=1200 tickets"},
		{"sell one hundred and twenty and learn to close", "target=120, skill=close"},
		{"reach one hundred sales", "measure=sales, target=100 sales"},
		{"1 234 567 steps by June", "measure=steps, target=1234567 steps, last=2027-06-30, question=edge last|first"},
		{"10 000 Schritte am Tag", "measure=Schritte, target=10000 Schritte, rate=day, micro=0 Schritte x10000 day"},
		{"save 20 000 € by June", "target=20000 €, last=2027-06-30, question=edge last|first"},
		{"publish version 2.0 by 12 march", "last=2027-03-12"},
		{"10 Abos bis Ende KW 50", "measure=Abos, target=10 Abos, last=2026-12-13"},
		{"10 sales by week 2", "measure=sales, target=10 sales, last=2027-01-17, question=edge last|first"},
		{"run a 10k in 50 min", "measure=10k, target=50 min, dir=down"},
		{"sell 10k in 50 min", "target=10000"},
		{"read 20 minutes a day and tell a colleague on fridays", "micro=20 min x1 day"},
	})
}
