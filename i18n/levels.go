package i18n

import "strconv"

// templateLevels is how many sentences a template of levels has.
const templateLevels = 5

// Levels gives sentences of levels to begin with, lowest first, for what a learning goal is about: knowledge,
// skill or attitude. Those of an attitude are examples of behaviour, for nobody sees an attitude itself.
func (l Lang) Levels(about string) []string {
	out := make([]string, templateLevels)
	for i := range out {
		out[i] = l.T("levels." + about + "." + strconv.Itoa(i+1))
	}
	return out
}
