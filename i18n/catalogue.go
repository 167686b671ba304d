package i18n

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
)

//go:embed messages/*.tsv
var messageFiles embed.FS

// loaded is the catalogue, read once, at the first sentence that anybody asks for.
var loaded = sync.OnceValue(func() catalogue { return readCatalogue(messageFiles) })

// A catalogue holds each key's text in every language, and what is wrong with its files; the tests
// fail on a non-empty list, so that a running program never meets one.
type catalogue struct {
	texts    map[string][2]string
	problems []string
}

func readCatalogue(files fs.FS) catalogue {
	c := catalogue{texts: make(map[string][2]string, 2048)}
	names, err := fs.Glob(files, "messages/*.tsv")
	if err != nil {
		c.problems = append(c.problems, err.Error())
	}
	slices.Sort(names)
	for _, name := range names {
		b, err := fs.ReadFile(files, name)
		if err != nil {
			c.problems = append(c.problems, err.Error())
			continue
		}
		c.readFile(name, string(b))
	}
	return c
}

// readFile takes the lines of one file; empty lines and lines that begin with # are for the reader.
func (c *catalogue) readFile(name, text string) {
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimRight(line, "\r\n")
		if line == "" || line[0] == '#' {
			continue
		}
		key, rest, _ := strings.Cut(line, "\t")
		en, de, _ := strings.Cut(rest, "\t")
		_, twice := c.texts[key]
		switch {
		case twice:
			c.problem(name, n, "the key %s stands twice", key)
		case key == "" || en == "" || de == "":
			c.problem(name, n, "needs key, English and German: %q", line)
		case strings.Contains(de, "\t"):
			c.problem(name, n, "has more than three columns: %s", key)
		default:
			c.texts[key] = [2]string{unescape(en), unescape(de)}
		}
	}
}

func (c *catalogue) problem(file string, line int, format string, args ...any) {
	c.problems = append(c.problems, fmt.Sprintf("%s:%d: ", file, line)+fmt.Sprintf(format, args...))
}

func unescape(s string) string {
	if !strings.Contains(s, `\n`) {
		return s
	}
	return strings.ReplaceAll(s, `\n`, "\n")
}

// Keys gives all keys of the catalogue, sorted.
func Keys() []string {
	keys := make([]string, 0, len(loaded().texts))
	for k := range loaded().texts {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// Has tells whether the catalogue knows key: for keys that are put together at run time.
func Has(key string) bool {
	_, ok := loaded().texts[key]
	return ok
}
