package policy

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tandem"
)

func TestAListShowsExactlyWhatCanBeOpened(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := tandem.Actor{
			Person:    rapid.SampledFrom([]tandem.PersonID{0, ana, 2, 3}).Draw(t, "person"),
			Workspace: rapid.SampledFrom([]tandem.WorkspaceID{0, 0, here, there}).Draw(t, "bound"),
			Suspended: rapid.IntRange(0, 9).Draw(t, "suspended") == 0,
			Source:    rapid.SampledFrom([]string{"session", "session", "token", "local"}).Draw(t, "source"),
			Roles:     map[tandem.WorkspaceID]tandem.Role{},
		}
		for _, ws := range []tandem.WorkspaceID{here, there} {
			if r := rapid.SampledFrom([]tandem.Role{"", "king", tandem.RoleOwner, tandem.RoleCoordinator, tandem.RoleLead, tandem.RoleMember, tandem.RoleGuest}).Draw(t, "role"); r != "" {
				a.Roles[ws] = r
			}
		}
		if a.Source == "token" {
			a.Token = 70
			a.Scopes = rapid.SliceOfN(rapid.SampledFrom([]string{"all", "read:goals", "write:goals", "read:people", "read:practice", "read:metrics"}), 0, 3).Draw(t, "scopes")
		}
		act := rapid.SampledFrom(allActions).Draw(t, "action")
		r := Resource{
			Kind:       rapid.SampledFrom(allKinds).Draw(t, "kind"),
			Workspace:  rapid.SampledFrom([]tandem.WorkspaceID{0, here, there}).Draw(t, "workspace"),
			Owner:      rapid.SampledFrom([]tandem.PersonID{0, ana, 2, 3}).Draw(t, "owner"),
			Visibility: rapid.SampledFrom(append([]tandem.Visibility{"", "public"}, visibilities...)).Draw(t, "visibility"),
			Role:       rapid.SampledFrom([]tandem.Role{"", "king", tandem.RoleOwner, tandem.RoleMember, tandem.RoleLead}).Draw(t, "target"),
		}
		s := ScopeOf(a, act, r.Kind, r.Workspace)
		d := Decide(a, act, r)
		if s.Has(r) != (d.Answer == Allow) {
			t.Fatalf("list %v, object %v", s.Has(r), d)
		}
		if s.Nothing() && s.Has(r) {
			t.Fatal("nothing holds something")
		}
		if s.Everything() && !s.Has(r) {
			t.Fatal("everything lacks something")
		}
	})
}

func TestAScopeSaysWhichVisibilitiesItOpens(t *testing.T) {
	s := ScopeOf(ben(), Read, Goal, here)
	if !s.Own || s.Person != ben().Person || !s.Opens(tandem.ByUnit) || !s.Opens(tandem.ByWorkspace) || s.Opens(tandem.ByLifelines) || s.Opens(tandem.OnlyMe) || s.Opens("public") {
		t.Errorf("%+v", s)
	}
	if s := ScopeOf(ben(), Read, Learning, here); !s.Own || s.Opens(tandem.ByWorkspace) {
		t.Errorf("the story is the owner's: %+v", s)
	}
	if s := ScopeOf(elsewhere(), Read, Goal, here); s != (Scope{}) {
		t.Errorf("%+v", s)
	}
}

func TestALearningGoalIsForItsOwnerAndLifelinesUntilSaidOtherwise(t *testing.T) {
	for _, w := range []tandem.WorkspaceKind{tandem.PersonalSpace, tandem.TeamSpace, tandem.OrgSpace} {
		if v := DefaultVisibility(tandem.KindLearning, w); v != tandem.ByLifelines {
			t.Errorf("%s: %s", w, v)
		}
	}
	if v := DefaultVisibility(tandem.KindPerformance, tandem.TeamSpace); v != tandem.ByWorkspace {
		t.Error(v)
	}
	if v := DefaultVisibility(tandem.KindPerformance, tandem.PersonalSpace); v != tandem.OnlyMe {
		t.Error(v)
	}
}

func TestADecisionAsAnErrorTellsNoMoreThanItMay(t *testing.T) {
	if err := (Decision{Answer: Allow}).Err(Goal); err != nil {
		t.Error(err)
	}
	hidden := (Decision{}).Err(Goal)
	if absent := tandem.NotFound("goal"); hidden.Error() != absent.Error() || tandem.KindOf(hidden) != tandem.KindNotFound {
		t.Errorf("hidden %v, absent %v", hidden, absent)
	}
	var e *tandem.Error
	err := Decide(token(anaHerself(), "read:goals"), Change, thing(Goal, tandem.OnlyMe)).Err(Goal)
	if !errors.As(err, &e) || e.Kind != tandem.KindDenied || e.Code != "scope_missing" || e.Args["scope"] != "write:goals" {
		t.Error(err)
	}
	if err := Decide(ben(), Change, thing(Goal, tandem.ByWorkspace)).Err(Goal); !errors.As(err, &e) || e.Code != "only_owner" || e.Args["noun"] != "goal" {
		t.Error(err)
	}
}

func TestDecidingHardlyAllocates(t *testing.T) {
	a, r := ben(), thing(Goal, tandem.ByWorkspace)
	if n := testing.AllocsPerRun(100, func() { Decide(a, Change, r) }); n > 1 {
		t.Errorf("%v allocations", n)
	}
}

func TestATableWithAFaultIsRefused(t *testing.T) {
	lines := strings.Split(strings.TrimSuffix(tableText, "\n"), "\n")
	last := lines[len(lines)-1]
	cases := map[string]string{
		"a row twice":              tableText + last + "\n",
		"a cell missing":           tableText + last[:strings.LastIndex(last, "\t")] + "\n",
		"a word that is no answer": strings.Replace(tableText, "\tallow\t", "\tmaybe\t", 1),
		"a kind that is none":      strings.Replace(tableText, "\ntoday\t", "\ntomorrow\t", 1),
		"a visibility of no goal":  strings.Replace(tableText, "\tonly_me\t", "\tupper\t", 1),
		"columns in another order": strings.Replace(tableText, "owner\tmember\t", "member\towner\t", 1),
	}
	for name, text := range cases {
		if text == tableText {
			t.Fatalf("%s: nothing planted", name)
		}
		if _, err := parse(text); err == nil {
			t.Error(name)
		}
	}
	if _, err := parse(tableText); err != nil {
		t.Error(err)
	}
}

func BenchmarkDecide(b *testing.B) {
	a, r := ben(), thing(Goal, tandem.ByWorkspace)
	for b.Loop() {
		Decide(a, Change, r)
	}
}
