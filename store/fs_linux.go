package store

import "syscall"

// FreeSpace gives how many bytes a program without special rights can still write on the disk of a folder.
func FreeSpace(folder string) (bytes int64, ok bool, err error) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(folder, &s); err != nil {
		return 0, false, err
	}
	return int64(min(s.Bavail, 1<<40)) * int64(s.Bsize), true, nil
}

// fileSystem gives the number by which the kernel names the file system of a folder.
func fileSystem(dir string) (int64, error) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		return 0, err
	}
	return int64(uint32(s.Type)), nil
}
