package transfer

import "strconv"

// A State keeps a value apart from a day that was skipped, from one on which it did not apply, and
// from not knowing. Zero is a value.
type State string

const (
	StateValue         State = "value"
	StateSkip          State = "skip"
	StateNotApplicable State = "not_applicable"
	StateUnknown       State = "unknown" // nothing to store; counted, never handed out
)

// A wordValue is what a word in a value's cell stands for.
type wordValue struct {
	value float64
	state State
	loop  bool // a word of Loop Habit Tracker
}

// cellWords are Loop's words, and yes and no as people write them, in small letters. Loop implies
// YES_AUTO from a habit's frequency: nothing was done, and nothing was due.
var cellWords = map[string]wordValue{
	"yes_manual": {1, StateValue, true},
	"no":         {0, StateValue, true},
	"skip":       {0, StateSkip, true},
	"yes_auto":   {0, StateNotApplicable, true},
	"unknown":    {0, StateUnknown, true},
	"yes":        {1, StateValue, false},
	"ja":         {1, StateValue, false},
	"true":       {1, StateValue, false},
	"wahr":       {1, StateValue, false},
	"nein":       {0, StateValue, false},
	"false":      {0, StateValue, false},
	"falsch":     {0, StateValue, false},
}

// readWord reads a cell that may be one of cellWords.
func readWord(cell []byte) (v wordValue, word, loop bool) {
	var low [16]byte
	if len(cell) > len(low) {
		return wordValue{}, false, false
	}
	for i, c := range cell {
		if c >= 'A' && c <= 'Z' {
			c |= 0x20
		}
		low[i] = c
	}
	v, word = cellWords[string(low[:len(cell)])]
	return v, word, v.loop
}

// readCell reads a trimmed, filled cell: a word, a number, or hours and minutes, which count as hours.
func readCell(cell []byte, decimal byte) (float64, State, numberFault) {
	if c := cell[0] | 0x20; c >= 'a' && c <= 'z' {
		if w, ok, _ := readWord(cell); ok {
			return w.value, w.state, numberFine
		}
		return 0, StateValue, numberForm
	}
	v, fault := readNumber(cell, decimal)
	if fault == numberForm {
		if hours, ok := readClock(cell); ok {
			if hours > maxNumber || hours < -maxNumber {
				return 0, StateValue, numberRange
			}
			return hours, StateValue, numberFine
		}
	}
	return v, StateValue, fault
}

// numberProblem words a fault: with the number that was probably meant if the other mark makes it one.
func numberProblem(cell []byte, decimal byte, fault numberFault) (code string, args Args) {
	args = Args{"value": echo(cell)}
	if fault == numberRange {
		return "csv_number_range", args
	}
	other := byte(',')
	if decimal == ',' {
		other = '.'
	}
	if v, fault := readNumber(cell, other); fault == numberFine {
		args["meant"] = shortNumber(v)
		return "csv_number_other_form", args
	}
	return "csv_number", args
}

// dateProblem words a fault.
func dateProblem(cell []byte, d date, layout string) (code string, args Args) {
	args = Args{"value": echo(cell)}
	switch d.fault {
	case dateNotReal:
		args["last"] = d.last
		return "csv_date_not_real", args
	case dateRange:
		args["first"], args["last"] = itoa(firstYear), itoa(lastYear)
		return "csv_date_range", args
	}
	args["layout"] = layout
	return "csv_date_form", args
}

// shortNumber writes the shortest text that reads back as v.
func shortNumber(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
