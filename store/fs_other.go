//go:build !linux

package store

// FreeSpace is not known: only Linux is asked.
func FreeSpace(string) (bytes int64, ok bool, err error) { return 0, false, nil }

// fileSystem gives 0: only Linux names its file systems by number.
func fileSystem(string) (int64, error) { return 0, nil }
