package coach

import "strings"

// inStates gives whom an English clause gets into a state that only they can be in, or -1: "have my son in bed by
// nine", "see the children asleep". Meeting or having somebody over is one's own doing.
func (t *text) inStates(c *clause) int {
	at, after := c.head, c.after
	if at < 0 {
		at = t.skipIntro(c)
		after = at + 1
	}
	if at >= c.to || !t.wordWithin(at, at+1, "have", "see", "get", "want", "keep", "put", "make", "having", "getting", "making") {
		return -1
	}
	who := -1
	for i := after; i < min(after+6, c.to); i++ {
		w := &t.ws[i]
		if who >= 0 {
			switch w.fold {
			case "asleep", "proud", "happy", "happier", "laugh", "smile", "dressed", "punctual", "ready", "dry", "home", "quiet", "calm", "safe", "interested", "hooked", "jealous", "vaccinated":
				return who
			case "in", "out", "off", "on", "at", "into", "to":
				if t.wordWithin(i+1, i+4, "bed", "time", "phone", "phones", "screens", "ipad", "table", "nappies", "diapers", "house", "sofa", "door", "board", "side") {
					return who
				}
			}
			return -1
		}
		if w.sign || w.time || w.is(prep) && !w.number {
			return -1
		}
		if w.is(people) && t.names(i) {
			who = i
		}
	}
	return -1
}

// doneTo gives the participle behind be or get that is neither a state nor one's own doing, or -1: "be drafted in the
// first round", "get exempted". What is done ends the clause, or a time or a preposition stands behind it.
func (t *text) doneTo(c *clause) int {
	if c.head < 0 || !t.wordWithin(c.head, c.head+1, "be", "get", "being", "getting") {
		return -1
	}
	at := c.head + 1
	for at < c.to && (strings.HasSuffix(t.ws[at].fold, "ly") || t.wordWithin(at, at+1, "also", "even", "finally", "officially", "myself")) {
		at++
	}
	if at >= c.to {
		return -1
	}
	w := &t.ws[at]
	if len(w.fold) < 5 || !strings.HasSuffix(w.fold, "ed") || w.is(vagueadj, trait, yesno, role, thing, learn, practise, owndoing, act, activity) || ownState(w.fold) {
		return -1
	}
	if next := at + 1; next < c.to && !t.ws[next].time && !t.ws[next].is(prep, when, event) {
		return -1
	}
	return at
}

// ownState tells whether an English participle says how somebody is or what one does to oneself.
func ownState(f string) bool {
	switch f {
	case "organised", "organized", "dressed", "married", "divorced", "tired", "relaxed", "focused", "focussed", "prepared", "finished", "started", "packed", "unpacked", "sorted", "caught", "involved", "motivated",
		"committed", "interested", "excited", "bored", "scared", "stressed", "worried", "rested", "recovered", "healed", "settled", "moved", "informed", "educated", "certified", "qualified", "trained", "fixed", "registered",
		"enrolled", "vaccinated", "tested", "screened", "checked", "insured", "logged", "hydrated", "disciplined", "balanced", "skilled", "experienced", "exposed", "retired", "acquainted", "familiarised", "addicted", "detached",
		"adjusted", "aligned", "ashamed", "associated", "attached", "bothered", "changed", "cleaned", "closed", "completed", "concentrated", "concerned", "confused", "connected", "dedicated", "delayed", "depressed", "determined",
		"devoted", "distracted", "done", "driven", "embarrassed", "energised", "energized", "engaged", "established", "exhausted", "fed", "grounded", "inspired", "licensed", "located", "offended", "opened", "overwhelmed",
		"pleased", "pointed", "positioned", "punished", "ripped", "satisfied", "seated", "signed", "situated", "soaked", "stretched", "surprised", "tanned", "tattooed", "toned", "updated", "upset", "warmed", "worked", "immersed", "need", "speed", "indeed":
		return true
	}
	return strings.HasPrefix(f, "un")
}

// together gives the words that say that two are a pair again: "wieder mit Tom zusammen sein", or -1.
func (t *text) togetherAgain(c *clause) int {
	again := false
	for i := c.from; i < c.to; i++ {
		switch t.ws[i].fold {
		case "wieder":
			again = true
		case "zusammen", "zusammenkommen", "zusammensein", "vereint":
			if again && t.wordWithin(c.from, i, "mit") {
				return i
			}
		}
	}
	return -1
}

// inHouse gives the house or paper that must take in what a German clause is about, or -1: "in der Lokalzeitung stehen",
// "bei einer Agentur landen".
func (t *text) inHouse(c *clause) int {
	if c.head < 0 || t.lang != german {
		return -1
	}
	switch t.ws[c.head].fold {
	case "stehen", "landen", "erscheinen", "auftauchen", "unterkommen", "laufen", "kommen", "steht", "erscheint", "landet", "anfangen", "antreten":
	default:
		return -1
	}
	for _, r := range t.runs(c) {
		if r.prep >= 0 && t.wordWithin(r.prep, r.prep+1, "in", "im", "ins", "bei", "beim", "auf") && mediaHouse(t.ws[r.head].fold) {
			return r.head
		}
	}
	return -1
}

// mediaHouse tells whether a folded German word names a paper, a station or a house that chooses what it takes.
func mediaHouse(f string) bool {
	for _, tail := range [...]string{"zeitung", "blatt", "magazin", "radio", "fernsehen", "sender", "zeitschrift", "anzeiger", "agentur", "verlag", "label", "podcast", "galerie", "presse", "buchhandel"} {
		if strings.HasSuffix(f, tail) {
			return true
		}
	}
	return false
}

// goesThrough gives what others let pass in a German clause with "dass", or -1: "dass mein Antrag durchkommt".
func (t *text) goesThrough(c *clause) int {
	for i := c.from; i < c.to; i++ {
		switch t.ws[i].fold {
		case "durchkommt", "durchgeht", "durchkommen", "klappt", "stattgegeben", "angenommen", "gelingt":
		default:
			continue
		}
		for j := c.from; j < i; j++ {
			for _, tail := range [...]string{"antrag", "gesuch", "vorschlag", "bewerbung", "gesetz", "petition", "widerspruch", "klage", "einspruch", "initiative", "entwurf", "idee", "plan", "kandidatur", "eingabe", "beschwerde"} {
				if strings.HasSuffix(t.ws[j].fold, tail) {
					return i
				}
			}
		}
	}
	return -1
}

// adverb tells whether a folded German word in -t is no verb.
func adverb(f string) bool {
	switch f {
	case "nicht", "jetzt", "erst", "fast", "sonst", "meist", "selbst", "zuletzt", "zuerst", "direkt", "dort", "recht", "insgesamt", "komplett", "nett", "laut", "leicht", "schlecht", "fest", "spaet", "bereit", "echt",
		"konkret", "bewusst", "gezielt", "geschickt", "bestimmt", "kompetent", "freundlichst", "mindest", "zumeist", "exakt", "seit", "statt", "samt", "nebst", "laengst", "moeglichst", "hoechst", "gesamt", "perfekt", "kalt", "alt", "breit", "weit":
		return true
	}
	return false
}

// moves tells whether a verb of one sitting drives an amount here: "lift attendance to 60", "push no-shows below 5 %".
func (t *text) moves(c *clause) bool {
	switch t.ws[c.head].fold {
	case "lift", "push", "drive", "pull", "nudge", "boost", "drag", "pump", "catch", "enjoy", "spot", "steigern", "heben", "druecken", "erwischen", "abbekommen", "erleben", "treiben", "ziehen":
		return t.numbers(c.after, c.to) || t.numbers(c.from, c.head)
	}
	return false
}

// comesTo tells whether a German finite verb of coming and staying stands at i with a place behind it: "25 Leute kommen
// zu meiner Lesung".
func (t *text) comesTo(i int) bool {
	switch t.ws[i].fold {
	case "kommen", "gehen", "erscheinen", "bleiben", "bestehen", "schlafen", "lachen", "klatschen", "warten":
		return i+1 < len(t.ws) && t.wordWithin(i+1, i+2, "zu", "zur", "zum", "in", "ins", "auf", "bei", "beim", "an", "nach", "ohne", "bis", "ueber")
	}
	return false
}

// takesIn gives the verb of an English clause about what a shop, book or channel of one's own takes, or -1: "our museum shop
// takes 4,000 in July", "my book finds 500 readers".
func (t *text) takesIn(c *clause) int {
	from := t.skipIntro(c)
	if c.head >= 0 || !t.wordWithin(from, from+1, "our", "my", "the") {
		return -1
	}
	for i := from + 2; i < min(from+6, c.to); i++ {
		switch t.ws[i].fold {
		case "takes", "earns", "sells", "grosses", "finds", "attracts", "nets", "pulls", "draws", "makes", "receives":
			if t.numbers(i, c.to) {
				return i
			}
		}
	}
	return -1
}
