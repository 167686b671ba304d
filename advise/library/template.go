// Package library holds paired templates: a result together with the learning goal that goes with it. They
// are plain text files, in English and German, that people can write, share and import; some are built in.
//
// A pack is one text file:
//
//	tandem templates 1
//	language: en
//
//	template: twenty-sales
//	result: Make 20 sales this month
//	number: Sales
//	…
//
// Each line is a key and a value; a block begins with "template:". Keys are English in every language.
// Lines that begin with # are for the reader. Everything here is pure.
package library

import (
	"math"
	"slices"
	"strings"

	"tandem"
)

// A Template is a result and a learning goal that fit together.
//
// Of Target, Change and the band Lo to Hi one stands: Target is the number to reach; Change what is to be
// added to where it stands, in per cent of it where Percent is set. Days is the typical time to the deadline.
// One or more of Collection with Size, Minutes on Times days a week, and FirstStep say how the learning begins.
type Template struct {
	Key    string // small letters, digits and hyphens; the same in every language
	Lang   string // "en" or "de"
	Topic  string // one of Topics
	Adults bool   // not shown to minors

	Result      string
	Number      string
	Unit        string
	Form        tandem.Form
	Every       tandem.Period // of a rate
	Direction   tandem.Direction
	ReachedWhen tandem.ReachedWhen
	Target      *float64
	Change      *float64
	Percent     bool
	Lo, Hi      *float64
	Days        int

	Learning   string
	Levels     []string // 3 to 5, the easiest first
	Collection string
	Size       int
	Minutes    int
	Times      int
	FirstStep  string
	Technique  string
	Outside    []string // what is not in one's hands
	Why        string
	Words      []string // by which it is found, beside its own
}

// topics are what templates are about.
var topics = []string{"health", "money", "work", "selling", "craft", "language", "school", "music", "home", "people", "mind"}

// Topics gives what templates can be about.
func Topics() []string { return slices.Clone(topics) }

// Limits of a pack.
const (
	MaxPack      = 256 << 10 // bytes
	MaxTemplates = 200
	maxOutside   = 6
	maxWords     = 40
)

// about tells words of body weight, calories and looks, in small letters: a word that begins with one of
// them counts.
var about = []string{"weight", "calorie", "kcal", "diet", "slim", "bmi", "waist", "belly", "body fat", "muscle", "lose pounds", "look good", "looks",
	"gewicht", "kalorie", "diät", "abnehm", "schlank", "taille", "bauch", "körperfett", "muskel", "aussehen", "traumfigur", "bikinifigur"}

// bodyUnits are units of weight and energy; with them a number that goes down is taken for one of the body.
var bodyUnits = []string{"kg", "lb", "lbs", "pound", "pounds", "kilo", "kilos", "pfund", "stone", "kcal", "cal", "calories", "kalorien"}

// ForAdults tells whether minors do not get it: because it says so, or because it is about body weight,
// calories or looks, whatever it says.
func (t Template) ForAdults() bool {
	if t.Adults || t.Direction == tandem.Down && slices.Contains(bodyUnits, strings.ToLower(t.Unit)) {
		return true
	}
	text := " " + strings.Join(tokens(strings.Join(append([]string{t.Result, t.Number, t.Learning, t.Why, t.Unit}, t.Words...), " ")), " ")
	for _, w := range about {
		if strings.Contains(text, " "+w) {
			return true
		}
	}
	return false
}

// TargetFrom gives the target for a number that stands at from, nil where it is not known; ok is false
// where the template asks for a change and where it stands is not known.
func (t Template) TargetFrom(from *float64) (target float64, ok bool) {
	switch {
	case t.Target != nil:
		return *t.Target, true
	case t.Change == nil || from == nil:
		return 0, false
	case t.Percent:
		return round(*from + math.Abs(*from)**t.Change/100), true
	}
	return round(*from + *t.Change), true
}

// round leaves ten digits, so that a target reads as it was meant.
func round(v float64) float64 {
	if v == 0 || math.IsInf(v, 0) || math.IsNaN(v) {
		return v
	}
	scale := math.Pow(10, 10-math.Ceil(math.Log10(math.Abs(v))))
	return math.Round(v*scale) / scale
}

// Choose gives one template of each key: in the language that is asked for, where there is one, else in
// another. Of several in one language the last counts, so that a workspace's own stand before the built in.
func Choose(all []Template, lang string) []Template {
	at := map[string]int{}
	var chosen []Template
	for _, t := range all {
		i, known := at[t.Key]
		switch {
		case !known:
			at[t.Key] = len(chosen)
			chosen = append(chosen, t)
		case t.Lang == lang || chosen[i].Lang != lang:
			chosen[i] = t
		}
	}
	return chosen
}
