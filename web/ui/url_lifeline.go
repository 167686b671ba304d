package ui

// LifelinesURL is the list of lifelines; page is "", "new" or "words".
func LifelinesURL(page string) string {
	if page == "" {
		return "/lifelines"
	}
	return at("lifelines", page)
}

// LifelineURL is a lifeline, a page of it or a POST target under it.
func LifelineURL(id string, parts ...string) string {
	return at(append([]string{"lifelines", id}, parts...)...)
}

// LifelineReplyURL is a lifeline with its form about one note.
func LifelineReplyURL(id, note string) string { return LifelineURL(id) + "?about=" + note + "#say" }

// LifelineJoinURL is an invitation to a lifeline.
func LifelineJoinURL(code string) string { return at("join", "lifeline", code) }

// NoteURL takes a POST that says what becomes of a note.
func NoteURL(id string) string { return at("notes", id) }
