package tandemtest

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// A selector is a list of alternatives, of which one must match. Understood are tag, *, #id, .class,
// [attr], [attr=value] with =, ^=, $=, *= and ~=, :not(simple), :checked, the joints "a b" and "a > b",
// and "a, b". Anything else is an error, never a silent mismatch.
type selector [][]step

// A step is one compound such as li.open[data-id="3"], with the joint to the step before it.
type step struct {
	child bool // the step before must be the parent, not just above
	tests []func(*html.Node) bool
}

// matches tells whether n matches within root; the elements above root do not count.
func (s selector) matches(n, root *html.Node) bool {
	return slices.ContainsFunc(s, func(steps []step) bool { return matchSteps(steps, n, root) })
}

// matchSteps matches the last step on n and the ones before on the elements above it, trying each.
func matchSteps(steps []step, n, root *html.Node) bool {
	last := steps[len(steps)-1]
	for _, test := range last.tests {
		if !test(n) {
			return false
		}
	}
	if len(steps) == 1 {
		return true
	}
	for up := n.Parent; up != nil && up != root.Parent; up = up.Parent {
		if up.Type == html.ElementNode && matchSteps(steps[:len(steps)-1], up, root) {
			return true
		}
		if last.child {
			return false
		}
	}
	return false
}

// parseSelector reads a selector.
func parseSelector(text string) (selector, error) {
	p := selectorParser{text: text, rest: strings.TrimSpace(text)}
	var s selector
	for {
		steps, err := p.steps()
		if err != nil {
			return nil, err
		}
		s = append(s, steps)
		if p.rest == "" {
			return s, nil
		}
		if p.rest = strings.TrimSpace(p.rest[1:]); p.rest == "" {
			return nil, p.bad("nothing after the comma")
		}
	}
}

type selectorParser struct{ text, rest string }

func (p *selectorParser) bad(why string) error {
	return fmt.Errorf("selector %q: %s at %q", p.text, why, p.rest)
}

// steps reads up to a comma or the end.
func (p *selectorParser) steps() ([]step, error) {
	var steps []step
	for child := false; ; {
		tests, err := p.compound()
		if err != nil {
			return nil, err
		}
		steps = append(steps, step{child, tests})
		p.rest = strings.TrimLeft(p.rest, " \n\t")
		child = strings.HasPrefix(p.rest, ">")
		if child {
			p.rest = strings.TrimLeft(p.rest[1:], " \n\t")
			continue
		}
		if p.rest == "" || p.rest[0] == ',' {
			return steps, nil
		}
	}
}

// compound reads tests that one element must pass all of.
func (p *selectorParser) compound() ([]func(*html.Node) bool, error) {
	var tests []func(*html.Node) bool
	if strings.HasPrefix(p.rest, "*") {
		p.rest = p.rest[1:]
		tests = append(tests, func(*html.Node) bool { return true })
	} else if tag := p.name(); tag != "" {
		tests = append(tests, func(n *html.Node) bool { return strings.EqualFold(n.Data, tag) })
	}
	for p.rest != "" {
		test, err := p.simple()
		if err != nil {
			return nil, err
		}
		if test == nil {
			break
		}
		tests = append(tests, test)
	}
	if len(tests) == 0 {
		return nil, p.bad("an element is expected")
	}
	return tests, nil
}

// simple reads one of #id, .class, [attr] and :pseudo, or returns nil where the compound ends.
func (p *selectorParser) simple() (func(*html.Node) bool, error) {
	kind := p.rest[0]
	switch kind {
	case ' ', '\n', '\t', ',', '>', ')':
		return nil, nil
	case '#', '.', '[', ':':
		p.rest = p.rest[1:]
	default:
		return nil, p.bad("not understood")
	}
	name := p.name()
	if name == "" {
		return nil, p.bad("a name is expected")
	}
	switch kind {
	case '#':
		return attrTest("id", "=", name), nil
	case '.':
		return attrTest("class", "~=", name), nil
	case '[':
		return p.attr(name)
	}
	switch {
	case name == "checked":
		return func(n *html.Node) bool {
			_, checked := attribute(n, "checked")
			_, selected := attribute(n, "selected")
			return checked || selected
		}, nil
	case name == "not" && strings.HasPrefix(p.rest, "("):
		p.rest = p.rest[1:]
		tests, err := p.compound()
		if err != nil || !strings.HasPrefix(p.rest, ")") {
			return nil, p.bad("the end of :not is expected")
		}
		p.rest = p.rest[1:]
		return func(n *html.Node) bool {
			return slices.ContainsFunc(tests, func(test func(*html.Node) bool) bool { return !test(n) })
		}, nil
	}
	return nil, p.bad("no such :" + name)
}

// attr reads the rest of [name], [name=value], [name="a value"] and its likes.
func (p *selectorParser) attr(name string) (func(*html.Node) bool, error) {
	end := strings.IndexByte(p.rest, ']')
	for _, quote := range []string{`"`, `'`} {
		if i := strings.Index(p.rest, "="+quote); i >= 0 && i < end {
			if j := strings.Index(p.rest[i+2:], quote+"]"); j >= 0 {
				end = i + 2 + j + 1
			}
		}
	}
	if end < 0 {
		return nil, p.bad("no ]")
	}
	inside := p.rest[:end]
	if inside == "" {
		p.rest = p.rest[end+1:]
		return attrTest(name, "", ""), nil
	}
	op, value, ok := strings.Cut(inside, "=")
	op += "="
	if !ok || !slices.Contains([]string{"=", "^=", "$=", "*=", "~="}, op) {
		return nil, p.bad("= or one of ^= $= *= ~= is expected")
	}
	p.rest = p.rest[end+1:]
	if len(value) >= 2 && (value[0] == '"' || value[0] == '\'') && value[len(value)-1] == value[0] {
		value = value[1 : len(value)-1]
	}
	return attrTest(name, op, value), nil
}

// attrTest returns the test of one attribute; an empty op asks only that it is there.
func attrTest(name, op, value string) func(*html.Node) bool {
	return func(n *html.Node) bool {
		got, ok := attribute(n, name)
		if !ok {
			return false
		}
		switch op {
		case "=":
			return got == value
		case "^=":
			return value != "" && strings.HasPrefix(got, value)
		case "$=":
			return value != "" && strings.HasSuffix(got, value)
		case "*=":
			return value != "" && strings.Contains(got, value)
		case "~=":
			return slices.Contains(strings.Fields(got), value)
		}
		return true
	}
}

// name reads letters, digits, hyphens and underscores.
func (p *selectorParser) name() string {
	end := strings.IndexFunc(p.rest, func(r rune) bool {
		return !(r == '-' || r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r > 127)
	})
	if end < 0 {
		end = len(p.rest)
	}
	name := p.rest[:end]
	p.rest = p.rest[end:]
	return name
}
