package store

import (
	"strconv"
	"strings"
)

// Schema gives the version of the schema that this program writes: the number of its newest migration.
func Schema() (newest int64) {
	files, err := migrationFiles.ReadDir("migrations")
	if err != nil {
		return 0 // embedded: it is there
	}
	for _, f := range files {
		number, _, _ := strings.Cut(f.Name(), "_")
		if n, err := strconv.ParseInt(number, 10, 64); err == nil {
			newest = max(newest, n)
		}
	}
	return newest
}
