// Package reader reads one typed line, English, German or both mixed, into marked places of the text and
// the fields of a goal or of a log entry: numbers with their units, where it stands, target, dates,
// rhythms, skill, proof, owner. It is pure: the day, the language, the workspace's way of writing numbers
// and its named dates come in with a Context.
//
// Nothing is guessed in silence. What has two readings keeps both as Choices of its Span, the likelier one
// first and already in force; Reading.Question is the one of them that decides most. An answer goes back in
// through Context.Picks and the line is read again.
//
// Time and memory are linear in the length of the text, whatever stands in it.
package reader

import (
	"time"

	"tandem"
)

// A Lang is one of the two languages that are read.
type Lang string

const (
	English Lang = "en"
	German  Lang = "de"
)

// A Form is the way in which numbers are written.
type Form string

const (
	Point Form = "point" // 1,000.5
	Comma Form = "comma" // 1.000,5
)

// A Context is what a line is read against.
//
// Today is the reader's local day; every date is reckoned from it. Lang and Numbers are the person's
// language and the workspace's number form (zero: English; the form that the language uses). They decide
// only what the line leaves open. FiscalStart is the month in which the workspace's fiscal year begins, 0
// or January for the calendar year. Dates are its named days: launches, terms, holidays. People are the
// names that may be an owner. Picks holds answers to earlier questions of the same line, by Question.ID.
type Context struct {
	Today       tandem.Day
	Lang        Lang
	Numbers     Form
	FiscalStart time.Month
	Dates       []NamedDate
	People      []string
	Picks       map[string]string
}

// A NamedDate is a day or a stretch that the workspace has named: "launch", "spring term". From is the
// first day of a stretch and NoDay for a single day; To is the day itself or the last of the stretch.
type NamedDate struct {
	Name     string
	From, To tandem.Day
}

// A Kind says what a marked place of the text is.
type Kind string

const (
	KindNumber     Kind = "number"     // an amount that is none of the following
	KindFrom       Kind = "from"       // where it stands, for a reading: "from 9", "von 9"
	KindSoFar      Kind = "so_far"     // where it stands, for a total: "so far 31,000", "bisher 31.000"
	KindTarget     Kind = "target"     // what is to be reached
	KindStretch    Kind = "stretch"    // the bolder target beside it
	KindChange     Kind = "change"     // an amount of change whose start is not said: "by 30 %", "double"
	KindBounds     Kind = "bounds"     // two bounds to keep within
	KindMeasure    Kind = "measure"    // the name of what is counted or measured, in Text
	KindDirection  Kind = "direction"  // a word for up, down or keep within
	KindDeadline   Kind = "deadline"   // a last day, To; From is NoDay
	KindPeriod     Kind = "period"     // a stretch of days, From to To
	KindRepeats    Kind = "repeats"    // the goal comes again each Period
	KindRate       Kind = "rate"       // the amount before it is asked for in each Period
	KindRhythm     Kind = "rhythm"     // days of a micro-goal: "on weekdays", "5 days of 7"
	KindCollection Kind = "collection" // so many things to be learned or found, in Text what
	KindEvidence   Kind = "evidence"   // how it will be shown, in Text
	KindActivity   Kind = "activity"   // what will be done for it, in Text
	KindOwner      Kind = "owner"      // the name of the owner, in Text
	KindSkill      Kind = "skill"      // what the person wants to be able to do, in Text
	KindQuestion   Kind = "question"   // what the person wants to find out, in Text
	KindConnective Kind = "connective" // words that join a result part and a learning part
)

// A Span is a marked place of the text: the bytes Start to End of it, on borders of characters. Spans of a
// Reading stand in the order of the text and do not overlap. Value is the reading in force. Choices is
// empty where there is one reading; else it holds two or more, of which Choices[Picked] is in force, and
// Asks is the id under which an answer goes into Context.Picks.
type Span struct {
	Start, End int
	Kind       Kind
	Value      Value
	Choices    []Choice
	Picked     int
	Asks       string
}

// A Value is what a span was read as. Which fields are filled follows from the span's kind. Days that are
// not said are NoDay. Unplaced tells of a time that the text names and that no calendar knows, such as
// "before my birthday": Text names it, To is NoDay.
type Value struct {
	Amount    Amount
	Lo, Hi    Amount // of KindBounds
	From, To  tandem.Day
	Period    tandem.Period
	Times     float64 // of KindRhythm: how often in each Period, 0 where not said
	RestDays  uint8   // of KindRhythm: weekdays on which nothing is asked, bit 0 is Sunday
	Direction tandem.Direction
	Text      string
	Unplaced  bool
}

// A Choice is one of several readings of a place, with the message key of its button.
type Choice struct {
	ID    string
	Key   string
	Args  tandem.Args
	Value Value
}

// A Question asks which of two readings is meant. Key is its sentence, ID the name under which the ID of
// the choice taken goes into Context.Picks, Span the place in Reading.Spans that asks it. Choices are
// exactly two.
type Question struct {
	ID      string
	Key     string
	Args    tandem.Args
	Span    int
	Choices []Choice
}

// A Quantity is what kind of thing a unit measures.
type Quantity string

const (
	Count    Quantity = ""         // things, in the words of the line
	Time     Quantity = "time"     // s, min, h, days, weeks …
	Money    Quantity = "money"    // Unit is the currency's sign
	Percent  Quantity = "percent"  // Unit is "%"; 30 % is 30
	Distance Quantity = "distance" // mm, cm, m, km, mi
	Mass     Quantity = "mass"     // g, kg, lb
	Volume   Quantity = "volume"   // ml, l
	Other    Quantity = "other"    // another known unit: kWh, °C, points
	Factor   Quantity = "factor"   // Unit is "×": twofold is 2
)

// An Amount is a number with its unit. Unit is the usual sign for a known unit ("min", "kg", "€", "%"),
// the words of the line for things counted ("new clients"), "" for a bare number. Of is the whole of a
// share ("9 of 10": Value 9, Of 10), else 0. Base is what turns Value into minutes for times, metres,
// grams or litres; 0 for other quantities.
type Amount struct {
	Value    float64
	Unit     string
	Quantity Quantity
	Of       float64
	Base     float64
}

// Minutes gives a time in minutes; ok is false for anything else.
func (a Amount) Minutes() (m float64, ok bool) {
	return a.Value * a.Base, a.Quantity == Time
}

// A Side says which of the two kinds a part of the line is about.
type Side string

const (
	OpenSide     Side = ""         // neither is said
	ResultSide   Side = "result"   // a result of the world, measured or yes and no
	LearningSide Side = "learning" // something to be able to do, or to find out
)

// A Part is one side of the line: the bytes Start to End, without the connective. Title is its text
// trimmed, beginning with a capital.
type Part struct {
	Start, End int
	Side       Side
	Title      string
}

// A Micro is a rhythm read as a micro-goal, in the terms of tandem.MicroGoal: on Times days (Amount.Value
// above 0) or, with Amount 0, Times in sum are asked for in each Period. RestDays has bit 0 for Sunday. Times
// is 0 and Period PeriodNone where the line says how much and not how often.
type Micro struct {
	Amount   Amount
	Times    float64
	AtMost   bool
	Period   tandem.Period
	RestDays uint8
}

// A Collection is a number of things to be learned or found: "3 strategies".
type Collection struct {
	N  int
	Of string
}

// A Reading is one line read. Spans are its marked places; the fields after them are put together from
// the spans in force. Pointers are nil, texts "" and days NoDay for what the line does not say.
//
// From is where a reading stands, SoFar where a total stands. Change is an amount of change without a
// start: it is no target before From is known. Direction is "" where neither words nor From and Target tell
// it. AtMost tells that Target is a ceiling. First and Last are the days of the line's time: First is NoDay
// for a plain deadline, Last is the deadline. Calendar is the calendar unit that First to Last is ("this
// month"), PeriodNone for any other stretch. Unplaced is the text of a time that no calendar knows. Repeats
// is set where the goal comes again each period, Rate where the target is meant for each period. Micro is
// the rhythm of the line, also where the same words are a Rate. Skill holds what is to be learned or, with
// Explores, found out.
type Reading struct {
	Text       string
	Lang       Lang
	Spans      []Span
	Parts      []Part
	Measure    string
	From       *Amount
	SoFar      *Amount
	Target     *Amount
	Stretch    *Amount
	Change     *Amount
	Lo, Hi     *Amount
	Direction  tandem.Direction
	AtMost     bool
	First      tandem.Day
	Last       tandem.Day
	Calendar   tandem.Period
	Unplaced   string
	Repeats    tandem.Period
	Rate       tandem.Period
	Micro      *Micro
	Collection *Collection
	Evidence   []string
	Activities []string
	Owner      string
	Skill      string
	Explores   bool
	Question   *Question
}
