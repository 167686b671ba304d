package coach

// A Kind is what a text is about.
type Kind string

const (
	Performance Kind = "performance" // a result of the world
	Learning    Kind = "learning"    // something to be able to do, or to find out
	Both        Kind = "both"        // a result part and a learning part
	Todo        Kind = "todo"        // a step of one sitting
	Vague       Kind = "vague"       // none of these yet
)

// A Check is the id of one check, as label files and documentation write it.
type Check string

// The checks, in the order of the table.
const (
	TODO          Check = "TODO"
	VagueVerb     Check = "VAGUE_VERB"
	NoMeasure     Check = "NO_MEASURE"
	NoDeadline    Check = "NO_DEADLINE"
	NoBaseline    Check = "NO_BASELINE"
	OthersControl Check = "OTHERS_CONTROL"
	Compare       Check = "COMPARE"
	Avoid         Check = "AVOID"
	Absolute      Check = "ABSOLUTE"
	Multi         Check = "MULTI"
	Habit21       Check = "HABIT_21"
	Trait         Check = "TRAIT"
	NoSkill       Check = "NO_SKILL"
	NoEvidence    Check = "NO_EVIDENCE"
	NoActivity    Check = "NO_ACTIVITY"
	NoAlign       Check = "NO_ALIGN"
	LearnLoop     Check = "LEARN_LOOP"
	NoPartner     Check = "NO_PARTNER"
	TwoHard       Check = "TWO_HARD"
	NoReview      Check = "NO_REVIEW"
	NoMilestone   Check = "NO_MILESTONE"
	TooHard       Check = "TOO_HARD"
	TooEasy       Check = "TOO_EASY"
	TooSoon       Check = "TOO_SOON"
	StretchRisk   Check = "STRETCH_RISK"
	TooMany       Check = "TOO_MANY"
	Tunnel        Check = "TUNNEL"
)

// A Severity says how much a message matters: a blocker keeps a goal in draft while it is shared with or
// assigned to others, and never blocks saving.
type Severity string

const (
	Blocker Severity = "B"
	Worth   Severity = "W"
	Hint    Severity = "H"
)

// A Scope says what a check needs: the text, the goal's fields or history, or first the text and later the
// fields.
type Scope string

const (
	OfText  Scope = "T"
	OfFacts Scope = "F"
	OfBoth  Scope = "T/F"
)

// A Rule is the row of one check. About is "performance", "learning", "pair" or "any". Evidence are keys of
// the evidence table, empty for judgement. Message is the key of its sentence; Child that of a child, empty
// where the check does not run for children. Fix is the code of its one button, whose label is the message
// "coach.fix.<code>".
type Rule struct {
	Check    Check
	About    string
	Scope    Scope
	Severity Severity
	Trigger  string // in words, for the documentation
	Evidence string
	Fix      Fix
	Child    bool
	Example  string // a text that fires it, empty for checks of facts
}

// A Fix is the code of a button.
type Fix string

const (
	FixMakeTask  Fix = "make_task"  // keep it as a task, name the goal
	FixSignal    Fix = "signal"     // ask what would be seen
	FixMeasure   Fix = "measure"    // ask for a number or a yes or no
	FixDeadline  Fix = "deadline"   // ask for a date
	FixBaseline  Fix = "baseline"   // ask where it stands
	FixOwnAction Fix = "own_action" // outcome as result, own action as number, skill as learning goal
	FixOwnPast   Fix = "own_past"   // against the own last result
	FixInstead   Fix = "instead"    // ask what instead
	FixNineOfTen Fix = "nine_of_ten"
	FixSplit     Fix = "split"
	FixTenWeeks  Fix = "ten_weeks"
	FixDo        Fix = "do" // ask for something to do
	FixSkill     Fix = "skill"
	FixEvidence  Fix = "evidence"
	FixActivity  Fix = "activity"
	FixAlign     Fix = "align"
	FixTryIt     Fix = "try_it"
	FixPartner   Fix = "partner"
	FixEasier    Fix = "easier"
	FixReview    Fix = "review"
	FixStep      Fix = "step"
	FixStretch   Fix = "as_stretch"
	FixBolder    Fix = "bolder"
	FixLater     Fix = "later"
	FixNoStretch Fix = "no_stretch"
	FixPause     Fix = "pause"
	FixGuard     Fix = "guard"
)

// rules is the table of the checks; the order decides between messages of one severity.
var rules = []Rule{
	{TODO, "any", OfText, Worth, "one action of a single sitting: no result, no skill, no rhythm", "", FixMakeTask, true, "Buy running shoes"},
	{VagueVerb, "any", OfText, Worth, "a verb or adjective without an end (improve, get better, work on, more), and no number, yes or no, or proof", "LL02", FixSignal, true, "Improve delivery times"},
	{NoMeasure, "performance", OfText, Blocker, "a result without a number and without a yes or no that can be checked", "LL02", FixMeasure, false, "Better meetings"},
	{NoDeadline, "performance", OfText, Blocker, "a result without a date, stretch, event or rhythm", "LL02", FixDeadline, false, "Lose 10 pounds"},
	{NoBaseline, "performance", OfBoth, Worth, "a change by or to an amount, and not from what; of the fields: no value of where it stands", "", FixBaseline, false, "Lose 20 pounds in 3 months"},
	{OthersControl, "performance", OfText, Worth, "a result that other people decide: promotion, prize, sales, clients, income, followers, votes, funding", "HAR16", FixOwnAction, false, "Make 20 sales this month"},
	{Compare, "any", OfText, Hint, "other people are the standard: first place, beat, better than others", "NOO21", FixOwnPast, true, "Be more successful than my brother"},
	{Avoid, "any", OfText, Hint, "says what not to do: stop, quit, never, no more", "VY14", FixInstead, true, "Stop being lazy"},
	{Absolute, "any", OfText, Hint, "all or nothing: always, never, perfect, no mistakes", "SS17", FixNineOfTen, true, "Never miss a deadline again"},
	{Multi, "any", OfText, Worth, "two or more separate results, joined by and, ; or +; not a result with its proof or its activity", "DS12", FixSplit, false, "Double newsletter subscribers and launch the podcast by September"},
	{Habit21, "any", OfText, Hint, "says that 21 days or three weeks make or break a habit", "LAL10, SIN24", FixTenWeeks, false, "Review my class notes daily so it becomes a habit in 21 days"},
	{Trait, "any", OfText, Worth, "aims at being, proving or not being a kind of person", "MD98", FixDo, true, "Become smarter"},
	{NoSkill, "learning", OfText, Blocker, "what is to be learned is a filler (more, things, everything) or a whole field", "", FixSkill, true, "Learn about business"},
	{NoEvidence, "learning", OfBoth, Worth, "no test, demonstration, product, feedback, number solved, level or self-rating", "ZK14", FixEvidence, false, "Learn how to code in Python"},
	{NoActivity, "learning", OfBoth, Worth, "no how: course, mentor, practice, minutes, book, sessions, exercises, trying", "", FixActivity, true, "Learn to cook healthful meals"},
	{NoAlign, "learning", OfFacts, Hint, "not linked to a goal, a value or joy, 14 days after its start", "", FixAlign, false, ""},
	{LearnLoop, "learning", OfFacts, Hint, "8 hours or more logged, no use in 56 days, not for joy", "", FixTryIt, false, ""},
	{NoPartner, "performance", OfFacts, Worth, "advice was a pair or learning, ability is not high, and no active learning goal is linked", "SLTL04", FixPartner, false, ""},
	{TwoHard, "pair", OfFacts, Worth, "the chance of the result is under 50 %, and its learning goal aims two or more levels up or plans over 150 minutes a week", "MLW15", FixEasier, false, ""},
	{NoReview, "learning", OfFacts, Worth, "no next look, or it is more than 35 days away (14 if much changes)", "", FixReview, false, ""},
	{NoMilestone, "any", OfFacts, Hint, "more than 42 days to go, and no step due in the next 14", "BS81, LS99", FixStep, false, ""},
	{TooHard, "performance", OfFacts, Worth, "a chance under 15 % from 5 values or more, or a target more than half beyond the best of the last 8 periods, or an own confidence of 2 or less of 10", "GAR17, HK21", FixStretch, true, ""},
	{TooEasy, "performance", OfFacts, Hint, "a chance over 90 % at the start from 5 values or more, and no floor", "EP17", FixBolder, false, ""},
	{TooSoon, "performance", OfFacts, Hint, "a deadline earlier than a quarter of own similar goals took", "BGR94", FixLater, false, ""},
	{StretchRisk, "performance", OfFacts, Worth, "a stretch while the last two goals were missed, the weeks look heavy, or there are too many goals", "SIT11", FixNoStretch, false, ""},
	{TooMany, "any", OfFacts, Worth, "more active goals than 5 (3 of them results) for an adult, 3 for a teen, 2 for a child", "DS12, MLW15", FixPause, true, ""},
	{Tunnel, "performance", OfFacts, Worth, "a number of money, speed or quantity, in a team or organisation, without a guard", "ORD09", FixGuard, false, ""},
}

// Rules gives the table of the checks in its order.
func Rules() []Rule { return append([]Rule(nil), rules...) }
