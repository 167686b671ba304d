package coach

// Body tells whether a text is about body weight, calories or looks, in whatever words: no child or teen sets
// such a result. It is generous: rather one harmless text too many than a diet. Cooking, eating well, sport and
// strength are no such text.
func Body(text string) bool {
	ws := scan(text)
	mark(ws)
	unit, free := false, false
	for i := range ws {
		if ws[i].is(body) {
			return true
		}
		unit = unit || ws[i].is(bodyunit)
		free = free || ws[i].is(bodyfree)
	}
	return unit && !free
}
