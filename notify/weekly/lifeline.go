package weekly

import (
	"tandem"
	"tandem/app"
)

// LifelinePath is the page of a lifeline, or of the exchange of its week.
func LifelinePath(id tandem.LifelineID, exchange bool) string {
	path := "/lifelines/" + id.String()
	if exchange {
		path += "/exchange"
	}
	return path
}

// lives says what waits in lifelines: the question of each, and who wrote what kind of thing, never its words.
func (w *writer) lives(l app.Letter) {
	if len(l.Lives) == 0 {
		return
	}
	w.head(w.lang.T("life.today"))
	var rows []row
	for _, x := range l.Lives {
		ask := row{w.lang.T("mail.life.question", tandem.Args{"names": w.lang.List(x.With), "text": x.Question}), w.lang.T("mail.life.answer"), LifelinePath(x.ID, true)}
		if x.Answered {
			ask.words, ask.path = w.lang.T("mail.life.open"), LifelinePath(x.ID, false)
		}
		rows = append(rows, ask)
		for _, c := range x.Calls {
			text := w.lang.T("mail.life."+c.Kind, tandem.Args{"name": c.Name, "n": c.After, "words": c.Words})
			rows = append(rows, row{text, w.lang.T("mail.life.open"), LifelinePath(x.ID, false)})
		}
	}
	w.list(rows)
}
