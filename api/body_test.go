package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"tandem"
	"tandem/app"
)

// A teen's program sets no result or number about the body either, and is told what goes instead.
func TestMinorsSetNoResultAboutTheBodyByAPI(t *testing.T) {
	s := newSite(t)
	kim := s.Minor(t, "Kim", tandem.Teen)
	_, token := s.Token(t, kim, app.TokenInput{Scopes: []string{"all"}})
	const space = "/api/v1"
	for _, title := range []string{"Lose 5 kg by summer", "Bikinifigur", "Eat less than 1200 calories a day"} {
		body := fmt.Sprintf(`{"kind":"performance","title":%q,"number":{"name":"Count"},"target":5,"deadline":"2027-05-01"}`, title)
		a := s.send(token, http.MethodPost, space+"/goals", body).want(http.StatusUnprocessableEntity)
		if !strings.Contains(a.Text, `"body_minor"`) || !strings.Contains(a.Text, "strength, energy, or a skill") {
			t.Errorf("%q: %s", title, a.Text)
		}
		s.send(token, http.MethodPost, space+"/metrics", fmt.Sprintf(`{"name":%q}`, title)).want(http.StatusUnprocessableEntity)
	}
	s.send(token, http.MethodPost, space+"/goals", `{"kind":"learning","title":"Learn to cook healthy meals"}`).want(http.StatusCreated)
	s.send(token, http.MethodPost, space+"/goals", `{"kind":"performance","title":"Do 10 pull-ups","number":{"name":"Pull-ups"},"target":10,"deadline":"2027-05-01"}`).want(http.StatusCreated)
}
