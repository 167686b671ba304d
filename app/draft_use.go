package app

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"tandem"
	"tandem/advise/advisor"
	"tandem/advise/coach"
	"tandem/advise/reader"
	"tandem/policy"
)

// DraftGoal reads one line and says what goal it becomes, without keeping anything. It asks one thing at
// most: which of two readings is meant, else what the goal cannot do without, else what decides most on
// which kind fits; nothing where something was answered before. On the first three goals of a person it
// has one remark at most, after that three.
func (a *App) DraftGoal(ctx context.Context, by tandem.Actor, ws tandem.WorkspaceID, in DraftInput) (d Draft, err error) {
	defer tandem.Wrap(&err, "draft goal")
	if err := may(by, policy.Create, policy.Resource{Kind: policy.Goal, Workspace: ws, Owner: by.Person, Visibility: tandem.OnlyMe}); err != nil {
		return d, err
	}
	text := strings.TrimSpace(in.Text)
	if text == "" {
		return d, tandem.Invalid("text", "line_missing", nil)
	}
	if len(text) > maxLine {
		return d, tandem.Invalid("text", "line_too_long", tandem.Args{"length": len(text), "limit": maxLine})
	}
	said, err := saidOf(in.Know)
	if err != nil {
		return d, err
	}
	r := a.Store.For(by)
	person, err := r.Person(ctx)
	if err != nil {
		return d, err
	}
	today := person.Today(a.Now())
	read, err := calendarOf(ctx, r, ws)
	if err != nil {
		return d, err
	}
	read.Today, read.Lang, read.Picks = today, reader.Lang(person.Lang), in.Picks
	line := reader.Read(text, read)
	question := line.Question
	line = drop(line, in.Not)
	f := drafting{a: a, r: r, ws: ws, person: person, today: today, in: in, line: line, said: said, coach: coach.Look(line, person.AgeBand == tandem.Child)}
	d = Draft{Text: text, Spans: draftSpans(line), Kind: f.coach.Kind, Tells: tandem.NoDay}
	for _, m := range f.coach.Marks {
		d.Others = append(d.Others, [2]int{m.Start, m.End})
	}
	if err := f.goals(ctx, by, &d); err != nil {
		return d, err
	}
	f.advise(&d)
	d.Practice = limitOf(line, d.Kind, f.title(0, len(line.Text)))
	d.Question = f.question(d, question)
	if q := d.Question; q != nil && d.Practice != nil && q.About != "picks" {
		d.Question = nil // a limit begins as it stands
	}
	if d.Result != nil && d.Learning == nil {
		in := SuggestInput{Text: d.Result.Title}
		if n := d.Result.Number; n != nil {
			in.Number, in.Unit = n.Name, n.Unit
		} else if d.Number != nil {
			in.Number, in.Unit = d.Number.Name, d.Number.Unit
		}
		// A program that may not read what was learned gets no suggestions.
		if d.Suggested, err = a.SuggestLearning(ctx, by, ws, in); err != nil && tandem.KindOf(err) != tandem.KindDenied {
			return d, err
		}
	}
	if err := f.fromBefore(ctx, by, &d); err != nil {
		return d, err
	}
	return d, f.hints(ctx, &d)
}

// saidOf reads what a person said of the goal's circumstances.
func saidOf(know map[string]string) (in advisor.Inputs, err error) {
	var es tandem.Errors
	for _, name := range slices.Sorted(maps.Keys(know)) {
		spec, ok := advisor.SpecOf(advisor.Input(name))
		if !ok || !slices.Contains(advisor.Asked(), spec.Input) {
			es.Add("know", "know_unknown", tandem.Args{"name": name, "allowed": listed(advisor.Asked())})
			continue
		}
		if in, err = in.With(spec.Input, know[name]); err != nil {
			es.Add("know."+name, "one_of", tandem.Args{"field": "know." + name, "value": know[name], "allowed": listed(spec.Values)})
		}
	}
	return in, es.Err()
}

func listed[T ~string](all []T) string {
	out := make([]string, len(all))
	for i, x := range all {
		out[i] = string(x)
	}
	return strings.Join(out, ", ")
}

// drafting is what one draft is made from.
type drafting struct {
	a      *App
	r      Reads
	ws     tandem.WorkspaceID
	person tandem.Person
	today  tandem.Day
	in     DraftInput
	line   reader.Reading
	said   advisor.Inputs
	facts  advisor.Facts
	coach  coach.Advice
}

// titles gives the words of the result and of the learning goal in a line, without what has a field of its
// own.
func (f *drafting) titles(kind coach.Kind) (result, learning string) {
	whole := f.title(0, len(f.line.Text))
	for _, p := range f.coach.Parts {
		switch p.Kind {
		case coach.Performance:
			result = cmp.Or(result, f.title(p.Start, p.End))
		case coach.Learning:
			learning = cmp.Or(learning, f.title(p.Start, p.End))
		}
	}
	switch kind {
	case coach.Performance:
		return cmp.Or(result, whole), ""
	case coach.Learning:
		return "", cmp.Or(learning, whole)
	case coach.Both:
		return cmp.Or(result, whole), cmp.Or(learning, whole)
	}
	return "", ""
}

// selves are the words for oneself with which a part may begin.
var selves = []string{"i", "we", "ich", "wir"}

// title gives the text from start to end without dates, rhythms and ways, which are told beside it; the
// text itself where nothing would be left.
func (f *drafting) title(start, end int) string {
	var b strings.Builder
	at := start
	for _, s := range f.line.Spans {
		switch s.Kind {
		case reader.KindDeadline, reader.KindPeriod, reader.KindRhythm, reader.KindActivity, reader.KindEvidence, reader.KindOwner, reader.KindRepeats:
		default:
			continue
		}
		if s.Start < at || s.End > end {
			continue
		}
		b.WriteString(f.line.Text[at:s.Start])
		b.WriteByte(' ')
		at = s.End
	}
	b.WriteString(f.line.Text[at:end])
	words := strings.Fields(b.String())
	if len(words) > 1 && slices.Contains(selves, strings.ToLower(words[0])) {
		words = words[1:] // "we reach 16 sales": who it is goes without saying
	}
	t := strings.Trim(strings.Join(words, " "), " ,.;:–-")
	if t == "" {
		t = strings.Join(strings.Fields(f.line.Text[start:end]), " ")
	}
	return capital(t)
}

// goals fills in the goals that the line names.
func (f *drafting) goals(ctx context.Context, by tandem.Actor, d *Draft) error {
	result, learning := f.titles(d.Kind)
	if result != "" {
		in, proposed := draftResult(f.line, short(result), f.in.From, f.today)
		d.Result, d.Proposed = &in, proposed
		if err := f.onNumber(ctx, by, d); err != nil {
			return err
		}
	}
	if learning != "" {
		in := draftLearning(f.line, short(learning))
		if m := f.line.Micro; m != nil && (d.Result == nil || m.Amount.Quantity == reader.Time) {
			in.Practice = practiceOf(f.line, in.Title)
		}
		d.Learning = &in
	}
	return nil
}

// short keeps a title within what is accepted, at the end of a word.
func short(s string) string {
	if utf8.RuneCountInString(s) <= tandem.MaxTitle {
		return s
	}
	s = string([]rune(s)[:tandem.MaxTitle-1])
	if i := strings.LastIndexByte(s, ' '); i > tandem.MaxTitle/2 {
		s = s[:i]
	}
	return s + "…"
}

// onNumber puts the result on a number of the person's that has its name, form and unit already, and gives
// targets by its past.
func (f *drafting) onNumber(ctx context.Context, by tandem.Actor, d *Draft) error {
	n := d.Result.Number
	all, err := f.r.MetricsByName(ctx, f.ws, n.Name)
	if err != nil {
		return err
	}
	for _, m := range all {
		if m.Owner != by.Person || m.Archived || m.Form != n.Form || m.Unit != n.Unit || m.Period != n.Period || m.Direction != n.Direction {
			continue
		}
		d.Number, d.Result.Metric = &m, m.ID
		d.Result.Number = nil
		goals, err := f.r.GoalsOn(ctx, f.ws, m.ID)
		if err != nil {
			return err
		}
		for _, g := range goals {
			if g.State != tandem.Closed {
				continue
			}
			f.facts.Closed++
			if c, err := f.r.Closing(ctx, f.ws, g.ID); err == nil && c.NumberReached() {
				f.facts.Reached++
			}
		}
		if advice, err := f.a.Advise(ctx, by, f.ws, m.ID, AdviceInput{Deadline: d.Result.Deadline, SoFar: or(d.Result.SoFar, 0), Start: d.Result.Start}); err == nil && advice.Even != nil {
			d.Target = &advice
		}
		return nil
	}
	return nil
}

// advise fills in which kind fits.
func (f *drafting) advise(d *Draft) {
	measured := d.Result == nil || !slices.Contains(d.Proposed, "target")
	f.facts.Age = f.person.AgeBand
	f.facts.Others = slices.Contains(f.coach.Checks, coach.OthersControl)
	f.facts.Capability = d.Kind == coach.Learning
	if d.Result != nil {
		f.facts.Measured = &measured
		if !slices.Contains(d.Proposed, "deadline") {
			f.facts.Days = max(int(d.Result.Deadline-f.today), 1)
		}
	}
	in, _ := advisor.Infer(f.facts, f.said)
	x := advisor.Advise(in)
	d.Advice = DraftAdvice{Kind: x.Kind, Lead: x.Lead, Rule: x.Rule, Modifiers: x.Modifiers, Confidence: x.Confidence, Evidence: x.Evidence, Asks: advisor.Questions(f.facts, f.said)}
	if d.Result != nil {
		d.Tells = f.tells(d)
	}
}

// tells gives the first day on which a difference could be told at the earliest: with 14 values before the
// learning shows and 7 after, one a period of a rate and else one a day, what stands already counted.
func (f *drafting) tells(d *Draft) tandem.Day {
	step := 1
	if n := d.Result.Number; n != nil && n.Form == tandem.FormRate {
		step = int(n.Period.Next(f.today) - n.Period.Start(f.today))
	}
	before := FewestBefore
	if d.Number != nil {
		if d.Number.Form == tandem.FormRate {
			step = int(d.Number.Period.Next(f.today) - d.Number.Period.Start(f.today))
		}
		if d.Target != nil {
			before = max(0, before-d.Target.Values)
		}
	}
	return f.today + tandem.Day(step*(before+FewestAfter))
}

// question picks the one thing to ask; nothing where something was answered already.
func (f *drafting) question(d Draft, two *reader.Question) *DraftQuestion {
	open := d.Result != nil && d.Result.Target == nil && d.Result.TargetLo == nil // a change, without where it stands
	if two != nil && two.ID != "edge" && !open && f.in.Picks[two.ID] == "" && !slices.ContainsFunc(f.in.Not, func(k string) bool { return two.Span < len(f.line.Spans) && k == string(f.line.Spans[two.Span].Kind) }) {
		q := &DraftQuestion{About: "picks", ID: two.ID, Key: two.Key, Args: two.Args}
		for _, c := range two.Choices {
			q.Choices = append(q.Choices, DraftChoice{c.ID, c.Key, c.Args})
		}
		return q
	}
	if len(f.in.Picks) > 0 || len(f.in.Know) > 0 || f.in.From != nil || slices.Contains(f.in.Not, string(reader.KindFrom)) {
		return nil
	}
	switch {
	case d.Kind == coach.Vague, d.Kind == coach.Todo:
		return &DraftQuestion{About: "words", Key: "coach.ask." + string(d.Kind)}
	case f.standsOpen(d):
		q := &DraftQuestion{About: "from", Key: "new.ask_from"}
		if f.line.Change == nil || d.Result.Target != nil {
			q.Choices = []DraftChoice{{string(reader.KindFrom), "new.from_unknown", nil}}
		}
		return q
	}
	if d.Result == nil {
		return nil // learning begins with any of the answers
	}
	for _, top := range d.Advice.Asks {
		if !top.Turns || top.Origin != advisor.FromDefault || top.Input == advisor.InTime && f.facts.Days == 0 {
			continue
		}
		q := &DraftQuestion{About: "know", ID: string(top.Input), Key: "advisor.ask." + string(top.Input)}
		for _, v := range top.Values {
			q.Choices = append(q.Choices, DraftChoice{v, "advisor.answer." + string(top.Input) + "." + v, nil})
		}
		return q
	}
	return nil
}

// fewHints is for how many goals a person meets one remark at most.
const fewHints = 3

// hints fills in what would make the text clearer: one remark on a person's first three goals, three after
// that; none that the question asks already.
func (f *drafting) hints(ctx context.Context, d *Draft) error {
	d.Hints = []DraftHint{}
	away := make([]coach.Check, 0, len(f.in.Quiet)+2)
	for _, q := range f.in.Quiet {
		away = append(away, coach.Check(q))
	}
	if q := d.Question; q != nil && q.About == "from" {
		away = append(away, coach.NoBaseline)
	}
	if d.Kind == coach.Vague || d.Kind == coach.Todo {
		return nil // the question says it
	}
	all := f.coach.Messages(away)
	steps, far := f.inSteps(*d)
	if far = far && !slices.Contains(away, coach.TooHard); far {
		d.Hints = append(d.Hints, steps)
		all = all[:min(len(all), coach.MostMessages-1)]
	}
	if far && f.person.AgeBand == tandem.Child {
		return nil // one at most
	}
	if len(all) > 1 || far && len(all) > 0 {
		few, err := f.beginner(ctx)
		if err != nil {
			return err
		}
		if few {
			all = all[:1-len(d.Hints)]
		}
	}
	for _, m := range all {
		d.Hints = append(d.Hints, DraftHint{Code: string(m.Check), Key: m.Key, Fix: m.Fix, Texts: m.Rewritten.Texts, ActionKey: m.Rewritten.Action, SkillKey: m.Rewritten.Skill})
	}
	return nil
}

// beginner tells whether the goal is one of the first three of its owner's.
func (f *drafting) beginner(ctx context.Context) (bool, error) {
	results, err := f.r.Results(ctx, f.ws, true, slices.Concat(openResults, []tandem.GoalState{tandem.Closed}), tandem.NoDay, 0, fewHints)
	if err != nil || len(results) >= fewHints {
		return false, err
	}
	learning, err := f.r.Learnings(ctx, f.ws, true, slices.Concat(openLearning, []tandem.GoalState{tandem.Released}), 0, fewHints)
	return len(results)+len(learning) < fewHints, err
}

// standsOpen tells whether it has to be asked where the number stands: of a total only in the midst of the
// time that is named, of a yes or no never, and never of a number that has values.
func (f *drafting) standsOpen(d Draft) bool {
	x := d.Result
	if x == nil || x.Baseline != nil || x.SoFar != nil || d.Number != nil || slices.Contains(d.Proposed, "target") {
		return false
	}
	return x.Number.Form != tandem.FormTotal || f.line.First != tandem.NoDay && f.line.First < f.today
}

func draftSpans(r reader.Reading) []DraftSpan {
	out := make([]DraftSpan, 0, len(r.Spans))
	for _, s := range r.Spans {
		x := DraftSpan{Start: s.Start, End: s.End, Kind: string(s.Kind), Asks: s.Asks, Picked: s.Picked}
		for _, c := range s.Choices {
			x.Choices = append(x.Choices, DraftChoice{c.ID, c.Key, c.Args})
		}
		out = append(out, x)
	}
	return out
}
