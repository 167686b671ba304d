package tandemtest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"sort"
	"strconv"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// A cluster is one running PostgreSQL that listens on a socket in its own folder only.
type cluster struct {
	dir  string // holds the socket, the log and the data
	user string // the name it was made with, which may do all
	held io.Closer
	done chan struct{}
}

// keeper starts the server, waits until its standard input ends, and clears up. The input is a pipe
// that the test process holds: it ends with that process, even when it is killed, so no server and no
// folder stay behind. $1 is the folder of the programs, $2 the cluster's; the rest are settings.
const keeper = `bin=$1 dir=$2; shift 2
trap '' INT TERM HUP
"$bin/postgres" -D "$dir/data" -k "$dir" "$@" >"$dir/log" 2>&1 </dev/null &
server=$!
cat >/dev/null
kill -QUIT $server
wait $server
rm -rf "$dir"`

// startCluster makes a cluster in a new folder and waits until it answers.
func startCluster(durable bool) (*cluster, error) {
	bin, err := postgresPrograms()
	if err != nil {
		return nil, err
	}
	// The path of a socket may have 107 bytes: short names, and /tmp where TMPDIR is deep.
	base := os.TempDir()
	if len(base) > 60 {
		base = "/tmp"
	}
	dir, err := os.MkdirTemp(base, "tpg")
	if err != nil {
		return nil, err
	}
	c := &cluster{dir: dir, user: "tandem", done: make(chan struct{})}
	attr, err := c.giveAway()
	if err == nil {
		err = c.initialise(bin, attr)
	}
	if err == nil {
		err = c.serve(bin, attr, durable)
	}
	if err != nil {
		os.RemoveAll(dir)
		return nil, err
	}
	if err := c.await(); err != nil {
		c.stop()
		return nil, err
	}
	return c, nil
}

// postgresPrograms returns the folder of initdb and postgres: that of Debian's newest version, which
// is not in the search path, or the one where the search path finds them.
func postgresPrograms() (string, error) {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if len(found) > 0 {
		sort.Slice(found, func(i, j int) bool { return version(found[i]) < version(found[j]) })
		return filepath.Dir(found[len(found)-1]), nil
	}
	path, err := exec.LookPath("initdb")
	if err != nil {
		return "", errors.New("PostgreSQL is missing: install the Debian package postgresql, or leave it out by " + postgresOff + "=off")
	}
	if path, err = filepath.EvalSymlinks(path); err != nil {
		return "", err
	}
	return filepath.Dir(path), nil
}

// version reads 15 from /usr/lib/postgresql/15/bin/initdb.
func version(path string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(path))))
	return n
}

// giveAway hands the folder to postgres or nobody where the tests run as root, under which PostgreSQL
// refuses to run, and returns how its programs are to be started: in a process group of their own, so
// that an interrupt at the terminal reaches the tests alone.
func (c *cluster) giveAway() (*syscall.SysProcAttr, error) {
	attr := &syscall.SysProcAttr{Setpgid: true}
	if os.Getuid() != 0 {
		return attr, nil
	}
	who, err := user.Lookup("postgres")
	if err != nil {
		if who, err = user.Lookup("nobody"); err != nil {
			return nil, err
		}
	}
	uid, _ := strconv.Atoi(who.Uid)
	gid, _ := strconv.Atoi(who.Gid)
	attr.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return attr, os.Chown(c.dir, uid, gid)
}

// initialise writes the empty cluster.
func (c *cluster) initialise(bin string, attr *syscall.SysProcAttr) error {
	cmd := exec.Command(filepath.Join(bin, "initdb"), "-D", filepath.Join(c.dir, "data"), "-A", "trust",
		"-U", c.user, "-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions")
	cmd.Dir, cmd.SysProcAttr = c.dir, attr
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	return nil
}

// serve starts the keeper and with it the server.
func (c *cluster) serve(bin string, attr *syscall.SysProcAttr, durable bool) error {
	args := []string{"-c", keeper, "keeper", bin, c.dir, "-c", "listen_addresses=", "-c", "unix_socket_permissions=0700",
		"-c", "shared_buffers=32MB", "-c", "max_connections=100", "-c", "timezone=UTC", "-c", "autovacuum=off"}
	if !durable {
		args = append(args, "-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off")
	}
	cmd := exec.Command("sh", args...)
	cmd.Dir, cmd.SysProcAttr = "/", attr
	in, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	c.held = in
	go func() {
		defer close(c.done)
		// The keeper is killed by nobody here; its exit code is the last rm's.
		_ = cmd.Wait()
	}()
	return nil
}

// await returns when the server answers, or with its log after half a minute.
func (c *cluster) await() error {
	var err error
	for range 600 {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		var conn *pgx.Conn
		if conn, err = pgx.Connect(ctx, c.url("postgres")); err == nil {
			conn.Close(ctx)
			cancel()
			return nil
		}
		cancel()
		time.Sleep(50 * time.Millisecond)
	}
	log, _ := os.ReadFile(filepath.Join(c.dir, "log"))
	return fmt.Errorf("PostgreSQL does not answer: %w\n%s", err, log)
}

// stop ends the server and waits until its folder is gone.
func (c *cluster) stop() {
	c.held.Close()
	<-c.done
}

// inUse tells whether a database could not be copied because someone is still connected to it.
func inUse(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && pg.Code == "55006"
}
