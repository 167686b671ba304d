package store

import "syscall"

// fileSystem gives the number by which the kernel names the file system of a folder.
func fileSystem(dir string) (int64, error) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		return 0, err
	}
	return int64(uint32(s.Type)), nil
}
