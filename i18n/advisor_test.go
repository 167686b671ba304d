package i18n_test

import (
	"testing"

	"tandem/advise/advisor"
	"tandem/i18n"
)

func TestEveryAdviceHasItsWords(t *testing.T) {
	want := func(key string) {
		t.Helper()
		if !i18n.Has(key) {
			t.Errorf("the catalogue has no %q", key)
		}
	}
	for _, r := range advisor.Rules() {
		want(advisor.Advice{Rule: r}.Reason())
	}
	for _, m := range advisor.Modifiers() {
		want(m.Word())
	}
	for _, s := range advisor.Sources() {
		want(s.Strength.Word())
	}
	for _, c := range []advisor.Confidence{advisor.Strong, advisor.Moderate, advisor.WeakModerate, advisor.Weak, advisor.Judgement} {
		want(c.Word())
	}
	for _, name := range advisor.Asked() {
		want(name.Question())
		s, _ := advisor.SpecOf(name)
		for _, v := range s.Values {
			want(name.Answer(v))
		}
	}
	for _, o := range []advisor.Origin{advisor.FromDefault, advisor.FromPerson, advisor.FromHistory, advisor.FromWords, advisor.FromProfile} {
		want(o.Word())
	}
}
