package ui

import "github.com/a-h/templ"

// Assets are the addresses of the static files, with their content hashes.
type Assets struct {
	CSS, JS, HTMX, Icon, Manifest string
	Touch, Queue, Offline         string // the icon of a home screen; the scripts of entries and of the page without a connection
}

// NavItem is an entry of the menu. A page gives only those whose trigger has fired.
type NavItem struct {
	Key   string // "today", "goals", "review", "team", "life": also the icon's name
	Label string
	URL   string
	Count string // small figure at the right; usually empty
}

// PinnedGoal is a goal in the side bar.
type PinnedGoal struct {
	Kind  Kind
	Label string
	URL   string
}

// ShellWords are the fixed texts of the frame.
type ShellWords struct {
	Skip        string // "Skip to content"
	Main        string // "Main"
	MainPhone   string // "Main, phone"
	NewGoal     string
	Pinned      string
	Settings    string
	Appearance  string
	Search      string
	SignedIn    string // "Signed in as Mira"
	Undo        string
	Close       string
	Keys        string            // title of the keyboard help
	KeyHelp     map[string]string // key cap → what it does, e.g. "N" → "New goal"
	ResultWord  string            // "Result:"
	LearnWord   string            // "Learning:"
	OfflineLine string            // "No connection. What you write is kept here and sent later."
	WaitingLine string            // entries are saved on this device; "" leaves the line out
	RefusedLine string            // one of them could not be taken
}

// ShellView is the frame of a signed-in page: side bar, top and tab bar of the phone, toast.
type ShellView struct {
	Lang     string // "en", "de"
	Title    string // of the page; the product's name is added
	Theme    string // "light", "dark" or "" for the system's
	Assets   Assets
	Current  string // Key of the current entry; "set" for Settings
	Nav      []NavItem
	Pinned   []PinnedGoal
	Initials string
	Home     string // address behind the brand
	NewGoal  string // address; "" hides the button
	Settings string // address
	Search   string // address; "" hides the search
	LogURL   string // where the key L leads when the page has no log control
	ThemeURL string // POST target of the appearance form
	Path     string // of this page, to come back after the appearance form
	Person   string // whose page it is: entries that wait on a device are one person's
	Keys     bool   // single-key shortcuts are on
	Toast    *ToastView
	Words    ShellWords
}

// CenterView is the frame of pages outside the house: first run, sign-in, errors.
type CenterView struct {
	Lang, Title, Theme string
	Assets             Assets
	Skip               string // "Skip to content"
	Wide               bool   // 760 px column instead of the 420 px sheet
}

// ToastView says what happened. Undo posts to UndoURL; without it there is no button.
type ToastView struct {
	Text    string
	Undo    string // "Undo"
	UndoURL string
	Hidden  map[string]string // hidden fields of the undo form
}

// Kind is one of the two kinds of goals.
type Kind string

// The two kinds.
const (
	Result   Kind = "result"
	Learning Kind = "learning"
)

// KindView is the glyph before a title; Word is read by screen readers only ("Result:").
type KindView struct {
	Kind Kind
	Word string
}

// Option is a choice of a select, a segment row or a chip row.
type Option struct {
	Value, Label string
	On           bool
}

// FieldView is a label with its input, hint and error.
type FieldView struct {
	ID, Name, Label string
	Type            string // input type, "textarea" or "select"; "" is text
	Value           string
	Hint            string
	Error           string // already in words; marks the field
	Placeholder     string
	Autocomplete    string
	InputMode       string
	Rows            int      // of a textarea
	Options         []Option // of a select
	Required        bool
	HideLabel       bool             // label for screen readers only
	Attrs           templ.Attributes // anything else, e.g. maxlength, hx-post
}

// ErrorItem is one line of the error summary.
type ErrorItem struct {
	FieldID string // "" writes plain text
	Text    string
}

// ErrorSummaryView stands above a form that came back; it takes the focus.
type ErrorSummaryView struct {
	Title string
	Items []ErrorItem
}

// ChipsView is a row of technique chips. As check boxes they ride along with the form around them;
// with Submit each is a button that posts at once.
type ChipsView struct {
	Name   string
	Label  string // of the group, "With a technique"
	Items  []Option
	Submit bool
	FormID string // the form the check boxes belong to, when they stand outside of it
}

// SegmentsView is a row of radio buttons in one frame.
type SegmentsView struct {
	Name, Label string
	Items       []Option
}

// PlusOneView is the control of totals: it adds and says the sum.
type PlusOneView struct {
	FormID     string
	Action     string            // POST target
	Hidden     map[string]string // e.g. metric, idempotency key
	Name       string            // of the amount, "add"
	Value      string            // "1"
	Label      string            // "+1 → 12 this week" for a row, "+1" for the sheet
	Sum        string            // sheet: "→ 12 this week"
	Note       string            // sheet: small line below
	Sheet      bool              // the large form
	Filled     bool              // the one filled button of the view
	Other      string            // row: address of "another number"; "" for none
	OtherLabel string            // row: accessible name of it
	Chips      *ChipsView
}

// SetValueView is the control of readings: it sets and never adds.
type SetValueView struct {
	FormID      string
	Action      string
	Hidden      map[string]string
	ID, Name    string
	Label       string // accessible name with the unit, "Weight in pounds"
	Value       string
	Step        string // "0.1"; "" takes any number
	Less, More  string // accessible names of the two buttons
	Submit      string // "Set for today"
	Filled      bool
	Note, Error string
	Chips       *ChipsView
}

// LevelState says where a level of the list stands.
type LevelState string

// States of a level.
const (
	LevelPast    LevelState = "past"
	LevelCurrent LevelState = "cur"
	LevelNext    LevelState = "next"
	LevelFar     LevelState = "far"
)

// LevelItem is one written level.
type LevelItem struct {
	Level   int
	State   LevelState
	Title   string
	Text    string
	Here    string   // "You are here", "Next": small word beside the title
	Noticed []string // chips: "You", "14 uses"
	Proof   *ProofView
	Action  *ButtonForm
}

// ProofView is "how it was noticed" under the current level.
type ProofView struct {
	Title string
	Lines []ProofLine
}

// ProofLine is one way of noticing; Icon is "check" when it happened.
type ProofLine struct {
	Icon string
	Text string
}

// LevelListView is the list of a skill's levels, lowest first.
type LevelListView struct {
	Of    int
	Items []LevelItem
}

// Slot is one place of a collection: found (Title) or open.
type Slot struct {
	Title, Text string
	Chip        string // "Kept"
	ChipLearn   bool   // in the learning tint
	Action      *ButtonForm
	Rate        *RateForm // how it was, once it was used
	OpenLabel   string    // of an open slot: "Third way: still open. It has no date."
	URL         string    // of an open slot
}

// RateForm asks how something was, in a form of its own.
type RateForm struct {
	ID, Action, Name, Label, Submit string
	Hidden                          map[string]string
	Options                         []Option
}

// SlotsView is a collection: things to learn or find, without a date.
type SlotsView struct {
	Items []Slot
}

// ButtonView is a button, or a link that looks like one when URL is set.
type ButtonView struct {
	Label   string
	Variant string // "pri", "quiet", "sml", "lg", "sq", space separated
	URL     string
	Icon    string // name, may be empty
	Key     string // key cap shown at its right
	Name    string
	Value   string
	Type    string // of a button: "submit" (the default), "button"
	Aria    string // accessible name when Label is not enough
	Attrs   templ.Attributes
}

// ButtonForm is a button in a form of its own.
type ButtonForm struct {
	Action string
	Hidden map[string]string
	Button ButtonView
}

// PanelView is a framed section with a heading; it takes children.
type PanelView struct {
	ID       string // of the heading; "" makes none
	Title    string
	Aside    string // small text at the right of the heading
	AsideURL string // makes it a link
	Rows     bool   // children are list items
	Tint     string // "g" gold, "l" learning, "" none
}

// SayView is the sentence that opens a page: the answer in bold, then what it rests on.
type SayView struct {
	Answer, Rest string
	Head         bool // inside the answer panel, above the numbers
}

// Number is one figure of the strip.
type Number struct {
	Label string
	Value string
	Unit  string   // small, beside the value
	Sub   string   // small, below
	Gauge *float64 // the chance: with the half circle, Value in words, Sub the per cent
}

// NumbersView is the strip of four or three figures.
type NumbersView struct {
	Items []Number
}

// EmptyStateView says what will stand here, and offers the one thing to do.
type EmptyStateView struct {
	Title, Text string
	Action      *ButtonView
}

// PagerView leads through a long list.
type PagerView struct {
	Label            string // "Pages"
	Prev, Next       string // words
	PrevURL, NextURL string
	Where            string // "26 to 50 of 120"
}
