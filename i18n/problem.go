package i18n

import "fmt"

// A Problem says why a typed number, date or duration cannot be read: Code names the sentence
// "error.<Code>" of the catalogue, Args fill it. Args["suggestion"], where it is there, is the text
// that would have been accepted; a page offers it with one tap.
type Problem struct {
	Code string
	Args Args
}

func (p *Problem) Error() string {
	if len(p.Args) == 0 {
		return p.Code
	}
	return fmt.Sprintf("%s %v", p.Code, p.Args)
}
