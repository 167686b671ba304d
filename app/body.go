package app

import (
	"context"
	"strings"

	"tandem"
	"tandem/advise/coach"
)

// A named text is one of those that together say what a number or a result is about.
type namedText struct{ field, text string }

// aboutBody refuses a result or a number about body weight, calories or looks to a child or teen, at the
// field that says so. The texts are read together, since what is lifted is named in one and its kilograms in
// another.
func aboutBody(ctx context.Context, r Reads, texts ...namedText) error {
	all := make([]string, len(texts))
	for i, x := range texts {
		all[i] = x.text
	}
	if !coach.Body(strings.Join(all, "\n")) {
		return nil
	}
	p, err := r.Person(ctx)
	if err != nil || p.AgeBand == tandem.Adult {
		return err
	}
	field := texts[0].field
	for i := len(texts) - 1; i >= 0; i-- {
		if coach.Body(texts[i].text) {
			field = texts[i].field
		}
	}
	return tandem.Invalid(field, "body_minor", nil)
}

// numberTexts gives what a number is called and counts, with the parts of a ratio; fields are named after a
// prefix.
func numberTexts(prefix string, in MetricInput) []namedText {
	return []namedText{{prefix + "name", in.Name}, {prefix + "unit", in.Unit}, {prefix + "numerator", in.Numerator.Name}, {prefix + "denominator", in.Denominator.Name}}
}

// resultAboutBody is aboutBody for a new result on a number that is there, m, or that comes with it.
func resultAboutBody(ctx context.Context, r Reads, in GoalInput, m tandem.Metric) error {
	texts := []namedText{{"title", in.Title}}
	if in.Metric == 0 && in.Number != nil {
		texts = append(texts, numberTexts("number.", *in.Number)...)
	} else {
		texts = append(texts, namedText{"metric", m.Name}, namedText{"metric", m.Unit})
	}
	return aboutBody(ctx, r, texts...)
}
