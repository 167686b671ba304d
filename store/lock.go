package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"syscall"
	"time"

	"tandem"
)

// A RunningError says that another process serves the same SQLite file. As a tandem.Error it has the
// code already_running with the arguments pid and since.
type RunningError struct {
	PID   int       `json:"pid"`
	Host  string    `json:"host"`
	Since time.Time `json:"since"`
}

func (e *RunningError) Error() string {
	return fmt.Sprintf("already running on %s (pid %d, since %s)", e.Host, e.PID, e.Since.Format(time.DateTime))
}

// Unwrap gives the error in the form that the catalogue has a sentence for.
func (e *RunningError) Unwrap() error {
	return &tandem.Error{Kind: tandem.KindBusy, Code: "already_running",
		Args: tandem.Args{"pid": e.PID, "host": e.Host, "since": e.Since.Format("15:04")}}
}

// lockFile takes the lock of a serving process: one of the kernel on a side file, which ends with the
// process however it ends. The file's text only tells the other one who holds it.
func lockFile(path string, now time.Time) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		defer f.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, holder(f)
		}
		return nil, err
	}
	host, err := os.Hostname()
	if err != nil {
		host = ""
	}
	text, err := json.Marshal(RunningError{PID: os.Getpid(), Host: host, Since: now.Truncate(time.Second)})
	if err == nil {
		err = f.Truncate(0)
	}
	if err == nil {
		_, err = f.WriteAt(append(text, '\n'), 0)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// holder reads who holds the lock. Its holder may be writing the text at this moment, and what is there then
// is empty or tells of the one before, which is gone.
func holder(f *os.File) error {
	e := &RunningError{}
	host, hostErr := os.Hostname()
	for range 20 {
		text, err := io.ReadAll(io.NewSectionReader(f, 0, 4096))
		if err != nil {
			return errors.Join(err, e)
		}
		if json.Unmarshal(text, e) == nil {
			gone := hostErr == nil && e.Host == host && errors.Is(syscall.Kill(e.PID, 0), syscall.ESRCH)
			if !gone {
				break
			}
		}
		time.Sleep(10 * time.Millisecond)
	}
	return e
}
