package library

import (
	"embed"
	"slices"
	"strings"
	"sync"
)

//go:embed packs/*.txt
var packs embed.FS

// loaded are the built-in templates, read once. The files are checked by the tests, so that a running
// program never meets one that cannot be read.
var loaded = sync.OnceValue(func() []Template {
	var all []Template
	files, _ := packs.ReadDir("packs")
	for _, f := range files {
		if text, err := packs.ReadFile("packs/" + f.Name()); err == nil {
			templates, _ := Parse(string(text))
			all = append(all, templates...)
		}
	}
	return all
})

// BuiltIn gives the templates that come with the program, in both languages.
func BuiltIn() []Template { return slices.Clone(loaded()) }

// tokens gives the words of a text in small letters, without what stands between them.
func tokens(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r > 127)
	})
}
