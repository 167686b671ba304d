package tandemtest

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// A term is a word of statistics, with the plain words of which one must stand in the same element.
type term struct {
	word  *regexp.Regexp
	plain []string // in lower case; none: the word may not stand at all
}

// terms are the words of statistics in both languages. A page may use one only where a plain word beside it says
// the same.
var terms = []term{
	{regexp.MustCompile(`(?i)\bbrier\b`), []string{"0 is always sure and right", "0 ist immer sicher und richtig"}},
	{regexp.MustCompile(`(?i)\bplacebos?\b`), []string{"false start", "falschen anfängen", "falsche anfänge"}},
	{regexp.MustCompile(`(?i)\bsimulat(ed|ion|ions)\b|\bsimulier\w*|\bsimulation(en)?\b`), []string{"ways from the values so far"}},
	{regexp.MustCompile(`(?i)\bsmoothing\b|\bglättung\b`), []string{"ways from the values so far", "verläufe aus den bisherigen werten"}},
	{regexp.MustCompile(`(?i)\bgrid-integrated\b`), []string{"a level that wanders", "ein stand, der wandert"}},
	{regexp.MustCompile(`(?i)\b(priors?|posteriors?|a-priori|a-posteriori)\b`), nil},
	{regexp.MustCompile(`(?i)\bp[- ](values?|werte?)\b`), nil},
	{regexp.MustCompile(`(?i)\b(confidence|credible|prediction) (intervals?|levels?)\b|\bkonfidenz\w*|\bvertrauensintervall\w*|\bprognoseintervall\w*`), nil},
	{regexp.MustCompile(`(?i)\bintervals?\b|\bintervalle?n?\b`), []string{"likely range", "wahrscheinlicher bereich"}},
	{regexp.MustCompile(`(?i)\bstandard (deviations?|errors?)\b|\bstandard(abweichung|fehler)\w*`), nil},
	{regexp.MustCompile(`(?i)\bsignifican(t|ce|tly)\b|\bsignifikan\w*`), nil},
	{regexp.MustCompile(`(?i)\b(medians?|quantiles?|percentiles?|variances?)\b|\b(mediane?|quantile?|perzentile?|varianz(en)?)\b`), []string{"half of them", "die hälfte davon"}},
	{regexp.MustCompile(`(?i)\bregressions?\b|\bregressionen\b|\bto the mean\b`), nil},
	{regexp.MustCompile(`(?i)\bnull (hypothes[ie]s|model)\b|\bnullhypothese\w*|\bnulls\b`), nil},
	{regexp.MustCompile(`(?i)\b(bayes\w*|likelihoods?|autocorrelat\w*|correlat\w*|korrel\w*|outliers?|ausreißer\w*|covariate\w*|heteroske\w*|stationar\w*)\b`), nil},
	{regexp.MustCompile(`(?i)\b(monte[- ]carlo|bootstrap\w*|kalman|arima|holt-winters)\b`), nil},
}

// causal are words that say that one thing made another; without a start drawn at random no page may.
var causal = regexp.MustCompile(`(?i)\b(boost(s|ed|ing)?|because of|led to|leads? to|caus(e|es|ed|al|ing)|thanks to|effects? of|impact of|improved by|due to|resulted (in|from)|made possible by|moves? a number|a number moves)\b` +
	`|\b(bewirk\w*|verursach\w*|führt(e|en)? (dazu|zu)\b|wegen\b|aufgrund\b|verdank\w*|auswirkung\w*|effekte?\b|ursachen?\b|bewegt (sich )?eine zahl|sich eine zahl|dank (de[rms]|dein\w*|ihr\w*|unser\w*|mein\w*)\b)`)

// unkind are the words that no page, message or answer uses of a person, a goal or a step.
var unkind = regexp.MustCompile(`(?i)\bfail(s|ed|ing|ures?)?\b|\b(ge)?scheiter\w*|\bversag\w*|\bfehlgeschlagen\w*|\bfehlschl\w*`)

// Wording names what is wrong with the words of one element, in either language: a word of statistics without
// its plain word, a word for a cause, an unkind word.
func Wording(text string) (faults []string) {
	text = strings.Join(strings.Fields(text), " ")
	lower := strings.ToLower(text)
	for _, t := range terms {
		found := t.word.FindString(text)
		if found == "" {
			continue
		}
		said := false
		for _, p := range t.plain {
			said = said || strings.Contains(lower, p)
		}
		if !said {
			faults = append(faults, fmt.Sprintf("%q stands without its plain word %q in %q", found, t.plain, text))
		}
	}
	if found := causal.FindString(text); found != "" {
		faults = append(faults, fmt.Sprintf("%q says a cause in %q", found, text))
	}
	if found := unkind.FindString(text); found != "" {
		faults = append(faults, fmt.Sprintf("%q in %q", found, text))
	}
	return faults
}

// blocks are the elements whose words are read as one, and spoken the attributes that hold words.
const blocks = "p, li, td, th, h1, h2, h3, label, summary, legend, button, option, figcaption, text"

// Wording names what is wrong with the words of a page: block by block, in what is read aloud, and, for words
// that stand outside of any block, as a whole.
func (p Page) Wording() (faults []string) {
	inBlocks := ""
	look := func(text string) {
		inBlocks += "\n" + text
		for _, f := range Wording(text) {
			if !slices.Contains(faults, f) {
				faults = append(faults, f)
			}
		}
	}
	for _, e := range p.All(blocks) {
		look(e.Text())
	}
	for _, name := range []string{"aria-label", "placeholder", "title", "alt"} {
		for _, e := range p.All("[" + name + "]") {
			look(e.Attr(name))
		}
	}
	all := p.Text()
	for _, t := range terms {
		if found := t.word.FindString(all); found != "" && !t.word.MatchString(inBlocks) {
			faults = append(faults, fmt.Sprintf("%q stands outside of any block", found))
		}
	}
	for _, words := range []*regexp.Regexp{causal, unkind} {
		if found := words.FindString(all); found != "" && !words.MatchString(inBlocks) {
			faults = append(faults, fmt.Sprintf("%q stands outside of any block", found))
		}
	}
	return faults
}
