package reader

import (
	"tandem"
)

// phrases marks how the learning will be shown and what will be done for it.
func (l *line) phrases() {
	for i := 0; i < len(l.ts); {
		n := 0
		if !l.taken[i] && l.as[l.at[i]].kind != whenAtom {
			if n = l.evidence(i); n == 0 {
				n = l.activity(i)
			}
		}
		i += max(n, 1)
	}
}

// evidence reads a proof that begins at token i behind "and", "with", a comma, or by its own words, and
// gives its tokens.
func (l *line) evidence(i int) int {
	n := max(l.skip(i, "then"), l.skip(i, "with"))
	if l.isSign(i, ",") {
		n = 1 + l.skip(i+1, "then")
	}
	if n == 0 || i == 0 || l.skillFollows(i) {
		return 0
	}
	j := i + n
	end := l.clauseEnd(j)
	proof := -1
	for k := j; k < end && k <= j+3 && proof < 0; k++ {
		if l.is(k, "proof") {
			proof = k
		} else if l.taken[k] || len(l.headsIn(k, k+1)) > 0 || l.is(k, "doing") {
			break
		}
	}
	if proof < 0 && (l.is(i, "and") || l.isSign(i, ",")) && l.proofAtEnd(j, end) {
		proof = j
	}
	if proof < 0 {
		return 0
	}
	stop := l.phraseEnd(j, end)
	text := l.markText(i, j, stop, KindEvidence)
	if text == "" {
		return 0
	}
	l.r.Evidence = append(l.r.Evidence, text)
	return stop - i
}

// skillFollows tells whether the word at token i leads from an adjective to the skill: "better at giving
// feedback", "besser im Erklären".
func (l *line) skillFollows(i int) bool {
	if !l.follows2(i, "at", "in", "im", "beim", "bei") {
		return false
	}
	return l.is(i-1, "better") || l.follows2(i-1, "better", "good", "confident", "gut", "sicher")
}

// activity reads what will be done: "with a course", "by joining a club", "mit Anna als Mentorin".
func (l *line) activity(i int) int {
	n := l.skip(i, "with")
	if n == 0 {
		return 0
	}
	j := i + n
	end := l.phraseEnd(j, l.clauseEnd(j))
	doing := 0
	for k := j; k < end && k <= j+6; k++ {
		if l.as[l.at[k]].kind == amountAtom && l.as[l.at[k]].m.Quantity == Time {
			break
		}
		if m := max(l.skip(k, "doing"), l.skip(k, "as_role")); m > 0 {
			doing = k + m
			break
		}
		if len(l.headsIn(k, k+1)) > 0 && k > j {
			break
		}
		if k > j && (l.is(k, "with") || l.is(k, "and")) && !l.is(k, "as_role") {
			break
		}
	}
	if doing == 0 {
		return 0
	}
	stop := end
	if l.lang == German {
		stop = doing
		if k := l.skip(stop, "as_role"); k > 0 {
			stop += k
		}
	}
	text := l.markText(i, j, stop, KindActivity)
	if text == "" {
		return 0
	}
	l.r.Activities = append(l.r.Activities, text)
	return stop - i
}

// phraseEnd gives where a phrase that begins at token i ends: before a time, a mark, the end of its clause,
// or an "and" behind which a proof begins.
func (l *line) phraseEnd(i, end int) int {
	for k := i; k < end; k++ {
		if l.taken[k] || l.as[l.at[k]].kind == whenAtom {
			return k
		}
		if k > i && l.is(k, "and") && k+1 < end && (l.is(k+1, "proof") || l.proofAtEnd(k+1, end)) {
			return k
		}
	}
	return end
}

// skills marks what is to be learned or found out, once for each part; the first of the line is its skill.
func (l *line) skills() {
	from := 0
	for k := 0; k <= len(l.cuts); k++ {
		to := len(l.ts)
		if k < len(l.cuts) {
			to = l.cuts[k].at
		}
		l.skill(from, to)
		if k < len(l.cuts) {
			from = l.cuts[k].to
		}
	}
}

// skill marks the skill of the part from token i to before j.
func (l *line) skill(i, j int) {
	for k := i; k < j; k++ {
		if end := l.betterEnd(k); end > 0 && end <= j {
			l.betterAt(i, k, end)
			return
		}
	}
	for _, h := range l.headsIn(i, j) {
		if !h.learns() {
			if l.lang == English {
				return // "reach 20 sales and understand": the first verb is what it is about
			}
			continue
		}
		kind := KindSkill
		if h.class == "ask" {
			kind = KindQuestion
		}
		if l.skillAfter(h, j, kind) || l.skillBefore(h, i, kind) {
			return
		}
	}
}

// skillAfter takes the words behind a verb of learning: "learn to knit", "herausfinden, wie ich …". What
// is counted there already stays in the name: "learn 3 strategies that help me".
func (l *line) skillAfter(h head, j int, kind Kind) bool {
	from := h.i + h.n
	if h.value == "wh" {
		from = h.i
	}
	if h.value == "way" && l.is(h.i, "find") && !l.taken[h.i+1] { // find a fun way to
		from = h.i + 1
	}
	if kind == KindQuestion && l.isSign(from, ",") {
		from++
	}
	inner := from
	for inner < j && l.taken[inner] && l.as[l.at[inner]].kind == amountAtom {
		inner++
	}
	end := inner
	for end < j && !l.taken[end] && !l.ends(end) {
		end++
	}
	name := from
	if inner > from {
		a := l.as[l.at[from]]
		name = a.i + a.n - a.m.noun
		if a.m.Quantity != Count || a.m.noun == 0 {
			name = inner
		}
	}
	for end > inner && l.is(end-1, "tail") {
		end--
	}
	text := l.slice(name, end)
	if text == "" || l.lang == German && !l.hasContent(name, end) {
		return false
	}
	l.setSkill(text, kind)
	s := Span{Kind: kind, Value: Value{From: tandem.NoDay, To: tandem.NoDay, Text: text}}
	l.markFree(h.i, end, s)
	return true
}

// markFree marks what is free of the tokens from i to before j, in one or more spans.
func (l *line) markFree(i, j int, s Span) {
	for i < j {
		k := i
		for k < j && !l.taken[k] {
			k++
		}
		l.mark(i, k, s)
		for i = max(k, i+1); i < j && l.taken[i]; {
			i++
		}
	}
}

// hasContent tells whether one of the tokens is more than a function word.
func (l *line) hasContent(i, j int) bool {
	for ; i < j; i++ {
		if (l.isWord(i) || l.isNumber(i)) && !l.is(i, "stop") && !l.is(i, "become") {
			return true
		}
	}
	return false
}

// skillBefore takes the words before a verb of learning, as German puts them: "Spanisch lernen".
func (l *line) skillBefore(h head, i int, kind Kind) bool {
	start := h.i
	for start > i && start > h.i-maxClause && !l.taken[start-1] && !l.ends(start-1) {
		start--
	}
	inner := start
	for inner < h.i && l.is(inner, "lead_in") {
		inner += l.skip(inner, "lead_in")
	}
	from, to := inner, h.i
	for to > from && (l.ts[to-1].low == "zu" || l.ts[to-1].low == "to") {
		to--
	}
	text := l.slice(from, to)
	if !l.hasContent(from, to) {
		// What is counted is what is learned: "drei Strategien lernen".
		k := l.at[h.i] - 1
		for ; k >= 0 && k >= l.at[h.i]-2 && l.as[k].kind != amountAtom; k-- {
			if l.as[k].kind == endAtom || l.as[k].kind == wordAtom {
				return false
			}
		}
		if k < 0 || l.as[k].kind != amountAtom || l.as[k].m.noun == 0 {
			return false
		}
		a := l.as[k]
		text = l.slice(a.i+a.n-a.m.noun, a.i+a.n)
		from = h.i
	}
	l.setSkill(text, kind)
	l.markFree(from, h.i+h.n, Span{Kind: kind, Value: Value{From: tandem.NoDay, To: tandem.NoDay, Text: text}})
	return true
}

// betterAt marks "besser in Bedarfsfragen werden" and "im Verhandeln besser werden": at is "besser", end the
// token after the verb.
func (l *line) betterAt(i, at, end int) {
	verb := end - 1
	from, to := at+1, verb
	start := at
	if !l.hasContent(from, to) {
		to, start = at, at
		for start > i && start > at-maxClause && !l.taken[start-1] && !l.ends(start-1) {
			start--
		}
		for start < to && l.is(start, "lead_in") {
			start += l.skip(start, "lead_in")
		}
		from = start
	}
	inner := from
	for inner < to && l.is(inner, "in_skill") {
		inner++
	}
	if text := l.slice(inner, to); text != "" {
		l.setSkill(text, KindSkill)
		l.mark(start, end, Span{Kind: KindSkill, Value: Value{From: tandem.NoDay, To: tandem.NoDay, Text: text}})
	}
}

func (l *line) setSkill(text string, kind Kind) {
	if l.r.Skill == "" {
		l.r.Skill, l.r.Explores = text, kind == KindQuestion
	}
}
