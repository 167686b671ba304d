package reader_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"tandem"
	"tandem/advise/reader"
)

var today = tandem.DateDay(2026, 11, 25) // a Wednesday

// say writes a reading in short: every field that the line fills, in a fixed order.
func say(r reader.Reading) string {
	var b []string
	add := func(name, value string) {
		if value != "" {
			b = append(b, name+"="+value)
		}
	}
	amount := func(name string, a *reader.Amount) {
		if a != nil {
			add(name, number(*a))
		}
	}
	add("measure", r.Measure)
	amount("from", r.From)
	amount("so_far", r.SoFar)
	amount("target", r.Target)
	amount("stretch", r.Stretch)
	amount("change", r.Change)
	amount("lo", r.Lo)
	amount("hi", r.Hi)
	add("dir", string(r.Direction))
	if r.AtMost {
		add("at", "most")
	}
	add("first", r.First.String())
	add("last", r.Last.String())
	add("calendar", string(r.Calendar))
	add("unplaced", r.Unplaced)
	add("repeats", string(r.Repeats))
	add("rate", string(r.Rate))
	if m := r.Micro; m != nil {
		s := fmt.Sprintf("%s x%g %s", number(m.Amount), m.Times, m.Period)
		if m.AtMost {
			s += " at most"
		}
		if m.RestDays > 0 {
			s += fmt.Sprintf(" rest %07b", m.RestDays)
		}
		add("micro", s)
	}
	if c := r.Collection; c != nil {
		add("collection", fmt.Sprintf("%d %s", c.N, c.Of))
	}
	add("evidence", strings.Join(r.Evidence, "; "))
	add("activity", strings.Join(r.Activities, "; "))
	add("owner", r.Owner)
	if r.Explores {
		add("asks", r.Skill)
	} else {
		add("skill", r.Skill)
	}
	if q := r.Question; q != nil {
		var ids []string
		for _, c := range q.Choices {
			ids = append(ids, c.ID)
		}
		add("question", q.ID+" "+strings.Join(ids, "|"))
	}
	return strings.Join(b, ", ")
}

func number(a reader.Amount) string {
	s := strings.TrimSpace(fmt.Sprintf("%.10g %s", a.Value, a.Unit))
	if a.Of > 0 {
		s += fmt.Sprintf(" of %g", a.Of)
	}
	return s
}

type lineTest struct{ text, want string }

func checkLines(t *testing.T, in reader.Context, tests []lineTest) {
	t.Helper()
	for _, test := range tests {
		r := reader.Read(test.text, in)
		checkSpans(t, test.text, r.Spans)
		if got := say(r); got != test.want {
			t.Errorf("%s\n got %s\nwant %s", test.text, got, test.want)
		}
	}
}

func TestEnglishLinesAreRead(t *testing.T) {
	checkLines(t, reader.Context{Today: today}, []lineTest{
		{"Lose 10 pounds", "change=10 lb, dir=down"},
		{"Earn $100,000 this year", "target=100000 $, first=2026-01-01, last=2026-12-31, calendar=year, question=year this|next"},
		{"Make 20 sales this month", "measure=sales, target=20 sales, first=2026-11-01, last=2026-11-30, calendar=month, question=repeats once|each_month"},
		{"Make 20 sales each month", "measure=sales, target=20 sales, repeats=month"},
		{"Cut average support reply time from 9 hours to 4 hours by 31 March", "measure=average support reply time, from=9 h, target=4 h, dir=down, last=2027-03-31"},
		{"Run 5 km in under 28 minutes by the end of June", "measure=5 km, target=28 min, dir=down, at=most, last=2027-06-30"},
		{"31,000 so far, 50,000 readers by June 30", "measure=readers, so_far=31000 readers, target=50000 readers, dir=up, last=2027-06-30"},
		{"Raise revenue from $12k to $20k by the end of Q1", "measure=revenue, from=12000 $, target=20000 $, dir=up, last=2027-03-31"},
		{"Increase revenue by 30% this quarter", "measure=revenue, change=30 %, dir=up, first=2026-10-01, last=2026-12-31, calendar=quarter, question=repeats once|each_quarter"},
		{"Double newsletter subscribers by September", "measure=newsletter subscribers, change=2 ×, dir=up, last=2027-09-30, question=edge last|first"},
		{"at most 2 coffees a day", "measure=coffees, target=2 coffees, dir=down, at=most, rate=day, micro=0 coffees x2 day at most"},
		{"4 walks a week", "measure=walks, target=4 walks, rate=week, micro=0 walks x4 week"},
		{"15 min on weekdays", "micro=15 min x5 week rest 1000001"},
		{"Meditate 10 minutes, 5 days of 7", "micro=10 min x5 week"},
		{"Practise piano 20 minutes Mon/Wed/Fri", "micro=20 min x3 week rest 1010101, skill=piano"},
		{"Practise guitar 30 minutes three times a week with a teacher", "micro=30 min x3 week, activity=a teacher, skill=guitar"},
		{"Learn 3 strategies that help me handle objections, and use each one in a real call", "collection=3 strategies, evidence=use each one in a real call, skill=strategies that help me handle objections"},
		{"Find three ways to open a call", "collection=3 ways, asks=open a call"},
		{"Learn Spanish with Anna as mentor and show it in a demo", "evidence=show it in a demo, activity=Anna as mentor, skill=Spanish"},
		{"Get better at giving talks by joining a speaking club", "activity=joining a speaking club, skill=giving talks"},
		{"Read two books about pricing, shown by a talk", "measure=books, target=2 books, evidence=shown by a talk"},
		{"Find a really fun way to exercise", "asks=a really fun way to exercise"},
		{"How do good sellers open a call?", "asks=How do good sellers open a call"},
		{"keep weight between 70 and 72 kg", "measure=weight, lo=70 kg, hi=72 kg, dir=within"},
		{"60–65 kg", "lo=60 kg, hi=65 kg, dir=within"},
		{"9 of 10 orders on time", "measure=orders, target=9 orders of 10"},
		{"20 sales, ideally 25, by the end of the quarter", "measure=sales, target=20 sales, stretch=25 sales, last=2026-12-31"},
		{"Reply time 9 -> 4 hours", "measure=Reply time, from=9 h, target=4 h, dir=down"},
		{"currently 82 kg, target 75 kg", "from=82 kg, target=75 kg, dir=down"},
		{"9 to 16 sales a week", "measure=sales, from=9 sales, target=16 sales, dir=up, rate=week, micro=0 sales x16 week"},
		{"Maria: reach 20 sales by Friday", "measure=sales, target=20 sales, last=2026-11-27, owner=Maria"},
		{"Sales: 20 a week", "measure=Sales, target=20, rate=week, micro=0 x20 week, question=owner measure|person"},
		{"@maria 20 sales each quarter", "measure=sales, target=20 sales, repeats=quarter, owner=maria"},
		{"owner Maria Schmidt, ten demos", "measure=demos, target=10 demos, owner=Maria Schmidt"},
		{"Pass the driving test before my 18th birthday", "unplaced=my 18th birthday"},
		{"Swim 400m twice a week", "target=400 m, micro=400 m x2 week"},
		{"Walk the dog 90m", "measure=dog, target=90 m"},
		{"hold the plank 90m", "measure=plank, target=90 min, dir=within, question=metres minutes|metres"},
		{"hand in by 3/4", "last=2027-03-04, question=date_order month_first|day_first"},
		{"hand in by 13/4", "last=2027-04-13"},
		{"hand in by next Monday", "last=2026-11-30"},
		{"hand in by Wednesday", "last=2026-11-25, question=weekday today|in_a_week"},
		{"Ship it in 6 weeks", "last=2027-01-06"},
		{"Ship it within half a year", "last=2027-05-25"},
		{"over the next 3 months write 12 posts", "measure=posts, target=12 posts, first=2026-11-25, last=2027-02-25"},
		{"Sleep 8 hours a night", "micro=8 h x1 day"},
		{"Reach 1.500 readers", "measure=readers, target=1500 readers, question=number_form comma|point"},
		{"Reach 1.500 readers and 2.5 stars", "measure=readers, target=1.5 readers"},
		{"Save €10.000 by Christmas", "target=10000 €, last=2026-12-24"},
		{"1.5 million in sales by year end", "measure=sales, target=1500000, last=2026-12-31"},
		{"Finish the course by the end of term", "unplaced=term"},
		{"learn 20 new words a day", "micro=20 new words x1 day, skill=new words"},
		{"half an hour of Spanish every other day", "micro=30 min x3.5 week"},
		{"2h30 of practice a week", "micro=0 min x150 week"},
		{"Churn below 3% in 2027", "measure=Churn, target=3 %, dir=down, at=most, first=2027-01-01, last=2027-12-31, calendar=year"},
		{"FY27 revenue 1.5 million", "measure=revenue, target=1500000, first=2027-01-01, last=2027-12-31, calendar=year"},
		{"no more than 30 minutes social media per day", "measure=social media, target=30 min, dir=down, at=most, rate=day, micro=0 min x30 day at most"},
	})
}

func TestGermanLinesAreRead(t *testing.T) {
	checkLines(t, reader.Context{Today: today, Lang: reader.German}, []lineTest{
		{"10 kg abnehmen bis zum Sommer", "change=10 kg, dir=down, last=2027-08-31, question=edge last|first"},
		{"Dieses Jahr 100.000 € verdienen", "target=100000 €, first=2026-01-01, last=2026-12-31, calendar=year, question=year this|next"},
		{"Diesen Monat 20 Verkäufe", "measure=Verkäufe, target=20 Verkäufe, first=2026-11-01, last=2026-11-30, calendar=month, question=repeats once|each_month"},
		{"jeden Monat 20 Verkäufe", "measure=Verkäufe, target=20 Verkäufe, repeats=month"},
		{"Antwortzeit von 9 Stunden auf 4 Stunden senken bis 31. März", "measure=Antwortzeit, from=9 h, target=4 h, dir=down, last=2027-03-31"},
		{"5 km unter 28 Minuten laufen bis Ende Juni", "measure=5 km, target=28 min, dir=down, at=most, last=2027-06-30"},
		{"bisher 31.000, Ziel 50.000 Leser bis 30.6.", "measure=Leser, so_far=31000 Leser, target=50000 Leser, dir=up, last=2027-06-30"},
		{"Umsatz von 12k auf 20k € steigern bis Ende Q1", "measure=Umsatz, from=12000 €, target=20000 €, dir=up, last=2027-03-31"},
		{"Umsatz um 30 % steigern in diesem Quartal", "measure=Umsatz, change=30 %, dir=up, first=2026-10-01, last=2026-12-31, calendar=quarter, question=repeats once|each_quarter"},
		{"Umsatz verdoppeln bis Jahresende", "measure=Umsatz, change=2 ×, dir=up, last=2026-12-31"},
		{"höchstens 2 Kaffee am Tag", "measure=Kaffee, target=2 Kaffee, dir=down, at=most, rate=day, micro=0 Kaffee x2 day at most"},
		{"4 Spaziergänge in der Woche", "measure=Spaziergänge, target=4 Spaziergänge, rate=week, micro=0 Spaziergänge x4 week"},
		{"15 Minuten an Werktagen", "micro=15 min x5 week rest 1000001"},
		{"10 Minuten meditieren, 5 Tage von 7", "micro=10 min x5 week"},
		{"an fünf Tagen in der Woche 20 Minuten Klavier üben", "micro=20 min x5 week, skill=Klavier"},
		{"montags und donnerstags 20 Minuten Gitarre", "micro=20 min x2 week rest 1101101"},
		{"Drei Strategien lernen, die mir helfen, und jede in einem echten Gespräch anwenden", "collection=3 Strategien, evidence=jede in einem echten Gespräch anwenden, skill=Strategien"},
		{"Spanisch lernen mit einem Kurs und es in einer Präsentation zeigen", "evidence=es in einer Präsentation zeigen, activity=einem Kurs, skill=Spanisch"},
		{"Verhandeln lernen mit Anna als Mentorin", "activity=Anna als Mentorin, skill=Verhandeln"},
		{"Besser in Bedarfsfragen werden", "skill=Bedarfsfragen"},
		{"Im Verhandeln besser werden", "skill=Verhandeln"},
		{"Herausfinden, wie ich mit Spaß Sport mache", "asks=wie ich mit Spaß Sport mache"},
		{"Einen lustigen Weg finden, mich zu bewegen", "asks=mich zu bewegen"},
		{"Wie eröffnen gute Verkäufer ein Gespräch?", "asks=Wie eröffnen gute Verkäufer ein Gespräch"},
		{"Gewicht zwischen 70 und 72 kg halten", "measure=Gewicht, lo=70 kg, hi=72 kg, dir=within"},
		{"9 von 10 Bestellungen pünktlich", "measure=Bestellungen, target=9 Bestellungen of 10"},
		{"zehn neue Kunden bis Ostern, im besten Fall zwölf", "measure=neue Kunden, target=10 neue Kunden, stretch=12 neue Kunden, last=2027-03-28"},
		{"aktuell 82 kg, Ziel 75 kg bis 1. Juni", "from=82 kg, target=75 kg, dir=down, last=2027-06-01"},
		{"16 statt 9 Verkäufe pro Woche", "measure=Verkäufe, from=9 Verkäufe, target=16 Verkäufe, dir=up, rate=week, micro=0 Verkäufe x16 week"},
		{"Maria: 20 Verkäufe", "measure=Verkäufe, target=20 Verkäufe, owner=Maria, question=owner person|measure"},
		{"Verantwortlich: Maria Schmidt, zehn Demos im Monat", "measure=Demos, target=10 Demos, rate=month, micro=0 Demos x10 month, owner=Maria Schmidt"},
		{"vor der Prüfung 12 Aufgaben lösen", "measure=Aufgaben, target=12 Aufgaben, unplaced=Prüfung"},
		{"in sechs Wochen abgeben", "last=2027-01-06"},
		{"in anderthalb Jahren 1,5 Mio. € Umsatz", "measure=Umsatz, target=1500000 €, last=2028-05-25"},
		{"innerhalb der nächsten 3 Monate", "last=2027-02-25"},
		{"spätestens am 15. Mai", "last=2027-05-15"},
		{"vom 1. bis 31. Mai 100 km radeln", "target=100 km, first=2027-05-01, last=2027-05-31"},
		{"bis Ende des Geschäftsjahres 1.500 Leser", "measure=Leser, target=1500 Leser, last=2026-12-31"},
		{"im zweiten Halbjahr 12 Vorträge", "measure=Vorträge, target=12 Vorträge, first=2026-07-01, last=2026-12-31"},
		{"3x pro Woche laufen", "micro=0 x3 week"},
		{"jeden zweiten Tag eine halbe Stunde lesen", "micro=30 min x3.5 week"},
		{"fünfundzwanzig Anrufe am Tag", "measure=Anrufe, target=25 Anrufe, rate=day, micro=0 Anrufe x25 day"},
		{"zweihundertfünfzig Leser", "measure=Leser, target=250 Leser"},
		{"mindestens 3,5 Sterne", "measure=Sterne, target=3.5 Sterne, dir=up"},
		{"20 neue Wörter pro Tag lernen", "micro=20 neue Wörter x1 day, skill=neue Wörter"},
		{"1.500 Leser bis 3/4", "measure=Leser, target=1500 Leser, last=2027-04-03, question=date_order day_first|month_first"},
		{"Social Media höchstens 30 Minuten am Tag", "measure=Social Media, target=30 min, dir=down, at=most, rate=day, micro=0 min x30 day at most"},
	})
}

func TestPartsOfALine(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"Get better at discovery questions so that we reach 16 sales a week", "learning: Get better at discovery questions | result: Reach 16 sales a week"},
		{"Reach 16 sales a week by learning discovery questions", "result: Reach 16 sales a week | learning: Learning discovery questions"},
		{"Ask better questions to reach 16 sales a week", ": Ask better questions | result: Reach 16 sales a week"},
		{"Save 5k€ by Christmas and learn to budget", "result: Save 5k€ by Christmas | learning: Learn to budget"},
		{"Learn to sell and close 5 deals a month", "learning: Learn to sell | result: Close 5 deals a month"},
		{"Maria: reach 20 sales", "result: Reach 20 sales"},
		{"Goal: 20 sales", "result: 20 sales"},
		{"Besser in Bedarfsfragen werden, damit wir 16 Verkäufe in der Woche erreichen", "learning: Besser in Bedarfsfragen werden | result: 16 Verkäufe in der Woche erreichen"},
		{"Um 16 Verkäufe pro Woche zu erreichen, Bedarfsfragen lernen", "result: 16 Verkäufe pro Woche zu erreichen | learning: Bedarfsfragen lernen"},
		{"Verkäufe von 9 auf 16 steigern, indem ich Bedarfsfragen lerne", "result: Verkäufe von 9 auf 16 steigern | learning: Bedarfsfragen lerne"},
		{"16 Verkäufe im Monat und Verhandeln lernen", "result: 16 Verkäufe im Monat | learning: Verhandeln lernen"},
		{"Umsatz um 30 % steigern", "result: Umsatz um 30 % steigern"},
		{"Verkaufen lernen", "learning: Verkaufen lernen"},
		{"Buy running shoes", ": Buy running shoes"},
	} {
		var got []string
		for _, p := range reader.Read(test.text, reader.Context{Today: today}).Parts {
			got = append(got, string(p.Side)+": "+p.Title)
		}
		if strings.Join(got, " | ") != test.want {
			t.Errorf("%s\n got %s\nwant %s", test.text, strings.Join(got, " | "), test.want)
		}
	}
}

// Marks stand where the words are, in the bytes of the text.
func TestMarksStandOnTheirWords(t *testing.T) {
	text := "Über 9 → 16 Verkäufe 🎉 pro Woche bis Neujahr"
	var got []string
	for _, s := range reader.Read(text, reader.Context{Today: today}).Spans {
		got = append(got, string(s.Kind)+" "+text[s.Start:s.End])
	}
	want := []string{"from Über 9", "target → 16 Verkäufe", "rate pro Woche", "deadline bis Neujahr"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}
