package tandemtest

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// postgresOff is the variable by which a run may leave PostgreSQL out.
const postgresOff = "TANDEM_TEST_POSTGRES"

// A PostgresOption changes the database that Postgres and EachDB hand out.
type PostgresOption func(*postgresWish)

type postgresWish struct {
	durable bool
	key     string
	prepare func(url string) error
}

// Durable asks for a cluster that waits for the disk at each commit (fsync on), for tests of crashes.
// Other tests run on one that does not, which is several times faster and loses data only when the
// machine itself dies.
func Durable() PostgresOption {
	return func(w *postgresWish) { w.durable = true }
}

// Template fills a database once per test process by prepare and gives each test a copy of it; key
// names the template within the process. A test that needs the whole schema saves the migrations so.
// prepare must close its connections before it returns.
func Template(key string, prepare func(url string) error) PostgresOption {
	return func(w *postgresWish) { w.key, w.prepare = key, prepare }
}

// rig is what one test process shares between its tests.
type rig struct {
	mu        sync.Mutex
	clusters  map[bool]*cluster // by durable
	templates map[string]string // by cluster and key: name of the template database
	errs      map[bool]error    // why a cluster did not start; not tried again
	made      int               // databases made so far, for their names
	paths     []string          // folders to remove at the end
}

// theRig makes the shared rig at its first use.
var theRig = sync.OnceValue(func() *rig {
	return &rig{clusters: map[bool]*cluster{}, templates: map[string]string{}, errs: map[bool]error{}}
})

// Main runs the tests of a package and then waits until the process's PostgreSQL has stopped and its
// folder is gone. It returns the exit code for os.Exit. Without it the same happens a moment after the
// process has ended, however it ended.
func Main(m *testing.M) int {
	code := m.Run()
	r := theRig()
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, c := range r.clusters {
		c.stop()
	}
	clear(r.clusters)
	clear(r.templates)
	for _, path := range r.paths {
		os.RemoveAll(path)
	}
	return code
}

// keepPath notes a folder that Main removes.
func (r *rig) keepPath(path string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !slices.Contains(r.paths, path) {
		r.paths = append(r.paths, path)
	}
}

// Postgres returns the URL of a fresh, empty database on this process's throw-away PostgreSQL. The
// cluster is made at the first call; the database goes when the test ends. Where PostgreSQL is missing
// the test fails with the name of the package; with TANDEM_TEST_POSTGRES=off it is skipped and says so.
func Postgres(t testing.TB, opts ...PostgresOption) string {
	t.Helper()
	if leftOut(t, postgresOff, "PostgreSQL") {
		t.SkipNow()
	}
	var wish postgresWish
	for _, opt := range opts {
		opt(&wish)
	}
	r := theRig()
	c, name, err := r.database(wish)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.exec("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)"); err != nil {
			t.Error(err)
		}
	})
	return c.url(name)
}

// database makes one database for wish and returns its cluster and name.
func (r *rig) database(wish postgresWish) (*cluster, string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	c, err := r.cluster(wish.durable)
	if err != nil {
		return nil, "", err
	}
	from := "template0"
	if wish.prepare != nil {
		if from, err = r.template(c, wish); err != nil {
			return nil, "", err
		}
	}
	name, err := r.create(c, from)
	return c, name, err
}

// cluster returns the running cluster of this kind and starts it at first use. The caller holds mu.
func (r *rig) cluster(durable bool) (*cluster, error) {
	if c := r.clusters[durable]; c != nil {
		return c, nil
	}
	if err := r.errs[durable]; err != nil {
		return nil, err
	}
	c, err := startCluster(durable)
	if err != nil {
		r.errs[durable] = err
		return nil, err
	}
	r.clusters[durable] = c
	return c, nil
}

// template returns the name of the prepared database of wish. The caller holds mu.
func (r *rig) template(c *cluster, wish postgresWish) (string, error) {
	key := fmt.Sprintf("%t %s", wish.durable, wish.key)
	if name := r.templates[key]; name != "" {
		return name, nil
	}
	name, err := r.create(c, "template0")
	if err != nil {
		return "", err
	}
	if err := wish.prepare(c.url(name)); err != nil {
		return "", fmt.Errorf("preparing the template %q: %w", wish.key, err)
	}
	r.templates[key] = name
	return name, nil
}

// create makes the next database as a copy of another and returns its name. The caller holds mu.
func (r *rig) create(c *cluster, from string) (string, error) {
	r.made++
	name := fmt.Sprintf("t%d", r.made)
	// C is the only text order that every machine has.
	return name, c.exec("CREATE DATABASE " + name + " TEMPLATE " + from + " ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'")
}

// exec runs one statement in the maintenance database. Up to three seconds it tries again while the
// template is still in use: a connection that a test closed ends on the server a moment later.
func (c *cluster) exec(sql string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, c.url("postgres"))
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	for try := 0; ; try++ {
		if _, err = conn.Exec(ctx, sql); err == nil || try == 60 || !inUse(err) {
			return err
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// url returns the URL of one database of the cluster, by its socket.
func (c *cluster) url(name string) string {
	u := url.URL{Scheme: "postgres", User: url.User(c.user), Path: "/" + name,
		RawQuery: url.Values{"host": {c.dir}, "sslmode": {"disable"}}.Encode()}
	return u.String()
}

// EachDB runs f as the subtests "sqlite" and "postgres", each with a database of its own: dsn is the
// path of a file that does not exist yet, or the URL of an empty database.
func EachDB(t *testing.T, f func(t *testing.T, dsn string), opts ...PostgresOption) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { f(t, filepath.Join(t.TempDir(), "tandem.db")) })
	if leftOut(t, postgresOff, "PostgreSQL") {
		return
	}
	t.Run("postgres", func(t *testing.T) { f(t, Postgres(t, opts...)) })
}
