package ui

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"
)

// kindWord is what screen readers hear before the name of a pinned goal.
func (v ShellView) kindWord(k Kind) string {
	if k == Result {
		return v.Words.ResultWord
	}
	return v.Words.LearnWord
}

// goKey is the letter that leads to a menu entry after G.
func goKey(key string) string {
	if key == "" {
		return ""
	}
	if key == "life" {
		return "p"
	}
	if key == "team" {
		return "m"
	}
	return key[:1]
}

// tabNav gives the entries of the phone's tab bar: at most four, the last of a longer menu kept.
func tabNav(v ShellView) []NavItem {
	if len(v.Nav) <= 4 {
		return v.Nav
	}
	return append(slices.Clone(v.Nav[:3]), v.Nav[len(v.Nav)-1])
}

// tabAdd is the place of the new goal in the tab bar: its middle.
func tabAdd(v ShellView) int { return (len(tabNav(v)) + 1) / 2 }

// tabClass sets the number of columns.
func tabClass(v ShellView) string { return "n" + strconv.Itoa(len(tabNav(v))) }

func sortedKeys(m map[string]string) []string {
	return slices.Sorted(maps.Keys(m))
}

// keyOrder sorts key caps: single letters first, then combinations.
func keyOrder(m map[string]string) []string {
	keys := slices.Collect(maps.Keys(m))
	slices.SortFunc(keys, func(a, b string) int {
		if len(a) != len(b) {
			return len(a) - len(b)
		}
		return strings.Compare(a, b)
	})
	return keys
}

// describedBy joins the ids of a field's hint and error.
func (v FieldView) describedBy() string {
	var ids []string
	if v.Hint != "" {
		ids = append(ids, v.ID+"-hint")
	}
	if v.Error != "" {
		ids = append(ids, v.ID+"-error")
	}
	return strings.Join(ids, " ")
}

// inputAttrs are the attributes that every form of a field shares.
func (v FieldView) inputAttrs() templ.Attributes {
	a := templ.Attributes{}
	for k, x := range v.Attrs {
		a[k] = x
	}
	if d := v.describedBy(); d != "" {
		a["aria-describedby"] = d
	}
	if v.Error != "" {
		a["aria-invalid"] = "true"
	}
	if v.Required {
		a["required"] = true
	}
	if v.Placeholder != "" {
		a["placeholder"] = v.Placeholder
	}
	if v.Autocomplete != "" {
		a["autocomplete"] = v.Autocomplete
	}
	if v.InputMode != "" {
		a["inputmode"] = v.InputMode
	}
	return a
}

// inputType is the type of a one-line input.
func (v FieldView) inputType() string {
	if v.Type == "" {
		return "text"
	}
	return v.Type
}

// rows is the height of a text area in lines.
func (v FieldView) rows() string { return strconv.Itoa(max(v.Rows, 2)) }

// labelClass hides a label from the eye alone.
func (v FieldView) labelClass() string {
	if v.HideLabel {
		return "sr"
	}
	return ""
}

// classes joins the words of a class attribute.
func classes(parts ...string) string {
	return strings.TrimSpace(strings.Join(parts, " "))
}

// only gives the word when on.
func only(on bool, word string) string {
	if on {
		return word
	}
	return ""
}
