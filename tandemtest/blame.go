package tandemtest

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// blaming are the words by which a page would call a person, a goal or its learning a failure, in both languages,
// beside those that are unkind anywhere.
var blaming = regexp.MustCompile(`(?i)\boverdue\b|\bbehind\b|\blosers?\b|\blate\b|\blagging\b|\byou (have )?missed\b|\bshame\w*|\bunfortunately\b|\bgave up\b` +
	`|\bverfehl\w*|\bversäum\w*|\bverpasst\w*|\brückst[aä]nd\w*|\brückständig\w*|überfällig\w*|\bhinterher\b|\bim verzug\b|\bzu spät\b|\bverlierer\w*|\baufgegeben\b|\bleider\b|\bschäm\w*`)

// Blame names the words of a text that call somebody or something a failure.
func Blame(text string) (faults []string) {
	text = strings.Join(strings.Fields(text), " ")
	for _, words := range []*regexp.Regexp{blaming, unkind} {
		for _, at := range words.FindAllStringIndex(text, -1) {
			faults = append(faults, fmt.Sprintf("%q in %q", text[at[0]:at[1]], text[max(0, at[0]-40):min(len(text), at[1]+40)]))
		}
	}
	return faults
}

// Blame names what a page says or shows that calls somebody or something a failure: words, also those that are read
// aloud, and classes of the danger colour.
func (p Page) Blame(danger []string) (faults []string) {
	faults = Blame(p.Text())
	for _, name := range []string{"aria-label", "placeholder", "title", "alt"} {
		for _, e := range p.All("[" + name + "]") {
			faults = append(faults, Blame(e.Attr(name))...)
		}
	}
	for _, e := range p.All("[class]") {
		for _, c := range strings.Fields(e.Attr("class")) {
			if slices.Contains(danger, c) {
				faults = append(faults, fmt.Sprintf("the danger colour of .%s near %q", c, e.Text()))
			}
		}
	}
	return faults
}

var (
	rule   = regexp.MustCompile(`([^{}]+)\{([^{}]*)\}`)
	class  = regexp.MustCompile(`\.([a-zA-Z][\w-]*)`)
	remark = regexp.MustCompile(`(?s)/\*.*?\*/`)
)

// DangerClasses gives the classes that a style sheet paints in the danger colour: the last class of each selector
// whose rule names a token that begins with token. Fields that have to be put right have it by their nature.
func DangerClasses(css, token string) (out []string) {
	for _, r := range rule.FindAllStringSubmatch(remark.ReplaceAllString(css, ""), -1) {
		if !strings.Contains(r[2], "var("+token) {
			continue
		}
		for _, s := range strings.Split(r[1], ",") {
			if strings.Contains(s, "[aria-invalid") {
				continue // a field to put right
			}
			if all := class.FindAllStringSubmatch(s, -1); len(all) > 0 {
				out = append(out, all[len(all)-1][1])
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
