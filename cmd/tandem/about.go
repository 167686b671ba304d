package main

import (
	"bufio"
	"fmt"
	"os"
	"runtime"
	"strings"

	"github.com/spf13/cobra"
	sqlite3 "modernc.org/sqlite/lib"

	"tandem/config"
	"tandem/store"
)

// config prints every setting with where it comes from, secrets masked.
func (h *house) config() *cobra.Command {
	c := &cobra.Command{Use: "config", Short: "Print every setting with its origin, secrets masked", Args: words("tandem config --data DIR")}
	flags(c)
	c.RunE = func(c *cobra.Command, _ []string) error {
		_, origins, err := settings(c)
		if err != nil {
			return err
		}
		return config.Print(c.OutOrStdout(), origins)
	}
	return c
}

// version prints the versions of all that decides how the program behaves.
func (h *house) version() *cobra.Command {
	return &cobra.Command{Use: "version", Short: "Print the versions of program, schema, SQLite and zone data", Args: words("tandem version"),
		RunE: func(c *cobra.Command, _ []string) error {
			c.Printf("tandem %s\nschema %d\nSQLite %s\nzone data %s\n%s %s/%s\n", version, store.Schema(), sqlite3.SQLITE_VERSION, zoneData(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return nil
		}}
}

// zoneFolders are where a system keeps its zone data, in the order in which they are looked through.
var zoneFolders = []string{"/usr/share/zoneinfo", "/usr/share/lib/zoneinfo", "/usr/lib/locale/TZ", "/etc/zoneinfo"}

// zoneData tells where zones come from: the system's data where it has some, else those in the program.
func zoneData() string {
	folders := zoneFolders
	if own := os.Getenv("ZONEINFO"); own != "" {
		folders = append([]string{own}, folders...)
	}
	for _, folder := range folders {
		if _, err := os.Stat(folder + "/Europe/Berlin"); err == nil {
			return zoneRelease(folder) + " of " + folder
		}
	}
	return fmt.Sprintf("of the program, made with %s", runtime.Version())
}

// zoneRelease reads the release of a system's zone data, such as 2026a.
func zoneRelease(folder string) string {
	f, err := os.Open(folder + "/tzdata.zi")
	if err != nil {
		return "unknown release"
	}
	defer f.Close()
	line, err := bufio.NewReader(f).ReadString('\n')
	if release, ok := strings.CutPrefix(line, "# version "); ok && err == nil {
		return strings.TrimSpace(release)
	}
	return "unknown release"
}
