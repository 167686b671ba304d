package tandemtest_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/jackc/pgx/v5"

	"tandem/tandemtest"
)

func TestMain(m *testing.M) { os.Exit(tandemtest.Main(m)) }

func TestEachTestGetsItsOwnDatabase(t *testing.T) {
	seen := map[string]bool{}
	for range 2 {
		tandemtest.EachDB(t, func(t *testing.T, dsn string) {
			if seen[dsn] {
				t.Errorf("%s was handed out twice", dsn)
			}
			seen[dsn] = true
			if !strings.HasPrefix(dsn, "postgres://") {
				if _, err := os.Stat(dsn); !os.IsNotExist(err) {
					t.Errorf("the SQLite file %s exists already: %v", dsn, err)
				}
				return
			}
			exec1(t, dsn, "CREATE TABLE only_once (a BIGINT)")
		})
	}
}

func TestATemplateIsMadeOnceAndCopied(t *testing.T) {
	made := 0
	prepared := tandemtest.Template("one table", func(url string) error {
		made++
		exec1(t, url, "CREATE TABLE kept (a BIGINT)")
		exec1(t, url, "INSERT INTO kept VALUES (7)")
		return nil
	})
	for range 3 {
		url := tandemtest.Postgres(t, prepared)
		if got := setting(t, url, "SELECT sum(a)::text FROM kept"); got != "7" {
			t.Errorf("sum is %s, want 7", got)
		}
		exec1(t, url, "INSERT INTO kept VALUES (1)")
	}
	if made != 1 {
		t.Errorf("prepared %d times", made)
	}
}

func TestADurableClusterWaitsForTheDisk(t *testing.T) {
	fast, durable := tandemtest.Postgres(t), tandemtest.Postgres(t, tandemtest.Durable())
	for _, c := range []struct{ url, name, want string }{
		{fast, "fsync", "off"}, {durable, "fsync", "on"}, {durable, "synchronous_commit", "on"},
		{durable, "full_page_writes", "on"},
	} {
		if got := setting(t, c.url, "SHOW "+c.name); got != c.want {
			t.Errorf("%s is %s, want %s", c.name, got, c.want)
		}
	}
}

// TestAKilledProcessLeavesNothingBehind runs itself as a child that starts a cluster and is then killed.
func TestAKilledProcessLeavesNothingBehind(t *testing.T) {
	if os.Getenv("TANDEM_TEST_CHILD") == "1" {
		os.Stdout.WriteString("dir " + setting(t, tandemtest.Postgres(t), "SHOW unix_socket_directories") + " end\n")
		time.Sleep(time.Minute)
		return
	}
	tandemtest.Postgres(t) // which leaves the test out where PostgreSQL is left out
	cmd := exec.Command(os.Args[0], "-test.run=^TestAKilledProcessLeavesNothingBehind$")
	cmd.Env = append(os.Environ(), "TANDEM_TEST_CHILD=1")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	buf := make([]byte, 512)
	for !strings.Contains(said.String(), " end\n") {
		n, err := out.Read(buf)
		if err != nil {
			t.Fatalf("%v after %q", err, said.String())
		}
		said.Write(buf[:n])
	}
	_, dir, _ := strings.Cut(said.String(), "dir ")
	dir, _, _ = strings.Cut(dir, " end")
	if _, err := os.Stat(filepath.Join(dir, "data")); err != nil {
		t.Fatalf("no cluster in %q: %v", dir, err)
	}
	cmd.Process.Kill()
	_ = cmd.Wait()
	for range 200 {
		if _, err := os.Stat(dir); os.IsNotExist(err) {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Errorf("%s is still there ten seconds after the kill", dir)
}

func TestAClockStandsStillUntilMoved(t *testing.T) {
	start := time.Date(2026, 3, 28, 9, 0, 0, 0, time.FixedZone("", 3600))
	c := tandemtest.NewClock(start)
	if !c.Now().Equal(start) || !c.Now().Equal(start) {
		t.Error("the clock moved by itself")
	}
	if got := c.Advance(90 * time.Minute); !got.Equal(start.Add(90*time.Minute)) || !c.Now().Equal(got) {
		t.Errorf("after 90 minutes it shows %v", got)
	}
	c.Set(start)
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	c.Set(start.In(berlin))
	if got := c.AdvanceDays(1); got.Hour() != 9 || got.Sub(start) != 23*time.Hour {
		t.Errorf("a day over the change of summer time ends at %v", got)
	}
}

func TestRootHoldsTheModule(t *testing.T) {
	if _, err := os.Stat(filepath.Join(tandemtest.Root(t), "tandemtest", "doc.go")); err != nil {
		t.Error(err)
	}
}

func exec1(t *testing.T, url, sql string) {
	t.Helper()
	conn, err := pgx.Connect(context.Background(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if _, err := conn.Exec(context.Background(), sql); err != nil {
		t.Fatal(err)
	}
}

func setting(t *testing.T, url, sql string) (value string) {
	t.Helper()
	conn, err := pgx.Connect(context.Background(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if err := conn.QueryRow(context.Background(), sql).Scan(&value); err != nil {
		t.Fatal(err)
	}
	return value
}
