package app_test

import (
	"slices"
	"testing"

	"tandem/app"
)

func (d *desk) draft(t *testing.T, text string, know ...string) app.Draft {
	t.Helper()
	in := app.DraftInput{Text: text, Know: map[string]string{}}
	for i := 0; i+1 < len(know); i += 2 {
		in.Know[know[i]] = know[i+1]
	}
	return must[app.Draft](t)(d.DraftGoal(t.Context(), d.by, d.ws, in))
}

func codes(d app.Draft) (out []string) {
	for _, h := range d.Hints {
		out = append(out, h.Code)
	}
	return out
}

// TestAGoalInOthersHandsIsRewritten marks the words that others decide and offers an own action and a skill
// beside the result; somebody's own doing is left alone.
func TestAGoalInOthersHandsIsRewritten(t *testing.T) {
	d := newDesk(t)
	x := d.draft(t, "Get 5 new clients by 30 June")
	i := slices.IndexFunc(x.Hints, func(h app.DraftHint) bool { return h.Code == "OTHERS_CONTROL" })
	if i < 0 || x.Hints[i].ActionKey == "" || x.Hints[i].SkillKey == "" || len(x.Others) == 0 || x.Advice.Rule != "R5" {
		t.Errorf("drafted %+v", x)
	}
	if x := d.draft(t, "Send 10 tailored proposals by 30 June"); slices.Contains(codes(x), "OTHERS_CONTROL") || len(x.Others) > 0 {
		t.Errorf("own doing: %+v", x.Hints)
	}
}

// TestAToDoIsAskedWhatItIsAStepTo makes no goal of a step and asks what it leads to.
func TestAToDoIsAskedWhatItIsAStepTo(t *testing.T) {
	x := newDesk(t).draft(t, "Buy running shoes")
	if x.Kind != "todo" || x.Result != nil || x.Learning != nil || x.Question == nil || x.Question.Key != "coach.ask.todo" {
		t.Errorf("drafted %+v", x)
	}
}

// TestTheExactSkillIsAskedBack finds no skill in a whole field, and one in a named skill.
func TestTheExactSkillIsAskedBack(t *testing.T) {
	d := newDesk(t)
	if x := d.draft(t, "Learn about business"); x.Kind != "learning" || !slices.Contains(codes(x), "NO_SKILL") {
		t.Errorf("drafted %+v", x)
	}
	if x := d.draft(t, "Learn to price a small job"); slices.Contains(codes(x), "NO_SKILL") {
		t.Errorf("a named skill: %+v", x.Hints)
	}
}

// TestWhatIsKnownDecidesTheKind advises learning for a capability and for what is new and complex, a result for
// what one way leads to; a hard number is warned of where the way is not known.
func TestWhatIsKnownDecidesTheKind(t *testing.T) {
	d := newDesk(t)
	for _, c := range []struct {
		text       string
		know       []string
		kind, rule string
	}{
		{"Learn how to code in Python", nil, "learning", "R3"},
		{"Reach 30 % market share by 30 June 2027", []string{"ability", "low", "complexity", "complex", "control", "mostly_mine"}, "learning", "R4"},
		{"Stay under 2000 € for travel this month", []string{"complexity", "simple", "ability", "medium", "control", "mostly_mine"}, "performance", "R7"},
	} {
		x := d.draft(t, c.text, c.know...)
		if string(x.Advice.Kind) != c.kind || string(x.Advice.Rule) != c.rule {
			t.Errorf("%q %v: %s by %s", c.text, c.know, x.Advice.Kind, x.Advice.Rule)
		}
		if c.rule == "R4" && !slices.Contains(x.Advice.Modifiers, "no_target_yet") {
			t.Errorf("%q: %v", c.text, x.Advice.Modifiers)
		}
	}
}

// TestASpecificLearningGoalBeatsDoingOnesBest takes "3 strategies" as open slots and asks back on "do my best".
func TestASpecificLearningGoalBeatsDoingOnesBest(t *testing.T) {
	d := newDesk(t)
	if x := d.draft(t, "Learn 3 strategies for handling objections"); x.Learning == nil || x.Learning.CollectionSize != 3 {
		t.Errorf("drafted %+v", x.Learning)
	}
	if x := d.draft(t, "Do my best at work"); x.Kind != "vague" || x.Question == nil {
		t.Errorf("drafted %+v", x)
	}
}

// TestADraftKeepsNothing drafts, and finds no goal.
func TestADraftKeepsNothing(t *testing.T) {
	d := newDesk(t)
	x := d.draft(t, "Learn to ask, so that we make 20 sales by 20 December")
	if x.Result == nil || x.Learning == nil || *x.Result.Target != 20 {
		t.Fatalf("drafted %+v", x)
	}
	if all := must[app.GoalPage](t)(d.ListGoals(t.Context(), d.by, d.ws, app.GoalQuery{})); len(all.Items) != 0 {
		t.Errorf("kept %+v", all.Items)
	}
	_, err := d.DraftGoal(t.Context(), d.by, d.ws, app.DraftInput{Text: "Run 5 km", Know: map[string]string{"mood": "good"}})
	wantCode(t, err, "know: know_unknown")
	_, err = d.DraftGoal(t.Context(), d.by, d.ws, app.DraftInput{Text: "Run 5 km", Know: map[string]string{"ability": "none"}})
	wantCode(t, err, "know.ability: one_of")
}
