#ifndef FAULTY_DISK_H
#define FAULTY_DISK_H
// A disk whose syncs fail on demand: an SQLite VFS over the system's own (https://sqlite.org/vfs.html), because EIO
// cannot be had from a healthy kernel without root.

// Registers a VFS of this name. Call once for each name; at most 16. 0, or -1 when there is no room.
int faulty_disk_register(const char *name);

// While on, every sync of a file opened through that VFS fails with SQLITE_IOERR_FSYNC.
void faulty_disk_fail_syncs(const char *name, int on);

// How many syncs have failed.
int faulty_disk_failures(const char *name);
#endif
