package advisor

import "slices"

// A Strength says what kind of study a statement rests on.
type Strength string

const (
	MetaAnalysis    Strength = "meta"       // experiments taken together
	MetaCorrelation Strength = "meta_mixed" // studies taken together, also such that only compare
	RandomisedTrial Strength = "trial"      // randomised trial
	Laboratory      Strength = "laboratory" // one or a few laboratory experiments
	Field           Strength = "field"      // observed in real work or life
	Theory          Strength = "theory"     // reasoning and models
)

// A Source is one row of the evidence: who found it, where it can be read, and how strong it is.
type Source struct {
	Key      string
	Who      string // authors and year, as cited
	Where    string // journal
	Strength Strength
}

// sources are what rules and modifiers refer to.
var sources = []Source{
	{"BS81", "Bandura & Schunk 1981", "Journal of Personality and Social Psychology", Laboratory},
	{"DKR99", "Deci, Koestner & Ryan 1999", "Psychological Bulletin", MetaAnalysis},
	{"DZE02", "Drach-Zahavy & Erez 2002", "Organizational Behavior and Human Decision Processes", Laboratory},
	{"EP17", "Epton, Currie & Armitage 2017", "Journal of Consulting and Clinical Psychology", MetaAnalysis},
	{"HAR16", "Harkin et al. 2016", "Psychological Bulletin", MetaAnalysis},
	{"KL99", "Klein et al. 1999", "Journal of Applied Psychology", MetaCorrelation},
	{"KLE11", "Kleingeld, van Mierlo & Arends 2011", "Journal of Applied Psychology", MetaAnalysis},
	{"LL02", "Locke & Latham 2002", "American Psychologist", MetaAnalysis},
	{"LS99", "Latham & Seijts 1999", "Journal of Organizational Behavior", Laboratory},
	{"LSC08", "Latham, Seijts & Crim 2008", "Canadian Journal of Behavioural Science", Laboratory},
	{"MAR91", "March 1991", "Organization Science", Theory},
	{"MBa12", "Masicampo & Baumeister 2012", "Social Cognition", Laboratory},
	{"MD98", "Mueller & Dweck 1998", "Journal of Personality and Social Psychology", Laboratory},
	{"MLW15", "Masuda, Locke & Williams 2015", "Journal of Cognitive Psychology", Laboratory},
	{"NAH13", "Nahrgang et al. 2013", "Organizational Behavior and Human Decision Processes", Laboratory},
	{"NOO21", "Noordzij, Giel & van Mierlo 2021", "Social Psychology of Education", MetaAnalysis},
	{"SC09", "Seijts & Crim 2009", "Motivation and Emotion", Laboratory},
	{"SL01", "Seijts & Latham 2001", "Journal of Organizational Behavior", Laboratory},
	{"SLTL04", "Seijts, Latham, Tasa & Latham 2004", "Academy of Management Journal", Laboratory},
	{"VY15", "Van Yperen, Blaga & Postmes 2015", "Human Performance", MetaAnalysis},
	{"WL96", "Winters & Latham 1996", "Group & Organization Management", Laboratory},
	{"WML87", "Wood, Mento & Locke 1987", "Journal of Applied Psychology", MetaAnalysis},
}

// Sources gives all rows of the evidence.
func Sources() []Source { return slices.Clone(sources) }

// SourceOf gives the row of a key; ok is false where there is none.
func SourceOf(key string) (s Source, ok bool) {
	i := slices.IndexFunc(sources, func(s Source) bool { return s.Key == key })
	if i < 0 {
		return s, false
	}
	return sources[i], true
}

// Word is the key of the plain words for a strength, in the message catalogue.
func (s Strength) Word() string { return "advisor.strength." + string(s) }

// Word is the key of the plain words for a confidence, in the message catalogue.
func (c Confidence) Word() string { return "advisor.confidence." + string(c) }

// Word is the key of what a modifier says, in the message catalogue.
func (m Modifier) Word() string { return "advisor.modifier." + string(m) }

// Question is the key of the question for an input, in the message catalogue; Answer that of one of its values.
func (i Input) Question() string           { return "advisor.ask." + string(i) }
func (i Input) Answer(value string) string { return "advisor.answer." + string(i) + "." + value }

// Word is the key of the words for where an input comes from, in the message catalogue.
func (o Origin) Word() string {
	if o == FromDefault {
		return "advisor.origin.default"
	}
	return "advisor.origin." + string(o)
}
