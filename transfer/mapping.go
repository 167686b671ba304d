package transfer

// A Form says how a file of values is laid out.
type Form string

const (
	Long Form = "long" // one value a row: goal, date, value
	Wide Form = "wide" // one day a row, one column for each number
)

// A Choice is yes or no; empty leaves it to be guessed.
type Choice string

const (
	Yes Choice = "yes"
	No  Choice = "no"
)

func choice(yes bool) Choice {
	if yes {
		return Yes
	}
	return No
}

// A Field is what a column holds. Goals have more of them, by the names of their own header.
type Field string

const (
	FieldIgnore     Field = "ignore"
	FieldGoal       Field = "goal" // the number's name
	FieldDate       Field = "date"
	FieldValue      Field = "value"
	FieldNote       Field = "note"
	FieldUnit       Field = "unit"
	FieldExternalID Field = "external_id"
)

// A Column is one column of the file: its name there ("" without header) and what it holds.
type Column struct {
	Name  string `json:"name"`
	Field Field  `json:"field"`
}

// A Mapping is how a file is read. Values and Goals give the one they arrived at; one that is given
// to them in Options overrides the guess wherever it is not empty.
type Mapping struct {
	Form        Form     `json:"form,omitempty"`
	Delimiter   string   `json:"delimiter"`   // one of , ; tab |
	Quote       string   `json:"quote"`       // " or '
	Header      Choice   `json:"header"`      // whether the first row holds names
	Decimal     string   `json:"decimal"`     // . or ,
	DateLayout  string   `json:"date_layout"` // one of the Layout constants
	Columns     []Column `json:"columns"`
	Thousandths Choice   `json:"thousandths"` // whether whole numbers stand for thousandths, as Loop writes them
	Records     int      `json:"records"`     // rows of data in the file
	Notices     []Notice `json:"notices"`     // guesses worth a look
}

// notice adds a notice once.
func (m *Mapping) notice(code string, args Args) {
	m.Notices = append(m.Notices, Notice{Code: code, Args: args})
}

// columnOf gives the place of the first column that holds f, -1 for none.
func (m *Mapping) columnOf(f Field) int {
	for i, c := range m.Columns {
		if c.Field == f {
			return i
		}
	}
	return -1
}

// names gives the header's names, for a problem that lists what was found.
func (m *Mapping) names() []string {
	var out []string
	for _, c := range m.Columns {
		if c.Name != "" && len(out) < 20 {
			out = append(out, echo([]byte(c.Name)))
		}
	}
	return out
}

// check refuses a mapping from outside that the file cannot be read with.
func (m *Mapping) check() *FileProblem {
	oneOf := func(what, have string, allowed ...string) *FileProblem {
		for _, a := range append(allowed, "") {
			if have == a {
				return nil
			}
		}
		return fileProblem(0, "csv_mapping", Args{"field": what, "value": echo([]byte(have)), "allowed": allowed})
	}
	for _, p := range []*FileProblem{
		oneOf("form", string(m.Form), string(Long), string(Wide)),
		oneOf("delimiter", m.Delimiter, ",", ";", "\t", "|"),
		oneOf("quote", m.Quote, `"`, "'"),
		oneOf("header", string(m.Header), string(Yes), string(No)),
		oneOf("decimal", m.Decimal, ".", ","),
		oneOf("date_layout", m.DateLayout, LayoutISO, LayoutDots, LayoutDMY, LayoutMDY, LayoutCompact),
		oneOf("thousandths", string(m.Thousandths), string(Yes), string(No)),
	} {
		if p != nil {
			return p
		}
	}
	return nil
}

// A synonym is a header word, plain (see plainHeader), with what it means. Where two columns mean the
// same, the one whose word stands first in its list wins.
type synonym struct {
	word  string
	field Field
}

// valueWords lists what the columns of values are called in English and German, in the exports of
// Loop, HabitBull, Beeminder and okr-tracker.
var valueWords = []synonym{
	{"daystamp", FieldDate}, {"date", FieldDate}, {"day", FieldDate}, {"datum", FieldDate}, {"tag", FieldDate},
	{"calendardate", FieldDate}, {"timestamp", FieldDate},
	{"goal", FieldGoal}, {"ziel", FieldGoal}, {"habit", FieldGoal}, {"habitname", FieldGoal}, {"gewohnheit", FieldGoal},
	{"measure", FieldGoal}, {"number", FieldGoal}, {"zahl", FieldGoal}, {"messgröße", FieldGoal}, {"kennzahl", FieldGoal},
	{"metric", FieldGoal}, {"task", FieldGoal}, {"taskname", FieldGoal}, {"aufgabe", FieldGoal}, {"name", FieldGoal},
	{"value", FieldValue}, {"wert", FieldValue}, {"amount", FieldValue}, {"menge", FieldValue}, {"betrag", FieldValue},
	{"count", FieldValue}, {"anzahl", FieldValue}, {"score", FieldValue},
	{"note", FieldNote}, {"notes", FieldNote}, {"notiz", FieldNote}, {"notizen", FieldNote}, {"comment", FieldNote},
	{"commenttext", FieldNote}, {"kommentar", FieldNote}, {"bemerkung", FieldNote},
	{"unit", FieldUnit}, {"einheit", FieldUnit},
	{"externalid", FieldExternalID}, {"externeid", FieldExternalID}, {"externekennung", FieldExternalID},
}
