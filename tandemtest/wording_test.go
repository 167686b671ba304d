package tandemtest_test

import (
	"strings"
	"testing"

	"tandem/tandemtest"
)

func TestWordsThatNoPageMaySayAreFound(t *testing.T) {
	for _, text := range []string{
		"The median is 4.", "Der Median liegt bei 4.", "A 95 % confidence interval of 1 to 3", "Das Konfidenzintervall", "statistically significant", "nicht signifikant",
		"p-value 0.03", "Two standard deviations", "Die Standardabweichung", "Brier score 0.1", "20 placebos", "1,000 simulated paths", "Regression to the mean", "the prior is flat",
		"It boosted your sales.", "+4 because of the questions", "This led to 3 more", "Es führte zu 3 mehr", "Wegen der Fragen", "Dank deiner Fragen", "The effect of asking", "caused by rain", "verursacht durch Regen",
		"You failed.", "gescheitert", "Das Ziel wurde verfehlt, du hast versagt",
	} {
		if len(tandemtest.Wording(text)) == 0 {
			t.Errorf("nothing is said against %q", text)
		}
		page := tandemtest.HTML(t, "<main><p>"+text+"</p></main>")
		if len(page.Wording()) == 0 {
			t.Errorf("nothing is said against %q on a page", text)
		}
		if page := tandemtest.HTML(t, "<main><div>"+text+"</div><p>Nothing.</p></main>"); len(page.Wording()) == 0 {
			t.Errorf("nothing is said against %q outside of a block", text)
		}
		if page := tandemtest.HTML(t, `<main><svg aria-label="`+text+`"></svg></main>`); len(page.Wording()) == 0 {
			t.Errorf("nothing is said against %q where it is read aloud", text)
		}
	}
	for _, text := range []string{
		"4.5 more since level 2, maybe more than chance.", "Many simulated ways from the values so far.", "20 placebos, that is 20 false starts", "Zahlen bewegen", "sich bewegen", "The likely range, an interval, is 3 to 5.",
		"Vielen Dank", "What moved the chance", "Missed, and much was gained.",
	} {
		if f := tandemtest.Wording(text); len(f) != 0 {
			t.Errorf("%s", strings.Join(f, "; "))
		}
	}
}
