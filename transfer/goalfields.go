package transfer

// The columns of a file of goals, by the names of our own header.
const (
	goalExternalID  Field = "external_id"
	goalParent      Field = "parent_external_id"
	goalForm        Field = "form"
	goalReachedWhen Field = "reached_when"
	goalKind        Field = "kind"
	goalTitle       Field = "title"
	goalDescription Field = "description"
	goalOwner       Field = "owner_email"
	goalArea        Field = "area"
	goalStatus      Field = "status"
	goalVisibility  Field = "visibility"
	goalMeasure     Field = "measure"
	goalUnit        Field = "unit"
	goalDirection   Field = "direction"
	goalBaseline    Field = "baseline"
	goalCommit      Field = "commit"
	goalTarget      Field = "target"
	goalStretch     Field = "stretch"
	goalStart       Field = "start_date"
	goalDue         Field = "due_date"
	goalReview      Field = "review_date"
	goalSkill       Field = "skill"
	goalLevelNow    Field = "level_now"
	goalLevelAim    Field = "level_aim"
	goalFuels       Field = "fuels_external_ids"
	goalServes      Field = "serves_external_ids"
	goalWeight      Field = "weight"
	goalTags        Field = "tags"
	goalPeriod      Field = "period"    // of a rate or a ratio
	goalNumerator   Field = "numerator" // of a ratio: the names of its parts
	goalDenominator Field = "denominator"
	goalPercent     Field = "percent" // of a ratio: yes where it counts in hundredths

	// of other tools
	goalPeople     Field = "individual_emails" // Culture Amp
	goalCompletion Field = "completion"        // Culture Amp: share done, 0 to 1
	goalMetricType Field = "metric_type"       // xto10x
	goalUnused     Field = "unused"            // known, and without a place here
)

// goalHeader is our own header, in the order in which it is written.
var goalHeader = [...]Field{
	goalExternalID, goalParent, goalForm, goalReachedWhen, goalKind, goalTitle, goalDescription, goalOwner, goalArea,
	goalStatus, goalVisibility, goalMeasure, goalUnit, goalDirection, goalBaseline, goalCommit, goalTarget, goalStretch,
	goalStart, goalDue, goalReview, goalSkill, goalLevelNow, goalLevelAim, goalFuels, goalServes, goalWeight, goalTags,
	goalPeriod, goalNumerator, goalDenominator, goalPercent,
}

// goalWords lists what the columns of goals are called: our own names in English and German first, then
// the templates of Culture Amp, xto10x and Engagedly. "name" and "ziel" are titles here, though both
// name a number in a file of values.
var goalWords = []synonym{
	{"externalid", goalExternalID}, {"externeid", goalExternalID}, {"goalidentifier", goalExternalID},
	{"parentexternalid", goalParent}, {"übergeordnet", goalParent},
	{"form", goalForm},
	{"reachedwhen", goalReachedWhen}, {"erreichtwenn", goalReachedWhen},
	{"kind", goalKind}, {"art", goalKind},
	{"title", goalTitle}, {"titel", goalTitle}, {"goal", goalTitle}, {"ziel", goalTitle}, {"objectivetitle", goalTitle},
	{"name", goalTitle},
	{"description", goalDescription}, {"beschreibung", goalDescription}, {"notes", goalDescription},
	{"owneremail", goalOwner}, {"verantwortlich", goalOwner}, {"owneremailid", goalOwner},
	{"assignerowneremailid", goalOwner}, {"email", goalOwner},
	{"area", goalArea}, {"bereich", goalArea},
	{"status", goalStatus}, {"stand", goalStatus},
	{"visibility", goalVisibility}, {"sichtbarkeit", goalVisibility}, {"sichtbar", goalVisibility},
	{"measure", goalMeasure}, {"zahl", goalMeasure}, {"messgröße", goalMeasure}, {"kennzahl", goalMeasure},
	{"metricname", goalMeasure}, {"metric", goalMeasure},
	{"unit", goalUnit}, {"einheit", goalUnit},
	{"direction", goalDirection}, {"richtung", goalDirection},
	{"baseline", goalBaseline}, {"ausgangswert", goalBaseline}, {"startwert", goalBaseline}, {"metricstartvalue", goalBaseline},
	{"commit", goalCommit}, {"zugesagt", goalCommit},
	{"target", goalTarget}, {"zielwert", goalTarget}, {"metrictargetvalue", goalTarget},
	{"stretch", goalStretch}, {"traumwert", goalStretch},
	{"startdate", goalStart}, {"beginn", goalStart}, {"startdatum", goalStart}, {"createdat", goalStart},
	{"duedate", goalDue}, {"frist", goalDue}, {"fällig", goalDue}, {"fälligam", goalDue}, {"enddate", goalDue},
	{"enddatum", goalDue}, {"dueat", goalDue},
	{"reviewdate", goalReview}, {"rückblick", goalReview},
	{"skill", goalSkill}, {"fähigkeit", goalSkill},
	{"levelnow", goalLevelNow}, {"stufejetzt", goalLevelNow},
	{"levelaim", goalLevelAim}, {"zielstufe", goalLevelAim},
	{"fuelsexternalids", goalFuels}, {"servesexternalids", goalServes},
	{"weight", goalWeight}, {"gewicht", goalWeight},
	{"tags", goalTags}, {"schlagwörter", goalTags},
	{"period", goalPeriod}, {"zeitraum", goalPeriod},
	{"numerator", goalNumerator}, {"zähler", goalNumerator}, {"denominator", goalDenominator}, {"nenner", goalDenominator},
	{"percent", goalPercent}, {"prozent", goalPercent},
	{"individualemails", goalPeople}, {"completion", goalCompletion}, {"metrictype", goalMetricType},
	{"priority", goalUnused}, {"notificationfrequency", goalUnused}, {"checkintype", goalUnused},
}

// A word is what a cell with fixed words may say, plain (see plainHeader).
type word struct{ plain, means string }

// The words of each such column: ours in English and German, then those of others. Culture Amp's
// manager is nobody's circle here; the narrower one is taken, for an import must not show more.
var (
	kindWords = []word{{"performance", "performance"}, {"learning", "learning"}, {"result", "performance"},
		{"ergebnis", "performance"}, {"lernen", "learning"}, {"lernziel", "learning"}}
	formWords = []word{{"reading", "reading"}, {"total", "total"}, {"rate", "rate"}, {"ratio", "ratio"},
		{"stand", "reading"}, {"summe", "total"}, {"verhältnis", "ratio"}}
	periodWords = []word{{"day", "day"}, {"week", "week"}, {"month", "month"}, {"quarter", "quarter"}, {"year", "year"},
		{"tag", "day"}, {"woche", "week"}, {"monat", "month"}, {"quartal", "quarter"}, {"jahr", "year"}}
	percentWords   = []word{{"yes", "yes"}, {"no", "no"}, {"ja", "yes"}, {"nein", "no"}, {"true", "yes"}, {"false", "no"}}
	directionWords = []word{{"up", "up"}, {"down", "down"}, {"within", "within"}, {"keepwithin", "within"},
		{"increase", "up"}, {"decrease", "down"}, {"keep", "within"}, {"hoch", "up"}, {"mehr", "up"}, {"runter", "down"},
		{"weniger", "down"}, {"halten", "within"}}
	statusWords = []word{{"draft", "draft"}, {"offered", "offered"}, {"active", "active"}, {"paused", "paused"},
		{"closed", "closed"}, {"resting", "resting"}, {"released", "released"}, {"created", "draft"}, {"ongoing", "active"},
		{"blocked", "paused"}, {"accomplished", "closed"}, {"entwurf", "draft"}, {"angeboten", "offered"},
		{"aktiv", "active"}, {"pausiert", "paused"}, {"abgeschlossen", "closed"}, {"ruht", "resting"},
		{"losgelassen", "released"}}
	visibilityWords = []word{{"onlyme", "only_me"}, {"lifelines", "lifelines"}, {"unit", "unit"}, {"workspace", "workspace"},
		{"owner", "only_me"}, {"manager", "only_me"}, {"everyone", "workspace"}, {"nurich", "only_me"}, {"alle", "workspace"}}
	reachedWords = []word{{"total", "total"}, {"once", "once"}, {"attheend", "at_the_end"}, {"held", "held"}, {"kept", "kept"},
		{"summe", "total"}, {"einmal", "once"}, {"amende", "at_the_end"}, {"gehalten", "held"}, {"eingehalten", "kept"}}
	metricTypeWords = []word{{"number", "reading"}, {"numeric", "reading"}, {"percentage", "reading"}, {"percent", "reading"},
		{"currency", "reading"}}
)

// meaning gives what a cell's word means, "" for none of them.
func meaning(cell string, words []word) string {
	plain := plainHeader(cell)
	for _, w := range words {
		if w.plain == plain {
			return w.means
		}
	}
	return ""
}

// allowed lists our own words of a column, each once, for a problem that names them.
func allowed(words []word) []string {
	var out []string
	seen := map[string]bool{}
	for _, w := range words {
		if !seen[w.means] {
			seen[w.means] = true
			out = append(out, w.means)
		}
	}
	return out
}
